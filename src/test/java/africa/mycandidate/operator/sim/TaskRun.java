package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.*;

/** The life of one Fargate task: PROVISIONING to STOPPED (user guide, "Task lifecycle"). */
final class TaskRun {
    enum Status {
        PROVISIONING,
        PENDING,
        ACTIVATING,
        RUNNING,
        DEACTIVATING,
        STOPPING,
        DEPROVISIONING,
        STOPPED
    }

    private final SimAws aws;
    private final TaskLaunch launch;
    private final Consumer<TaskRun> changed;
    private final String arn;
    private final Instant createdAt;
    private final Instant visible;
    private final String networkInterface;
    private final String address;
    private Status status = Status.PROVISIONING;
    private boolean stopping;
    private Application application;
    private Map<String, String> environment = Map.of();
    private Instant startedAt;
    private Instant stoppedAt;
    private TaskStopCode stopCode;
    private String stoppedReason;
    private Integer exitCode;

    /** Starts the task. {@code changed} hears of every change of its status. */
    TaskRun(SimAws aws, TaskLaunch launch, Consumer<TaskRun> changed) {
        this.aws = aws;
        this.launch = launch;
        this.changed = changed;
        this.arn = aws.arn("ecs", "task/" + launch.cluster() + "/" + aws.world.hex(32));
        this.createdAt = aws.world.now();
        this.visible = createdAt.plus(aws.world.lag());
        this.networkInterface = aws.ec2.attach(
                launch.subnet(),
                launch.network().securityGroups(),
                arn.replace(":task/", ":attachment/"),
                "amazon-ecs");
        this.address = aws.ec2.address(networkInterface);
        var usual = aws.world.draw(Duration.ofSeconds(45));
        aws.world.after(usual.multipliedBy(3).dividedBy(10), () -> advance(Status.PENDING));
        aws.world.after(usual.multipliedBy(9).dividedBy(10), this::pull);
        aws.world.after(usual, this::run);
    }

    private void advance(Status next) {
        if (stopping) return;
        status = next;
        changed.accept(this);
    }

    private void pull() {
        if (stopping) return;
        var start = new TaskStart(aws, launch);
        var obstacle = start.obstacle();
        if (obstacle.isPresent()) {
            end(TaskStopCode.TASK_FAILED_TO_START, obstacle.get(), null);
            return;
        }
        environment = start.environment(launch.main());
        var command = launch.override().map(ContainerOverride::command).orElse(List.of());
        application = new Application(
                aws, launch.main(), command, environment, launch.network().securityGroups());
        advance(Status.ACTIVATING);
    }

    private void run() {
        if (stopping) return;
        startedAt = aws.world.now();
        advance(Status.RUNNING);
        for (var target : launch.loadBalancers())
            if (aws.elb.exists(target.targetGroupArn()))
                aws.elb.register(target.targetGroupArn(), address, target.containerPort(), () -> answers(target));
        if (application.endsByItself()) {
            aws.ecs.tasks.ran(application.what());
            aws.world.after(aws.world.draw(application.usually()), () -> ended(application));
        } else if (application.crashes()) aws.world.after(Duration.ofSeconds(2), () -> exit(1));
    }

    private boolean answers(LoadBalancer target) {
        var listening = status == Status.RUNNING || status == Status.DEACTIVATING;
        var front = aws.elb.groupsInFront(target.targetGroupArn());
        return listening
                && !application.crashes()
                && aws.ec2.reaches(front, launch.network().securityGroups(), target.containerPort())
                && application.answers();
    }

    private void ended(Application application) {
        var code = application.exitCode();
        if (status == Status.RUNNING && code == 0) aws.ecs.tasks.succeeded(application.what());
        exit(code);
    }

