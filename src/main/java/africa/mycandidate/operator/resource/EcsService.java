package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the tasks running behind the target group. The circuit breaker rewrites the task definition to the last good one when a rollout fails; applying the bad
 * one again would loop. Outputs: {@code arn}, {@code name}, {@code resourceId} ({@code service/cluster/name}), {@code running}, {@code desired},
 * {@code rollout} (AWS's rollout state), {@code failedTaskDefinition} where a deployment failed.
 *
 * @param clusterName the place where it is listed; never compared
 * @param desiredCount the count to start with; afterwards autoscaling owns it
 */
@AwsType(placed = true, replacement = Replacement.DELETE_FIRST, nameLength = 255, usually = "3 min")
public record EcsService(
        @Initial String clusterName,
        @Immutable Ref<EcsCluster> cluster,
        @Interrupts(Interruption.RESTART) Ref<TaskDefinition> taskDefinition,
        @Initial Integer desiredCount,
        @Interrupts(Interruption.RESTART) Set<Ref<? extends Resource>> subnets,
        @Interrupts(Interruption.RESTART) Set<Ref<SecurityGroup>> securityGroups,
        @Interrupts(Interruption.RESTART) Boolean assignPublicIp,
        @Interrupts(Interruption.RESTART) Ref<TargetGroup> targetGroup,
        @Interrupts(Interruption.RESTART) Integer containerPort,
        Integer healthCheckGraceSeconds,
        Integer minimumHealthyPercent,
        Integer maximumPercent,
        Boolean circuitBreakerWithRollback,
        Boolean zoneRebalancing,
        @Initial Boolean propagateServiceTags)
        implements Resource {

    @Override
    public String place() {
        return clusterName;
    }

    /** A revision whose rollout AWS gave up is not tried again: the tag on the task definition remembers it, whatever the service shows by then. */
    @Override
    public Optional<String> veto(Observed<?> have, Snapshot seen) {
        if (taskDefinition == null) return Optional.empty();
        return seen.ours(TaskDefinition.class).stream()
                .filter(revision -> revision.id().equals(taskDefinition.value()))
                .filter(revision -> revision.actual().failed() != null && !revision.actual().failed().isEmpty())
                .findFirst()
                .map(revision -> "the rollout of " + revision.actual().image() + " failed (" + revision.actual().failed()
                        + "); the previous version keeps serving; it is tried again when the spec changes");
    }
}
