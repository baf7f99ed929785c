package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ecs.model.*;

class SimEcsTest extends ComputeFixture {
    @BeforeEach
    void build() {
        site();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongDefinitions() {
        var good = definition("1", container -> {});
        return refusals(
                ecs::existing,
                register(
                        "a pair that Fargate does not sell",
                        good.toBuilder().cpu("256").memory("4096").build()),
                register(
                        "a CPU that Fargate does not know",
                        good.toBuilder().cpu("300").build()),
                register("no CPU", good.toBuilder().cpu(null).build()),
                register("no memory", good.toBuilder().memory(null).build()),
                register(
                        "bridge mode",
                        good.toBuilder().networkMode(NetworkMode.BRIDGE).build()),
                register(
                        "no container",
                        good.toBuilder()
                                .containerDefinitions(Collections.emptyList())
                                .build()),
                register(
                        "logs without execution role",
                        good.toBuilder().executionRoleArn(null).build()),
                register("no image", definition("1", container -> container.image(null))),
                register("no name", definition("1", container -> container.name(null))),
                register("no essential container", definition("1", container -> container.essential(false))),
                register(
                        "another host port",
                        definition(
                                "1",
                                container -> container.portMappings(
                                        port -> port.containerPort(5000).hostPort(80)))),
                register(
                        "an unknown volume",
                        definition(
                                "1",
                                container -> container.mountPoints(
                                        mount -> mount.sourceVolume("x").containerPath("/x")))),
                register("a variable given twice", definition("1", container -> container
                        .environment(pair -> pair.name("A").value("1"))
                        .secrets(secret -> secret.name("A").valueFrom("arn:x")))),
                refusal(
                        "a definition that is not there",
                        "ClientException",
                        400,
                        () -> ecs.describeTaskDefinition(call -> call.taskDefinition("none"))),
                refusal(
                        "deregistering an unknown one",
                        "ClientException",
                        400,
                        () -> ecs.deregisterTaskDefinition(call -> call.taskDefinition("app:99"))),
                refusal(
                        "11 definitions",
                        "InvalidParameterException",
                        400,
                        () -> ecs.deleteTaskDefinitions(
                                call -> call.taskDefinitions(Collections.nCopies(11, "app:1")))));
    }

    private Refusal register(String name, RegisterTaskDefinitionRequest request) {
        return refusal(name, "ClientException", 400, () -> ecs.registerTaskDefinition(request));
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCallsOnServices() {
        var one = register("1");
        ecs.createService(service(one).serviceName("taken").desiredCount(0).build());
        settle();
        return refusals(
                this::withoutTasks,
                refused(
                        "an unknown cluster",
                        "ClusterNotFoundException",
                        service(one).cluster("none")),
                refused(
                        "a taken name",
                        "InvalidParameterException",
                        service(one).serviceName("taken")),
                refused("an unknown definition", "ClientException", service("app:99")),
                refused(
                        "no network",
                        "InvalidParameterException",
                        service(one).networkConfiguration((NetworkConfiguration) null)),
                refused(
                        "an unknown subnet",
                        "InvalidParameterException",
                        service(one)
                                .networkConfiguration(network -> network.awsvpcConfiguration(
                                        inner -> inner.subnets("subnet-0123456789abcdef0")))),
                refused(
                        "an unknown group",
                        "InvalidParameterException",
                        service(one)
                                .networkConfiguration(network -> network.awsvpcConfiguration(inner ->
                                        inner.subnets(vpc.privateSubnet()).securityGroups("sg-0123456789abcdef0")))),
                refused("no count", "InvalidParameterException", service(one).desiredCount(null)),
                refused(
                        "a long token",
                        "InvalidParameterException",
                        service(one).clientToken("x".repeat(37))),
                refused(
                        "a grace period without load balancer",
                        "InvalidParameterException",
                        service(one).healthCheckGracePeriodSeconds(60)),
                refused(
                        "an unknown container",
                        "InvalidParameterException",
                        service(one).loadBalancers(balancer -> balancer.containerName("web")
                                .containerPort(5000)
                                .targetGroupArn("arn:x"))),
                refused(
                        "an unknown port",
                        "InvalidParameterException",
                        service(one).loadBalancers(balancer -> balancer.containerName("app")
                                .containerPort(80)
                                .targetGroupArn("arn:x"))),
                refused(
                        "a target group without load balancer",
                        "InvalidParameterException",
                        service(one).loadBalancers(balancer -> balancer.containerName("app")
                                .containerPort(5000)
                                .targetGroupArn(targetGroup()))),
                refused(
                        "a deployment that cannot move",
                        "InvalidParameterException",
                        service(one)
                                .deploymentConfiguration(deployment ->
                                        deployment.maximumPercent(100).minimumHealthyPercent(100))),
                refused(
                        "rebalancing without room",
                        "InvalidParameterException",
                        service(one)
                                .availabilityZoneRebalancing(AvailabilityZoneRebalancing.ENABLED)
                                .deploymentConfiguration(deployment ->
                                        deployment.maximumPercent(100).minimumHealthyPercent(50))),
                refusal(
                        "11 services",
                        "InvalidParameterException",
                        400,
                        () -> ecs.describeServices(call -> call.cluster("c").services(Collections.nCopies(11, "s")))),
                refusal(
                        "updating an unknown service",
                        "ServiceNotFoundException",
                        400,
                        () -> ecs.updateService(call -> call.cluster("c").service("none"))),
                refusal(
                        "deleting an unknown service",
                        "ServiceNotFoundException",
                        400,
                        () -> ecs.deleteService(call -> call.cluster("c").service("none"))),
                refusal(
                        "101 tasks",
                        "InvalidParameterException",
                        400,
                        () -> ecs.describeTasks(call -> call.cluster("c").tasks(Collections.nCopies(101, "t")))),
                refusal(
                        "a cluster with a service",
                        "ClusterContainsServicesException",
                        400,
                        () -> ecs.deleteCluster(call -> call.cluster("c"))),
                refusal(
                        "another cluster of that name",
                        "InvalidParameterException",
                        400,
                        () -> ecs.createCluster(call -> call.clusterName("c")
                                .settings(setting -> setting.name(ClusterSettingName.CONTAINER_INSIGHTS)
                                        .value("enabled")))),
                refusal(
                        "an unknown cluster",
                        "ClusterNotFoundException",
                        400,
                        () -> ecs.updateCluster(call -> call.cluster("none"))),
                refusal(
                        "a tag on nothing",
                        "ResourceNotFoundException",
                        400,
                        () -> ecs.tagResource(call -> call.resourceArn(aws.arn("ecs", "service/c/none"))
                                .tags(tag -> tag.key("a").value("b")))));
    }

    private String targetGroup() {
        return aws.elb
                .createTargetGroup(call -> call.name("t")
                        .vpcId(vpc.id())
                        .protocol("HTTP")
                        .port(5000)
                        .targetType("ip"))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    private Refusal refused(String name, String code, CreateServiceRequest.Builder request) {
        return refusal(name, code, 400, () -> ecs.createService(request.build()));
    }

    private Map<String, Map<String, String>> withoutTasks() {
        var all = new TreeMap<>(ecs.existing());
        all.keySet().removeIf(arn -> arn.contains(":task/"));
        return all;
    }

    @Test
    void aServiceLivesDrainsAndLeavesATombstone() {
        var request = service(register("1")).clientToken("one").build();
        ecs.createService(request);
        assertThat(ecs.createService(request).service().status())
                .as("the same token again")
                .isEqualTo("ACTIVE");
        minutes(5);
        assertThat(seen().runningCount()).isEqualTo(2);
        assertThat(seen().deployments())
                .singleElement()
                .matches(one -> one.rolloutState() == DeploymentRolloutState.COMPLETED);
        refused(
                "InvalidParameterException",
                400,
                () -> ecs.deleteService(call -> call.cluster("c").service("s")));
        ecs.deleteService(call -> call.cluster("c").service("s").force(true));
        refused("InvalidParameterException", 400, () -> ecs.createService(request));
        refused(
                "ServiceNotActiveException",
                400,
                () -> ecs.updateService(call -> call.cluster("c").service("s").desiredCount(1)));
        minutes(5);
        assertThat(seen().status()).isEqualTo("INACTIVE");
        assertThat(ecs.listServices(call -> call.cluster("c")).serviceArns()).isEmpty();
        ecs.deleteCluster(call -> call.cluster("c"));
        minutes(240);
        assertThat(ecs.describeServices(call -> call.cluster("c").services("s")).failures())
                .singleElement()
                .matches(one -> one.reason().equals("MISSING"));
    }

    @Test
    void aBrokenRevisionIsRolledBack() {
        var good = register("1");
        ecs.createService(service(good).build());
        minutes(5);
        for (var broken : new String[] {"missing", "crash"}) {
            ecs.updateService(call -> call.cluster("c").service("s").taskDefinition(register(broken)));
            // A task that runs for a moment counts where no load balancer asks; one that never runs takes nobody's
            // place.
            if (broken.equals("missing")) assertThat(settledRunning()).isGreaterThanOrEqualTo(2);
            minutes(30);
            assertThat(seen().taskDefinition())
                    .as("the rollback rewrites the definition")
                    .isEqualTo(good);
            assertThat(seen().runningCount()).isEqualTo(2);
            assertThat(seen().events())
                    .anyMatch(event -> event.message().contains("deployment failed: tasks failed to start"));
        }
    }

    private int settledRunning() {
        minutes(1);
        return seen().runningCount();
    }

    @Test
    void withoutCircuitBreakerItTriesForEver() {
        ecs.createService(service(register("missing"))
                .deploymentConfiguration(deployment -> {})
                .build());
        minutes(120);
        assertThat(seen().deployments().getFirst().rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
        assertThat(seen().events()).anyMatch(event -> event.message().contains("unable to consistently start tasks"));
        assertThat(stoppedTasks()).allMatch(task -> task.stoppedReason().startsWith("CannotPullContainerError"));
    }

    @Test
    void aTaskNeedsItsLogGroupItsRoleAndATmp() {
        aws.logs.createLogGroup(call -> call.logGroupName("/other"));
        settle();
        run(definition(
                "1",
                container -> container.logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of(
                                "awslogs-group", "/none", "awslogs-region", "r", "awslogs-stream-prefix", "p")))));
        run(definition("1", container -> {}).toBuilder()
                .executionRoleArn(ROLE + "-none")
                .build());
        run(definition(
                "1",
                container -> container.secrets(
                        secret -> secret.name("A").valueFrom(aws.arn("secretsmanager", "secret:none-abcdef")))));
        run(definition("1", container -> container.readonlyRootFilesystem(true).user("appuser")));
        run(definition("1", container -> {}));
        minutes(5);
        assertThat(stoppedTasks())
                .hasSize(4)
                .extracting(Task::stoppedReason)
                .anyMatch(reason -> reason.contains("log group does not exist"))
                .anyMatch(reason -> reason.contains("unable to assume the role"))
                .anyMatch(reason -> reason.contains("unable to retrieve secret"))
                .anyMatch(reason -> reason.equals("Essential container in task exited"));
        assertThat(ecs.runningTasks()).hasSize(1);
        refused("ClusterContainsTasksException", 400, () -> ecs.deleteCluster(call -> call.cluster("c")));
    }

    private RunTaskRequest.Builder run(String definition) {
        return RunTaskRequest.builder()
                .cluster("c")
                .taskDefinition(definition)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(network());
    }

    private void run(RegisterTaskDefinitionRequest definition) {
        var arn = ecs.registerTaskDefinition(definition).taskDefinition().taskDefinitionArn();
        ecs.runTask(run(arn).build());
    }

    @Test
    void aRevisionIsNeverGivenAgain() {
        var one = register("1");
        settle();
        ecs.deregisterTaskDefinition(call -> call.taskDefinition(one));
        ecs.deleteTaskDefinitions(call -> call.taskDefinitions(one));
        minutes(10);
        refused("ClientException", 400, () -> ecs.describeTaskDefinition(call -> call.taskDefinition(one)));
        assertThat(register("1")).endsWith(":2");
    }

    @Test
    void aRunTokenIsGoodForOneRequest() {
        var one = register("1");
        settle();
        var request = run(one).clientToken("t").build();
        var first = ecs.runTask(request).tasks().getFirst().taskArn();
        assertThat(ecs.runTask(request).tasks().getFirst().taskArn()).isEqualTo(first);
        refused(
                "ConflictException",
                400,
                () -> ecs.runTask(request.toBuilder().startedBy("another").build()));
    }

    /** Its end sets an end to its token too: a day is the most. */
    @Test
    void aTaskIsForgottenAndItsTokenWithIt() {
        var one = register("1-crash");
        settle();
        var request = run(one).startedBy("release-1").clientToken("t").build();
        var first = ecs.runTask(request).tasks().getFirst().taskArn();
        settle();
        assertThat(ecs.listTasks(call -> call.cluster("c").startedBy("release-1"))
                        .taskArns())
                .containsExactly(first);
        minutes(50);
        assertThat(ecs.listTasks(call -> call.cluster("c").startedBy("release-1"))
                        .taskArns())
                .as("those that are to run")
                .isEmpty();
        assertThat(stoppedTasks()).extracting(Task::taskArn).containsExactly(first);
        assertThat(ecs.runTask(request).tasks().getFirst().taskArn()).isEqualTo(first);
        minutes(60);
        assertThat(stoppedTasks()).isEmpty();
        assertThat(ecs.describeTasks(call -> call.cluster("c").tasks(first)).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("MISSING"));
        assertThat(ecs.runTask(request).tasks().getFirst().taskArn()).isNotEqualTo(first);
    }

    @Test
    void withoutRoomNothingIsStartedAndTheAnswerIsGood() {
        var one = register("1");
        settle();
        var request = run(one).clientToken("t").build();
        aws.incidents().tasksFull(true);
        var answer = ecs.runTask(request);
        assertThat(answer.tasks()).isEmpty();
        assertThat(answer.failures()).singleElement().satisfies(failure -> assertThat(failure.reason())
                .startsWith("Capacity is unavailable at this time"));
        aws.incidents().tasksFull(false);
        assertThat(ecs.runTask(request).tasks()).hasSize(1);
    }
}
