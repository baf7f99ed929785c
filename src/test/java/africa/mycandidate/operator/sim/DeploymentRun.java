package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.*;

/** One deployment of a service: its tasks and how it goes. */
final class DeploymentRun {
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(15);

    final String id;
    final TaskDefinition definition;
    final AwsVpcConfiguration network;
    final List<LoadBalancer> loadBalancers;
    final boolean rollback;
    final List<TaskRun> tasks = new ArrayList<>();
    private final Instant createdAt;
    private Instant updatedAt;
    private DeploymentRolloutState state = DeploymentRolloutState.IN_PROGRESS;
    private String reason;
    private boolean everRan;
    private int failures;
    private int failedTasks;
    private int failedStarts;
    private Instant nextStart = Instant.MIN;

    DeploymentRun(
            String id,
            TaskDefinition definition,
            AwsVpcConfiguration network,
            List<LoadBalancer> loadBalancers,
            boolean rollback,
            Instant now) {
        this.id = id;
        this.definition = definition;
        this.network = network;
        this.loadBalancers = List.copyOf(loadBalancers);
        this.rollback = rollback;
        this.createdAt = now;
        this.updatedAt = now;
        this.reason = "ECS deployment " + id + " in progress.";
    }

    List<TaskRun> live() {
        return tasks.stream().filter(TaskRun::live).toList();
    }

    List<TaskRun> healthy() {
        return tasks.stream().filter(TaskRun::healthy).toList();
    }

    boolean inProgress() {
        return state == DeploymentRolloutState.IN_PROGRESS;
    }

    boolean failed() {
        return state == DeploymentRolloutState.FAILED;
    }

    void end(DeploymentRolloutState state, String reason, Instant now) {
        this.state = state;
        this.reason = reason;
        this.updatedAt = now;
        this.failures = 0;
    }

    void because(String reason) {
        this.reason = reason;
    }

    /** The first task that runs resets the count: the second stage watches health (user guide, deployment circuit breaker). */
    void ran() {
        if (!everRan) failures = 0;
        everRan = true;
        failedStarts = 0;
    }

    void countFailure() {
        failures++;
        failedTasks++;
    }

    /** Tasks that never ran are started again ever more slowly, for ever (user guide, service throttle logic). */
    void delayStarts(Instant now) {
        failedStarts++;
        if (failedStarts <= 3) return;
        var delay = Duration.ofSeconds(10L << Math.min(failedStarts - 4, 10));
        nextStart = now.plus(delay.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : delay);
    }

    /** Whether this failure is the one that begins the slow restarts. */
    boolean beginsToWait() {
        return failedStarts == 4;
    }

    boolean mayStart(Instant now) {
        return !nextStart.isAfter(now) && !failed();
    }

    int failures() {
        return failures;
    }

    Deployment described(String status, int desired) {
        return Deployment.builder()
                .id(id)
                .status(status)
                .taskDefinition(definition.taskDefinitionArn())
                .desiredCount(desired)
                .pendingCount((int) tasks.stream().filter(TaskRun::starting).count())
                .runningCount((int) tasks.stream().filter(TaskRun::running).count())
                .failedTasks(failedTasks)
                .createdAt(createdAt)
                .updatedAt(updatedAt)
                .launchType(LaunchType.FARGATE)
                .platformVersion("1.4.0")
                .platformFamily("Linux")
                .networkConfiguration(configuration -> configuration.awsvpcConfiguration(network))
                .rolloutState(state)
                .rolloutStateReason(reason)
                .build();
    }
}
