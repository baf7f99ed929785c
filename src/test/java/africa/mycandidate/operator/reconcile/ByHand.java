package africa.mycandidate.operator.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A site that somebody made years ago in the console, with names, sizes and habits of their own: voters use it. */
public final class ByHand {
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    private static final String READ = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":[\"secretsmanager:GetSecretValue\",\"logs:*\"],\"Resource\":\"*\"}]}";
    private static final String PASSWORD = "correct-horse-battery";
    private static final String TOKEN = "old-token-of-sixteen-letters";

    private final Simulation simulation;
    private final Ec2Client ec2;
    private final ElasticLoadBalancingV2Client elb;
    private final SecretsManagerClient secrets;
    private final Map<String, String> adopt = new TreeMap<>();
    private final Map<String, String> groups = new TreeMap<>();
    private final List<String> outside = new ArrayList<>();
    private final List<String> inside = new ArrayList<>();
    private String vpc;

    public ByHand(Simulation simulation) {
        this.simulation = simulation;
        this.ec2 = simulation.aws.of(Ec2Client.class);
        this.elb = simulation.aws.of(ElasticLoadBalancingV2Client.class);
        this.secrets = simulation.aws.of(SecretsManagerClient.class);
    }

    /** Makes all of it, until voters get an answer, and returns which part each piece is to play. */
    public Map<String, String> build(String zone) {
        network();
        openings();
        database();
        cache();
        secret("SecretValue/flask-key", "legacy/secret-key", "a key from 2019");
        var group = balancer();
        service(group);
        wait(Duration.ofMinutes(30));
        record(zone);
        adopt.put("DnsRecord/site", Simulation.DOMAIN);
        return adopt;
    }

    private void wait(Duration time) {
        simulation.rest(time);
    }

    private void settle() {
        wait(Duration.ofSeconds(40));
    }

    private void network() {
        vpc = ec2.createVpc(request -> request.cidrBlock("172.20.0.0/16")).vpc().vpcId();
        adopt.put("Vpc/main", vpc);
        settle();
        ec2.modifyVpcAttribute(request -> request.vpcId(vpc).enableDnsHostnames(value -> value.value(true)));
        var gateway = ec2.createInternetGateway(request -> {}).internetGateway().internetGatewayId();
        settle();
        ec2.attachInternetGateway(request -> request.vpcId(vpc).internetGatewayId(gateway));
        for (var zone : List.of("a", "b")) {
            outside.add(subnet("Subnet/public-" + zone, zone, outside.size()));
            inside.add(subnet("Subnet/private-" + zone, zone, 10 + inside.size()));
        }
        settle();
        var address = ec2.allocateAddress().allocationId();
        settle();
        route(
                outside,
                table -> ec2.createRoute(request ->
                        request.routeTableId(table).gatewayId(gateway).destinationCidrBlock("0.0.0.0/0")));
        var nat = ec2.createNatGateway(
                        request -> request.subnetId(outside.getFirst()).allocationId(address))
                .natGateway()
                .natGatewayId();
        wait(Duration.ofMinutes(10));
        route(
                inside,
                table -> ec2.createRoute(
                        request -> request.routeTableId(table).natGatewayId(nat).destinationCidrBlock("0.0.0.0/0")));
    }

    private String subnet(String part, String zone, int number) {
        var id = ec2.createSubnet(request -> request.vpcId(vpc)
                        .availabilityZone(Simulation.REGION + zone)
                        .cidrBlock("172.20." + number + ".0/24"))
                .subnet()
                .subnetId();
        adopt.put(part, id);
        return id;
    }

    private void route(List<String> subnets, java.util.function.Consumer<String> way) {
        var table =
                ec2.createRouteTable(request -> request.vpcId(vpc)).routeTable().routeTableId();
        settle();
        way.accept(table);
        for (var subnet : subnets)
            ec2.associateRouteTable(request -> request.routeTableId(table).subnetId(subnet));
        settle();
    }

