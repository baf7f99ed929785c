package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Together;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps the tasks running behind the target group. The circuit breaker rewrites the task definition to the last good one when a rollout fails; applying the bad
 * one again would loop. Outputs: {@code arn}, {@code name}, {@code resourceId} ({@code service/cluster/name}), {@code running}, {@code desired},
 * {@code rollout} (AWS's rollout state), {@code failedTaskDefinition} and
 * {@code failedDeployment} where a deployment failed, {@code rollingTaskDefinition} and {@code rollingDeployment} while one is under way whose tasks fail.
 *
 * @param clusterName the place where it is listed; never compared
 * @param cluster the cluster's {@code name}
 * @param desiredCount the fewest tasks; autoscaling owns what is above. It goes back up to that by itself only with its next scale-out, which a service with no
 *     task never asks for (ECS Developer Guide, "Automatically scale your Amazon ECS service")
 */
@AwsType(placed = true, replacement = Replacement.DELETE_FIRST, nameLength = 255, usually = "3 min")
public record EcsService(
        @Initial String clusterName,
        @Immutable Ref<EcsCluster> cluster,
        @Together @Interrupts(Interruption.RESTART) Ref<TaskDefinition> taskDefinition,
        AtLeast desiredCount,
        @Interrupts(Interruption.RESTART) Set<Ref<? extends Resource>> subnets,
        @Interrupts(Interruption.RESTART) Set<Ref<SecurityGroup>> securityGroups,
        @Interrupts(Interruption.RESTART) Boolean assignPublicIp,
        @Together @Interrupts(Interruption.RESTART) Set<Ref<TargetGroup>> targetGroups,
        @Together @Interrupts(Interruption.RESTART) Integer containerPort,
        Integer healthCheckGraceSeconds,
        Integer minimumHealthyPercent,
        Integer maximumPercent,
        Boolean circuitBreakerWithRollback,
        Boolean zoneRebalancing,
        @Initial Boolean propagateServiceTags)
        implements Resource {

    /** The output by which others know that the wanted version serves. */
    public static final String SETTLED = "settledTaskDefinition";

    /** Stands after the task definition of a service on whose only deployment ECS gave up, so that it differs from the name alone, and is deployed again. */
    static final String STUCK = " (given up)";

    @Override
    public String place() {
        return clusterName;
    }

    /** {@code settledTaskDefinition} is known while all tasks run the wanted one. */
    @Override
    public Optional<String> output(String name, Observed<?> have) {
        if (!name.equals(SETTLED)) return Resource.super.output(name, have);
        return have.phase() == Phase.READY
                        && taskDefinition instanceof Ref.Known<TaskDefinition>(String wanted)
                        && have.actual() instanceof EcsService now
                        && taskDefinition.equals(now.taskDefinition())
                ? Optional.of(wanted)
                : Optional.empty();
    }

    /**
     * A target group that voters are still sent to stays until they are sent to its successor: tasks answer in both meanwhile (ECS developer guide, "Registering
     * multiple target groups with a service").
     */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        return overlapping(have, seen).startable(have, seen);
    }

    /**
     * Where new tasks would only fail, none are started, and the circuit breaker does not blame their image: without a way out, once ECS gave up for the want of
     * it, and without the data that they need.
     */
    private EcsService startable(Observed<?> have, Snapshot seen) {
        if (!(isStuck(have) && noWayOut(seen)) && !withoutData(seen)) return this;
        return Fields.map(this, (component, value) -> component.getName().equals("taskDefinition") ? null : value);
    }

    private static boolean isStuck(Observed<?> have) {
        return have.actual() instanceof EcsService now
                && now.taskDefinition() instanceof Ref.Known<TaskDefinition>(String shown)
                && shown.endsWith(STUCK);
    }

    private static boolean noWayOut(Snapshot seen) {
        var gateways = seen.ours(NatGateway.class).stream()
                .map(Observed::phase)
                .filter(phase -> phase != Phase.GONE && phase != Phase.DELETING)
                .toList();
        return !gateways.isEmpty() && !gateways.contains(Phase.READY);
    }

    private static boolean withoutData(Snapshot seen) {
        return Stream.of(DbInstance.class, ReplicationGroup.class)
                .flatMap(type -> seen.ours(type).stream())
                .anyMatch(one -> one.phase() == Phase.FAILED || one.message().equals(DbInstanceState.UPGRADING));
    }

    /** Whether the database or the cache may be away for a moment now, so that what fails to start need not be to blame. */
    static boolean dataUnsettled(Snapshot seen) {
        return Stream.of(DbInstance.class, ReplicationGroup.class)
                .flatMap(type -> seen.ours(type).stream())
                .anyMatch(one -> one.phase() != Phase.READY);
    }

    private EcsService overlapping(Observed<?> have, Snapshot seen) {
        if (targetGroups == null
                || !Refs.open(targetGroups).isEmpty()
                || !(have.actual() instanceof EcsService now)
                || now.targetGroups() == null) return this;
        var kept = new HashSet<>(targetGroups);
        for (var group : now.targetGroups()) {
            var serves = !seen.isRead(Listener.class)
                    || seen.ours(Listener.class).stream()
                            .anyMatch(listener -> listener.uses().contains(group.value()));
            if (serves) kept.add(group);
        }
        return Fields.map(
                this, (component, value) -> component.getName().equals("targetGroups") ? Set.copyOf(kept) : value);
    }

    /**
     * A revision whose rollout AWS gave up is not tried again: the service says so while its tasks stop, and the tag on the task definition remembers it, whatever
     * the service shows by then.
     */
    @Override
    public Optional<String> veto(Observed<?> have, Snapshot seen) {
        if (!(taskDefinition instanceof Ref.Known<TaskDefinition>(String wanted))) return Optional.empty();
        var failed = wanted.equals(have.outputs().get("failedTaskDefinition"));
        return seen.ours(TaskDefinition.class).stream()
                .filter(revision -> revision.id().equals(wanted))
                .map(Observed::actual)
                .filter(revision -> revision.isGivenUp()
                        || failed && !revision.excuses(have.outputs().get("failedDeployment"), seen))
                .findFirst()
                .map(revision -> "the rollout of " + revision.image() + " failed ("
                        + (revision.isGivenUp() ? revision.failed() : have.message())
                        + "); the previous version keeps serving; it is tried again when the spec changes");
    }
}
