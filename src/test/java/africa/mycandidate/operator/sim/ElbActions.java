package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Default actions of listeners: what is refused, and how AWS gives them back. */
final class ElbActions {
    private final SimElb elb;

    ElbActions(SimElb elb) {
        this.elb = elb;
    }

    /** The target groups that get traffic or might. */
    static Set<String> groups(List<Action> actions) {
        return Set.copyOf(actions.stream()
                .flatMap(action -> action.forwardConfig() == null
                        ? Stream.ofNullable(action.targetGroupArn())
                        : action.forwardConfig().targetGroups().stream().map(TargetGroupTuple::targetGroupArn))
                .toList());
    }

    /** Groups with a weight. */
    static Set<String> serving(List<Action> actions) {
        return Set.copyOf(actions.stream()
                .filter(action -> action.forwardConfig() != null)
                .flatMap(action -> action.forwardConfig().targetGroups().stream())
                .filter(tuple -> tuple.weight() > 0)
                .map(TargetGroupTuple::targetGroupArn)
                .toList());
    }

    List<Action> checked(List<Action> actions, String loadBalancer, String protocol, int port) {
        if (actions.isEmpty()) throw ElbErrors.validation("A default action must be specified");
        if (actions.size() > 1)
            throw ElbErrors.of(
                    TooManyActionsException.builder(),
                    "TooManyActions",
                    "You can specify one forward, redirect or fixed-response action");
        return actions.stream()
                .map(action -> switch (action.type()) {
                    case FORWARD -> forward(action, loadBalancer);
                    case REDIRECT -> redirect(action, protocol, port);
                    case FIXED_RESPONSE -> fixed(action);
                    case null, default ->
                        throw new UnsupportedOperationException(
                                "The action type " + action.typeAsString() + " is not modelled.");
                })
                .toList();
    }

    /** A forward to one group comes back in both forms, with a weight and without stickiness (docs/aws-notes.md). */
    private Action forward(Action action, String loadBalancer) {
        var config = action.forwardConfig();
        if (config == null && action.targetGroupArn() == null)
            throw ElbErrors.validation("A target group must be specified for a forward action");
        var tuples = config == null || config.targetGroups().isEmpty()
                ? List.of(TargetGroupTuple.builder()
                        .targetGroupArn(action.targetGroupArn())
                        .weight(1)
                        .build())
                : config.targetGroups().stream()
                        .map(tuple -> tuple.toBuilder()
                                .weight(tuple.weight() == null ? 1 : tuple.weight())
                                .build())
                        .toList();
        if (tuples.size() > 5)
            throw ElbErrors.validation("You can specify at most 5 target groups in a forward action");
        if (action.targetGroupArn() != null
                && (tuples.size() > 1 || !tuples.getFirst().targetGroupArn().equals(action.targetGroupArn())))
            throw ElbErrors.validation(
                    "You cannot specify both a target group ARN and a different list of target groups in a forward action");
        for (var tuple : tuples) {
            if (tuple.weight() < 0 || tuple.weight() > 999)
                throw ElbErrors.validation("Weight '" + tuple.weight() + "' must be within '0-999' inclusive");
            group(tuple.targetGroupArn(), loadBalancer);
        }
        var stickiness = config == null || config.targetGroupStickinessConfig() == null
                ? TargetGroupStickinessConfig.builder().enabled(false).build()
                : config.targetGroupStickinessConfig();
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .order(action.order())
                .targetGroupArn(tuples.size() == 1 ? tuples.getFirst().targetGroupArn() : null)
                .forwardConfig(ForwardActionConfig.builder()
                        .targetGroups(tuples)
                        .targetGroupStickinessConfig(stickiness)
                        .build())
                .build();
    }

    private void group(String arn, String loadBalancer) {
        var group = elb.targetGroups.truth(arn).shown();
        if (!group.vpcId().equals(elb.loadBalancers.truth(loadBalancer).shown().vpcId()))
            throw ElbErrors.configuration("The target group '" + arn + "' is not in the VPC of the load balancer");
        if (elb.listeners.loadBalancersOf(arn).stream().anyMatch(other -> !other.equals(loadBalancer)))
            throw ElbErrors.of(
                    TargetGroupAssociationLimitException.builder(),
                    "TargetGroupAssociationLimit",
                    "The following target groups cannot be associated with more than one load balancer: " + arn);
    }

    private static Action redirect(Action action, String protocol, int port) {
        var asked = action.redirectConfig();
        if (asked == null
                || asked.statusCode() == null
                || asked.statusCode() == RedirectActionStatusCodeEnum.UNKNOWN_TO_SDK_VERSION)
            throw ElbErrors.validation("A redirect action must have the status code HTTP_301 or HTTP_302");
        var config = RedirectActionConfig.builder()
                .protocol(asked.protocol() == null ? "#{protocol}" : asked.protocol())
                .port(asked.port() == null ? "#{port}" : asked.port())
                .host(asked.host() == null ? "#{host}" : asked.host())
                .path(asked.path() == null ? "/#{path}" : asked.path())
                .query(asked.query() == null ? "#{query}" : asked.query())
                .statusCode(asked.statusCode())
                .build();
        var same = Set.of("#{protocol}", protocol).contains(config.protocol())
                && Set.of("#{port}", Integer.toString(port)).contains(config.port())
                && config.host().equals("#{host}")
                && config.path().equals("/#{path}")
                && config.query().equals("#{query}");
        if (same)
            throw ElbErrors.of(
                    InvalidLoadBalancerActionException.builder(),
                    "InvalidLoadBalancerAction",
                    "The redirect configuration is not valid because it creates a loop.");
        return Action.builder()
                .type(ActionTypeEnum.REDIRECT)
                .order(action.order())
                .redirectConfig(config)
                .build();
    }

    private static Action fixed(Action action) {
        var config = action.fixedResponseConfig();
        if (config == null
                || config.statusCode() == null
                || !config.statusCode().matches("[245]\\d\\d"))
            throw ElbErrors.validation("The status code of a fixed response must be 2XX, 4XX or 5XX");
        return action;
    }
}
