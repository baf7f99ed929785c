package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Target groups of IP addresses. */
final class ElbTargetGroups {
    private final SimAws aws;
    private final SimElb elb;
    final Table<ElbRow<TargetGroup>> rows;
    /** Until when a group that no listener names any more still counts as used. */
    private final Map<String, Instant> heldUntil = new HashMap<>();

    ElbTargetGroups(SimAws aws, SimElb elb) {
        this.aws = aws;
        this.elb = elb;
        this.rows = new Table<>(aws.world);
    }

    CreateTargetGroupResponse create(CreateTargetGroupRequest request) {
        ElbLoadBalancers.checkName(request.name(), "target group");
        if (request.targetType() != TargetTypeEnum.IP)
            throw new UnsupportedOperationException("Only target groups of type ip are modelled.");
        if (request.protocol() != ProtocolEnum.HTTP && request.protocol() != ProtocolEnum.HTTPS)
            throw new UnsupportedOperationException("Only target groups with HTTP or HTTPS are modelled.");
        if (request.port() == null) throw ElbErrors.validation("A port must be specified");
        if (request.vpcId() == null) throw ElbErrors.validation("A VPC ID must be specified");
        if (!aws.ec2.vpc(request.vpcId()))
            throw ElbErrors.validation("The VPC ID '" + request.vpcId() + "' is not found");
        var shown = TargetGroup.builder()
                .targetGroupName(request.name())
                .protocol(request.protocol())
                .protocolVersion(request.protocolVersion() == null ? "HTTP1" : request.protocolVersion())
                .port(request.port())
                .vpcId(request.vpcId())
                .targetType(TargetTypeEnum.IP)
                .ipAddressType(TargetGroupIpAddressTypeEnum.IPV4)
                .healthCheckEnabled(true)
                .healthCheckProtocol(or(request.healthCheckProtocol(), ProtocolEnum.HTTP))
                .healthCheckPort(or(request.healthCheckPort(), "traffic-port"))
                .healthCheckPath(or(request.healthCheckPath(), "/"))
                .healthCheckIntervalSeconds(or(request.healthCheckIntervalSeconds(), 30))
                .healthCheckTimeoutSeconds(or(request.healthCheckTimeoutSeconds(), 6))
                .healthyThresholdCount(or(request.healthyThresholdCount(), 5))
                .unhealthyThresholdCount(or(request.unhealthyThresholdCount(), 2))
                .matcher(or(request.matcher(), Matcher.builder().httpCode("200").build()))
                .build();
        checkHealth(shown);
        var twin = rows.truths().stream()
                .filter(row -> row.shown().targetGroupName().equals(request.name()))
                .findFirst();
        if (twin.isPresent()) return answer(same(twin.get().shown(), shown));
        var arn = aws.arn("elasticloadbalancing", "targetgroup/" + request.name() + "/" + aws.world.hex(16));
        var made = shown.toBuilder().targetGroupArn(arn).build();
        rows.put(
                arn,
                new ElbRow<>(made, ElbAttributes.TARGET_GROUP.defaults(), ElbTags.added(Map.of(), request.tags())));
        return answer(made);
    }

    /** Create with the settings of a group that exists succeeds, whoever owns it (ELB API Reference, CreateTargetGroup). */
    private static TargetGroup same(TargetGroup twin, TargetGroup asked) {
        if (twin.toBuilder().targetGroupArn(null).build().equals(asked)) return twin;
        throw ElbErrors.of(
                DuplicateTargetGroupNameException.builder(),
                "DuplicateTargetGroupName",
                "A target group with the same name '" + twin.targetGroupName()
                        + "' exists, but with different settings");
    }

    private static CreateTargetGroupResponse answer(TargetGroup shown) {
        return CreateTargetGroupResponse.builder().targetGroups(shown).build();
    }

    DescribeTargetGroupsResponse describe(DescribeTargetGroupsRequest request) {
        if (request.targetGroupArns().size() > 20)
            throw ElbErrors.validation("Up to 20 target groups can be described by ARN in one call");
        var kinds = (request.targetGroupArns().isEmpty() ? 0 : 1)
                + (request.names().isEmpty() ? 0 : 1)
                + (request.loadBalancerArn() == null ? 0 : 1);
        if (kinds > 1)
            throw ElbErrors.validation(
                    "Target group ARNs, target group names, and a load balancer ARN cannot be specified at the same time");
        var all = rows.seen().stream().map(row -> withLoadBalancer(row.shown())).toList();
        var found = new ArrayList<TargetGroup>();
        for (var arn : request.targetGroupArns())
            found.add(withLoadBalancer(seen(arn).shown()));
        for (var name : request.names())
            found.add(all.stream()
                    .filter(group -> group.targetGroupName().equals(name))
                    .findFirst()
                    .orElseThrow(ElbErrors::noTargetGroup));
        if (request.loadBalancerArn() != null) {
            elb.loadBalancers.seen(request.loadBalancerArn());
            all.stream()
                    .filter(group -> group.loadBalancerArns().contains(request.loadBalancerArn()))
                    .forEach(found::add);
        }
        var page = SimPage.of(kinds > 0 ? found : all, request.marker(), request.pageSize(), 400);
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(page.items())
                .nextMarker(page.next())
                .build();
    }

