package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.applicationautoscaling.model.*;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

class SimScalingTest extends ComputeFixture {
    private static final ScalableDimension DIMENSION = ScalableDimension.ECS_SERVICE_DESIRED_COUNT;
    private final SimScaling scaling = aws.scaling;

    @BeforeEach
    void target() {
        site();
        ecs.createService(service(register("1")).build());
        minutes(5);
        try {
            scaling.registerScalableTarget(target(2, 10));
        } catch (AwsServiceException tooEarly) {
            settle();
            scaling.registerScalableTarget(target(2, 10));
        }
        minutes(3);
    }

    private static RegisterScalableTargetRequest target(Integer min, Integer max) {
        return RegisterScalableTargetRequest.builder()
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId("service/c/s")
                .scalableDimension(DIMENSION)
                .minCapacity(min)
                .maxCapacity(max)
                .build();
    }

    private static StepAdjustment step(Double lower, Double upper, int tasks) {
        return StepAdjustment.builder()
                .metricIntervalLowerBound(lower)
                .metricIntervalUpperBound(upper)
                .scalingAdjustment(tasks)
                .build();
    }

    private static PutScalingPolicyRequest policy(String name, StepAdjustment... steps) {
        return PutScalingPolicyRequest.builder()
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId("service/c/s")
                .scalableDimension(DIMENSION)
                .policyName(name)
                .policyType(PolicyType.STEP_SCALING)
                .stepScalingPolicyConfiguration(config -> config.adjustmentType(AdjustmentType.CHANGE_IN_CAPACITY)
                        .cooldown(60)
                        .stepAdjustments(Arrays.asList(steps)))
                .build();
    }

    private PutScheduledActionRequest action(String schedule) {
        return PutScheduledActionRequest.builder()
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId("service/c/s")
                .scalableDimension(DIMENSION)
                .scheduledActionName("election")
                .schedule(schedule)
                .scalableTargetAction(bounds -> bounds.minCapacity(6).maxCapacity(20))
                .build();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        return refusals(
                scaling::existing,
                invalid(
                        "a service that is not there",
                        target(1, 2).toBuilder().resourceId("service/c/none").build()),
                invalid(
                        "no maximum for a new target",
                        target(1, null).toBuilder().resourceId("service/c/none").build()),
                invalid("min over max", target(5, 4)),
                invalid(
                        "tags on an existing target",
                        target(2, 10).toBuilder().tags(Map.of("a", "b")).build()),
                invalid(
                        "a malformed resource",
                        target(2, 10).toBuilder().resourceId("c/s").build()),
                invalid("no step", policy("p")),
                invalid("a step without bounds", policy("p", step(null, null, 1))),
                invalid("a gap", policy("p", step(0.0, 10.0, 1), step(20.0, null, 2))),
                invalid("an overlap", policy("p", step(0.0, 30.0, 1), step(20.0, null, 2))),
                invalid("a positive end", policy("p", step(0.0, 10.0, 1))),
                invalid("a negative start", policy("p", step(-10.0, 0.0, 1))),
                invalid("bounds the wrong way round", policy("p", step(10.0, 5.0, 1))),
                refusal(
                        "a policy without target",
                        "ObjectNotFoundException",
                        400,
                        () -> scaling.putScalingPolicy(policy("p", step(0.0, null, 1)).toBuilder()
                                .resourceId("service/c/none")
                                .build())),
                refusal(
                        "a schedule without target",
                        "ObjectNotFoundException",
                        400,
                        () -> scaling.putScheduledAction(action("rate(1 day)").toBuilder()
                                .resourceId("service/c/none")
                                .build())),
                refusal(
                        "a schedule in the past",
                        "ValidationException",
                        400,
                        () -> scaling.putScheduledAction(action("at(2020-01-01T00:00:00)"))),
                refusal(
                        "a schedule that is none",
                        "ValidationException",
                        400,
                        () -> scaling.putScheduledAction(action("tomorrow"))),
                refusal(
                        "deleting an unknown policy",
                        "ObjectNotFoundException",
                        400,
                        () -> scaling.deleteScalingPolicy(call -> call.serviceNamespace("ecs")
                                .resourceId("service/c/s")
                                .scalableDimension(DIMENSION)
                                .policyName("none"))),
                refusal(
                        "deleting an unknown action",
                        "ObjectNotFoundException",
                        400,
                        () -> scaling.deleteScheduledAction(call -> call.serviceNamespace("ecs")
                                .resourceId("service/c/s")
                                .scalableDimension(DIMENSION)
                                .scheduledActionName("none"))),
                refusal(
                        "an unknown target",
                        "ObjectNotFoundException",
                        400,
                        () -> scaling.deregisterScalableTarget(call -> call.serviceNamespace("ecs")
                                .resourceId("service/c/none")
                                .scalableDimension(DIMENSION))),
                refusal(
                        "tags of nothing",
                        "ResourceNotFoundException",
                        400,
                        () -> scaling.listTagsForResource(call -> call.resourceARN("arn:none"))));
    }

