package africa.mycandidate.operator.sim;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.*;

/** Scalable targets and what hangs on them: {@link StepPolicies} and {@link Schedules}. */
final class SimScaling implements ApplicationAutoScalingClient, ScalableTargets {
    private final SimAws aws;
    private final Table<ScalableTarget> targets;
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final ServiceLinkedRole role;
    private final StepPolicies policies;
    private final Schedules schedules;

    SimScaling(SimAws aws) {
        this.aws = aws;
        this.targets = new Table<>(aws.world);
        this.policies = new StepPolicies(aws, this);
        this.schedules = new Schedules(aws, this);
        this.role = new ServiceLinkedRole(
                aws,
                "ecs.application-autoscaling.amazonaws.com",
                () -> invalid("Unable to assume IAM role: " + roleArn()));
    }

    @Override
    public String serviceName() {
        return "application-autoscaling";
    }

    @Override
    public void close() {}

    @Override
    public RegisterScalableTargetResponse registerScalableTarget(RegisterScalableTargetRequest r) {
        return aws.world.call(() -> {
            var id = EcsTargetId.of(r.serviceNamespaceAsString(), r.resourceId(), r.scalableDimensionAsString());
            var before = targets.truth(id.resourceId());
            if (before.isPresent() && r.hasTags() && !r.tags().isEmpty())
                throw invalid(
                        "The scalable target that you tried to tag already exists. Use the TagResource API."); // TF#31839
            if (before.isEmpty() && (r.minCapacity() == null || r.maxCapacity() == null))
                throw invalid("Both MinCapacity and MaxCapacity are required to register a new scalable target");
            role.use();
            if (!aws.ecs.shown(id.cluster(), id.service()))
                throw invalid("ECS service doesn't exist: " + id.resourceId());
            var target = merged(r, before.orElseGet(() -> fresh(id)));
            if (target.minCapacity() < 0 || target.maxCapacity() < target.minCapacity())
                throw invalid("Maximum capacity cannot be less than minimum capacity");
            // Reads may show it up to 2 minutes later (TF RetryWhenNewResourceNotFound).
            var lag = aws.world.below(20) == 0 ? java.time.Duration.ofSeconds(aws.world.below(120)) : aws.world.lag();
            targets.put(id.resourceId(), target, lag);
            tags.computeIfAbsent(target.scalableTargetARN(), arn -> new TreeMap<>(r.tags()));
            moveIntoBounds(id);
            return RegisterScalableTargetResponse.builder()
                    .scalableTargetARN(target.scalableTargetARN())
                    .build();
        });
    }

    private ScalableTarget fresh(EcsTargetId id) {
        return ScalableTarget.builder()
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId(id.resourceId())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .roleARN(roleArn())
                .creationTime(aws.world.now())
                .suspendedState(SuspendedState.builder()
                        .dynamicScalingInSuspended(false)
                        .dynamicScalingOutSuspended(false)
                        .scheduledScalingSuspended(false)
                        .build())
                .scalableTargetARN(aws.arn("application-autoscaling", "scalable-target/0ec5" + aws.world.hex(32)))
                .build();
    }

    private static ScalableTarget merged(RegisterScalableTargetRequest r, ScalableTarget target) {
        return target.toBuilder()
                .minCapacity(r.minCapacity() == null ? target.minCapacity() : r.minCapacity())
                .maxCapacity(r.maxCapacity() == null ? target.maxCapacity() : r.maxCapacity())
                .suspendedState(r.suspendedState() == null ? target.suspendedState() : r.suspendedState())
                .build();
    }

    @Override
    public DescribeScalableTargetsResponse describeScalableTargets(DescribeScalableTargetsRequest r) {
        return aws.world.call(() -> {
            EcsTargetId.namespace(r.serviceNamespaceAsString());
            var found = targets.seen().stream()
                    .filter(target -> !r.hasResourceIds() || r.resourceIds().contains(target.resourceId()))
                    .sorted(Comparator.comparing(ScalableTarget::resourceId))
                    .toList();
            var page = Page.of(found, r.nextToken(), size(r.maxResults(), 50), 50);
            return DescribeScalableTargetsResponse.builder()
                    .scalableTargets(page.items())
                    .nextToken(page.marker())
                    .build();
        });
    }

    @Override
    public DeregisterScalableTargetResponse deregisterScalableTarget(DeregisterScalableTargetRequest r) {
        return aws.world.call(() -> {
            var id = EcsTargetId.of(r.serviceNamespaceAsString(), r.resourceId(), r.scalableDimensionAsString());
            target(id);
            forget(id);
            return DeregisterScalableTargetResponse.builder().build();
        });
    }

