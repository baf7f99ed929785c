package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

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

final class SecurityGroupHandler implements Handler<SecurityGroup> {
    /** How many values a filter takes (EC2 user guide, "List and filter your resources"). */
    private static final int FILTER_VALUES = 200;

    private final Ec2Client ec2;

    SecurityGroupHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<SecurityGroup> type() {
        return SecurityGroup.class;
    }

    @Override
    public List<Observed<SecurityGroup>> list(String place) {
        return withRules(
                ec2.describeSecurityGroupsPaginator(request -> request.maxResults(1000)).securityGroups().stream()
                        .filter(group -> Identity.names(group.groupName()))
                        .toList());
    }

    @Override
    public List<Observed<SecurityGroup>> find(String id) {
        var named = Filter.builder().name("group-id").values(id).build();
        return withRules(
                ec2
                        .describeSecurityGroupsPaginator(
                                request -> request.filters(named).maxResults(1000))
                        .securityGroups()
                        .stream()
                        .toList());
    }

    private List<Observed<SecurityGroup>> withRules(
            List<software.amazon.awssdk.services.ec2.model.SecurityGroup> groups) {
        var ids = groups.stream()
                .map(software.amazon.awssdk.services.ec2.model.SecurityGroup::groupId)
                .toList();
        var rules = new HashMap<String, List<SecurityGroupRule>>();
        for (var rule : rules(ids))
            rules.computeIfAbsent(rule.groupId(), id -> new ArrayList<>()).add(rule);
        return groups.stream()
                .map(group -> observed(group, rules.getOrDefault(group.groupId(), List.of())))
                .toList();
    }

    private List<SecurityGroupRule> rules(List<String> groups) {
        var found = new ArrayList<SecurityGroupRule>();
        for (var from = 0; from < groups.size(); from += FILTER_VALUES) {
            var some = groups.subList(from, Math.min(groups.size(), from + FILTER_VALUES));
            var filter = Filter.builder().name("group-id").values(some).build();
            ec2.describeSecurityGroupRulesPaginator(
                            request -> request.filters(filter).maxResults(1000))
                    .securityGroupRules()
                    .forEach(found::add);
        }
        return found;
    }

    private static Observed<SecurityGroup> observed(
            software.amazon.awssdk.services.ec2.model.SecurityGroup group, List<SecurityGroupRule> rules) {
        var id = group.groupId();
        var ingress = new HashSet<SecurityGroup.Rule>();
        var egress = new HashSet<SecurityGroup.Rule>();
        for (var rule : rules) (rule.isEgress() ? egress : ingress).add(rule(rule));
        var actual = new SecurityGroup(Ref.of(group.vpcId()), group.description(), ingress, egress);
        return Observed.of(actual, id, group.groupName(), Phase.READY, Map.of("id", id), Ec2Tags.map(group.tags()));
    }

    static SecurityGroup.Rule rule(SecurityGroupRule rule) {
        var protocol =
                switch (rule.ipProtocol()) {
                    case "1" -> "icmp";
                    case "6" -> "tcp";
                    case "17" -> "udp";
                    case "58" -> "icmpv6";
                    default -> rule.ipProtocol();
                };
        var ported = !protocol.equals("-1");
        return new SecurityGroup.Rule(
                protocol,
                ported && rule.fromPort() != null ? rule.fromPort() : -1,
                ported && rule.toPort() != null ? rule.toPort() : -1,
                peer(rule));
    }

    private static SecurityGroup.Peer peer(SecurityGroupRule rule) {
        if (rule.cidrIpv4() != null) return new SecurityGroup.Peer.Cidr(rule.cidrIpv4());
        if (rule.cidrIpv6() != null) return new SecurityGroup.Peer.Cidr(rule.cidrIpv6());
        if (rule.prefixListId() != null) return new SecurityGroup.Peer.PrefixList(rule.prefixListId());
        return new SecurityGroup.Peer.Group(Ref.of(rule.referencedGroupInfo().groupId()));
    }

