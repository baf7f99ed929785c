package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** Notes, starts, stops and writes down what runs once. */
final class EcsTaskHandler implements Handler<EcsTask> {
    private final EcsClient ecs;
    private final EcsTaskReader reader;
    private final EcsTags tags;

    EcsTaskHandler(Clients clients) {
        this.ecs = clients.of(EcsClient.class);
        this.reader = new EcsTaskReader(ecs);
        this.tags = new EcsTags(ecs);
    }

    @Override
    public Class<EcsTask> type() {
        return EcsTask.class;
    }

    @Override
    public List<Observed<EcsTask>> list(String place) {
        return reader.list();
    }

    /** It is noted. A repeated note begins anew; what was started meanwhile is found all the same. */
    @Override
    public String create(EcsTask want, Creation creation) {
        var mark = RunMark.begun(creation.at(), want.database().value(), "", 1);
        tags.change(want.cluster().value(), Map.of(EcsTaskReader.TAGS + want.key(), mark.value()), Set.of());
        return EcsTaskReader.startedBy(want.key());
    }

    @Override
    public void update(Observed<EcsTask> have, EcsTask goal, Set<String> fields) {
        var mark = reader.mark(have);
        switch (goal.run().state()) {
            case Run.RUNNING -> start(have, goal, mark);
            case Run.STOPPING -> stop(have, "stopped after its timeout" + minutes(goal));
            case Run.WITHDRAWN -> forget(have);
            case Run.BEGUN ->
                write(
                        have,
                        RunMark.begun(since(have), mark.database(), output(have, EcsTask.TASK), mark.attempt() + 1));
            case String end
            when end.equals(Run.SUCCEEDED) || end.equals(Run.FAILED) ->
                write(
                        have,
                        new RunMark(
                                end,
                                since(have),
                                mark.database(),
                                output(have, EcsTask.TASK),
                                mark.attempt(),
                                output(have, EcsTask.EXIT_CODE),
                                output(have, EcsTask.WORDS)));
            case String other -> throw new IllegalArgumentException("a run does not become " + other);
        }
    }

    private static String minutes(EcsTask goal) {
        return goal.timeoutMinutes() == null ? "" : " of " + goal.timeoutMinutes() + " minutes";
    }

    private static Instant since(Observed<?> have) {
        return Instant.parse(have.outputs().get(EcsTask.SINCE));
    }

    private static String output(Observed<?> have, String name) {
        return have.outputs().getOrDefault(name, "");
    }

    private void write(Observed<EcsTask> have, RunMark mark) {
        tags.change(have.actual().cluster().value(), Map.of(output(have, EcsTask.TAG), mark.value()), Set.of());
    }

    private void forget(Observed<EcsTask> have) {
        tags.change(have.actual().cluster().value(), Map.of(), Set.of(output(have, EcsTask.TAG)));
    }

    /**
     * The token follows from what is run alone, so that a second start is the first one, whatever was forgotten in between. Where it is spent, by a run that was
     * to be repeated, the time of the note makes another one.
     */
    private void start(Observed<EcsTask> have, EcsTask goal, RunMark mark) {
        var what = List.of(have.actual().cluster().value(), have.id(), mark.database(), mark.attempt());
        var request = request(have, goal);
        var started = started(request.clientToken(Canonical.hash(what)).build(), have, mark);
        if (started == null) {
            var again = List.of(what, mark.since().toString());
            started = started(request.clientToken(Canonical.hash(again)).build(), have, mark);
        }
        if (started == null) throw refusal("it gave back a task of an earlier run");
        write(
                have,
                new RunMark(
                        Run.STARTED,
                        started.createdAt(),
                        mark.database(),
                        EcsTaskReader.id(started),
                        mark.attempt(),
                        "",
                        ""));
    }

    /** Null where the token belongs to a run before the one that is noted. */
    private Task started(RunTaskRequest request, Observed<EcsTask> have, RunMark mark) {
        try {
            var answer = ecs.runTask(request);
            if (!answer.failures().isEmpty()) throw refusal(answer.failures().getFirst());
            return answer.tasks().stream()
                    .filter(task -> EcsTaskReader.isOf(mark, task))
                    .findFirst()
                    .orElse(null);
        } catch (ConflictException e) {
            var ours = reader.described(have.actual().clusterName(), e.resourceIds()).stream()
                    .anyMatch(task -> EcsTaskReader.isOf(mark, task));
            // It was started a moment ago, with other settings: it is going to be seen.
            if (ours || e.resourceIds().isEmpty()) throw e;
            return null;
        }
    }

    private RunTaskRequest.Builder request(Observed<EcsTask> have, EcsTask goal) {
        return RunTaskRequest.builder()
                .cluster(have.actual().clusterName())
                .taskDefinition(goal.taskDefinition().value())
                .launchType(LaunchType.FARGATE)
                .startedBy(have.id())
                .networkConfiguration(
                        network -> network.awsvpcConfiguration(vpc -> vpc.subnets(RefSets.values(goal.subnets()))
                                .securityGroups(RefSets.values(goal.securityGroups()))
                                .assignPublicIp(AssignPublicIp.DISABLED)))
                .overrides(overrides -> overrides.containerOverrides(
                        container -> container.name(TaskDefinition.CONTAINER).command(goal.command())))
                .enableECSManagedTags(true)
                .tags(EcsTags.of(ours(have)));
    }

    /** Whose it is, as the cluster has it. */
    private Map<String, String> ours(Observed<EcsTask> have) {
        var ours = new TreeMap<>(reader.tagsOf(have.actual().clusterName()));
        ours.keySet().removeIf(key -> key.startsWith(EcsTaskReader.TAGS) || key.startsWith("aws:"));
        ours.put(Tags.RESOURCE, "EcsTask/" + EcsTaskReader.role(have.actual().key()));
        return ours;
    }

    /** RunTask's failures come with a good answer: what Fargate has no room for now is one (ECS developer guide, "Amazon ECS API failure reasons"). */
    private static EcsException refusal(Failure failure) {
        return refusal(failure.reason() + (failure.detail() == null ? "" : " (" + failure.detail() + ")"));
    }

    private static EcsException refusal(String words) {
        var details = AwsErrorDetails.builder()
                .serviceName("ECS")
                .errorCode("InsufficientCapacity")
                .errorMessage("no task was started: " + words)
                .build();
        return (EcsException)
                EcsException.builder().awsErrorDetails(details).statusCode(200).build();
    }

    private void stop(Observed<EcsTask> have, String reason) {
        ecs.stopTask(request -> request.cluster(have.actual().clusterName())
                .task(output(have, EcsTask.TASK))
                .reason(reason));
    }

    /** One that runs is stopped: its stack is being deleted, and a database undoes what was not committed. */
    @Override
    public void delete(Observed<EcsTask> have, Deletion deletion) {
        var runs = have.actual().run().state().equals(Run.RUNNING);
        if (runs) stop(have, "the stack is being deleted");
        else forget(have);
    }

    @Override
    public void tag(Observed<EcsTask> have, Map<String, String> set, Set<String> remove) {
        throw new IllegalArgumentException("what runs once has the tags of its cluster");
    }

    /** How long before its note a task of the first attempt may have been started: a note that AWS did not show was made once more. */
    static final Duration DOUBT = Duration.ofMinutes(2);
}
