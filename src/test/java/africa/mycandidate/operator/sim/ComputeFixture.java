package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.*;

/** A VPC with a way out, a role, a log group and a cluster, in which tasks can start. */
abstract class ComputeFixture extends EdgeFixture {
    static final String ROLE = "arn:aws:iam::123456789012:role/execution";
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    private static final String READ =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}]}";

    final SimEcs ecs = aws.ecs;
    Vpc vpc;

    void site() {
        vpc = vpc("10.1");
        var address = aws.ec2.allocateAddress().allocationId();
        settle();
        var nat = aws.ec2
                .createNatGateway(
                        call -> call.subnetId(vpc.publicSubnets().getFirst()).allocationId(address))
                .natGateway()
                .natGatewayId();
        var table = aws.ec2
                .createRouteTable(call -> call.vpcId(vpc.id()))
                .routeTable()
                .routeTableId();
        pass(Duration.ofMinutes(10));
        aws.ec2.createRoute(call -> call.routeTableId(table).natGatewayId(nat).destinationCidrBlock("0.0.0.0/0"));
        aws.ec2.associateRouteTable(call -> call.routeTableId(table).subnetId(vpc.privateSubnet()));
        aws.iam.createRole(call -> call.roleName("execution").assumeRolePolicyDocument(TRUST));
        aws.iam.putRolePolicy(
                call -> call.roleName("execution").policyName("read").policyDocument(READ));
        aws.logs.createLogGroup(call -> call.logGroupName("/app"));
        cluster();
        settle();
    }

    /** The service-linked role of the first call may take its time. */
    void cluster() {
        try {
            ecs.createCluster(call -> call.clusterName("c"));
        } catch (AwsServiceException tooEarly) {
            settle();
            ecs.createCluster(call -> call.clusterName("c"));
        }
        settle();
    }

    static RegisterTaskDefinitionRequest definition(String tag, Consumer<ContainerDefinition.Builder> change) {
        var container = ContainerDefinition.builder()
                .name("app")
                .image("registry.example/app:" + tag)
                .portMappings(port -> port.containerPort(5000))
                .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of(
                                "awslogs-group",
                                "/app",
                                "awslogs-region",
                                "af-south-1",
                                "awslogs-stream-prefix",
                                "app")));
        change.accept(container);
        return RegisterTaskDefinitionRequest.builder()
                .family("app")
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("512")
                .memory("1024")
                .executionRoleArn(ROLE)
                .containerDefinitions(container.build())
                .build();
    }

    String register(String tag) {
        return ecs.registerTaskDefinition(definition(tag, container -> {}))
                .taskDefinition()
                .taskDefinitionArn();
    }

    NetworkConfiguration network() {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(
                        network -> network.subnets(vpc.privateSubnet()).securityGroups(vpc.group()))
                .build();
    }

    CreateServiceRequest.Builder service(String definition) {
        return CreateServiceRequest.builder()
                .cluster("c")
                .serviceName("s")
                .taskDefinition(definition)
                .desiredCount(2)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(network())
                .deploymentConfiguration(deployment -> deployment.deploymentCircuitBreaker(
                        breaker -> breaker.enable(true).rollback(true)));
    }

    /** Time in small steps, so that events run as in life. */
    void minutes(int count) {
        for (var i = 0; i < count * 6; i++) pass(Duration.ofSeconds(10));
    }

    Service seen() {
        return ecs.describeServices(call -> call.cluster("c").services("s"))
                .services()
                .getFirst();
    }

    List<Task> stoppedTasks() {
        var arns = ecs.listTasks(call -> call.cluster("c").desiredStatus(DesiredStatus.STOPPED))
                .taskArns();
        return arns.isEmpty()
                ? List.of()
                : ecs.describeTasks(call -> call.cluster("c").tasks(arns)).tasks();
    }
}