    ModifyTargetGroupResponse modify(ModifyTargetGroupRequest request) {
        var row = truth(request.targetGroupArn());
        var old = row.shown();
        var next = old.toBuilder()
                .healthCheckProtocol(or(request.healthCheckProtocol(), old.healthCheckProtocol()))
                .healthCheckPort(or(request.healthCheckPort(), old.healthCheckPort()))
                .healthCheckPath(or(request.healthCheckPath(), old.healthCheckPath()))
                .healthCheckIntervalSeconds(or(request.healthCheckIntervalSeconds(), old.healthCheckIntervalSeconds()))
                .healthCheckTimeoutSeconds(or(request.healthCheckTimeoutSeconds(), old.healthCheckTimeoutSeconds()))
                .healthyThresholdCount(or(request.healthyThresholdCount(), old.healthyThresholdCount()))
                .unhealthyThresholdCount(or(request.unhealthyThresholdCount(), old.unhealthyThresholdCount()))
                .matcher(or(request.matcher(), old.matcher()))
                .build();
        checkHealth(next);
        rows.put(request.targetGroupArn(), row.shown(next));
        return ModifyTargetGroupResponse.builder()
                .targetGroups(withLoadBalancer(next))
                .build();
    }

    /** The model lists no not-found for this call: deleting what is not there succeeds. */
    DeleteTargetGroupResponse delete(DeleteTargetGroupRequest request) {
        var arn = request.targetGroupArn();
        checkArn(arn);
        var held = heldUntil.containsKey(arn) && aws.world.now().isBefore(heldUntil.get(arn));
        if (rows.truth(arn).isPresent() && (held || elb.listeners.names(arn)))
            throw ElbErrors.inUse("Target group '" + arn + "' is currently in use by a listener or a rule");
        rows.remove(arn);
        elb.targets.forget(arn);
        return DeleteTargetGroupResponse.builder().build();
    }

    DescribeTargetGroupAttributesResponse attributes(DescribeTargetGroupAttributesRequest request) {
        return DescribeTargetGroupAttributesResponse.builder()
                .attributes(listed(seen(request.targetGroupArn()).attributes()))
                .build();
    }

    ModifyTargetGroupAttributesResponse modifyAttributes(ModifyTargetGroupAttributesRequest request) {
        var row = truth(request.targetGroupArn());
        var change = new HashMap<String, String>();
        request.attributes().forEach(attribute -> change.put(attribute.key(), attribute.value()));
        var next = ElbAttributes.TARGET_GROUP.changed(row.attributes(), change);
        rows.put(request.targetGroupArn(), row.attributes(next));
        return ModifyTargetGroupAttributesResponse.builder()
                .attributes(listed(next))
                .build();
    }

    /** Still in use for some seconds after the last listener (docs/aws-notes.md). */
    void released(String arn) {
        heldUntil.put(arn, aws.world.now().plus(aws.world.draw(Duration.ofSeconds(6))));
    }

    ElbRow<TargetGroup> truth(String arn) {
        checkArn(arn);
        return rows.truth(arn).orElseThrow(ElbErrors::noTargetGroup);
    }

    ElbRow<TargetGroup> seen(String arn) {
        checkArn(arn);
        return rows.seen(arn).orElseThrow(ElbErrors::noTargetGroup);
    }

    private TargetGroup withLoadBalancer(TargetGroup group) {
        return group.toBuilder()
                .loadBalancerArns(elb.listeners.loadBalancersSeenOf(group.targetGroupArn()))
                .build();
    }

    private static void checkArn(String arn) {
        if (arn == null || !arn.contains(":targetgroup/"))
            throw ElbErrors.validation("'" + arn + "' is not a valid target group ARN");
    }

    private static void checkHealth(TargetGroup group) {
        between("interval", group.healthCheckIntervalSeconds(), 5, 300);
        between("timeout", group.healthCheckTimeoutSeconds(), 2, 120);
        between("healthy threshold", group.healthyThresholdCount(), 2, 10);
        between("unhealthy threshold", group.unhealthyThresholdCount(), 2, 10);
        if (group.healthCheckTimeoutSeconds() >= group.healthCheckIntervalSeconds())
            throw ElbErrors.validation("Health check timeout '" + group.healthCheckTimeoutSeconds()
                    + "' must be smaller than the interval '" + group.healthCheckIntervalSeconds() + "'");
        if (!group.healthCheckPath().startsWith("/"))
            throw ElbErrors.validation(
                    "Health check path '" + group.healthCheckPath() + "' must begin with a '/' character");
        var codes = group.matcher().httpCode();
        if (codes == null || !codes.matches("[2-4]\\d\\d(-[2-4]\\d\\d)?(,[2-4]\\d\\d(-[2-4]\\d\\d)?)*"))
            throw ElbErrors.validation(
                    "Health check matcher HTTP code '" + codes + "' must be within '200-499' inclusive");
    }

    private static void between(String what, int value, int least, int most) {
        if (value < least || value > most)
            throw ElbErrors.validation(
                    "Health check " + what + " '" + value + "' must be within '" + least + "-" + most + "' inclusive");
    }

    private static <T> T or(T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }

    private static List<TargetGroupAttribute> listed(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> TargetGroupAttribute.builder()
                        .key(attribute.getKey())
                        .value(attribute.getValue())
                        .build())
                .toList();
    }
}
