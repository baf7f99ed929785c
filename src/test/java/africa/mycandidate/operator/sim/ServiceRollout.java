package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.*;

/** The scheduler of one service: keeps its tasks at the desired count, rolls deployments out, and rolls a failed one back. */
final class ServiceRollout {
    private final SimAws aws;
    private final Consumer<Service> publish;
    private final String cluster;
    private final EcsTags tags;
    private final LinkedList<DeploymentRun> deployments = new LinkedList<>();
    private final LinkedList<ServiceEvent> events = new LinkedList<>();
    private Service service;
    private TaskDefinition lastCompleted;
    private Service published;
    private long plan;
    private boolean woken;

    /** @param publish is given what reads are to show */
    ServiceRollout(SimAws aws, String cluster, Service service, EcsTags tags, Consumer<Service> publish) {
        this.aws = aws;
        this.cluster = cluster;
        this.service = service;
        this.tags = tags;
        this.publish = publish;
    }

    Service service() {
        return described();
    }

    EcsTags tags() {
        return tags;
    }

    boolean active() {
        return service.status().equals("ACTIVE");
    }

    boolean gone() {
        return service.status().equals("INACTIVE");
    }

    int desired() {
        return service.desiredCount();
    }

    int running() {
        return (int) all().filter(TaskRun::running).count();
    }

    boolean deploying() {
        return deployments.size() > 1;
    }

    boolean uses(String definition) {
        return !gone()
                && deployments.stream()
                        .anyMatch(run -> run.definition.taskDefinitionArn().equals(definition));
    }

    private java.util.stream.Stream<TaskRun> all() {
        return deployments.stream().flatMap(run -> run.tasks.stream());
    }

    void scale(int desired) {
        if (desired == desired()) return;
        set(service.toBuilder().desiredCount(desired).build());
        say("has set its desired count to " + desired + ".");
    }

    /** Takes new settings, without a deployment. */
    void set(Service changed) {
        service = changed;
        published();
        wake();
    }

    /** Begins a deployment of the service as it is set. */
    void deploy() {
        deploy(aws.ecs.definitions.inUse(service.taskDefinition()), false);
    }

    private void deploy(TaskDefinition definition, boolean rollback) {
        var digits = new StringBuilder();
        for (var i = 0; i < 19; i++) digits.append(aws.world.below(10));
        var network = service.networkConfiguration().awsvpcConfiguration();
        deployments.addFirst(new DeploymentRun(
                "ecs-svc/" + digits, definition, network, service.loadBalancers(), rollback, aws.world.now()));
        published();
        wake();
    }

    /** DRAINING until the last task is gone, then a tombstone. */
    void drain() {
        service = service.toBuilder().status("DRAINING").desiredCount(0).build();
        published();
        wake();
    }

    /** Looks at the service soon; changes that come together are looked at once. */
    private void wake() {
        if (woken) return;
        woken = true;
        aws.world.after(Duration.ZERO, () -> {
            woken = false;
            step();
        });
    }

    private void step() {
        if (gone()) return;
        // Most looks of a long life end here: nothing to do, nothing new to show.
        if (active() && steady() && deployments.getFirst().healthy().size() == desired()) {
            next();
            return;
        }
        if (active()) {
            replaceUnhealthy();
            var waiting = launch();
            retire(waiting);
            judge();
        } else {
            all().toList()
                    .forEach(task -> task.stop(
                            TaskStopCode.SERVICE_SCHEDULER_INITIATED,
                            "Scaling activity initiated by service deletion"));
            if (all().allMatch(TaskRun::stopped))
                service = service.toBuilder().status("INACTIVE").build();
        }
        published();
        next();
    }

    private void next() {
        if (gone()) return;
        var mine = ++plan;
        Runnable look = () -> {
            if (plan == mine) step();
        };
        if (steady()) aws.world.routinelyAfter(Duration.ofSeconds(60), look);
        else aws.world.after(Duration.ofSeconds(10), look);
    }