    /** Who lets in whom; egress is open, as groups come. */
    private void openings() {
        for (var name : List.of("web", "app", "db", "redis")) {
            groups.put(
                    name,
                    ec2.createSecurityGroup(request ->
                                    request.vpcId(vpc).groupName(name).description("made by hand"))
                            .groupId());
        }
        settle();
        ec2.authorizeSecurityGroupIngress(request -> request.groupId(groups.get("web"))
                .ipPermissions(open ->
                        open.ipProtocol("tcp").fromPort(443).toPort(443).ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
        letIn("app", 5000, "web");
        letIn("db", 5432, "app");
        letIn("redis", 6379, "app");
        adopt.put("SecurityGroup/load-balancer", groups.get("web"));
        adopt.put("SecurityGroup/tasks", groups.get("app"));
        adopt.put("SecurityGroup/database", groups.get("db"));
        adopt.put("SecurityGroup/cache", groups.get("redis"));
    }

    private void letIn(String group, int port, String from) {
        ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(groups.get(group)).ipPermissions(rule -> rule.ipProtocol("tcp")
                        .fromPort(port)
                        .toPort(port)
                        .userIdGroupPairs(pair -> pair.groupId(groups.get(from)))));
    }

    private void database() {
        var rds = simulation.aws.of(RdsClient.class);
        rds.createDBSubnetGroup(request -> request.dbSubnetGroupName("legacy-subnets")
                .dbSubnetGroupDescription("by hand")
                .subnetIds(inside));
        rds.createDBInstance(request -> request.dbInstanceIdentifier("legacy-db")
                .engine("postgres")
                .engineVersion("15")
                .dbInstanceClass("db.t3.medium")
                .multiAZ(false)
                .allocatedStorage(40)
                .storageType("gp3")
                .storageEncrypted(true)
                .dbName("voters")
                .masterUsername("chief")
                .masterUserPassword(PASSWORD)
                .dbSubnetGroupName("legacy-subnets")
                .vpcSecurityGroupIds(groups.get("db"))
                .publiclyAccessible(false)
                .backupRetentionPeriod(3));
        wait(Duration.ofHours(1));
        var host = rds.describeDBInstances(request -> request.dbInstanceIdentifier("legacy-db"))
                .dbInstances()
                .getFirst()
                .endpoint()
                .address();
        adopt.put("DbInstance/main", "legacy-db");
        secret(
                "SecretValue/database-url",
                "legacy/database-url",
                "postgres://chief:" + PASSWORD + "@" + host + ":5432/voters?sslmode=require");
    }

    private void cache() {
        var cache = simulation.aws.of(ElastiCacheClient.class);
        cache.createCacheSubnetGroup(request -> request.cacheSubnetGroupName("legacy-cache")
                .cacheSubnetGroupDescription("by hand")
                .subnetIds(inside));
        cache.createReplicationGroup(request -> request.replicationGroupId("legacy-cache")
                .replicationGroupDescription("by hand")
                .engine("redis")
                .engineVersion("7.0")
                .cacheNodeType("cache.t3.small")
                .numCacheClusters(1)
                .automaticFailoverEnabled(false)
                .transitEncryptionEnabled(true)
                .atRestEncryptionEnabled(true)
                .authToken(TOKEN)
                .cacheSubnetGroupName("legacy-cache")
                .securityGroupIds(groups.get("redis")));
        wait(Duration.ofHours(1));
        var host = cache.describeReplicationGroups(request -> request.replicationGroupId("legacy-cache"))
                .replicationGroups()
                .getFirst()
                .nodeGroups()
                .getFirst()
                .primaryEndpoint()
                .address();
        adopt.put("ReplicationGroup/main", "legacy-cache");
        secret("SecretValue/redis-url", "legacy/redis-url", "rediss://:" + TOKEN + "@" + host + ":6379/0");
    }

    private void secret(String part, String name, String value) {
        adopt.put(
                part,
                secrets.createSecret(request -> request.name(name).secretString(value))
                        .arn());
    }

    private String balancer() {
        var certificate = simulation.aws.importedCertificate(Simulation.DOMAIN);
        adopt.put("Certificate/site", certificate);
        var balancer = elb.createLoadBalancer(
                        request -> request.name("legacy-web").subnets(outside).securityGroups(groups.get("web")))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        var group = elb.createTargetGroup(request -> request.name("legacy-app")
                        .vpcId(vpc)
                        .port(5000)
                        .protocol(ProtocolEnum.HTTP)
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckPath("/")
                        .matcher(matcher -> matcher.httpCode("200-399")))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        wait(Duration.ofMinutes(10));
        elb.createListener(request -> request.loadBalancerArn(balancer)
                .port(443)
                .protocol(ProtocolEnum.HTTPS)
                .certificates(one -> one.certificateArn(certificate))
                .defaultActions(action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
        settle();
        return group;
    }

    private void service(String group) {
        var ecs = simulation.aws.of(EcsClient.class);
        var iam = simulation.aws.of(IamClient.class);
        var role = iam.createRole(
                        request -> request.roleName("legacy-execution").assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        iam.putRolePolicy(request ->
                request.roleName("legacy-execution").policyName("read").policyDocument(READ));
        simulation.aws.of(CloudWatchLogsClient.class).createLogGroup(request -> request.logGroupName("/legacy"));
        cluster(ecs);
        settle();
        var definition = ecs.registerTaskDefinition(request -> request.family("legacy")
                        .requiresCompatibilities(Compatibility.FARGATE)
                        .networkMode(NetworkMode.AWSVPC)
                        .cpu("512")
                        .memory("1024")
                        .executionRoleArn(role)
                        .containerDefinitions(container -> container
                                .name("app")
                                .image("example.org/mycandidate:1.0.0")
                                .portMappings(port -> port.containerPort(5000))
                                .secrets(
                                        from("DATABASE_URL", "SecretValue/database-url"),
                                        from("REDIS_URL", "SecretValue/redis-url"),
                                        from("SECRET_KEY", "SecretValue/flask-key"))
                                .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                                        .options(Map.of(
                                                "awslogs-group", "/legacy",
                                                "awslogs-region", Simulation.REGION,
                                                "awslogs-stream-prefix", "app")))))
                .taskDefinition()
                .taskDefinitionArn();
        ecs.createService(request -> request.cluster("legacy")
                .serviceName("legacy")
                .taskDefinition(definition)
                .desiredCount(2)
                .launchType(LaunchType.FARGATE)
                .loadBalancers(target ->
                        target.targetGroupArn(group).containerName("app").containerPort(5000))
                .networkConfiguration(network -> network.awsvpcConfiguration(
                        inVpc -> inVpc.subnets(inside).securityGroups(groups.get("app")))));
    }

    private Secret from(String name, String part) {
        return Secret.builder().name(name).valueFrom(adopt.get(part)).build();
    }

    /** The first call of an account makes its service-linked role, and may come too early. */
    private void cluster(EcsClient ecs) {
        try {
            ecs.createCluster(request -> request.clusterName("legacy"));
        } catch (AwsServiceException tooEarly) {
            settle();
            ecs.createCluster(request -> request.clusterName("legacy"));
        }
    }

    /** A CNAME to the load balancer, as people write it. */
    private void record(String zone) {
        var name = elb.describeLoadBalancers(request -> request.names("legacy-web"))
                .loadBalancers()
                .getFirst()
                .dnsName();
        simulation.aws.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(change -> change.action(ChangeAction.CREATE)
                        .resourceRecordSet(set -> set.name(Simulation.DOMAIN)
                                .type(RRType.CNAME)
                                .ttl(60L)
                                .resourceRecords(one -> one.value(name))))));
        settle();
    }
}
