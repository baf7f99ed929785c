package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Canonical;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ApplicationAutoScalingException;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.InvalidReplicationGroupStateException;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Everything that an account holds, as AWS's own read calls describe it, without what changes by itself (counts, metrics, alarm states). It shares nothing with
 * the operator's handlers. Reads may lag: let some seconds pass before taking it.
 */
public final class Holdings {
    private static final Pattern RESOURCE_TAG =
            Pattern.compile("mycandidate\\.africa/resource(?:, Value)?=([A-Za-z0-9]+/[A-Za-z0-9.-]+)");
    private static final Pattern COUNTS = Pattern.compile(
            "(AvailableIpAddressCount|RunningTasksCount|PendingTasksCount|ActiveServicesCount|LatestRestorableTime)=[^,)]*");

    private final Clients clients;
    private final Map<String, Thing> things = new TreeMap<>();

    /** @param name type and role by its tag, or its kind where it carries none */
    public record Thing(String name, String text) {}

    private Holdings(Clients clients) {
        this.clients = clients;
    }

    public static Holdings of(Clients clients) {
        var holdings = new Holdings(clients);
        holdings.network();
        holdings.identity();
        holdings.data();
        holdings.edge();
        holdings.compute();
        holdings.scaling();
        holdings.storage();
        holdings.cdn();
        holdings.cdnLogs();
        holdings.notices();
        return holdings;
    }

    /** By id. */
    public Map<String, Thing> things() {
        return things;
    }

    /** What differs from an earlier state, each with what happened to it: {@code +}, {@code -} or {@code ~}, and its name. */
    public Set<String> changesSince(Holdings before) {
        var changes = new TreeSet<String>();
        things.forEach((id, thing) -> {
            var old = before.things.get(id);
            if (old == null) changes.add("+" + thing.name());
            else if (!old.equals(thing)) changes.add("~" + thing.name());
        });
        before.things.forEach((id, thing) -> {
            if (!things.containsKey(id)) changes.add("-" + thing.name());
        });
        return changes;
    }

    /** How many there are of each name. */
    public Map<String, Long> census() {
        return things.values().stream()
                .collect(Collectors.groupingBy(Thing::name, TreeMap::new, Collectors.counting()));
    }

    private void put(String kind, String id, Object... aspects) {
        var text = COUNTS.matcher(Arrays.stream(aspects).map(String::valueOf).collect(Collectors.joining("\n")))
                .replaceAll("$1");
        var tag = RESOURCE_TAG.matcher(text);
        things.put(id, new Thing(tag.find() ? tag.group(1) : kind, text));
    }

    private <T> void all(String kind, Collection<T> found, Function<T, String> id) {
        for (var one : found) put(kind, id.apply(one), one);
    }

    private void network() {
        var ec2 = clients.of(Ec2Client.class);
        all("Vpc", ec2.describeVpcs().vpcs(), one -> one.vpcId());
        all("Subnet", ec2.describeSubnets().subnets(), one -> one.subnetId());
        all("InternetGateway", ec2.describeInternetGateways().internetGateways(), one -> one.internetGatewayId());
        all("ElasticIp", ec2.describeAddresses().addresses(), one -> one.allocationId());
        var gateways = ec2.describeNatGateways(request -> {}).natGateways().stream()
                .filter(one -> one.state() != NatGatewayState.DELETED)
                .toList();
        all("NatGateway", gateways, one -> one.natGatewayId());
        all("RouteTable", ec2.describeRouteTables().routeTables(), one -> one.routeTableId());
        all("SecurityGroup", ec2.describeSecurityGroups().securityGroups(), one -> one.groupId());
    }

