package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Optional;
import java.util.Set;

/**
 * Who may talk to whom. Rules are sets, changed by difference, and authorised before others are revoked: a rule that is revoked first is an outage. A new group
 * allows all egress until that rule is revoked. Groups that name each other can be deleted only after all their rules are gone. Output: {@code id}.
 */
@AwsType(nameLength = 255, generation = true)
public record SecurityGroup(@Immutable Ref<Vpc> vpc, @Immutable String description, @Late Set<Rule> ingress, @Late Set<Rule> egress)
        implements Resource {

    /** @param protocol {@code tcp}, {@code udp}, {@code icmp} or {@code -1} for all; ports are −1 where the protocol has none */
    public record Rule(String protocol, int fromPort, int toPort, Peer peer) {}

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
