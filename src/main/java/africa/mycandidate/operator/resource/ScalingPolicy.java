package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.AdjustmentType;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricAggregationType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;

/**
 * What an alarm does to the number of tasks. Always put in place: a new one has a new ARN, and the alarm's action would dangle. It takes no tags and belongs to
 * its scalable target. Output: {@code arn}.
 *
 * @param name unique within the target; also its role
 */
@AwsType(replacement = Replacement.DELETE_FIRST, tagged = false)
public record ScalingPolicy(
        @Immutable Ref<ScalableTarget> target,
        @Immutable String name,
        Integer cooldownSeconds,
        List<Adjustment> adjustments)
        implements Resource {

    /**
     * @param lower lower bound relative to the alarm's threshold; null for none
     * @param upper upper bound; null for none
     * @param tasks tasks to add (negative: to remove)
     */
    public record Adjustment(Double lower, Double upper, int tasks) {}
}

final class ScalingPolicyHandler implements Handler<ScalingPolicy> {
    private static final Comparator<ScalingPolicy.Adjustment> BY_LOWER_BOUND =
            Comparator.comparing(ScalingPolicy.Adjustment::lower, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final ApplicationAutoScalingClient scaling;

    ScalingPolicyHandler(Clients clients) {
        this.scaling = clients.of(ApplicationAutoScalingClient.class);
    }

    @Override
    public Class<ScalingPolicy> type() {
        return ScalingPolicy.class;
    }

    @Override
    public List<Observed<ScalingPolicy>> list(String place) {
        var found = new ArrayList<Observed<ScalingPolicy>>();
        for (var policy : scaling.describeScalingPoliciesPaginator(
                        request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalingPolicies()) {
            if (ScalableTargetHandler.names(policy.resourceId())) found.add(observed(policy));
        }
        return found;
    }

    private static Observed<ScalingPolicy> observed(
            software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy policy) {
        var id = id(policy.resourceId(), policy.policyName());
        var steps = policy.stepScalingPolicyConfiguration();
        var actual = new ScalingPolicy(
                Ref.of(policy.resourceId()),
                policy.policyName(),
                steps == null ? null : steps.cooldown(),
                adjustments(steps));
        return Observed.of(actual, id, id, Phase.READY, Map.of("arn", policy.policyARN()), Map.of())
                .withOwner(
                        new Owner.Child(ScalableTarget.class, "resourceId", policy.resourceId(), policy.policyName()));
    }

    /** What AWS's calls know it by; its ARN is made by AWS. */
    private static String id(String resourceId, String name) {
        return resourceId + "/" + name;
    }

    /** Null where the numbers mean something other than tasks to add, so that it differs. */
    private static List<ScalingPolicy.Adjustment> adjustments(StepScalingPolicyConfiguration steps) {
        if (steps == null || steps.adjustmentType() != AdjustmentType.CHANGE_IN_CAPACITY) return null;
        return steps.stepAdjustments().stream()
                .map(step -> new ScalingPolicy.Adjustment(
                        step.metricIntervalLowerBound(), step.metricIntervalUpperBound(), step.scalingAdjustment()))
                .sorted(BY_LOWER_BOUND)
                .toList();
    }

    @Override
    public String create(ScalingPolicy want, Creation creation) {
        put(want);
        return id(want.target().value(), want.name());
    }

    /** Put in place: it keeps its ARN, to which the alarm's action points. */
    @Override
    public void update(Observed<ScalingPolicy> have, ScalingPolicy goal, Set<String> fields) {
        var had = have.actual();
        put(new ScalingPolicy(
                had.target(),
                had.name(),
                goal.cooldownSeconds() == null ? had.cooldownSeconds() : goal.cooldownSeconds(),
                goal.adjustments() == null ? had.adjustments() : goal.adjustments()));
    }

    private void put(ScalingPolicy policy) {
        var steps = policy.adjustments().stream()
                .map(step -> StepAdjustment.builder()
                        .metricIntervalLowerBound(step.lower())
                        .metricIntervalUpperBound(step.upper())
                        .scalingAdjustment(step.tasks())
                        .build())
                .toList();
        scaling.putScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(policy.target().value())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyName(policy.name())
                .policyType(PolicyType.STEP_SCALING)
                .stepScalingPolicyConfiguration(configuration -> configuration
                        .adjustmentType(AdjustmentType.CHANGE_IN_CAPACITY)
                        .metricAggregationType(MetricAggregationType.AVERAGE)
                        .cooldown(policy.cooldownSeconds())
                        .stepAdjustments(steps)));
    }

    @Override
    public void delete(Observed<ScalingPolicy> have, Deletion deletion) {
        scaling.deleteScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(have.actual().target().value())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyName(have.actual().name()));
    }

    @Override
    public void tag(Observed<ScalingPolicy> have, Map<String, String> set, Set<String> remove) {
        throw new UnsupportedOperationException("a scaling policy takes no tags");
    }
}
