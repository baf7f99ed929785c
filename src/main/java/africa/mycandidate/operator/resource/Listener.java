package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

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

        private static String fullest(String otherwise, Snapshot seen) {
            return seen.ours(TargetGroup.class).stream()
                    .map(Observed::id)
                    .max(Comparator.comparingInt((String group) -> healthy(group, seen))
                            .thenComparing(group -> group.equals(otherwise)))
                    .orElse(otherwise);
        }

        private static int healthy(String group, Snapshot seen) {
            return seen.ours(TargetGroup.class).stream()
                    .filter(one -> one.id().equals(group))
                    .mapToInt(one -> Integer.parseInt(one.outputs().getOrDefault("healthy", "0")))
                    .sum();
        }
    }
}

final class ListenerHandler implements Handler<Listener> {
    private final ElasticLoadBalancingV2Client elb;
    private final ElbTags tags;
    private final ListenerExtras extras;

    ListenerHandler(Clients clients) {
        this.elb = clients.of(ElasticLoadBalancingV2Client.class);
        this.tags = new ElbTags(elb);
        this.extras = new ListenerExtras(elb);
    }

    @Override
    public Class<Listener> type() {
        return Listener.class;
    }

    /** Listeners are listed by load balancer; those of load balancers that carry our tags, whoever made them. */
    @Override
    public List<Observed<Listener>> list(String place) {
        var listeners = tags.ourListeners();
        var tagged = tags.read(
                listeners.stream().map(listener -> listener.listenerArn()).toList());
        var found = new ArrayList<Observed<Listener>>();
        for (var listener : listeners) found.add(observed(listener, tagged.get(listener.listenerArn())));
        return found;
    }

    private Observed<Listener> observed(
            software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener,
            Map<String, String> tagged) {
        var arn = listener.listenerArn();
        var ours = ElbTags.ours(tagged);
        var certificate = listener.certificates().isEmpty()
                ? null
                : listener.certificates().getFirst().certificateArn();
        var actual = new Listener(
                Ref.of(listener.loadBalancerArn()),
                listener.port(),
                listener.protocolAsString(),
                listener.sslPolicy(),
                RefSets.ref(certificate),
                action(listener.defaultActions()),
                ours ? extras.rules(arn) : null,
                !ours ? null : certificate == null ? Set.of() : extras.certificates(arn),
                null,
                null);
        var one = Observed.of(actual, arn, arn, Phase.READY, Map.of("arn", arn), tagged == null ? Map.of() : tagged)
                .withUses(forwardedTo(listener.defaultActions()))
                .withUnread(ours ? Set.of() : Set.of("rules", "otherCertificates"));
        return tagged == null ? one.withOwner(new Owner.Unreadable()) : one;
    }

    /** Null for anything but the actions that we set, so that it differs. */
    static Listener.Action action(List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> actions) {
        if (actions.size() != 1) return null;
        var action = actions.getFirst();
        if (action.type() == ActionTypeEnum.FORWARD) {
            var groups = forwardedTo(actions);
            return groups.size() == 1
                    ? new Listener.Action.Forward(Ref.of(groups.iterator().next()))
                    : handover(action);
        }
        if (action.type() == ActionTypeEnum.FIXED_RESPONSE) return refusal(action.fixedResponseConfig());
        if (action.type() != ActionTypeEnum.REDIRECT) return null;
        var redirect = action.redirectConfig();
        var same = isDefault(redirect.host(), "#{host}")
                && isDefault(redirect.path(), "/#{path}")
                && isDefault(redirect.query(), "#{query}");
        if (!same || redirect.port() == null || !redirect.port().matches("\\d+")) return null;
        var status = Integer.parseInt(redirect.statusCodeAsString().replace("HTTP_", ""));
        return new Listener.Action.Redirect(redirect.protocol(), Integer.parseInt(redirect.port()), status);
    }

    /** A page that somebody wrote is none. */
    private static Listener.Action refusal(FixedResponseActionConfig page) {
        var silent = page != null
                && (page.messageBody() == null || page.messageBody().isEmpty());
        return silent && page.statusCode().equals("403") ? new Listener.Action.Refuse(403) : null;
    }