    private void identity() {
        var iam = clients.of(IamClient.class);
        for (var role : iam.listRolesPaginator().roles()) {
            if (role.path().startsWith("/aws-service-role/")) continue;
            var name = role.roleName();
            var policies = iam.listRolePolicies(request -> request.roleName(name)).policyNames().stream()
                    .map(policy -> iam.getRolePolicy(
                                    request -> request.roleName(name).policyName(policy))
                            .policyDocument())
                    .toList();
            put(
                    "Role",
                    role.arn(),
                    iam.getRole(request -> request.roleName(name)).role(),
                    policies,
                    iam.listAttachedRolePolicies(request -> request.roleName(name)));
        }
        var secrets = clients.of(SecretsManagerClient.class);
        for (var secret : secrets.listSecrets(
                        request -> request.includePlannedDeletion(true).maxResults(100))
                .secretList()) {
            var described = secrets.describeSecret(request -> request.secretId(secret.arn())).toBuilder()
                    .lastAccessedDate(null)
                    .build();
            if (described.deletedDate() != null) put("Scheduled secret", secret.arn(), described.name());
            else {
                var value = secrets.getSecretValue(request -> request.secretId(secret.arn()));
                put("SecretValue", secret.arn(), described, Canonical.hash(String.valueOf(value.secretString())));
            }
        }
    }

    private void data() {
        var rds = clients.of(RdsClient.class);
        all("DbInstance", rds.describeDBInstances().dbInstances(), one -> one.dbInstanceArn());
        for (var group : rds.describeDBSubnetGroups().dbSubnetGroups())
            put(
                    "DbSubnetGroup",
                    group.dbSubnetGroupArn(),
                    group,
                    rds.listTagsForResource(request -> request.resourceName(group.dbSubnetGroupArn())));
        for (var group : rds.describeDBParameterGroups().dbParameterGroups()) {
            put(
                    "DbParameterGroup",
                    group.dbParameterGroupArn(),
                    group,
                    rds.describeDBParameters(request -> request.dbParameterGroupName(group.dbParameterGroupName())
                            .source("user")),
                    rds.listTagsForResource(request -> request.resourceName(group.dbParameterGroupArn())));
        }
        for (var snapshot : rds.describeDBSnapshots(request -> request.snapshotType("manual"))
                .dbSnapshots()) put("Snapshot", snapshot.dbSnapshotArn(), snapshot.dbSnapshotIdentifier());
        var cache = clients.of(ElastiCacheClient.class);
        for (var group : cache.describeReplicationGroups().replicationGroups())
            put("ReplicationGroup", group.arn(), group, tags(cache, group));
        for (var group : cache.describeCacheSubnetGroups().cacheSubnetGroups())
            put(
                    "CacheSubnetGroup",
                    group.arn(),
                    group,
                    cache.listTagsForResource(request -> request.resourceName(group.arn())));
    }

    /** Not to be had while the group is changed. */
    private static Object tags(ElastiCacheClient cache, ReplicationGroup group) {
        try {
            return cache.listTagsForResource(request -> request.resourceName(group.arn()));
        } catch (InvalidReplicationGroupStateException busy) {
            return "";
        }
    }

    private void edge() {
        var elb = clients.of(ElasticLoadBalancingV2Client.class);
        for (var balancer : elb.describeLoadBalancers().loadBalancers()) {
            var arn = balancer.loadBalancerArn();
            put(
                    "LoadBalancer",
                    arn,
                    balancer,
                    elb.describeLoadBalancerAttributes(request -> request.loadBalancerArn(arn)),
                    elb.describeTags(request -> request.resourceArns(arn)));
            for (var listener : elb.describeListeners(request -> request.loadBalancerArn(arn))
                    .listeners())
                put(
                        "Listener",
                        listener.listenerArn(),
                        listener,
                        elb.describeTags(request -> request.resourceArns(listener.listenerArn())));
        }
        for (var group : elb.describeTargetGroups().targetGroups()) {
            var arn = group.targetGroupArn();
            put(
                    "TargetGroup",
                    arn,
                    group,
                    elb.describeTargetGroupAttributes(request -> request.targetGroupArn(arn)),
                    elb.describeTags(request -> request.resourceArns(arn)));
        }
        var acm = clients.of(AcmClient.class);
        for (var certificate : acm.listCertificates().certificateSummaryList()) {
            var arn = certificate.certificateArn();
            put(
                    "Certificate",
                    arn,
                    acm.describeCertificate(request -> request.certificateArn(arn)),
                    acm.listTagsForCertificate(request -> request.certificateArn(arn)));
        }
        var dns = clients.of(Route53Client.class);
        for (var zone : dns.listHostedZones().hostedZones())
            for (var record : dns.listResourceRecordSets(request -> request.hostedZoneId(zone.id()))
                    .resourceRecordSets())
                put(record.typeAsString() + " " + record.name(), zone.id() + record.name() + record.type(), record);
    }