    private Refusal invalid(String name, RegisterScalableTargetRequest request) {
        return refusal(name, "ValidationException", 400, () -> scaling.registerScalableTarget(request));
    }

    private Refusal invalid(String name, PutScalingPolicyRequest request) {
        return refusal(name, "ValidationException", 400, () -> scaling.putScalingPolicy(request));
    }

    @Test
    void loadScalesOutAndInWithinTheBounds() {
        alarm(
                "high",
                scaling.putScalingPolicy(policy("out", step(0.0, null, 3))).policyARN(),
                ComparisonOperator.GREATER_THAN_THRESHOLD,
                70);
        alarm(
                "low",
                scaling.putScalingPolicy(policy("in", step(null, 0.0, -1))).policyARN(),
                ComparisonOperator.LESS_THAN_THRESHOLD,
                30);
        ecs.cpu("c", "s", 90);
        minutes(15);
        assertThat(seen().desiredCount()).isEqualTo(10);
        assertThat(seen().runningCount()).isEqualTo(10);
        ecs.cpu("c", "s", 5);
        minutes(40);
        assertThat(seen().desiredCount()).isEqualTo(2);
        ecs.deleteService(call -> call.cluster("c").service("s").force(true));
        assertThat(scaling.existing()).as("the target goes with its service").isEmpty();
        assertThat(aws.cloudWatch.existing()).as("alarms stay").hasSize(2);
    }

    private void alarm(String name, String policy, ComparisonOperator comparison, double threshold) {
        aws.cloudWatch.putMetricAlarm(call -> call.alarmName(name)
                .namespace("AWS/ECS")
                .metricName("CPUUtilization")
                .statistic(Statistic.AVERAGE)
                .period(60)
                .evaluationPeriods(2)
                .comparisonOperator(comparison)
                .threshold(threshold)
                .alarmActions(policy)
                .dimensions(one -> one.name("ClusterName").value("c"), one -> one.name("ServiceName")
                        .value("s")));
    }

    @Test
    void aScheduleRewritesTheBounds() {
        var at = now().plus(Duration.ofMinutes(30)).toString().replaceFirst("(\\.\\d+)?Z", "");
        scaling.putScheduledAction(action("at(" + at + ")"));
        minutes(40);
        var target = scaling.describeScalableTargets(call -> call.serviceNamespace("ecs"))
                .scalableTargets()
                .getFirst();
        assertThat(target.minCapacity()).isEqualTo(6);
        assertThat(target.maxCapacity()).isEqualTo(20);
        assertThat(seen().desiredCount()).isEqualTo(6);
    }

    @Test
    void policiesComeTenAtATimeAndKeepTheirArn() {
        for (var i = 0; i < 12; i++) scaling.putScalingPolicy(policy("p" + i, step(0.0, null, 1)));
        settle();
        var page = scaling.describeScalingPolicies(call -> call.serviceNamespace("ecs"));
        assertThat(page.scalingPolicies()).hasSize(10);
        assertThat(scaling.describeScalingPolicies(
                                call -> call.serviceNamespace("ecs").nextToken(page.nextToken()))
                        .scalingPolicies())
                .hasSize(2);
        var arn = scaling.putScalingPolicy(policy("p1", step(0.0, null, 2))).policyARN();
        scaling.deleteScalingPolicy(call -> call.serviceNamespace("ecs")
                .resourceId("service/c/s")
                .scalableDimension(DIMENSION)
                .policyName("p1"));
        assertThat(scaling.putScalingPolicy(policy("p1", step(0.0, null, 2))).policyARN())
                .isNotEqualTo(arn);
    }
}
