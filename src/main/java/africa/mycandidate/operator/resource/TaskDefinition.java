package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.Map;

/**
 * What a task runs. Each registration makes a new revision, and nothing of a revision changes, so a change is a successor and the service then moves to it. A
 * duplicate after a crash is deregistered once no deployment uses it. Outputs: {@code arn}, {@code family}.
 *
 * @param family also the place where its revisions are listed
 * @param cpu CPU units of the task, 1024 for one vCPU
 * @param memory MiB
 * @param secrets environment variable to {@code valueFrom}
 * @param tmpVolume whether /tmp is a volume of its own, as a read-only root file system needs
 * @param failed a tag that remembers why the rollout of this revision failed; empty where it did not
 */
@AwsType(placed = true)
public record TaskDefinition(
        @Immutable String family,
        @Immutable @Interrupts(Interruption.RESTART) String image,
        @Immutable @Interrupts(Interruption.RESTART) Integer cpu,
        @Immutable @Interrupts(Interruption.RESTART) Integer memory,
        @Immutable @Interrupts(Interruption.RESTART) Integer port,
        @Immutable @Interrupts(Interruption.RESTART) String user,
        @Immutable @Interrupts(Interruption.RESTART) Boolean readOnlyRootFilesystem,
        @Immutable @Interrupts(Interruption.RESTART) Boolean tmpVolume,
        @Immutable @Interrupts(Interruption.RESTART) Map<String, String> environment,
        @Immutable @Interrupts(Interruption.RESTART) Map<String, Ref<? extends Resource>> secrets,
        @Immutable @Interrupts(Interruption.RESTART) String pullSecretArn,
        @Immutable @Interrupts(Interruption.RESTART) Ref<Role> executionRole,
        @Immutable @Interrupts(Interruption.RESTART) Ref<Role> taskRole,
        @Immutable @Interrupts(Interruption.RESTART) Ref<LogGroup> logGroup,
        @Immutable @Interrupts(Interruption.RESTART) String logRegion,
        @Late String failed)
        implements Resource {
    /** The name of the one container. */
    public static final String CONTAINER = "app";

    @Override
    public String place() {
        return family;
    }

    /** A revision on which the circuit breaker gave up is marked, so that no later pass and no later process applies it again. */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        for (var service : seen.ours(EcsService.class)) {
            if (have.id().equals(service.outputs().get("failedTaskDefinition"))) return markedFailed(service.message());
        }
        return this;
    }

    private TaskDefinition markedFailed(String why) {
        return new TaskDefinition(
                family,
                image,
                cpu,
                memory,
                port,
                user,
                readOnlyRootFilesystem,
                tmpVolume,
                environment,
                secrets,
                pullSecretArn,
                executionRole,
                taskRole,
                logGroup,
                logRegion,
                "circuit breaker" + (why.isEmpty() ? "" : ": " + why));
    }
}