    /** What was deleted is listed as INACTIVE for some time. */
    private void compute() {
        var logs = clients.of(CloudWatchLogsClient.class);
        for (var group : logs.describeLogGroups().logGroups())
            put(
                    "LogGroup",
                    group.logGroupArn(),
                    group.toBuilder().storedBytes(null).build(),
                    new TreeMap<>(logs.listTagsForResource(request -> request.resourceArn(group.logGroupArn()))
                            .tags()));
        var ecs = clients.of(EcsClient.class);
        for (var cluster : ecs.listClusters().clusterArns()) {
            all(
                    "EcsCluster",
                    ecs
                            .describeClusters(request ->
                                    request.clusters(cluster).includeWithStrings("TAGS", "SETTINGS", "CONFIGURATIONS"))
                            .clusters()
                            .stream()
                            .filter(one -> !"INACTIVE".equals(one.status()))
                            .toList(),
                    one -> one.clusterArn());
            for (var service :
                    ecs.listServices(request -> request.cluster(cluster)).serviceArns()) {
                for (var one : ecs.describeServices(request ->
                                request.cluster(cluster).services(service).include(ServiceField.TAGS))
                        .services())
                    if (!"INACTIVE".equals(one.status())) put("EcsService", one.serviceArn(), lasting(one));
            }
        }
        for (var arn : ecs.listTaskDefinitions().taskDefinitionArns())
            put("TaskDefinition", arn, ecs.describeTaskDefinition(request -> request.taskDefinition(arn)
                    .include(TaskDefinitionField.TAGS)));
    }

    /** The count belongs to autoscaling; deployments and events come and go. */
    private static Service lasting(Service service) {
        return service.toBuilder()
                .deployments((Collection<software.amazon.awssdk.services.ecs.model.Deployment>) null)
                .events((Collection<software.amazon.awssdk.services.ecs.model.ServiceEvent>) null)
                .runningCount(null)
                .pendingCount(null)
                .desiredCount(null)
                .build();
    }