    @Override
    public String create(SecurityGroup want, Creation creation) {
        return ec2.createSecurityGroup(request -> request.groupName(creation.name())
                        .description(want.description())
                        .vpcId(want.vpc().value())
                        .tagSpecifications(Ec2Tags.specification(ResourceType.SECURITY_GROUP, creation.tags())))
                .groupId();
    }

    /** The rules are read once more: AWS revokes by rule id, which the record does not hold. */
    @Override
    public void update(Observed<SecurityGroup> have, SecurityGroup goal, Set<String> fields) {
        var ingress = new LinkedHashMap<String, SecurityGroup.Rule>();
        var egress = new LinkedHashMap<String, SecurityGroup.Rule>();
        for (var rule : rules(List.of(have.id())))
            (rule.isEgress() ? egress : ingress).put(rule.securityGroupRuleId(), rule(rule));
        if (fields.contains("ingress")) {
            var missing = missing(goal.ingress(), ingress);
            if (!missing.isEmpty())
                ec2.authorizeSecurityGroupIngress(
                        request -> request.groupId(have.id()).ipPermissions(missing));
        }
        if (fields.contains("egress")) {
            var missing = missing(goal.egress(), egress);
            if (!missing.isEmpty())
                ec2.authorizeSecurityGroupEgress(
                        request -> request.groupId(have.id()).ipPermissions(missing));
        }
        revoke(have.id(), fields, goal, ingress, egress);
    }

    private void revoke(
            String id,
            Set<String> fields,
            SecurityGroup goal,
            Map<String, SecurityGroup.Rule> ingress,
            Map<String, SecurityGroup.Rule> egress) {
        if (fields.contains("ingress")) {
            var extra = extra(goal.ingress(), ingress);
            if (!extra.isEmpty())
                ec2.revokeSecurityGroupIngress(request -> request.groupId(id).securityGroupRuleIds(extra));
        }
        if (fields.contains("egress")) {
            var extra = extra(goal.egress(), egress);
            if (!extra.isEmpty())
                ec2.revokeSecurityGroupEgress(request -> request.groupId(id).securityGroupRuleIds(extra));
        }
    }

    private static List<IpPermission> missing(Set<SecurityGroup.Rule> goal, Map<String, SecurityGroup.Rule> have) {
        return goal.stream()
                .filter(rule -> !have.containsValue(rule))
                .map(SecurityGroupHandler::permission)
                .toList();
    }

    private static List<String> extra(Set<SecurityGroup.Rule> goal, Map<String, SecurityGroup.Rule> have) {
        return have.entrySet().stream()
                .filter(rule -> !goal.contains(rule.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    static IpPermission permission(SecurityGroup.Rule rule) {
        var permission = IpPermission.builder().ipProtocol(rule.protocol());
        if (!rule.protocol().equals("-1")) permission.fromPort(rule.fromPort()).toPort(rule.toPort());
        switch (rule.peer()) {
            case SecurityGroup.Peer.Cidr(String block)
            when block.contains(":") ->
                permission.ipv6Ranges(Ipv6Range.builder().cidrIpv6(block).build());
            case SecurityGroup.Peer.Cidr(String block) ->
                permission.ipRanges(IpRange.builder().cidrIp(block).build());
            case SecurityGroup.Peer.Group(var group) ->
                permission.userIdGroupPairs(
                        UserIdGroupPair.builder().groupId(group.value()).build());
            case SecurityGroup.Peer.PrefixList(String id) ->
                permission.prefixListIds(PrefixListId.builder().prefixListId(id).build());
        }
        return permission.build();
    }

    @Override
    public void delete(Observed<SecurityGroup> have, Deletion deletion) {
        ec2.deleteSecurityGroup(request -> request.groupId(have.id()));
    }

    @Override
    public void tag(Observed<SecurityGroup> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
