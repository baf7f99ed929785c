package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Snapshot;
import java.time.Duration;

/**
 * Which way voters come in: straight to the load balancer, or by the distribution. On the way from the one to the other both are open: whoever still knows the old
 * address is served there until nobody can know it any more.
 */
final class WayIn {
    /**
     * How long after a change of its alias record somebody may come to the old address. A change is in force everywhere mostly within 60 seconds (Route 53
     * Developer Guide, "Editing records"), a resolver keeps an alias for 60 seconds more (Route 53 FAQs, on ELB aliases); the rest is margin.
     */
    static final Duration DNS_MOVES = Duration.ofMinutes(5);

    static final String LOCKS =
            "voters may still come straight to the load balancer; it takes the CDN alone once DNS has led there for "
                    + DNS_MOVES.toMinutes() + " minutes";

    static final String ANYWHERE = "0.0.0.0/0";

    private static final String DISTRIBUTIONS = ".cloudfront.net";

    private WayIn() {}

    static boolean isDistribution(String target) {
        return target.endsWith(DISTRIBUTIONS);
    }

    /** Whether nobody can come straight to the load balancer any more: each name has led to a distribution of ours for long enough, and its requests are let in. */
    static boolean isByDistribution(Snapshot seen) {
        if (!seen.isRead(DnsRecord.class, Distribution.class, ListenerRule.class)) return false;
        var records = seen.ours(DnsRecord.class);
        return !records.isEmpty()
                && records.stream()
                        .allMatch(record -> leadsToADistribution(record, seen)
                                && seen.age(record).compareTo(DNS_MOVES) >= 0);
    }

    private static boolean leadsToADistribution(Observed<DnsRecord> record, Snapshot seen) {
        return record.actual().target() != null
                && seen.ours(Distribution.class).stream()
                        .anyMatch(one -> record.actual()
                                        .target()
                                        .value()
                                        .equals(one.outputs().get("domainName"))
                                && isLetIn(one, seen));
    }

    /** Whether a rule of the load balancer knows the key that the distribution's requests carry. */
    private static boolean isLetIn(Observed<Distribution> one, Snapshot seen) {
        var key = one.actual().originKey();
        return key != null
                && seen.ours(ListenerRule.class).stream()
                        .anyMatch(rule -> key.value().equals(rule.outputs().get("digest")));
    }

    /** Whether the distribution of that name answers for this name of the site at every edge. */
    static boolean isDeployed(String target, String name, Snapshot seen) {
        if (!seen.isRead(Distribution.class, ListenerRule.class)) return false;
        return seen.ours(Distribution.class).stream()
                .anyMatch(one -> target.equals(one.outputs().get("domainName"))
                        && one.phase() == Phase.READY
                        && Boolean.TRUE.equals(one.actual().enabled())
                        && one.actual().aliases().contains(name)
                        && isLetIn(one, seen));
    }

    /** Whether the load balancer takes everybody. */
    static boolean isOpen(Snapshot seen) {
        if (!seen.isRead(Listener.class, SecurityGroup.class)) return false;
        return seen.ours(Listener.class).stream()
                        .noneMatch(one -> one.actual().action() instanceof Listener.Action.Refuse)
                && seen.ours(SecurityGroup.class, "load-balancer").stream().allMatch(WayIn::isOpen);
    }

    /** What somebody else made may be open in ways that are not seen here: only our own lock counts. */
    private static boolean isOpen(Observed<SecurityGroup> group) {
        var ingress = group.actual().ingress();
        if (ingress == null) return true;
        return ingress.contains(new SecurityGroup.Rule("tcp", 443, 443, new SecurityGroup.Peer.Cidr(ANYWHERE)))
                || ingress.stream().noneMatch(rule -> rule.peer() instanceof SecurityGroup.Peer.PrefixList);
    }

    /** Whether that is the load balancer of this stack, or cannot be told. */
    static boolean isOurLoadBalancer(Ref<?> target, Snapshot seen) {
        return !seen.isRead(LoadBalancer.class)
                || seen.ours(LoadBalancer.class).stream()
                        .anyMatch(one -> target.value().equals(one.outputs().get("dnsName")));
    }

    /** Whether somebody may still come to a distribution although no name leads there any more. */
    static boolean isStillKnown(Snapshot seen) {
        return !seen.isRead(DnsRecord.class)
                || seen.ours(DnsRecord.class).stream()
                        .anyMatch(record -> seen.age(record).compareTo(DNS_MOVES) < 0);
    }
}