    /** Policies and scheduled actions go with the target, the alarms of step policies do not (BC DeregisterScalableTarget). */
    private void forget(EcsTargetId id) {
        targets.truth(id.resourceId()).ifPresent(target -> {
            tags.remove(target.scalableTargetARN());
            targets.remove(id.resourceId());
        });
        policies.forget(id);
        schedules.forget(id);
    }

    @Override
    public void serviceDeleted(String cluster, String service) {
        forget(new EcsTargetId(cluster, service));
    }

    @Override
    public PutScalingPolicyResponse putScalingPolicy(PutScalingPolicyRequest r) {
        return aws.world.call(() -> policies.put(r));
    }

    @Override
    public DescribeScalingPoliciesResponse describeScalingPolicies(DescribeScalingPoliciesRequest r) {
        return aws.world.call(() -> policies.describe(r));
    }

    @Override
    public DeleteScalingPolicyResponse deleteScalingPolicy(DeleteScalingPolicyRequest r) {
        return aws.world.call(() -> policies.delete(r));
    }

    @Override
    public PutScheduledActionResponse putScheduledAction(PutScheduledActionRequest r) {
        return aws.world.call(() -> schedules.put(r));
    }

    @Override
    public DescribeScheduledActionsResponse describeScheduledActions(DescribeScheduledActionsRequest r) {
        return aws.world.call(() -> schedules.describe(r));
    }

    @Override
    public DeleteScheduledActionResponse deleteScheduledAction(DeleteScheduledActionRequest r) {
        return aws.world.call(() -> schedules.delete(r));
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest r) {
        return aws.world.call(() -> {
            tagged(r.resourceARN()).putAll(r.tags());
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest r) {
        return aws.world.call(() -> {
            r.tagKeys().forEach(tagged(r.resourceARN())::remove);
            return UntagResourceResponse.builder().build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        return aws.world.call(() -> ListTagsForResourceResponse.builder()
                .tags(tagged(r.resourceARN()))
                .build());
    }

    private Map<String, String> tagged(String arn) {
        var found = tags.get(arn);
        if (found == null)
            throw error(
                    ResourceNotFoundException.builder(),
                    "ResourceNotFoundException",
                    "The specified resource doesn't exist: " + arn);
        return found;
    }

    /** What an alarm sets off. An ARN without a policy dangles: nothing happens. */
    void alarm(String policyArn, double overThreshold) {
        policies.alarm(policyArn, overThreshold);
    }

    /** What really exists, by ARN, with its tags; policies and scheduled actions have none. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<String, Map<String, String>>();
        tags.forEach((arn, values) -> all.put(arn, Map.copyOf(values)));
        policies.arns().forEach(arn -> all.put(arn, Map.of()));
        schedules.arns().forEach(arn -> all.put(arn, Map.of()));
        return all;
    }

    /** The target, as AWS knows it, or ObjectNotFoundException. */
    ScalableTarget target(EcsTargetId id) {
        return targets.truth(id.resourceId())
                .orElseThrow(() -> notFound("No scalable target found for " + id.sentence()));
    }

    /** A scheduled action rewrites the bounds of its target (docs/aws-notes.md). */
    void bound(EcsTargetId id, Integer min, Integer max) {
        var target = target(id);
        targets.put(
                id.resourceId(),
                target.toBuilder()
                        .minCapacity(min == null ? target.minCapacity() : min)
                        .maxCapacity(max == null ? target.maxCapacity() : max)
                        .build());
        moveIntoBounds(id);
    }

    private void moveIntoBounds(EcsTargetId id) {
        var desired = aws.ecs.desired(id.cluster(), id.service());
        if (desired.isPresent()) scale(id, desired.getAsInt());
    }

    /** Sets the desired count, within the bounds. */
    void scale(EcsTargetId id, int wanted) {
        var target = target(id);
        var bounded = Math.max(target.minCapacity(), Math.min(target.maxCapacity(), wanted));
        var desired = aws.ecs.desired(id.cluster(), id.service());
        if (desired.isPresent() && desired.getAsInt() != bounded) aws.ecs.scale(id.cluster(), id.service(), bounded);
    }

    private String roleArn() {
        return "arn:aws:iam::" + aws.account
                + ":role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";
    }

    static int size(Integer asked, int most) {
        if (asked == null) return most;
        if (asked < 1) throw invalid("1 validation error detected: Value at 'maxResults' must be at least 1");
        return Math.min(asked, most);
    }

    static AwsServiceException notFound(String message) {
        return error(ObjectNotFoundException.builder(), "ObjectNotFoundException", message);
    }

    static AwsServiceException invalid(String message) {
        return error(ValidationException.builder(), "ValidationException", message);
    }

    private static AwsServiceException error(AwsServiceException.Builder builder, String code, String message) {
        return Errors.of(builder, "ApplicationAutoScaling", code, 400, message);
    }
}