    private void scaling() {
        var scaling = clients.of(ApplicationAutoScalingClient.class);
        for (var target : scaling.describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalableTargets())
            put("ScalableTarget", target.scalableTargetARN(), target, targetTags(scaling, target.scalableTargetARN()));
        for (var action : scaling.describeScheduledActions(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scheduledActions())
            put(
                    "ScheduledAction/" + action.scheduledActionName().replaceFirst("^mycandidate-", ""),
                    action.scheduledActionARN(),
                    action,
                    Map.of());
        for (var policy : scaling.describeScalingPolicies(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalingPolicies())
            put(
                    "ScalingPolicy/" + policy.policyName(),
                    policy.policyARN(),
                    policy.toBuilder()
                            .alarms((Collection<software.amazon.awssdk.services.applicationautoscaling.model.Alarm>)
                                    null)
                            .build());
        var watch = clients.of(CloudWatchClient.class);
        for (var alarm : watch.describeAlarms().metricAlarms())
            put(
                    "Alarm",
                    alarm.alarmArn(),
                    alarm.toBuilder()
                            .stateValue((String) null)
                            .stateReason(null)
                            .stateReasonData(null)
                            .stateUpdatedTimestamp(null)
                            .stateTransitionedTimestamp(null)
                            .build(),
                    watch.listTagsForResource(request -> request.resourceARN(alarm.alarmArn())));
    }

    private void storage() {
        var s3 = clients.of(S3Client.class);
        for (var bucket : s3.listBuckets().buckets()) {
            var name = bucket.name();
            put(
                    "Bucket",
                    "arn:aws:s3:::" + name,
                    name,
                    orNone(() -> s3.getBucketTagging(request -> request.bucket(name))),
                    s3.getBucketVersioning(request -> request.bucket(name)),
                    s3.getBucketEncryption(request -> request.bucket(name)),
                    orNone(() -> s3.getBucketOwnershipControls(request -> request.bucket(name))),
                    orNone(() -> s3.getPublicAccessBlock(request -> request.bucket(name))),
                    orNone(() -> s3.getBucketPolicy(request -> request.bucket(name))),
                    orNone(() -> s3.getBucketLifecycleConfiguration(request -> request.bucket(name))));
        }
    }

    /** What stands in the region of what is global; and rules, whose priorities say nothing. */
    private void cdn() {
        var acm = clients.global().of(AcmClient.class);
        for (var certificate : acm.listCertificates().certificateSummaryList()) {
            var arn = certificate.certificateArn();
            put(
                    "Certificate",
                    arn,
                    acm.describeCertificate(request -> request.certificateArn(arn)),
                    acm.listTagsForCertificate(request -> request.certificateArn(arn)));
        }
        var cloudFront = clients.of(CloudFrontClient.class);
        for (var one : cloudFront.listDistributions().distributionList().items())
            put(
                    "Distribution",
                    one.arn(),
                    cloudFront
                            .getDistributionConfig(request -> request.id(one.id()))
                            .distributionConfig(),
                    cloudFront.listTagsForResource(request -> request.resource(one.arn())));
        var elb = clients.of(ElasticLoadBalancingV2Client.class);
        for (var balancer : elb.describeLoadBalancers().loadBalancers())
            for (var listener : elb.describeListeners(request -> request.loadBalancerArn(balancer.loadBalancerArn()))
                    .listeners())
                for (var rule : elb.describeRules(request -> request.listenerArn(listener.listenerArn()))
                        .rules())
                    if (!rule.isDefault())
                        put(
                                "ListenerRule",
                                rule.ruleArn(),
                                rule.toBuilder().priority(null).build(),
                                elb.describeTags(request -> request.resourceArns(rule.ruleArn())));
    }

    private void cdnLogs() {
        var logs = clients.global().of(CloudWatchLogsClient.class);
        for (var one : logs.describeDeliverySources(request -> {}).deliverySources())
            put("DeliverySource", one.arn(), one, tags(logs, one.arn()));
        for (var one : logs.describeDeliveryDestinations(request -> {}).deliveryDestinations())
            put("DeliveryDestination", one.arn(), one, tags(logs, one.arn()));
        for (var one : logs.describeDeliveries(request -> {}).deliveries())
            put("Delivery", one.arn(), one, tags(logs, one.arn()));
    }

    private static Map<String, String> tags(CloudWatchLogsClient logs, String arn) {
        return new TreeMap<>(
                logs.listTagsForResource(request -> request.resourceArn(arn)).tags());
    }

    private static Object orNone(Supplier<?> part) {
        try {
            return part.get();
        } catch (S3Exception e) {
            if (e.statusCode() != 404) throw e;
            return "none";
        }
    }

    private void notices() {
        var watch = clients.of(CloudWatchClient.class);
        for (var entry : watch.listDashboards().dashboardEntries())
            put(
                    "Dashboard",
                    entry.dashboardArn(),
                    watch.getDashboard(request -> request.dashboardName(entry.dashboardName()))
                            .dashboardBody());
        var sns = clients.of(SnsClient.class);
        for (var topic : sns.listTopics().topics()) {
            var arn = topic.topicArn();
            var attributes = new TreeMap<>(
                    sns.getTopicAttributes(request -> request.topicArn(arn)).attributes());
            attributes.keySet().removeIf(name -> name.startsWith("Subscriptions"));
            put("Topic", arn, attributes, sns.listTagsForResource(request -> request.resourceArn(arn)));
            for (var one : sns.listSubscriptionsByTopic(request -> request.topicArn(arn))
                    .subscriptions()) put("Subscription", arn + " " + one.endpoint(), one.protocol(), one.endpoint());
        }
    }

    /** moto cannot list them: it answers 500. */
    private static Map<String, String> targetTags(ApplicationAutoScalingClient scaling, String arn) {
        try {
            return new TreeMap<>(scaling.listTagsForResource(request -> request.resourceARN(arn))
                    .tags());
        } catch (ApplicationAutoScalingException e) {
            if (e.statusCode() != 500) throw e;
            return Map.of();
        }
    }
}