    private void exit(int code) {
        if (status == Status.RUNNING)
            end(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited", code);
    }

    /** Ends without a drain: nothing runs any more. */
    private void end(TaskStopCode code, String reason, Integer exit) {
        stopping = true;
        stopCode = code;
        stoppedReason = reason;
        exitCode = exit;
        if (startedAt != null) deregister();
        deprovision();
    }

    /** What it runs on is lost. */
    void die() {
        if (!stopping) end(TaskStopCode.TERMINATION_NOTICE, "The infrastructure of its Availability Zone failed", null);
    }

    /** Stops the task as ECS does: out of the load balancer first, which drains, then SIGTERM. */
    void stop(TaskStopCode code, String reason) {
        if (stopping) return;
        if (status != Status.RUNNING) {
            end(code, reason, null);
            return;
        }
        stopping = true;
        stopCode = code;
        stoppedReason = reason;
        status = Status.DEACTIVATING;
        aws.world.after(deregister(), () -> {
            status = Status.STOPPING;
            changed.accept(this);
            exitCode = 0;
            aws.world.after(aws.world.draw(Duration.ofSeconds(3)), this::deprovision);
        });
        changed.accept(this);
    }

    /** @return how long the targets drain */
    private Duration deregister() {
        var longest = 0;
        for (var target : launch.loadBalancers()) {
            if (!aws.elb.exists(target.targetGroupArn())) continue;
            longest = Math.max(longest, aws.elb.deregistrationDelay(target.targetGroupArn()));
            aws.elb.deregister(target.targetGroupArn(), address, target.containerPort());
        }
        return Duration.ofSeconds(longest);
    }

    private void deprovision() {
        status = Status.DEPROVISIONING;
        changed.accept(this);
        aws.world.after(aws.world.draw(Duration.ofSeconds(8)), () -> {
            status = Status.STOPPED;
            stoppedAt = aws.world.now();
            aws.ec2.release(networkInterface, linger());
            changed.accept(this);
        });
    }

    /** Network interfaces outlive their tasks by seconds to 20 minutes (docs/aws-notes.md). */
    private Duration linger() {
        var rare = aws.world.below(10) == 0;
        return Duration.ofSeconds(rare ? 60 + aws.world.below(1140) : 5 + aws.world.below(55));
    }

    /** Whether every target group counts it healthy. */
    boolean healthy() {
        return running()
                && launch.loadBalancers().stream()
                        .allMatch(target -> aws.elb.healthy(target.targetGroupArn(), address, target.containerPort()));
    }

    /**
     * The target group that gave it up, or null. A target group needs a minute of failed checks before it does, and checks nothing while no listener forwards to
     * it: its targets are unused (Elastic Load Balancing user guide, "Target health status"), and ECS replaces what fails a check (ECS developer guide, "Amazon
     * ECS services").
     */
    String unhealthyIn(int graceSeconds) {
        if (!running() || startedAt.plusSeconds(graceSeconds + 60L).isAfter(aws.world.now())) return null;
        return launch.loadBalancers().stream()
                .filter(target ->
                        !aws.elb.groupsInFront(target.targetGroupArn()).isEmpty())
                .filter(target ->
                        !aws.elb.healthy(target.targetGroupArn(), address, target.containerPort()) && !answers(target))
                .map(LoadBalancer::targetGroupArn)
                .findFirst()
                .orElse(null);
    }

    /** Whether it runs, and can log in to its database and its cache now. */
    boolean loggedIn() {
        return running() && application.answers();
    }

    boolean running() {
        return status == Status.RUNNING && !stopping;
    }

    boolean starting() {
        return !stopping && status != Status.RUNNING;
    }

    boolean stopped() {
        return status == Status.STOPPED;
    }

    boolean live() {
        return !stopping;
    }

    boolean visible() {
        return !visible.isAfter(aws.world.now());
    }

    Status status() {
        return status;
    }

    String arn() {
        return arn;
    }

    String cluster() {
        return launch.cluster();
    }

    String definition() {
        return launch.definition().taskDefinitionArn();
    }

    TaskLaunch launch() {
        return launch;
    }

    EcsTags tags() {
        return launch.tags();
    }

    TaskStopCode stopCode() {
        return stopCode;
    }

    String stoppedReason() {
        return stoppedReason;
    }

    /** What the main container was given at its start, secrets too; empty before. */
    Map<String, String> environment() {
        return environment;
    }

    Task described(boolean withTags) {
        var definition = launch.definition();
        var containers = definition.containerDefinitions().stream()
                .map(container -> Container.builder()
                        .taskArn(arn)
                        .name(container.name())
                        .image(container.image())
                        .lastStatus(stopped() ? "STOPPED" : status == Status.RUNNING ? "RUNNING" : "PENDING")
                        .exitCode(stopped() ? exitCode : null)
                        .reason(stopped() && stopCode == TaskStopCode.TASK_FAILED_TO_START ? stoppedReason : null)
                        .build())
                .toList();
        return Task.builder()
                .taskArn(arn)
                .clusterArn(aws.arn("ecs", "cluster/" + launch.cluster()))
                .taskDefinitionArn(definition.taskDefinitionArn())
                .lastStatus(status.name())
                .desiredStatus(stopping ? "STOPPED" : "RUNNING")
                .launchType(LaunchType.FARGATE)
                .cpu(definition.cpu())
                .memory(definition.memory())
                .group(launch.group())
                .startedBy(launch.startedBy())
                .overrides(launch.overrides())
                .availabilityZone(aws.ec2
                        .subnet(launch.subnet())
                        .map(Network.SubnetTruth::zone)
                        .orElse(null))
                .containers(containers)
                .attachments(Attachment.builder()
                        .type("ElasticNetworkInterface")
                        .status(stopped() ? "DELETED" : "ATTACHED")
                        .details(
                                detail("subnetId", launch.subnet()),
                                detail("networkInterfaceId", networkInterface),
                                detail("privateIPv4Address", address))
                        .build())
                .createdAt(createdAt)
                .startedAt(startedAt)
                .stoppedAt(stoppedAt)
                .stopCode(stopCode)
                .stoppedReason(stoppedReason)
                .tags(withTags ? launch.tags().tags() : List.of())
                .build();
    }

    private static KeyValuePair detail(String name, String value) {
        return KeyValuePair.builder().name(name).value(value).build();
    }
}
