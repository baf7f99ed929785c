package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.sim.Holdings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.rds.RdsClient;

/** What the reference architecture promises, looked up with AWS's own read calls and none of the operator's classes. */
final class Audit {
    private final Clients aws;
    private final SoftAssertions soft = new SoftAssertions();

    private Audit(Clients aws) {
        this.aws = aws;
    }

    /** To be asked of an account that holds one stack and nothing else. */
    static void of(Clients aws) {
        var audit = new Audit(aws);
        audit.data();
        audit.groups();
        audit.edge();
        audit.compute();
        audit.scaling();
        audit.tags();
        audit.soft.assertAll();
    }

    private void data() {
        var database =
                aws.of(RdsClient.class).describeDBInstances().dbInstances().getFirst();
        soft.assertThat(database.storageEncrypted()).isTrue();
        soft.assertThat(database.multiAZ()).isTrue();
        soft.assertThat(database.publiclyAccessible()).isFalse();
        soft.assertThat(database.deletionProtection()).isTrue();
        soft.assertThat(database.backupRetentionPeriod()).isEqualTo(7);
        soft.assertThat(database.storageType()).isEqualTo("gp3");
        soft.assertThat(database.dbInstanceClass()).isEqualTo("db.t3.small");
        var cache = aws.of(ElastiCacheClient.class)
                .describeReplicationGroups()
                .replicationGroups()
                .getFirst();
        soft.assertThat(cache.atRestEncryptionEnabled()).isTrue();
        soft.assertThat(cache.transitEncryptionEnabled()).isTrue();
        soft.assertThat(cache.authTokenEnabled()).isTrue();
        soft.assertThat(cache.cacheNodeType()).isEqualTo("cache.t3.micro");
    }

    /** The edges of the security groups, all of them and no more. */
    private void groups() {
        var groups = aws.of(Ec2Client.class).describeSecurityGroups().securityGroups().stream()
                .filter(group -> !group.groupName().equals("default"))
                .toList();
        var names = groups.stream().collect(Collectors.toMap(SecurityGroup::groupId, Audit::role));
        var edges = new TreeSet<String>();
        for (var group : groups) {
            edges.addAll(edges(group.ipPermissions(), peer -> peer + " > " + role(group), names));
            edges.addAll(edges(group.ipPermissionsEgress(), peer -> role(group) + " > " + peer, names));
        }
        soft.assertThat(edges)
                .containsExactlyInAnyOrder(
                        "0.0.0.0/0 > load-balancer tcp 443",
                        "0.0.0.0/0 > load-balancer tcp 80",
                        "load-balancer > tasks tcp 5000",
                        "tasks > database tcp 5432",
                        "tasks > cache tcp 6379",
                        "tasks > 0.0.0.0/0 tcp 443");
    }

    private static String role(SecurityGroup group) {
        return group.tags().stream()
                .filter(tag -> tag.key().equals("mycandidate.africa/resource"))
                .map(tag -> tag.value().replace("SecurityGroup/", ""))
                .findFirst()
                .orElse(group.groupId());
    }

    private static Set<String> edges(
            List<IpPermission> permissions, Function<String, String> edge, Map<String, String> names) {
        var edges = new TreeSet<String>();
        for (var one : permissions) {
            var ports = " " + one.ipProtocol() + " "
                    + (one.fromPort().equals(one.toPort()) ? one.fromPort() : one.fromPort() + "-" + one.toPort());
            one.ipRanges().forEach(range -> edges.add(edge.apply(range.cidrIp()) + ports));
            one.ipv6Ranges().forEach(range -> edges.add(edge.apply(range.cidrIpv6()) + ports));
            one.prefixListIds().forEach(list -> edges.add(edge.apply(list.prefixListId()) + ports));
            one.userIdGroupPairs().forEach(pair -> edges.add(edge.apply(names.get(pair.groupId())) + ports));
        }
        return edges;
    }

