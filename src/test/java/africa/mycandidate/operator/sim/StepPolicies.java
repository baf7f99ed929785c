package africa.mycandidate.operator.sim;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.applicationautoscaling.model.*;

/** Step scaling policies. A policy's ARN contains an id: one that is deleted and made again has another ARN. */
final class StepPolicies {
    private final SimAws aws;
    private final SimScaling scaling;
    private final Table<ScalingPolicy> policies;
    private final Map<String, Instant> quietUntil = new HashMap<>();

    StepPolicies(SimAws aws, SimScaling scaling) {
        this.aws = aws;
        this.scaling = scaling;
        this.policies = new Table<>(aws.world);
    }

    PutScalingPolicyResponse put(PutScalingPolicyRequest r) {
        var id = EcsTargetId.of(r.serviceNamespaceAsString(), r.resourceId(), r.scalableDimensionAsString());
        if (r.policyName() == null || r.policyName().isEmpty() || r.policyName().length() > 256)
            throw SimScaling.invalid("1 validation error detected: Value at 'policyName' failed to satisfy constraint");
        scaling.target(id);
        var before = policies.truth(key(id, r.policyName()));
        var type = r.policyType() != null
                ? r.policyType()
                : before.map(ScalingPolicy::policyType).orElse(PolicyType.STEP_SCALING);
        if (type != PolicyType.STEP_SCALING) throw new UnsupportedOperationException(type + " policies");
        var steps = r.stepScalingPolicyConfiguration();
        if (steps == null)
            throw SimScaling.invalid("StepScalingPolicyConfiguration is required for policy type StepScaling");
        StepAdjustments.validate(steps);
        var policy = before.orElseGet(() -> fresh(id, r.policyName())).toBuilder()
                .stepScalingPolicyConfiguration(steps.toBuilder()
                        .cooldown(steps.cooldown() == null ? 300 : steps.cooldown())
                        .metricAggregationType(
                                steps.metricAggregationType() == null
                                        ? MetricAggregationType.AVERAGE
                                        : steps.metricAggregationType())
                        .build())
                .build();
        policies.put(key(id, r.policyName()), policy);
        return PutScalingPolicyResponse.builder()
                .policyARN(policy.policyARN())
                .alarms(List.of())
                .build();
    }

    private ScalingPolicy fresh(EcsTargetId id, String name) {
        var uuid = aws.world.hex(8) + "-" + aws.world.hex(4) + "-4" + aws.world.hex(3) + "-8" + aws.world.hex(3) + "-"
                + aws.world.hex(12);
        return ScalingPolicy.builder()
                .policyARN(aws.arn(
                        "autoscaling",
                        "scalingPolicy:" + uuid + ":resource/ecs/" + id.resourceId() + ":policyName/" + name))
                .policyName(name)
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId(id.resourceId())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyType(PolicyType.STEP_SCALING)
                .creationTime(aws.world.now())
                .build();
    }

    DescribeScalingPoliciesResponse describe(DescribeScalingPoliciesRequest r) {
        EcsTargetId.namespace(r.serviceNamespaceAsString());
        var found = policies.seen().stream()
                .filter(policy -> !r.hasPolicyNames() || r.policyNames().contains(policy.policyName()))
                .filter(policy -> r.resourceId() == null || r.resourceId().equals(policy.resourceId()))
                .sorted(Comparator.comparing(ScalingPolicy::resourceId).thenComparing(ScalingPolicy::policyName))
                .map(policy ->
                        policy.toBuilder().alarms(alarms(policy.policyARN())).build())
                .toList();
        var page = Page.of(found, r.nextToken(), SimScaling.size(r.maxResults(), 10), 50);
        return DescribeScalingPoliciesResponse.builder()
                .scalingPolicies(page.items())
                .nextToken(page.marker())
                .build();
    }

    private List<Alarm> alarms(String policyArn) {
        return aws.cloudWatch.actingOn(policyArn).stream()
                .map(alarm -> Alarm.builder()
                        .alarmName(alarm.alarmName())
                        .alarmARN(alarm.alarmArn())
                        .build())
                .toList();
    }

    DeleteScalingPolicyResponse delete(DeleteScalingPolicyRequest r) {
        var id = EcsTargetId.of(r.serviceNamespaceAsString(), r.resourceId(), r.scalableDimensionAsString());
        if (policies.truth(key(id, r.policyName())).isEmpty())
            throw SimScaling.notFound(
                    "No scaling policy found for " + id.sentence() + ", policy name: " + r.policyName());
        policies.remove(key(id, r.policyName()));
        return DeleteScalingPolicyResponse.builder().build();
    }

    void forget(EcsTargetId id) {
        for (var policy : policies.truths())
            if (policy.resourceId().equals(id.resourceId())) policies.remove(key(id, policy.policyName()));
    }

    List<String> arns() {
        return policies.truths().stream().map(ScalingPolicy::policyARN).toList();
    }

    void alarm(String policyArn, double overThreshold) {
        policies.truths().stream()
                .filter(policy -> policy.policyARN().equals(policyArn))
                .findFirst()
                .ifPresent(policy -> run(policy, overThreshold));
    }

    private void run(ScalingPolicy policy, double overThreshold) {
        if (quietUntil.getOrDefault(policy.policyARN(), Instant.MIN).isAfter(aws.world.now())) return;
        var id = EcsTargetId.of("ecs", policy.resourceId(), "ecs:service:DesiredCount");
        var current = aws.ecs.desired(id.cluster(), id.service());
        if (current.isEmpty()) return;
        var steps = policy.stepScalingPolicyConfiguration();
        var wanted = StepAdjustments.next(steps, current.getAsInt(), overThreshold);
        var suspended = scaling.target(id).suspendedState();
        if (wanted > current.getAsInt()
                ? suspended.dynamicScalingOutSuspended()
                : suspended.dynamicScalingInSuspended()) return;
        scaling.scale(id, wanted);
        var after = aws.ecs.desired(id.cluster(), id.service());
        if (after.equals(current)) return;
        quietUntil.put(policy.policyARN(), aws.world.now().plusSeconds(steps.cooldown()));
    }

    private static String key(EcsTargetId id, String name) {
        return id.resourceId() + " " + name;
    }
}
