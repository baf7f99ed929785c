package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * The tasks behind the load balancer; ECS registers them. Its name carries its generation, so a successor can live beside it. Outputs: {@code arn},
 * {@code attachedArn} once a listener forwards to it, {@code healthy}, {@code unhealthy} and {@code starting}, the counts of targets.
 */
@AwsType(nameLength = 32, generation = true)
public record TargetGroup(
        @Immutable Ref<Vpc> vpc,
        @Immutable Integer port,
        @Immutable String protocol,
        @Immutable String targetType,
        String healthProtocol,
        String healthPort,
        String healthPath,
        String healthCodes,
        Integer healthIntervalSeconds,
        Integer healthTimeoutSeconds,
        Integer healthyThreshold,
        Integer unhealthyThreshold,
        @Late @Declared Map<String, String> attributes)
        implements Resource {
    /** The health is asked for where the traffic goes. */
    public static final String TRAFFIC_PORT = "traffic-port";
}

final class TargetGroupHandler implements Handler<TargetGroup> {
    private final ElasticLoadBalancingV2Client elb;
    private final ElbTags tags;

    TargetGroupHandler(Clients clients) {
        this.elb = clients.of(ElasticLoadBalancingV2Client.class);
        this.tags = new ElbTags(elb);
    }

    @Override
    public Class<TargetGroup> type() {
        return TargetGroup.class;
    }

    @Override
    public List<Observed<TargetGroup>> list(String place) {
        var groups = elb.describeTargetGroupsPaginator(request -> {}).targetGroups().stream()
                .filter(group -> Identity.names(group.targetGroupName()))
                .toList();
        var tagged =
                tags.read(groups.stream().map(group -> group.targetGroupArn()).toList());
        var found = new ArrayList<Observed<TargetGroup>>();
        for (var group : groups) found.add(observed(group, tagged.get(group.targetGroupArn())));
        return found;
    }

    private Observed<TargetGroup> observed(
            software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup group,
            Map<String, String> tagged) {
        var arn = group.targetGroupArn();
        var ours = ElbTags.ours(tagged);
        var attributes = ours ? attributes(arn) : null;
        var actual = new TargetGroup(
                RefSets.ref(group.vpcId()),
                group.port(),
                group.protocolAsString(),
                group.targetTypeAsString(),
                group.healthCheckProtocolAsString(),
                group.healthCheckPort(),
                group.healthCheckPath(),
                group.matcher() == null ? null : group.matcher().httpCode(),
                group.healthCheckIntervalSeconds(),
                group.healthCheckTimeoutSeconds(),
                group.healthyThresholdCount(),
                group.unhealthyThresholdCount(),
                attributes);
        var outputs = new TreeMap<>(Map.of("arn", arn, "name", group.targetGroupName()));
        // The dimension TargetGroup of its metrics: the end of its ARN (ELB user guide, "CloudWatch metrics").
        outputs.put("metricName", arn.substring(arn.lastIndexOf(':') + 1));
        if (!group.loadBalancerArns().isEmpty()) {
            outputs.put("attachedArn", arn);
            if (ours) outputs.putAll(health(arn));
        }
        var one = Observed.of(
                        actual, arn, group.targetGroupName(), Phase.READY, outputs, tagged == null ? Map.of() : tagged)
                .withUnread(attributes == null ? Set.of("attributes") : Set.of());
        return tagged == null ? one.withOwner(new Owner.Unreadable()) : one;
    }

    private Map<String, String> attributes(String arn) {
        var attributes = new TreeMap<String, String>();
        for (var attribute : elb.describeTargetGroupAttributes(request -> request.targetGroupArn(arn))
                .attributes()) {
            if (attribute.value() != null) attributes.put(attribute.key(), attribute.value());
        }
        return attributes;
    }