    private boolean steady() {
        if (deployments.size() != 1 || deployments.getFirst().inProgress()) return false;
        var tasks = deployments.getFirst().tasks;
        return tasks.size() == desired() && tasks.stream().allMatch(TaskRun::running);
    }

    private void replaceUnhealthy() {
        var grace = service.healthCheckGracePeriodSeconds() == null ? 0 : service.healthCheckGracePeriodSeconds();
        for (var run : List.copyOf(deployments)) {
            for (var task : List.copyOf(run.live())) {
                var group = task.unhealthyIn(grace);
                if (group == null) continue;
                say("(task " + Clusters.name(task.arn()) + ") is unhealthy in (target-group " + group
                        + ") due to (reason Health checks failed).");
                task.stop(
                        TaskStopCode.SERVICE_SCHEDULER_INITIATED,
                        "Task failed ELB health checks in (target-group " + group + ")");
                run.countFailure();
                trip(run);
            }
        }
    }

    /** Starts what is missing in the newest deployment; returns how many had no room under the maximum percent. */
    private int launch() {
        var primary = deployments.getFirst();
        if (!primary.mayStart(aws.world.now())) return 0;
        var missing = Math.max(0, desired() - primary.live().size());
        var most = desired() * service.deploymentConfiguration().maximumPercent() / 100;
        var room = Math.max(0, most - (int) all().filter(TaskRun::live).count());
        for (var i = 0; i < Math.min(missing, room); i++) if (!start(primary)) return 0;
        return Math.max(0, missing - room);
    }

    private boolean start(DeploymentRun run) {
        var open = run.network.subnets().stream()
                .filter(one -> !aws.incidents.isLost(one))
                .toList();
        if (aws.incidents.tasksFull || open.isEmpty()) {
            say(
                    "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a"
                            + " different availability zone.");
            return false;
        }
        var subnet = open.stream()
                .min(Comparator.comparingLong(one -> run.live().stream()
                        .filter(task -> task.launch().subnet().equals(one))
                        .count()))
                .orElseThrow();
        if (aws.ec2.subnet(subnet).isEmpty()
                || !run.network.securityGroups().stream().allMatch(aws.ec2::securityGroup)) {
            say("was unable to place a task. Reason: The subnet '" + subnet + "' or a security group does not exist.");
            failed(run, true);
            return false;
        }
        var launch = new TaskLaunch(
                cluster,
                run.definition,
                run.network,
                subnet,
                run.loadBalancers,
                "service:" + service.serviceName(),
                run.id,
                null,
                taskTags(run));
        run.tasks.add(aws.ecs.tasks.launch(launch, task -> changed(run, task)));
        return true;
    }

    private EcsTags taskTags(DeploymentRun run) {
        return switch (service.propagateTags()) {
            case SERVICE -> new EcsTags(tags.tags());
            case TASK_DEFINITION -> new EcsTags(aws.ecs.definitions.tagsOf(run.definition.taskDefinitionArn()));
            default -> new EcsTags(List.of());
        };
    }

    private void changed(DeploymentRun run, TaskRun task) {
        if (task.status() == TaskRun.Status.RUNNING) run.ran();
        if (task.stopped()) {
            run.tasks.remove(task);
            if (task.stopCode() == TaskStopCode.TASK_FAILED_TO_START) {
                say("(task " + Clusters.name(task.arn()) + ") failed to start: " + task.stoppedReason());
                failed(run, true);
            } else if (task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED) failed(run, false);
        }
        published();
        wake();
    }

    private void failed(DeploymentRun run, boolean neverRan) {
        run.countFailure();
        if (neverRan) {
            run.delayStarts(aws.world.now());
            if (run.beginsToWait())
                say(
                        "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.");
        }
        trip(run);
    }