    /** Two groups, one of which has all the weight. */
    private static Listener.Action handover(
            software.amazon.awssdk.services.elasticloadbalancingv2.model.Action action) {
        var groups = action.forwardConfig() == null
                ? List.<TargetGroupTuple>of()
                : action.forwardConfig().targetGroups();
        var from = groups.stream()
                .filter(one -> one.weight() != null && one.weight() > 0)
                .toList();
        var to = groups.stream()
                .filter(one -> one.weight() != null && one.weight() == 0)
                .toList();
        if (from.size() != 1 || to.size() != 1) return null;
        return new Listener.Action.Handover(
                Ref.of(from.getFirst().targetGroupArn()), Ref.of(to.getFirst().targetGroupArn()));
    }

    private static boolean isDefault(String value, String usual) {
        return value == null || value.equals(usual);
    }

    /** A forward to one group comes back in two places at once (ELBv2 API reference, Action); weights of a lone group mean nothing. */
    static Set<String> forwardedTo(List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> actions) {
        var groups = new TreeSet<String>();
        for (var action : actions) {
            if (action.targetGroupArn() != null) groups.add(action.targetGroupArn());
            if (action.forwardConfig() != null)
                action.forwardConfig().targetGroups().forEach(group -> groups.add(group.targetGroupArn()));
        }
        return groups;
    }

    static software.amazon.awssdk.services.elasticloadbalancingv2.model.Action action(Listener.Action action) {
        var built = software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder();
        return switch (action) {
            case Listener.Action.Forward(var group) ->
                built.type(ActionTypeEnum.FORWARD).targetGroupArn(group.value()).build();
            case Listener.Action.Handover(var from, var to) ->
                built.type(ActionTypeEnum.FORWARD)
                        .forwardConfig(forward -> forward.targetGroups(
                                tuple -> tuple.targetGroupArn(from.value()).weight(1),
                                tuple -> tuple.targetGroupArn(to.value()).weight(0)))
                        .build();
            case Listener.Action.Redirect(var protocol, var port, var status) ->
                built.type(ActionTypeEnum.REDIRECT)
                        .redirectConfig(redirect -> redirect.protocol(protocol)
                                .port(String.valueOf(port))
                                .host("#{host}")
                                .path("/#{path}")
                                .query("#{query}")
                                .statusCode("HTTP_" + status))
                        .build();
            case Listener.Action.Refuse(var status) ->
                built.type(ActionTypeEnum.FIXED_RESPONSE)
                        .fixedResponseConfig(
                                page -> page.statusCode(String.valueOf(status)).contentType("text/plain"))
                        .build();
        };
    }

    @Override
    public String create(Listener want, Creation creation) {
        var request = CreateListenerRequest.builder()
                .loadBalancerArn(want.loadBalancer().value())
                .port(want.port())
                .protocol(want.protocol())
                .sslPolicy(want.sslPolicy())
                .defaultActions(action(want.action()))
                .tags(ElbTags.of(creation.tags()));
        if (want.certificate() != null)
            request.certificates(
                    certificate -> certificate.certificateArn(want.certificate().value()));
        return elb.createListener(request.build()).listeners().getFirst().listenerArn();
    }

    /** HTTPS needs its certificate and policy in the same call; a change to HTTP drops them (ELBv2 API reference, ModifyListener). */
    @Override
    public void update(Observed<Listener> have, Listener goal, Set<String> fields) {
        if (fields.contains("rules")) extras.delete(have.actual().rules());
        if (fields.contains("otherCertificates"))
            extras.remove(have.id(), have.actual().otherCertificates());
        if (Set.of("rules", "otherCertificates").containsAll(fields)) return;
        var request = ModifyListenerRequest.builder().listenerArn(have.id());
        var protocol = fields.contains("protocol");
        if (protocol) request.protocol(goal.protocol());
        if (protocol || fields.contains("sslPolicy")) request.sslPolicy(goal.sslPolicy());
        if (goal.certificate() != null && (protocol || fields.contains("certificate"))) {
            request.certificates(
                    certificate -> certificate.certificateArn(goal.certificate().value()));
        }
        if (fields.contains("action")) request.defaultActions(action(goal.action()));
        elb.modifyListener(request.build());
    }

    @Override
    public void delete(Observed<Listener> have, Deletion deletion) {
        elb.deleteListener(request -> request.listenerArn(have.id()));
    }

    @Override
    public void tag(Observed<Listener> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.id(), set, remove);
    }
}
