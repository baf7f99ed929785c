package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.*;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

/** What runs in the tasks: its health behind a load balancer and its logins. */
class SimEcsApplicationTest extends ComputeFixture {
    @BeforeEach
    void build() {
        site();
    }

    @Test
    void unhealthyTasksAreReplacedUntilTheDeploymentFails() {
        var group = attachedTargetGroup();
        ecs.createService(service(register("unhealthy"))
                .loadBalancers(balancer ->
                        balancer.containerName("app").containerPort(5000).targetGroupArn(group))
                .healthCheckGracePeriodSeconds(60)
                .build());
        minutes(5);
        assertThat(seen().runningCount()).as("they run, but do not answer").isPositive();
        minutes(30);
        assertThat(seen().events())
                .anyMatch(event -> event.message().contains("is unhealthy in (target-group " + group));
        assertThat(seen().deployments().getFirst().rolloutState()).isEqualTo(DeploymentRolloutState.FAILED);
        assertThat(seen().events()).anyMatch(event -> event.message().contains("no rollback candidate"));
    }

    @Test
    void whatNoListenerForwardsToIsNotCheckedSoNoTaskIsReplacedForIt() {
        var group = attachedTargetGroup();
        ecs.createService(service(register("unhealthy"))
                .loadBalancers(balancer ->
                        balancer.containerName("app").containerPort(5000).targetGroupArn(group))
                .healthCheckGracePeriodSeconds(600)
                .build());
        minutes(5);
        var balancer = aws.elb
                .describeLoadBalancers(call -> {})
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        var listener = aws.elb
                .describeListeners(call -> call.loadBalancerArn(balancer))
                .listeners()
                .getFirst()
                .listenerArn();
        aws.elb.deleteListener(call -> call.listenerArn(listener));
        minutes(20);
        assertThat(stoppedTasks()).isEmpty();
        assertThat(seen().runningCount()).isEqualTo(2);
    }

    private String attachedTargetGroup() {
        var elb = aws.elb;
        var group = elb.createTargetGroup(call -> call.name("t")
                        .vpcId(vpc.id())
                        .protocol("HTTP")
                        .port(5000)
                        .targetType("ip"))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        var balancer = elb.createLoadBalancer(
                        call -> call.name("b").subnets(vpc.publicSubnets()).securityGroups(vpc.group()))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        minutes(10);
        elb.createListener(
                call -> call.loadBalancerArn(balancer).protocol("HTTP").port(80).defaultActions(action -> action.type(
                                ActionTypeEnum.FORWARD)
                        .targetGroupArn(group)));
        settle();
        return group;
    }

    @Test
    void aMigrationNeedsItsDatabase() {
        var host = database();
        migrate("postgres://" + "master:pa55%21word@" + host + ":5432/app?sslmode=require");
        migrate("postgresql://" + "master:pa55%21word@" + host + ":5432/app?sslmode=require");
        migrate("postgres://" + "master:wrong@" + host + ":5432/app?sslmode=require");
        minutes(5);
        var codes = stoppedTasks().stream()
                .map(task ->
                        task.startedBy() + " " + task.containers().getFirst().exitCode())
                .toList();
        assertThat(codes)
                .as("the app spoils the scheme postgresql")
                .containsExactlyInAnyOrder("postgres 0", "postgresql 1", "postgres 1");
    }

    private void migrate(String url) {
        var arn = ecs.registerTaskDefinition(definition(
                        "1",
                        container -> container.environment(
                                pair -> pair.name("DATABASE_URL").value(url))))
                .taskDefinition()
                .taskDefinitionArn();
        ecs.runTask(call -> call.cluster("c")
                .taskDefinition(arn)
                .launchType(LaunchType.FARGATE)
                .startedBy(url.substring(0, url.indexOf(':')))
                .networkConfiguration(network())
                .overrides(overrides ->
                        overrides.containerOverrides(one -> one.name("app").command("alembic", "upgrade", "head"))));
    }

    private String database() {
        aws.ec2.authorizeSecurityGroupIngress(call -> call.groupId(vpc.group()).ipPermissions(permission -> permission
                .ipProtocol("tcp")
                .fromPort(5432)
                .toPort(5432)
                .userIdGroupPairs(pair -> pair.groupId(vpc.group()))));
        aws.rds.createDBSubnetGroup(call ->
                call.dbSubnetGroupName("g").dbSubnetGroupDescription("g").subnetIds(vpc.publicSubnets()));
        settle();
        aws.rds.createDBInstance(call -> call.dbInstanceIdentifier("d")
                .engine("postgres")
                .dbInstanceClass("db.t3.small")
                .allocatedStorage(20)
                .storageType("gp3")
                .dbName("app")
                .masterUsername("master")
                .masterUserPassword("pa55!word")
                .dbSubnetGroupName("g")
                .vpcSecurityGroupIds(vpc.group()));
        minutes(60);
        return aws.rds
                .describeDBInstances(call -> call.dbInstanceIdentifier("d"))
                .dbInstances()
                .getFirst()
                .endpoint()
                .address();
    }
}
