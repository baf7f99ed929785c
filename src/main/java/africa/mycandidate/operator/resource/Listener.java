package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A port of the load balancer and what happens there. Its port makes it unique. Output: {@code arn}.
 *
 * @param rules those that stand before the action: none, so that one that somebody else adds goes
 * @param otherCertificates those that are shown to who asks for their names: none, so that one that somebody else adds goes
 * @param domains what the certificate must cover; AWS does not keep it, and takes any certificate
 * @param meanwhile where everybody is led while voters still come straight here, though {@code action} refuses them in the end
 */
@AwsType(replacement = Replacement.DELETE_FIRST)
public record Listener(
        @Immutable Ref<LoadBalancer> loadBalancer,
        @Immutable Integer port,
        String protocol,
        String sslPolicy,
        Ref<Certificate> certificate,
        Action action,
        @Late Set<Rule> rules,
        @Late Set<String> otherCertificates,
        @Initial Set<String> domains,
        @Initial Ref<TargetGroup> meanwhile)
        implements Resource {

    /**
     * What is done with some of the requests before {@link #action} is: somebody else's, for ours are {@link ListenerRule}s.
     *
     * @param words when it applies and what it does
     */
    public record Rule(String arn, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    public Listener(
            Ref<LoadBalancer> loadBalancer,
            Integer port,
            String protocol,
            String sslPolicy,
            Ref<Certificate> certificate,
            Action action) {
        this(loadBalancer, port, protocol, sslPolicy, certificate, action, null, null, null, null);
    }

    /** AWS takes any certificate of the region; browsers do not. */
    @Override
    public Optional<String> objection(Snapshot seen) {
        if (domains == null || !(certificate instanceof Ref.Known<Certificate>(String arn))) return Optional.empty();
        if (seen.unread(Certificate.class).isPresent()) return Optional.empty();
        var given = seen.all(Certificate.class).stream()
                .filter(one -> one.id().equals(arn) || one.outputs().containsValue(arn))
                .findFirst();
        if (given.isEmpty())
            return Optional.of("there is no certificate " + arn
                    + " in this account and region; import it there, or name another in spec.domain.certificateArn");
        var names = given.get().actual().names();
        var open = new TreeSet<>(domains);
        open.removeIf(domain -> names.stream().anyMatch(name -> covers(name, domain)));
        if (open.isEmpty()) return Optional.empty();
        return Optional.of("the certificate " + arn + " is for " + String.join(", ", names) + ", not for "
                + String.join(", ", open) + "; name one that covers "
                + (domains.size() > 1 ? "every name of the site" : "it")
                + " in spec.domain.certificateArn, or leave certificateArn out to have one made");
    }

    /** A wildcard stands for one label (RFC 6125, section 6.4.3). */
    private static boolean covers(String name, String domain) {
        return name.equals(domain)
                || name.startsWith("*.")
                        && domain.substring(domain.indexOf('.') + 1).equals(name.substring(2));
    }

    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        if (!(have.actual() instanceof Listener now)) return this;
        return new Listener(
                loadBalancer,
                port,
                protocol,
                sslPolicy,
                certificate,
                next(now.action(), seen),
                rules,
                otherCertificates,
                domains,
                meanwhile);
    }

    private Action next(Action now, Snapshot seen) {
        var open = meanwhile != null
                && action instanceof Action.Refuse
                && !(now instanceof Action.Refuse)
                && !WayIn.isByDistribution(seen);
        return (open ? new Action.Forward(meanwhile) : action).towards(now, seen);
    }

    @Override
    public String waitsFor() {
        return action instanceof Action.Refuse && meanwhile != null ? WayIn.LOCKS : action.waitsFor();
    }

    @Override
    public Set<Class<? extends Resource>> waitsOn() {
        return action instanceof Action.Refuse
                ? Set.of(DnsRecord.class, Distribution.class)
                : Set.of(TargetGroup.class);
    }

    @Override
    public boolean waitsClosely(Snapshot seen) {
        return action.fills(seen);
    }

    /** What the listener does with a request that no rule takes. */
    public sealed interface Action {
        record Forward(Ref<TargetGroup> targetGroup) implements Action {}

        /** All of it still to the one; the other is attached, and fills. */
        record Handover(Ref<TargetGroup> from, Ref<TargetGroup> to) implements Action {}

        /** To the same host, path and query, over another protocol. */
        record Redirect(String protocol, int port, int status) implements Action {}

        /** With this status, and no page. */
        record Refuse(int status) implements Action {}

        /**
         * A target group that takes over is first forwarded to with no weight: that attaches it, so that ECS may fill it. It takes all once as many targets are healthy
         * in it as in the old one.
         */
        default Action towards(Action now, Snapshot seen) {
            if (!(this instanceof Forward(Ref.Known<TargetGroup>(String next))) || now == null) return this;
            var old =
                    switch (now) {
                        case Forward(var group) -> group.value();
                        case Handover(var from, var to) -> from.value();
                        case Redirect redirect -> next;
                        // What the rules lead to meanwhile.
                        case Refuse refuse -> fullest(next, seen);
                    };
            var healthy = healthy(old, seen);
            if (old.equals(next) || healthy == 0 || healthy(next, seen) >= healthy) return this;
            return new Handover(Ref.of(old), Ref.of(next));
        }

        /** What holds up {@link #towards}. */
        default String waitsFor() {
            return this instanceof Forward ? "the new target group takes over once as many answer in it" : "";
        }

        /**
         * Whether the group that takes over has targets: ECS takes the old ones out of the other group within seconds of their health, and who is led there then gets a
         * 503.
         */
        default boolean fills(Snapshot seen) {
            return this instanceof Forward(Ref.Known<TargetGroup>(String next))
                    && count(next, "starting", seen) + healthy(next, seen) > 0;
        }

        private static String fullest(String otherwise, Snapshot seen) {
            return seen.ours(TargetGroup.class).stream()
                    .map(Observed::id)
                    .max(Comparator.comparingInt((String group) -> healthy(group, seen))
                            .thenComparing(group -> group.equals(otherwise)))
                    .orElse(otherwise);
        }

        private static int healthy(String group, Snapshot seen) {
            return count(group, "healthy", seen);
        }

        private static int count(String group, String of, Snapshot seen) {
            return seen.ours(TargetGroup.class).stream()
                    .filter(one -> one.id().equals(group))
                    .mapToInt(one -> Integer.parseInt(one.outputs().getOrDefault(of, "0")))
                    .sum();
        }
    }
}