    private Map<String, String> health(String arn) {
        var states =
                elb.describeTargetHealth(request -> request.targetGroupArn(arn)).targetHealthDescriptions().stream()
                        .map(target -> target.targetHealth() == null
                                ? null
                                : target.targetHealth().state())
                        .toList();
        return Map.of(
                "healthy", count(states, TargetHealthStateEnum.HEALTHY),
                "unhealthy", count(states, TargetHealthStateEnum.UNHEALTHY),
                "starting", count(states, TargetHealthStateEnum.INITIAL));
    }

    private static String count(List<TargetHealthStateEnum> states, TargetHealthStateEnum of) {
        return String.valueOf(states.stream().filter(of::equals).count());
    }

    @Override
    public String create(TargetGroup want, Creation creation) {
        return elb.createTargetGroup(request -> {
                    request.name(creation.name())
                            .vpcId(want.vpc().value())
                            .port(want.port())
                            .protocol(want.protocol())
                            .targetType(want.targetType())
                            .healthCheckProtocol(want.healthProtocol())
                            .healthCheckPort(want.healthPort())
                            .healthCheckPath(want.healthPath())
                            .healthCheckIntervalSeconds(want.healthIntervalSeconds())
                            .healthCheckTimeoutSeconds(want.healthTimeoutSeconds())
                            .healthyThresholdCount(want.healthyThreshold())
                            .unhealthyThresholdCount(want.unhealthyThreshold())
                            .tags(ElbTags.of(creation.tags()));
                    if (want.healthCodes() != null) request.matcher(matcher -> matcher.httpCode(want.healthCodes()));
                })
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    @Override
    public void update(Observed<TargetGroup> have, TargetGroup goal, Set<String> fields) {
        if (fields.stream().anyMatch(field -> field.startsWith("health") || field.equals("unhealthyThreshold")))
            changeHealthCheck(have, goal, fields);
        if (fields.contains("attributes")) changeAttributes(have, goal.attributes());
    }

    private void changeHealthCheck(Observed<TargetGroup> have, TargetGroup goal, Set<String> fields) {
        var request = ModifyTargetGroupRequest.builder().targetGroupArn(have.id());
        if (fields.contains("healthProtocol")) request.healthCheckProtocol(goal.healthProtocol());
        if (fields.contains("healthPort")) request.healthCheckPort(goal.healthPort());
        if (fields.contains("healthPath")) request.healthCheckPath(goal.healthPath());
        if (fields.contains("healthCodes")) request.matcher(matcher -> matcher.httpCode(goal.healthCodes()));
        // The timeout must be smaller than the interval at every moment, so the two go together.
        if (fields.contains("healthIntervalSeconds") || fields.contains("healthTimeoutSeconds")) {
            request.healthCheckIntervalSeconds(goal.healthIntervalSeconds())
                    .healthCheckTimeoutSeconds(goal.healthTimeoutSeconds());
        }
        if (fields.contains("healthyThreshold")) request.healthyThresholdCount(goal.healthyThreshold());
        if (fields.contains("unhealthyThreshold")) request.unhealthyThresholdCount(goal.unhealthyThreshold());
        elb.modifyTargetGroup(request.build());
    }

    private void changeAttributes(Observed<TargetGroup> have, Map<String, String> goal) {
        var had = have.actual().attributes() == null
                ? Map.<String, String>of()
                : have.actual().attributes();
        var differing = new ArrayList<TargetGroupAttribute>();
        new TreeMap<>(goal).forEach((key, value) -> {
            if (!value.equals(had.get(key)))
                differing.add(
                        TargetGroupAttribute.builder().key(key).value(value).build());
        });
        elb.modifyTargetGroupAttributes(
                request -> request.targetGroupArn(have.id()).attributes(differing));
    }

    @Override
    public void delete(Observed<TargetGroup> have, Deletion deletion) {
        elb.deleteTargetGroup(request -> request.targetGroupArn(have.id()));
    }

    @Override
    public void tag(Observed<TargetGroup> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.id(), set, remove);
    }
}
