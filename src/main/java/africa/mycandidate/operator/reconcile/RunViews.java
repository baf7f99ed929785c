package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.FailedRollout;
import africa.mycandidate.operator.api.RunStatus;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.EcsTask;
import africa.mycandidate.operator.resource.Run;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of what runs once, and of the image of the spec where it does not serve.
 *
 * @param image the image of the spec
 * @param logGroup null where there is none
 */
record RunViews(Cycle.Result result, Standing standing, String image, String logGroup) {
    private static final Key RELEASE = new Key(EcsTask.class, EcsTask.RELEASE);

    /** Null where the spec has none. */
    RunStatus release() {
        return result.stack().resources().containsKey(RELEASE) ? view(RELEASE, EcsTask.RELEASE, image) : null;
    }

    /** Null where the spec has none. */
    List<RunStatus> jobs() {
        var jobs = result.stack().resources().keySet().stream()
                .filter(key -> key.type() == EcsTask.class && key.role().startsWith(EcsTask.JOB))
                .map(key -> view(key, key.role().substring(EcsTask.JOB.length()), null))
                .toList();
        return jobs.isEmpty() ? null : jobs;
    }

    private RunStatus view(Key key, String name, String image) {
        var seen = observed(key);
        var state = seen.map(one -> state(key, one)).orElse("Waiting");
        var words = standing.words().getOrDefault(key, "");
        return new RunStatus(
                name,
                image,
                state,
                seen.flatMap(RunViews::exitCode).orElse(null),
                seen.map(this::log).orElse(null),
                seen.map(RunViews::since).orElse(null),
                words.isEmpty() ? null : Standing.clipped(words));
    }

    private Optional<Observed<EcsTask>> observed(Key key) {
        var want = (EcsTask) result.stack().resources().get(key);
        return result.seen().ours(EcsTask.class, key.role()).stream()
                .filter(one -> one.actual().key().equals(want.key()))
                .findFirst();
    }

    private String state(Key key, Observed<EcsTask> one) {
        return switch (one.actual().run().state()) {
            case Run.SUCCEEDED -> "Succeeded";
            case Run.FAILED -> "Failed";
            case String other when isRefused(key) -> "Unknown";
            case Run.BEGUN -> "Waiting";
            default -> "Running";
        };
    }

    private boolean isRefused(Key key) {
        return result.plan().of(Step.Refuse.class).stream()
                .anyMatch(step -> step.key().equals(key));
    }

    private static Optional<Integer> exitCode(Observed<?> one) {
        return Optional.ofNullable(one.outputs().get(EcsTask.EXIT_CODE)).map(Integer::valueOf);
    }

    private String log(Observed<?> one) {
        var stream = one.outputs().get(EcsTask.STREAM);
        return stream == null || logGroup == null ? null : logGroup + " " + stream;
    }

    private static String since(Observed<?> one) {
        return Standing.time(Instant.parse(one.outputs().get(EcsTask.SINCE)));
    }

    /** Told in the same way whether it failed before it served or when it was to serve. Null where it did not fail. */
    FailedRollout failed() {
        var release = release();
        if (release != null && List.of("Failed", "Unknown").contains(release.state()))
            return new FailedRollout(image, "Release", release.exitCode(), release.log(), release.message());
        var refused = result.plan().of(Step.Refuse.class).stream()
                .filter(step -> step.key().type() == EcsService.class)
                .findFirst();
        var marked = result.seen().ours(TaskDefinition.class).stream()
                .map(Observed::actual)
                .anyMatch(one -> image.equals(one.image())
                        && one.failed() != null
                        && !one.failed().isEmpty());
        return refused.isPresent() && marked
                ? new FailedRollout(
                        image,
                        "Rollout",
                        null,
                        logGroup,
                        Standing.clipped(refused.get().because()))
                : null;
    }
}