    private void edge() {
        var elb = aws.of(ElasticLoadBalancingV2Client.class);
        var balancer = elb.describeLoadBalancers().loadBalancers().getFirst();
        var listeners =
                elb
                        .describeListeners(request -> request.loadBalancerArn(balancer.loadBalancerArn()))
                        .listeners()
                        .stream()
                        .collect(Collectors.toMap(Listener::port, one -> one));
        soft.assertThat(listeners).containsOnlyKeys(80, 443);
        soft.assertThat(listeners.get(443).protocolAsString()).isEqualTo("HTTPS");
        soft.assertThat(listeners.get(443).sslPolicy()).startsWith("ELBSecurityPolicy-TLS13-1-2");
        soft.assertThat(listeners.get(80).defaultActions()).singleElement().satisfies(action -> assertThat(
                        action.redirectConfig().protocol())
                .isEqualTo("HTTPS"));
        var attributes = elb
                .describeLoadBalancerAttributes(request -> request.loadBalancerArn(balancer.loadBalancerArn()))
                .attributes()
                .stream()
                .collect(Collectors.toMap(one -> one.key(), one -> String.valueOf(one.value())));
        soft.assertThat(attributes)
                .containsEntry("deletion_protection.enabled", "true")
                .containsEntry("routing.http.drop_invalid_header_fields.enabled", "true");
        var group = elb.describeTargetGroups().targetGroups().getFirst();
        soft.assertThat(group.healthCheckPath()).isEqualTo("/");
        soft.assertThat(group.matcher().httpCode()).isEqualTo("200-399");
    }

    private void compute() {
        var ecs = aws.of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().getFirst();
        var service = ecs.describeServices(request -> request.cluster(cluster)
                        .services(
                                ecs.listServices(list -> list.cluster(cluster)).serviceArns()))
                .services()
                .getFirst();
        var network = service.networkConfiguration().awsvpcConfiguration();
        soft.assertThat(network.assignPublicIp()).isEqualTo(AssignPublicIp.DISABLED);
        soft.assertThat(service.deploymentConfiguration()
                        .deploymentCircuitBreaker()
                        .rollback())
                .isTrue();
        var tasks = ecs.describeTasks(request -> request.cluster(cluster)
                        .tasks(ecs.listTasks(list -> list.cluster(cluster)).taskArns()))
                .tasks();
        soft.assertThat(tasks).hasSize(2);
        soft.assertThat(tasks.stream().map(task -> task.availabilityZone()).distinct())
                .as("zones of the tasks")
                .hasSize(2);
        var definition = ecs.describeTaskDefinition(request -> request.taskDefinition(service.taskDefinition()))
                .taskDefinition();
        soft.assertThat(List.of(definition.cpu(), definition.memory())).containsExactly("512", "1024");
        container(definition.containerDefinitions().getFirst());
        soft.assertThat(tasks.stream()
                        .flatMap(task -> task.containers().stream())
                        .flatMap(container -> container.networkInterfaces().stream())
                        .map(NetworkInterface::privateIpv4Address))
                .allMatch(address -> address.startsWith("10."));
    }

    private void container(ContainerDefinition container) {
        soft.assertThat(container.user()).isEqualTo("1000");
        soft.assertThat(container.readonlyRootFilesystem()).isTrue();
        soft.assertThat(container.secrets().stream().map(secret -> secret.name()))
                .containsExactlyInAnyOrder("DATABASE_URL", "REDIS_URL", "SECRET_KEY");
        soft.assertThat(container.secrets())
                .allMatch(secret -> secret.valueFrom().startsWith("arn:aws:secretsmanager:"));
        soft.assertThat(container.environment().stream().map(KeyValuePair::name))
                .containsExactlyInAnyOrder("FLASK_ENV", "SITE_URL", "TMPDIR");
    }

    private void scaling() {
        var alarms = aws.of(CloudWatchClient.class).describeAlarms().metricAlarms();
        soft.assertThat(alarms.stream().map(alarm -> alarm.comparisonOperatorAsString() + " " + alarm.threshold()))
                .containsExactlyInAnyOrder("GreaterThanThreshold 70.0", "LessThanThreshold 30.0");
        soft.assertThat(alarms).allMatch(alarm -> alarm.alarmActions().size() == 1);
    }

    /** Everything that takes tags carries ours: what Holdings names by its kind alone takes none, or AWS made it. */
    private void tags() {
        Collection<String> untagged = Holdings.of(aws).census().keySet().stream()
                .filter(name -> !name.contains("/"))
                .toList();
        soft.assertThat(untagged)
                .as("without our tags")
                .allMatch(name -> List.of("DbParameterGroup", "RouteTable", "SecurityGroup")
                                .contains(name)
                        || name.matches("(A|CNAME|TXT|NS|SOA) .*"));
    }
}
