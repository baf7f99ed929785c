package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.model.Tags;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Resources of other people in the same account and zone, with names close to ours. Nothing of theirs may ever change. */
public final class Bystanders {
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    private final Simulation simulation;
    private String group;

    private Bystanders(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Moves them in, and waits until they are settled. */
    public static void moveIn(Simulation simulation, String zone) {
        var bystanders = new Bystanders(simulation);
        var subnets = bystanders.network();
        bystanders.data(subnets);
        bystanders.edge(zone, subnets);
        bystanders.compute();
        simulation.rest(Duration.ofHours(2));
    }

    private List<String> network() {
        var ec2 = simulation.aws.of(Ec2Client.class);
        // Of another stack of the same operator, whose name begins with ours.
        var tags = List.of(tag(Tags.STACK, "mycandidate/southafrica-test"), tag(Tags.RESOURCE, "Vpc/main"));
        var vpc = ec2.createVpc(request -> request.cidrBlock("10.0.0.0/16")
                        .tagSpecifications(
                                spec -> spec.resourceType(ResourceType.VPC).tags(tags)))
                .vpc()
                .vpcId();
        simulation.rest(Duration.ofSeconds(20));
        var subnets = List.of("a", "b").stream()
                .map(zone -> ec2.createSubnet(request -> request.vpcId(vpc)
                                .cidrBlock("10.0." + (zone.charAt(0) - 'a') + ".0/24")
                                .availabilityZone(Simulation.REGION + zone))
                        .subnet()
                        .subnetId())
                .toList();
        group = ec2.createSecurityGroup(request ->
                        request.vpcId(vpc).groupName("mcd-southafrica-tasks").description("of somebody else"))
                .groupId();
        ec2.allocateAddress(request -> {});
        simulation.rest(Duration.ofSeconds(20));
        return subnets;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private void data(List<String> subnets) {
        var rds = simulation.aws.of(RdsClient.class);
        rds.createDBSubnetGroup(request -> request.dbSubnetGroupName("mcd-southafrica-database")
                .dbSubnetGroupDescription("of somebody else")
                .subnetIds(subnets));
        rds.createDBInstance(request -> request.dbInstanceIdentifier("mcd-southafrica-main")
                .engine("postgres")
                .dbInstanceClass("db.t3.small")
                .allocatedStorage(20)
                .storageType("gp3")
                .masterUsername("theirs")
                .masterUserPassword("a-password-of-theirs")
                .dbSubnetGroupName("mcd-southafrica-database")
                .backupRetentionPeriod(0));
        simulation.aws.of(SecretsManagerClient.class).createSecret(request -> request.name(
                        "mcd-southafrica-database-password")
                .secretString("theirs"));
    }

    private void edge(String zone, List<String> subnets) {
        var elb = simulation.aws.of(ElasticLoadBalancingV2Client.class);
        elb.createLoadBalancer(request -> request.name("mcd-south-main")
                .scheme(LoadBalancerSchemeEnum.INTERNAL)
                .securityGroups(group)
                .subnets(subnets));
        var vpc = simulation
                .aws
                .of(Ec2Client.class)
                .describeSubnets(request -> request.subnetIds(subnets.getFirst()))
                .subnets()
                .getFirst()
                .vpcId();
        elb.createTargetGroup(request -> request.name("mcd-south-app")
                .vpcId(vpc)
                .port(5000)
                .protocol(ProtocolEnum.HTTP)
                .targetType(TargetTypeEnum.IP));
        for (var name : List.of("mycandidate.africa", "old." + Simulation.DOMAIN, "kenya.mycandidate.africa"))
            made(zone, name, RRType.A, "192.0.2.7");
        made(zone, "_acme-challenge." + Simulation.DOMAIN, RRType.TXT, "\"theirs\"");
        simulation.aws.importedCertificate("kenya.mycandidate.africa");
    }

    private void made(String zone, String name, RRType type, String value) {
        patiently(() -> record(zone, name, type, value));
    }

    /** Route 53 may be at work on the change before, ECS may not know its new role yet: then once more. */
    private void patiently(Runnable call) {
        try {
            call.run();
        } catch (AwsServiceException tooEarly) {
            simulation.rest(Duration.ofMinutes(1));
            call.run();
        }
    }

    private void record(String zone, String name, RRType type, String value) {
        simulation.aws.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(change -> change.action(ChangeAction.CREATE)
                        .resourceRecordSet(
                                set -> set.name(name).type(type).ttl(300L).resourceRecords(one -> one.value(value))))));
    }

    private void compute() {
        simulation.aws.of(IamClient.class).createRole(request -> request.roleName("mcd-southafrica-execution")
                .assumeRolePolicyDocument(TRUST));
        simulation
                .aws
                .of(CloudWatchLogsClient.class)
                .createLogGroup(request -> request.logGroupName("mcd-southafrica-app"));
        var ecs = simulation.aws.of(EcsClient.class);
        patiently(() -> ecs.createCluster(request -> request.clusterName("mcd-southafrica")));
    }
}