    /** The circuit breaker: half of the desired count, at least 3 and at most 200 (user guide, deployment circuit breaker). */
    private void trip(DeploymentRun run) {
        var breaker = service.deploymentConfiguration().deploymentCircuitBreaker();
        if (!active() || !breaker.enable() || run != deployments.getFirst() || !run.inProgress() || run.rollback)
            return;
        if (run.failures() < Math.min(200, Math.max(3, (desired() + 1) / 2))) return;
        run.end(
                DeploymentRolloutState.FAILED,
                "ECS deployment circuit breaker: tasks failed to start.",
                aws.world.now());
        say("(deployment " + run.id + ") deployment failed: tasks failed to start.");
        if (!breaker.rollback()) return;
        if (lastCompleted == null) {
            say("(deployment " + run.id + ") deployment failed: no rollback candidate was found to run the rollback.");
            return;
        }
        // The rollback rewrites the service's task definition (docs/aws-notes.md).
        service = service.toBuilder()
                .taskDefinition(lastCompleted.taskDefinitionArn())
                .build();
        deploy(lastCompleted, true);
        var back = deployments.getFirst();
        back.because("ECS deployment circuit breaker: rolling back to deploymentId " + back.id + ".");
        say("rolling back to (deployment " + back.id + ").");
    }

    /** Stops what is too many: in the newest deployment when scaled in, in the older ones as far as health allows. */
    private void retire(int waiting) {
        var primary = deployments.getFirst();
        var live = primary.live();
        for (var i = desired(); i < live.size(); i++) stop(live.get(i));
        var old = new ArrayList<TaskRun>();
        deployments.stream().skip(1).forEach(run -> old.addAll(run.live()));
        old.sort(Comparator.comparing(TaskRun::healthy));
        var fresh = primary.healthy().size();
        var healthy = fresh + (int) old.stream().filter(TaskRun::healthy).count();
        var least = (desired() * service.deploymentConfiguration().minimumHealthyPercent() + 99) / 100;
        var surplus = Math.max(fresh + old.size() - desired(), waiting);
        for (var task : old) {
            if (surplus <= 0 || task.healthy() && healthy <= least) return;
            if (task.healthy()) healthy--;
            surplus--;
            stop(task);
        }
    }

    private static void stop(TaskRun task) {
        task.stop(TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Scaling activity initiated by deployment");
    }

    private void judge() {
        var primary = deployments.getFirst();
        // A failed deployment stays described until the one that rolls it back has completed.
        deployments.removeIf(run -> run != primary && run.tasks.isEmpty() && !(run.failed() && primary.inProgress()));
        if (!primary.inProgress() || deployments.stream().anyMatch(run -> run != primary && !run.tasks.isEmpty()))
            return;
        if (primary.live().size() != desired() || primary.healthy().size() != desired()) return;
        primary.end(DeploymentRolloutState.COMPLETED, "ECS deployment " + primary.id + " completed.", aws.world.now());
        lastCompleted = primary.definition;
        deployments.removeIf(run -> run != primary);
        say("(deployment " + primary.id + ") deployment completed.");
        say("has reached a steady state.");
    }

    private void say(String message) {
        events.addFirst(ServiceEvent.builder()
                .id(aws.world.hex(32))
                .createdAt(aws.world.now())
                .message("(service " + service.serviceName() + ") " + message)
                .build());
        while (events.size() > 100) events.removeLast();
    }

    private Service described() {
        var shown = new ArrayList<Deployment>();
        for (var run : deployments) {
            var primary = shown.isEmpty();
            shown.add(run.described(
                    primary ? "PRIMARY" : "ACTIVE",
                    primary ? desired() : run.live().size()));
        }
        return service.toBuilder()
                .runningCount(running())
                .pendingCount((int) all().filter(TaskRun::starting).count())
                .deployments(gone() ? List.of() : shown)
                .events(events)
                .build();
    }

    private void published() {
        var now = described();
        if (now.equals(published)) return;
        published = now;
        publish.accept(now);
    }
}
