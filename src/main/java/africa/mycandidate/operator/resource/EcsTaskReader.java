package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** What runs once, as the tags of its cluster and the tasks that ECS still shows tell of it together. */
record EcsTaskReader(EcsClient ecs) {
    /** What the tags begin with that remember a run; then come role and key. */
    static final String TAGS = "mycandidate.africa/run/";

    /** A cluster takes 50 tags, for all purposes (ECS API reference, Tag): so many releases are remembered, and no older ones. */
    private static final int REMEMBERED = 10;

    /** The most that one DescribeTasks or DescribeClusters takes (ECS API reference). */
    private static final int CHUNK = 100;

    static String role(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    static String startedBy(String key) {
        return key.replace('/', '-');
    }

    static String id(Task task) {
        return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    }

    /** Of all clusters, also of those whose spec no longer asks for any: what runs comes to its end, and is forgotten then. */
    List<Observed<EcsTask>> list() {
        var arns = ecs.listClustersPaginator(request -> {}).clusterArns().stream()
                .filter(arn -> Identity.names(arn.substring(arn.lastIndexOf('/') + 1)))
                .toList();
        var found = new ArrayList<Observed<EcsTask>>();
        for (var from = 0; from < arns.size(); from += CHUNK) {
            for (var cluster : described(arns.subList(from, Math.min(arns.size(), from + CHUNK))))
                found.addAll(list(cluster));
        }
        return found;
    }

    private List<Cluster> described(List<String> clusters) {
        return ecs
                .describeClusters(request -> request.clusters(clusters).include(ClusterField.TAGS))
                .clusters()
                .stream()
                .filter(one -> "ACTIVE".equals(one.status()))
                .toList();
    }

    /** The newest first. */
    private List<Observed<EcsTask>> list(Cluster cluster) {
        var place = cluster.clusterName();
        var marks = new TreeMap<String, RunMark>();
        EcsTags.map(cluster.tags()).forEach((tag, value) -> {
            if (tag.startsWith(TAGS) && tag.indexOf('/', TAGS.length()) > 0)
                marks.put(tag.substring(TAGS.length()), RunMark.parse(value));
        });
        var open = marks.values().stream().anyMatch(mark -> !isFinal(mark));
        var tasks = open ? tasks(place, marks) : List.<Task>of();
        var newest = marks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparing(RunMark::since).reversed()))
                .map(Map.Entry::getKey)
                .toList();
        var found = new ArrayList<Observed<EcsTask>>();
        var releases = 0;
        for (var key : newest) {
            var release = role(key).equals(EcsTask.RELEASE) && releases++ < REMEMBERED;
            found.add(observed(cluster, key, marks.get(key), tasks, release));
        }
        return found;
    }

    Map<String, String> tagsOf(String place) {
        return described(List.of(place)).stream()
                .findFirst()
                .map(one -> EcsTags.map(one.tags()))
                .orElse(Map.of());
    }

    /** The note as it is now. */
    RunMark mark(Observed<EcsTask> have) {
        var value = tagsOf(have.actual().clusterName()).get(have.outputs().get(EcsTask.TAG));
        if (value == null) throw new IllegalStateException("its note is gone from the cluster; it is looked at again");
        return RunMark.parse(value);
    }

    private static boolean isFinal(RunMark mark) {
        return mark.state().equals(Run.SUCCEEDED) || mark.state().equals(Run.FAILED);
    }

    /**
     * Those that run are found by who started them, which must be the only filter (ECS API reference, ListTasks); those that stopped are looked for among all that
     * stopped, after them, so that none slips between.
     */
    private List<Task> tasks(String place, Map<String, RunMark> marks) {
        var arns = new TreeSet<String>();
        marks.forEach((key, mark) -> {
            if (!isFinal(mark))
                ecs.listTasksPaginator(request -> request.cluster(place).startedBy(startedBy(key)))
                        .taskArns()
                        .forEach(arns::add);
        });
        ecs.listTasksPaginator(request -> request.cluster(place).desiredStatus(DesiredStatus.STOPPED))
                .taskArns()
                .forEach(arns::add);
        return described(place, List.copyOf(arns));
    }

    List<Task> described(String place, List<String> arns) {
        var tasks = new ArrayList<Task>();
        for (var from = 0; from < arns.size(); from += CHUNK) {
            var chunk = arns.subList(from, Math.min(arns.size(), from + CHUNK));
            tasks.addAll(ecs.describeTasks(request -> request.cluster(place).tasks(chunk))
                    .tasks());
        }
        return tasks;
    }

    /** Whether the task is the one of this note, not of an attempt or a run before. */
    static boolean isOf(RunMark mark, Task task) {
        if (mark.state().equals(Run.STARTED)) return id(task).equals(mark.task());
        var from = mark.attempt() == 1 ? mark.since().minus(EcsTaskHandler.DOUBT) : mark.since();
        return !id(task).equals(mark.task())
                && task.createdAt() != null
                && !task.createdAt().isBefore(from);
    }

    private static Observed<EcsTask> observed(
            Cluster cluster, String key, RunMark mark, List<Task> tasks, boolean remembered) {
        var task = isFinal(mark) || mark.state().equals(Run.UNREADABLE)
                ? null
                : tasks.stream()
                        .filter(one -> startedBy(key).equals(one.startedBy()) && isOf(mark, one))
                        .max(Comparator.comparing(Task::createdAt))
                        .orElse(null);
        var seen = new Sight(mark, task);
        var place = cluster.clusterName();
        var actual = new EcsTask(
                place,
                key,
                RefSets.ref(mark.database()),
                Ref.of(cluster.clusterArn()),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                remembered,
                seen.run(key));
        var outputs = seen.outputs();
        outputs.put(EcsTask.TAG, TAGS + key);
        return new Observed<>(
                actual,
                startedBy(key),
                startedBy(key),
                seen.phase(),
                outputs,
                new Owner.Child(EcsCluster.class, "name", place, role(key)),
                Map.of(),
                seen.uses(),
                mark.database().isEmpty() ? Set.of("database") : Set.of(),
                seen.message());
    }

    /** @param task null where ECS shows none */
    private record Sight(RunMark mark, Task task) {
        private boolean hasStopped() {
            return "STOPPED".equals(task.lastStatus());
        }

        private boolean isBeingStopped() {
            return task != null && !hasStopped() && "STOPPED".equals(task.desiredStatus());
        }

        String message() {
            if (isBeingStopped()) return phase() == Phase.BUSY ? "it is being stopped" : "its command has ended";
            return task == null && mark.state().equals(Run.BEGUN) ? "it is about to start" : "";
        }

        Run run(String key) {
            if (task == null) return new Run(key, mark.state());
            if (hasStopped()) return Run.ended(key, verdict());
            return new Run(key, "STOPPED".equals(task.desiredStatus()) ? Run.STOPPING : Run.RUNNING);
        }

        /** Where nothing ran, another attempt does not run it twice. */
        private String verdict() {
            if (task.stopCode() == TaskStopCode.TASK_FAILED_TO_START && mark.attempt() < EcsTask.ATTEMPTS)
                return Run.BEGUN;
            var done = task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED || task.stopCode() == null;
            return done && "0".equals(exitCode()) ? Run.SUCCEEDED : Run.FAILED;
        }

        private String exitCode() {
            if (task == null) return mark.exitCode();
            return container().map(Container::exitCode).map(String::valueOf).orElse("");
        }

        private Optional<Container> container() {
            return task.containers().stream()
                    .filter(one -> TaskDefinition.CONTAINER.equals(one.name()))
                    .findFirst();
        }

        Phase phase() {
            if (isBeingStopped() && task.stopCode() == TaskStopCode.USER_INITIATED) return Phase.BUSY;
            return isFinal(mark) || task != null && hasStopped() ? Phase.READY : Phase.RUNNING;
        }

        /** What it holds until it has stopped. */
        Set<String> uses() {
            return task == null || hasStopped() || task.taskDefinitionArn() == null
                    ? Set.of()
                    : Set.of(task.taskDefinitionArn());
        }

        TreeMap<String, String> outputs() {
            var outputs = new TreeMap<String, String>();
            outputs.put(EcsTask.SINCE, since().toString());
            if (task != null && task.startedAt() != null) outputs.put(EcsTask.RUNS, "true");
            var id = task == null ? mark.task() : EcsTaskReader.id(task);
            var ran = !id.isEmpty() && !(task == null && mark.state().equals(Run.BEGUN));
            if (ran) {
                outputs.put(EcsTask.TASK, id);
                // awslogs writes to prefix/container/task (ECS developer guide, "Send Amazon ECS logs to CloudWatch").
                outputs.put(EcsTask.STREAM, TaskDefinition.CONTAINER + "/" + TaskDefinition.CONTAINER + "/" + id);
            }
            if (!exitCode().isEmpty()) outputs.put(EcsTask.EXIT_CODE, exitCode());
            var words = words();
            if (!words.isEmpty()) outputs.put(EcsTask.WORDS, words);
            return outputs;
        }

        private Instant since() {
            if (task == null) return mark.since();
            if (hasStopped() && task.stoppedAt() != null) return task.stoppedAt();
            return task.startedAt() != null ? task.startedAt() : task.createdAt();
        }

        private String words() {
            if (task == null || !hasStopped()) return mark.words();
            if (verdict().equals(Run.SUCCEEDED)) return "";
            var code = exitCode().isEmpty() ? "" : "exit code " + exitCode();
            var why = Stream.of(
                    code,
                    task.stoppedReason(),
                    container().map(Container::reason).orElse(null));
            return why.filter(word -> word != null && !word.isEmpty())
                    .distinct()
                    .collect(Collectors.joining(": "));
        }
    }
}
