package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.*;

/** The tasks of all clusters. Stopped ones can be described for an hour or a little more (BC DescribeTasks). */
final class FargateTasks {
    private final SimAws aws;
    private final Map<String, TaskRun> tasks = new LinkedHashMap<>();
    private final Map<String, Started> tokens = new HashMap<>();
    private final List<String> commands = new ArrayList<>();
    private final List<String> succeeded = new ArrayList<>();

    private record Started(RunTaskRequest request, List<TaskRun> tasks) {}

    FargateTasks(SimAws aws) {
        this.aws = aws;
    }

    /** Starts a task. */
    TaskRun launch(TaskLaunch launch, Consumer<TaskRun> changed) {
        var task = new TaskRun(aws, launch, run -> {
            if (run.stopped() && !run.launch().group().startsWith("service:"))
                aws.world.after(Duration.ofHours(1), () -> tokens.values()
                        .removeIf(one -> one.tasks().contains(run)));
            if (run.stopped())
                aws.world.after(Duration.ofMinutes(60 + aws.world.below(30)), () -> tasks.remove(run.arn()));
            changed.accept(run);
        });
        tasks.put(task.arn(), task);
        return task;
    }

    /** A command began to run in a task of its own. */
    void ran(String command) {
        commands.add(command);
    }

    /** A command came to its end without an error. */
    void succeeded(String command) {
        succeeded.add(command);
    }

    List<String> succeeded() {
        return List.copyOf(succeeded);
    }

    /** Every command that ever began to run in a task of its own, with image and database. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    List<TaskRun> alive() {
        return tasks.values().stream().filter(task -> !task.stopped()).toList();
    }

    RunTaskResponse run(RunTaskRequest r) {
        var cluster = aws.ecs.clusters.usable(r.cluster());
        var count = r.count() == null ? 1 : r.count();
        if (count < 1 || count > 10) throw EcsRefusal.invalid("Tasks count must be between 1 and 10.");
        // A token is good for 24 hours, or until an hour after the end of what it made (ECS API reference, "Ensuring
        // idempotency").
        var earlier = r.clientToken() == null ? null : tokens.get(cluster + " " + r.clientToken());
        if (earlier != null) {
            if (!earlier.request().equals(r))
                throw EcsRefusal.of(
                        ConflictException.builder()
                                .resourceIds(earlier.tasks().stream()
                                        .map(TaskRun::arn)
                                        .toList()),
                        "ConflictException",
                        "The RunTask request could not be processed due to conflicts: the client token was used with other parameters.");
            return response(earlier.tasks());
        }
        if (r.launchType() != LaunchType.FARGATE)
            throw new UnsupportedOperationException("RunTask with launch type " + r.launchTypeAsString());
        var definition = aws.ecs.definitions.usable(r.taskDefinition());
        var network = new ServiceRules(aws).network(definition, r.networkConfiguration());
        if (r.overrides() != null)
            for (var override : r.overrides().containerOverrides()) container(definition, override.name());
        if (r.startedBy() != null && !r.startedBy().matches("[A-Za-z0-9/_-]{1,128}"))
            throw EcsRefusal.invalid("startedBy contains invalid characters.");
        if (aws.incidents.tasksFull)
            // A good answer, and nothing is started: the token is not spent (ECS developer guide, "Amazon ECS API
            // failure reasons").
            return RunTaskResponse.builder()
                    .failures(Failure.builder()
                            .reason(
                                    "Capacity is unavailable at this time. Please try again later or in a different availability zone")
                            .build())
                    .build();
        var given = new EcsTags(r.tags());
        var started = new ArrayList<TaskRun>();
        for (var i = 0; i < count; i++) {
            var subnet = network.subnets().get(i % network.subnets().size());
            var group = r.group() == null ? "family:" + definition.family() : r.group();
            started.add(launch(
                    new TaskLaunch(
                            cluster,
                            definition,
                            network,
                            subnet,
                            List.of(),
                            group,
                            r.startedBy(),
                            r.overrides(),
                            given),
                    task -> {}));
        }
        if (r.clientToken() != null) {
            var token = cluster + " " + r.clientToken();
            var bound = new Started(r, List.copyOf(started));
            tokens.put(token, bound);
            aws.world.after(Duration.ofHours(24), () -> tokens.remove(token, bound));
        }
        return response(started);
    }

    private static RunTaskResponse response(List<TaskRun> started) {
        return RunTaskResponse.builder()
                .tasks(started.stream().map(task -> task.described(true)).toList())
                .build();
    }

    static ContainerDefinition container(TaskDefinition definition, String name) {
        return definition.containerDefinitions().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow(() -> EcsRefusal.invalid(
                        "Override for container named " + name + " is not a container in the TaskDefinition."));
    }

    ListTasksResponse list(ListTasksRequest r) {
        var cluster = aws.ecs.clusters.required(r.cluster());
        if (r.startedBy() != null && (r.desiredStatus() != null || r.family() != null || r.serviceName() != null))
            // It must be the only filter (ECS API reference, ListTasks); what AWS makes of another one beside it is not
            // known.
            throw new UnsupportedOperationException("ListTasks by startedBy and another filter");
        var wanted = r.desiredStatus() == null ? DesiredStatus.RUNNING : r.desiredStatus();
        if (r.serviceName() != null && !aws.ecs.services.known(cluster, Clusters.name(r.serviceName())))
            throw EcsRefusal.serviceNotFound();
        var arns = tasks.values().stream()
                .filter(task -> task.cluster().equals(cluster) && task.visible())
                .filter(task -> task.live() == (wanted != DesiredStatus.STOPPED))
                .filter(task -> r.serviceName() == null
                        || task.launch().group().equals("service:" + Clusters.name(r.serviceName())))
                .filter(task -> r.family() == null
                        || task.launch().definition().family().equals(r.family()))
                .filter(task -> r.startedBy() == null
                        || r.startedBy().equals(task.launch().startedBy()))
                .map(TaskRun::arn)
                .toList();
        var size = r.maxResults() == null ? 100 : Math.min(r.maxResults(), 100);
        var page = Page.of(arns, r.nextToken(), size, 100);
        return ListTasksResponse.builder()
                .taskArns(page.items())
                .nextToken(page.marker())
                .build();
    }

    DescribeTasksResponse describe(DescribeTasksRequest r) {
        var cluster = aws.ecs.clusters.required(r.cluster());
        if (r.tasks().isEmpty()) throw EcsRefusal.invalid("Tasks cannot be empty.");
        if (r.tasks().size() > 100) throw EcsRefusal.invalid("Tasks cannot contain more than 100 elements.");
        var found = new ArrayList<Task>();
        var failures = new ArrayList<Failure>();
        for (var reference : r.tasks()) {
            var task = tasks.get(arn(cluster, reference));
            if (task != null && task.visible())
                found.add(task.described(r.include().contains(TaskField.TAGS)));
            else
                failures.add(Failure.builder()
                        .arn(arn(cluster, reference))
                        .reason("MISSING")
                        .build());
        }
        return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
    }

    StopTaskResponse stop(StopTaskRequest r) {
        var cluster = aws.ecs.clusters.required(r.cluster());
        var task = tasks.get(arn(cluster, r.task()));
        if (task == null) throw EcsRefusal.invalid("The referenced task was not found.");
        task.stop(TaskStopCode.USER_INITIATED, r.reason() == null ? "Task stopped by user" : r.reason());
        return StopTaskResponse.builder().task(task.described(false)).build();
    }

    private String arn(String cluster, String reference) {
        return aws.arn("ecs", "task/" + cluster + "/" + Clusters.name(reference));
    }
}
