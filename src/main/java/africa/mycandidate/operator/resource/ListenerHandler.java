package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

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
