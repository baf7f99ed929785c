package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may talk to whom. Rules are sets, changed by difference, and authorised before others are revoked: a rule that is revoked first is an outage. A new group
 * allows all egress until that rule is revoked. Groups that name each other can be deleted only after all their rules are gone. Output: {@code id}.
 *
 * @param meanwhile rules that stay while voters still come by them, though {@code ingress} is without them in the end
 */
@AwsType(nameLength = 255, generation = true)
public record SecurityGroup(
        @Immutable Ref<Vpc> vpc,
        @Immutable String description,
        @Late Set<Rule> ingress,
        @Late Set<Rule> egress,
        @Initial Integer taskPort,
        @Initial Set<Rule> meanwhile)
        implements Resource {

    public SecurityGroup(Ref<Vpc> vpc, String description, Set<Rule> ingress, Set<Rule> egress) {
        this(vpc, description, ingress, egress, null, null);
    }

    public SecurityGroup(Ref<Vpc> vpc, String description, Set<Rule> ingress, Set<Rule> egress, Integer taskPort) {
        this(vpc, description, ingress, egress, taskPort, null);
    }

    /** What runs on the old port, or in the old group, is reached until it is gone. Any other rule that is not wanted is a hole, and goes at once. */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        if (!(have.actual() instanceof SecurityGroup now)) return this;
        return new SecurityGroup(
                vpc,
                description,
                still(kept(ingress, now.ingress(), seen), now.ingress(), seen),
                kept(egress, now.egress(), seen),
                taskPort,
                meanwhile);
    }

    /** Voters who still come straight are let in. */
    private Set<Rule> still(Set<Rule> wanted, Set<Rule> had, Snapshot seen) {
        if (meanwhile == null || had == null || WayIn.isByDistribution(seen)) return wanted;
        var still = new HashSet<>(wanted);
        for (var rule : had) if (meanwhile.contains(rule)) still.add(rule);
        return Set.copyOf(still);
    }

    @Override
    public String waitsFor() {
        return meanwhile == null ? "" : WayIn.LOCKS;
    }

    @Override
    public Set<Class<? extends Resource>> waitsOn() {
        return Set.of(DnsRecord.class, Distribution.class);
    }

    private Set<Rule> kept(Set<Rule> wanted, Set<Rule> had, Snapshot seen) {
        if (wanted == null || had == null || wanted.equals(had)) return wanted;
        var kept = new HashSet<>(wanted);
        for (var rule : had) {
            if (wanted.stream().anyMatch(one -> one.isSucceededOn(taskPort, rule, seen) || one.succeeds(rule, seen)))
                kept.add(rule);
        }
        return Set.copyOf(kept);
    }

    /** @param protocol {@code tcp}, {@code udp}, {@code icmp} or {@code -1} for all; ports are −1 where the protocol has none */
    public record Rule(String protocol, int fromPort, int toPort, Peer peer) {
        /** Whether the old rule is the same but for the port, and tasks still listen there. */
        private boolean isSucceededOn(Integer taskPort, Rule old, Snapshot seen) {
            return taskPort != null
                    && fromPort == taskPort
                    && old.fromPort == old.toPort
                    && protocol.equals(old.protocol)
                    && peer.equals(old.peer)
                    && (!seen.isRead(EcsService.class, TaskDefinition.class)
                            || livePorts(seen).contains(old.fromPort));
        }

        private static Set<Integer> livePorts(Snapshot seen) {
            var used = new HashSet<String>();
            for (var service : seen.ours(EcsService.class)) {
                used.addAll(service.uses());
                if (service.actual().taskDefinition() != null)
                    used.add(service.actual().taskDefinition().value());
            }
            var ports = new HashSet<Integer>();
            for (var revision : seen.ours(TaskDefinition.class))
                if (used.contains(revision.id())) ports.add(revision.actual().port());
            return ports;
        }

        /** Whether the old rule is the same but for the group, which is a predecessor of this one and still in use. */
        private boolean succeeds(Rule old, Snapshot seen) {
            return fromPort == old.fromPort
                    && toPort == old.toPort
                    && protocol.equals(old.protocol)
                    && peer instanceof Peer.Group(Ref.Known<SecurityGroup>(String now))
                    && old.peer instanceof Peer.Group(Ref.Known<SecurityGroup>(String before))
                    && !now.equals(before)
                    && role(now, seen).isPresent()
                    && role(now, seen).equals(role(before, seen))
                    && isUsed(before, seen);
        }

        private static Optional<String> role(String group, Snapshot seen) {
            return seen.ours(SecurityGroup.class).stream()
                    .filter(one -> one.id().equals(group))
                    .findFirst()
                    .map(one -> ((Owner.Stack) one.owner()).role());
        }

        private static boolean isUsed(String group, Snapshot seen) {
            return Stream.of(EcsService.class, LoadBalancer.class, DbInstance.class, ReplicationGroup.class)
                    .anyMatch(type -> !seen.isRead(type) || isUsed(group, seen.all(type)));
        }

        private static boolean isUsed(String group, List<? extends Observed<?>> perhaps) {
            return perhaps.stream()
                    .anyMatch(one -> one.uses().contains(group)
                            || Refs.known((Record) one.actual()).stream()
                                    .anyMatch(pointer -> pointer.value().equals(group)));
        }
    }

    /** The other side of a rule. */
    public sealed interface Peer {
        record Cidr(String block) implements Peer {}

        record Group(Ref<SecurityGroup> group) implements Peer {}

        record PrefixList(String id) implements Peer {}
    }

    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new SecurityGroup(null, null, Set.of(), Set.of()));
    }
}
