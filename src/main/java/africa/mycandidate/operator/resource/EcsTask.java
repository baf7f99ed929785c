package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command that runs once as a Fargate task of its own: a release or a job. ECS forgets a task about an hour after its end, so what it did is remembered as a tag on the
 * cluster, which lives as long as the stack: the tag is the resource. It is made before the task is started ({@code begun}), so that whoever comes later knows that
 * there may be one; each step on the way is one look and one write (docs/adr/0025). Output: {@code taskDefinition}, the one that may serve, once it succeeded.
 *
 * @param clusterName of the cluster that runs and remembers it
 * @param key the role, and what is run as a hash: for a release image and command; the tag is named by it
 * @param database the resource id of the database that it works on: what was done to one is not done to its successor
 * @param cluster ARN of the cluster
 * @param calm known while nothing else is being done to the database
 * @param what for people: the release of this image, the job of this name
 * @param remembered whether it stays noted once nothing in the stack stands for it, so that an image that comes back is not released again
 * @param run how far it has come
 */
@AwsType(replacement = Replacement.DELETE_FIRST, tagged = false, creation = Interruption.RESTART, usually = "2 min")
public record EcsTask(
        @Initial String clusterName,
        @Immutable String key,
        @Immutable Ref<DbInstance> database,
        @Initial Ref<EcsCluster> cluster,
        @Initial Ref<DbInstance> calm,
        @Initial Ref<TaskDefinition> taskDefinition,
        @Initial List<String> command,
        @Initial Set<Ref<? extends Resource>> subnets,
        @Initial Set<Ref<SecurityGroup>> securityGroups,
        @Initial Integer timeoutMinutes,
        @Initial String what,
        @Initial Boolean remembered,
        @Late Run run)
        implements Resource {
    /** The role of the one that must succeed before a new image serves. */
    public static final String RELEASE = "release";

    /** What the roles of the others begin with. */
    public static final String JOB = "job-";

    // What is seen of it, beyond its fields.
    public static final String SINCE = "since";
    public static final String STREAM = "stream";
    public static final String EXIT_CODE = "exitCode";
    static final String TAG = "tag";
    static final String WORDS = "words";
    static final String TASK = "task";
    /** Known once its command runs. */
    static final String RUNS = "runs";

    /** ECS may fail to start a task for reasons that pass: a role that is not known everywhere yet, a registry that is away. */
    static final int ATTEMPTS = 3;

    /** A client token of RunTask is good for an hour after the task's end at least, and the task is shown as long (ECS API reference, "Ensuring idempotency"; DescribeTasks). */
    private static final Duration SURELY_SHOWN = Duration.ofMinutes(55);

    /** Until then it is tried to start it; by then nothing ran, or ECS would show it. */
    private static final Duration STARTABLE = Duration.ofMinutes(30);

    /** The longest that a task is waited for that does not come to run its command. */
    private static final Duration TO_START = Duration.ofMinutes(15);

    /** In minutes, as the schema has it. */
    private static final int LONGEST_RELEASE = 120;

    private static final int LONGEST_JOB = 1440;

    /** AWS may hide for a minute what it has. */
    private static final Duration HIDDEN = Duration.ofMinutes(2);

    /** The role, and what is run in a short word. */
    public static String keyOf(String role, List<?> values) {
        return role + "/" + Canonical.hash(values).substring(0, 12);
    }

    /** What is wanted of it in the end. */
    public static Run success(String key) {
        return new Run(key, Run.SUCCEEDED);
    }

    /** One that succeeded lets the task definition through that is there now: settings may have changed since, with the same image. */
    @Override
    public Optional<String> output(String name, Observed<?> have) {
        if (!name.equals("taskDefinition")) return Resource.super.output(name, have);
        if (!(database instanceof Ref.Known<DbInstance>)
                || !(taskDefinition instanceof Ref.Known<TaskDefinition>)
                || !(have.actual() instanceof EcsTask actual)) return Optional.empty();
        var ofThis = actual.database == null || actual.database.equals(database);
        return ofThis && actual.run.state().equals(Run.SUCCEEDED)
                ? Optional.of(taskDefinition.value())
                : Optional.empty();
    }

    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        if (!(have.actual() instanceof EcsTask actual)) return this;
        return switch (actual.run.state()) {
            case Run.BEGUN -> begun(age(have, seen));
            case Run.STARTED -> isLost(have, seen) ? this : until(null);
            case Run.RUNNING -> until(isOverdue(have, seen) ? Run.STOPPING : null);
            case Run.STOPPING -> until(null);
            default -> actual.run.verdict().map(this::until).orElse(this);
        };
    }

    @Override
    public String effect(Set<String> fields, Observed<?> have) {
        return switch (run == null ? "" : run.state()) {
            case Run.RUNNING -> "is being started";
            case Run.STOPPING -> "is being stopped, as it takes longer than its timeout";
            case Run.BEGUN -> "could not be started, and is tried once more";
            case Run.WITHDRAWN -> "was not started for half an hour, and is noted anew";
            default -> "has ended, and that is being written down";
        };
    }

    private EcsTask begun(Duration age) {
        if (age.compareTo(SURELY_SHOWN) >= 0) return this;
        if (age.compareTo(STARTABLE.plus(HIDDEN)) >= 0) return until(Run.WITHDRAWN);
        var startable = age.compareTo(STARTABLE) < 0
                && calm instanceof Ref.Known<DbInstance>
                && taskDefinition instanceof Ref.Known<TaskDefinition>
                && Refs.open(subnets).isEmpty()
                && Refs.open(securityGroups).isEmpty();
        return until(startable ? Run.RUNNING : null);
    }

    /** The same, on its way; null for nothing to be done now. */
    private EcsTask until(String state) {
        var next = state == null ? null : new Run(key, state);
        return Fields.map(this, (component, value) -> component.getName().equals("run") ? next : value);
    }

    private static Duration age(Observed<?> have, Snapshot seen) {
        return Duration.between(Instant.parse(have.outputs().get(SINCE)), seen.at());
    }

    private static boolean isLost(Observed<?> have, Snapshot seen) {
        return age(have, seen).compareTo(HIDDEN) > 0;
    }

    /** The command's own time counts, from its start. */
    private boolean isOverdue(Observed<?> have, Snapshot seen) {
        return timeoutMinutes != null && isOverdue(have, seen, Duration.ofMinutes(timeoutMinutes));
    }

    private static boolean isOverdue(Observed<?> have, Snapshot seen, Duration most) {
        return age(have, seen).compareTo(have.outputs().containsKey(RUNS) ? most : most.plus(TO_START)) > 0;
    }

    /** What failed, and what nobody knows the end of, is not run again by itself. */
    @Override
    public Optional<String> veto(Observed<?> have, Snapshot seen) {
        if (!(have.actual() instanceof EcsTask actual)) return Optional.empty();
        var outputs = have.outputs();
        return switch (actual.run.state()) {
            case Run.FAILED -> Optional.of(failed(outputs.getOrDefault(WORDS, ""), have));
            case Run.STARTED -> isLost(have, seen) ? Optional.of(lost(have)) : Optional.empty();
            case Run.BEGUN -> age(have, seen).compareTo(SURELY_SHOWN) >= 0 ? Optional.of(lost(have)) : Optional.empty();
            case Run.UNREADABLE -> Optional.of(unreadable(have));
            default -> Optional.empty();
        };
    }

    private String failed(String words, Observed<?> have) {
        return what + " failed: " + words
                + (have.outputs().containsKey(STREAM)
                        ? "; log stream " + have.outputs().get(STREAM)
                        : "")
                + (isRelease() ? "; the previous version keeps serving" : "")
                + "; it is not run again until " + changed() + ", or the tag "
                + have.outputs().get(TAG)
                + " is taken off the ECS cluster " + clusterName;
    }

    private String unreadable(Observed<?> have) {
        return "nobody knows whether " + what + " ran: the tag "
                + have.outputs().get(TAG) + " of the ECS cluster "
                + clusterName
                + " begins with none of the words begun, started, succeeded and failed; it is neither run nor taken for done. Set it to succeeded, or take it off to have it run";
    }

    private String lost(Observed<?> have) {
        return "nobody knows how " + what + " ended: it was to be started at "
                + have.outputs().get(SINCE)
                + ", and ECS, which forgets a task after an hour, does not show it any more; it is neither run again nor taken for done. "
                + "See what it did; then set the tag " + have.outputs().get(TAG) + " of the ECS cluster " + clusterName
                + " to succeeded, or take it off to have it run again";
    }

    private String changed() {
        return isRelease() ? "spec.image or spec.release.command changes" : "its name or command changes in spec.jobs";
    }

    private boolean isRelease() {
        return Boolean.TRUE.equals(remembered);
    }

    @Override
    public Unneeded unneeded(Observed<?> have, Snapshot seen) {
        if (run == null) return Unneeded.GOES;
        var age = age(have, seen);
        return switch (run.state()) {
            case Run.RUNNING, Run.STOPPING -> Unneeded.ENDS;
            // Without a task to be seen there may be one, or have been one.
            case Run.STARTED -> age.compareTo(HIDDEN) < 0 ? Unneeded.ENDS : Unneeded.STAYS;
            case Run.BEGUN ->
                age.compareTo(HIDDEN) < 0
                        ? Unneeded.ENDS
                        : age.compareTo(STARTABLE.plus(HIDDEN)) < 0 || age.compareTo(SURELY_SHOWN) >= 0
                                ? Unneeded.STAYS
                                : Unneeded.GOES;
            case Run.UNREADABLE -> Unneeded.STAYS;
            default -> run.isFinal() && isRelease() ? Unneeded.STAYS : Unneeded.GOES;
        };
    }

    /** One that nothing in the stack stands for is stopped when it takes too long: its successor waits for it, and has the timeout that holds now. */
    @Override
    public Optional<Resource> staying(Observed<?> have, Snapshot seen) {
        if (!(have.actual() instanceof EcsTask actual) || !actual.run.state().equals(Run.RUNNING))
            return Optional.empty();
        var longest = timeoutMinutes != null ? timeoutMinutes : actual.isRelease() ? LONGEST_RELEASE : LONGEST_JOB;
        return isOverdue(have, seen, Duration.ofMinutes(longest))
                ? Optional.of(with(actual.key, Run.STOPPING))
                : Optional.empty();
    }

    private static EcsTask with(String key, String state) {
        return new EcsTask(null, null, null, null, null, null, null, null, null, null, null, null, new Run(key, state));
    }

    /** How a release ended is written down also where another image is wanted by then. */
    @Override
    public Optional<Resource> leaving() {
        if (!isRelease() || run == null) return Optional.empty();
        return run.verdict()
                .map(verdict -> verdict.equals(Run.BEGUN) ? Run.WITHDRAWN : verdict)
                .map(verdict -> with(key, verdict));
    }
}
