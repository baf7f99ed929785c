package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.Map;

/**
 * What a task runs. Each registration makes a new revision, and nothing of a revision changes, so a change is a successor and the service then moves to it. A
 * duplicate after a crash is deregistered once no deployment uses it. Output: {@code arn}. The family
 * is none: the service and its cluster have the same name, and what names them would seem to name every revision.
 *
 * @param family also the place where its revisions are listed
 * @param cpu CPU units of the task, 1024 for one vCPU
 * @param memory MiB
 * @param secrets environment variable to {@code valueFrom}
 * @param tmpVolume whether /tmp is a volume of its own, as a read-only root file system needs
 * @param pullSecretArn the secret with the registry's credentials; empty for a public registry
 * @param failed a tag that remembers why the rollout of this revision failed, or which rollout of it was interrupted; empty where neither happened
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

    /** The output that only a revision with this image has: what runs that image may not take an older one, while its successor is held back. */
    public static String arnWith(String image) {
        return "arn with " + image;
    }

    /** The tag that remembers a failed rollout. */
    static final String FAILED_TAG = "mycandidate.africa/failed";

    /** What such a mark begins with where the database or the cache was away; the id of the deployment follows. */
    private static final String INTERRUPTED = "interrupted: ";

    private static final int LONGEST_TAG = 256;

    @Override
    public String place() {
        return family;
    }

    /**
     * A revision on which the circuit breaker gave up is marked, so that no later pass and no later process applies it again. The first mark stays: what the
     * service says changes with each look. A rollout during which the database or the cache was not at rest proves nothing against its image: it is marked as
     * interrupted, which excuses that one deployment, so that a revision gets one more try and no third.
     */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        if (!(have.actual() instanceof TaskDefinition marked) || marked.isGivenUp()) return this;
        for (var service : seen.ours(EcsService.class)) {
            var outputs = service.outputs();
            var failing = have.id().equals(outputs.get("failedTaskDefinition"));
            var rolling = have.id().equals(outputs.get("rollingTaskDefinition"));
            if ((failing || rolling) && marked.isUnmarked() && EcsService.dataUnsettled(seen))
                return withMark(INTERRUPTED + outputs.get(failing ? "failedDeployment" : "rollingDeployment"));
            if (failing && !marked.excuses(outputs.get("failedDeployment"), seen))
                return markedFailed(service.message());
        }
        return this;
    }

    private boolean isUnmarked() {
        return failed == null || failed.isEmpty();
    }

    /** Whether it is never to be rolled out again. */
    boolean isGivenUp() {
        return !isUnmarked() && !failed.startsWith(INTERRUPTED);
    }

    /** Whether the failure of this deployment may be another's than the image's. */
    boolean excuses(String deployment, Snapshot seen) {
        return isUnmarked() ? EcsService.dataUnsettled(seen) : (INTERRUPTED + deployment).equals(failed);
    }

    private TaskDefinition markedFailed(String why) {
        return withMark("circuit breaker" + (why.isEmpty() ? "" : ": " + why));
    }

    private TaskDefinition withMark(String text) {
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
                mark(text));
    }

    /** As much of a text as a tag can hold (ECS developer guide, "Tag restrictions"), so that it reads back as it was written. */
    static String mark(String text) {
        var allowed = text.replaceAll("[^\\p{L}\\p{N} _.:/=+@-]", " ")
                .replaceAll(" +", " ")
                .strip();
        return allowed.length() <= LONGEST_TAG
                ? allowed
                : allowed.substring(0, LONGEST_TAG).strip();
    }
}
