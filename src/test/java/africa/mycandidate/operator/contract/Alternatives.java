package africa.mycandidate.operator.contract;

import static africa.mycandidate.operator.contract.Draft.SPARE_PORT;
import static africa.mycandidate.operator.contract.Draft.with;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.drift.Tampering;
import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Version;
import africa.mycandidate.operator.model.WeeklyWindow;
import africa.mycandidate.operator.resource.*;
import africa.mycandidate.operator.resource.CdnCertificate;
import africa.mycandidate.operator.resource.Distribution;
import africa.mycandidate.operator.resource.ListenerRule;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Another value for each field that AWS can change: type, field, value. */
final class Alternatives {
    /** How a field comes to differ from what AWS has. */
    sealed interface Alternative {
        /**
         * Something else is wanted.
         *
         * @param lasting whether AWS cannot go back (a newer version, more storage)
         */
        record Wanted(UnaryOperator<Resource> change, boolean lasting) implements Alternative {}

        /** Somebody changed it in AWS, and it has one good value only. */
        record Drifted(BiConsumer<Clients, Observed<?>> change) implements Alternative {}

        /** It is wanted empty only, before its resource goes. @param fill what somebody puts in */
        record Emptied(BiConsumer<Clients, Observed<?>> fill, UnaryOperator<Resource> change) implements Alternative {}
    }

    private static final Map<String, Alternative> TABLE = new HashMap<>();

    private Alternatives() {}

    /** Names of the fields that can be changed, as the record declares them. */
    static List<String> updatable(Class<? extends Resource> type) {
        return Fields.components(type).stream()
                .filter(component -> !component.isAnnotationPresent(Immutable.class)
                        && !component.isAnnotationPresent(Initial.class))
                .map(RecordComponent::getName)
                .toList();
    }

    static Alternative of(Class<? extends Resource> type, String field) {
        var alternative = TABLE.get(type.getSimpleName() + "." + field);
        if (alternative == null)
            throw new AssertionError("add another value for the field " + field + " of " + type.getSimpleName()
                    + " to the table in Alternatives: every field that can be changed is tried");
        return alternative;
    }

    /** What the other value refers to; nothing where there is none. */
    static Object references(Resource resource, String field) {
        return TABLE.get(resource.getClass().getSimpleName() + "." + field) instanceof Alternative.Wanted wanted
                ? wanted.change().apply(resource)
                : null;
    }

    private static void to(Class<? extends Resource> type, String field, Object value) {
        TABLE.put(
                type.getSimpleName() + "." + field,
                new Alternative.Wanted(resource -> with(resource, field, value), false));
    }

    private static void lasting(Class<? extends Resource> type, String field, Object value) {
        TABLE.put(
                type.getSimpleName() + "." + field,
                new Alternative.Wanted(resource -> with(resource, field, value), true));
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> void by(Class<R> type, String field, UnaryOperator<R> change) {
        TABLE.put(
                type.getSimpleName() + "." + field,
                new Alternative.Wanted(resource -> change.apply((R) resource), false));
    }

    private static void drift(Class<? extends Resource> type, String field, BiConsumer<Clients, Observed<?>> change) {
        TABLE.put(type.getSimpleName() + "." + field, new Alternative.Drifted(change));
    }

    private static void byAnotherHand(Class<? extends Resource> type, String field) {
        drift(type, field, (clients, have) -> Tampering.of(type, field)
                .getFirst()
                .commit(clients, have));
    }

    private static <T> Set<T> plus(Set<T> set, T one) {
        var more = new HashSet<>(set);
        more.add(one);
        return more;
    }

    /** Without the last of them, in the order of their names. */
    private static <T> Set<T> fewer(Set<T> set) {
        return set.stream()
                .sorted(java.util.Comparator.comparing(Object::toString))
                .limit(set.size() - 1)
                .collect(Collectors.toSet());
    }

    private static Ref<SecurityGroup> spareGroup() {
        return Ref.to(SecurityGroup.class, "spare", "id");
    }

    static {
        network();
        identity();
        data();
        edge();
        cdn();
        compute();
        scaling();
        storage();
        alarms();
    }

    private static void storage() {
        to(Bucket.class, "ownership", "BucketOwnerPreferred");
        to(Bucket.class, "encryption", "aws:kms");
        to(Bucket.class, "publicAccessBlock", Set.of("BlockPublicAcls", "IgnorePublicAcls"));
        to(Bucket.class, "versioning", false);
        by(
                Bucket.class,
                "policy",
                bucket -> with(
                        bucket, "policy", new Role.Policy(fewer(bucket.policy().statements()))));
        to(Bucket.class, "lifecycle", Map.of("all", new Bucket.Expiry("", 30, 7, 1, false, "")));
        TABLE.put(
                "Bucket.contents",
                new Alternative.Emptied(
                        (clients, bucket) -> {
                            var s3 = clients.of(S3Client.class);
                            // It lets nobody in without TLS, and moto is reached without.
                            s3.deleteBucketPolicy(request -> request.bucket(bucket.name()));
                            for (var key : List.of("files/a", "files/b", "files/a"))
                                s3.putObject(
                                        request -> request.bucket(bucket.name()).key(key), RequestBody.fromString("x"));
                            s3.deleteObject(
                                    request -> request.bucket(bucket.name()).key("files/b"));
                        },
                        bucket -> with(with(bucket, "contents", ""), "policy", null)));
    }

    private static void network() {
        to(Vpc.class, "dnsHostnames", false);
        by(Vpc.class, "dnsSupport", vpc -> with(with(vpc, "dnsHostnames", false), "dnsSupport", false));
        to(InternetGateway.class, "vpc", Ref.of(""));
        to(Subnet.class, "mapPublicIp", true);
        to(RouteTable.class, "subnet", Ref.of(""));
        by(
                RouteTable.class,
                "routes",
                table -> with(
                        table,
                        "routes",
                        table.routes().stream()
                                .map(route -> new RouteTable.Route("198.51.100.0/24", route.target()))
                                .collect(Collectors.toSet())));
        var inside = new SecurityGroup.Rule("tcp", 9000, 9001, new SecurityGroup.Peer.Cidr("10.0.0.0/16"));
        by(SecurityGroup.class, "ingress", group -> with(group, "ingress", Set.of(inside)));
        by(SecurityGroup.class, "egress", group -> with(group, "egress", plus(group.egress(), inside)));
    }

    private static void identity() {
        to(Role.class, "description", "Another description");
        by(Role.class, "trust", role -> {
            var statement = role.trust().statements().iterator().next();
            return with(
                    role,
                    "trust",
                    new Role.Policy(Set.of(with(statement, "actions", Set.of("sts:AssumeRole", "sts:TagSession")))));
        });
        by(Role.class, "policies", role -> {
            var policies = new TreeMap<>(role.policies());
            policies.put("second", policies.remove("logs"));
            return with(role, "policies", policies);
        });
        to(
                Role.class,
                "managedPolicyArns",
                Set.of("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"));
        to(LogGroup.class, "retentionDays", 60);
        to(SecretValue.class, "description", "Another description");
        by(
                SecretValue.class,
                "content",
                secret -> with(
                        secret,
                        "content",
                        switch (secret.content()) {
                            case SecretValue.Generated generated ->
                                new SecretValue.Generated(generated.length(), "rotated");
                            case SecretValue.Template template ->
                                new SecretValue.Template(
                                        template.text() + "&x=1", template.values(), template.secrets());
                            case SecretValue.Stored stored -> stored;
                        }));
        byAnotherHand(SecretValue.class, "scheduledForDeletion");
    }

    private static void data() {
        to(DbSubnetGroup.class, "description", "Another description");
        by(DbSubnetGroup.class, "subnets", group -> with(group, "subnets", fewer(group.subnets())));
        to(CacheSubnetGroup.class, "description", "Another description");
        by(CacheSubnetGroup.class, "subnets", group -> with(group, "subnets", fewer(group.subnets())));
        to(DbParameterGroup.class, "parameters", Map.of("rds.force_ssl", "0"));
        database();
        to(ReplicationGroup.class, "description", "Another description");
        lasting(ReplicationGroup.class, "engineVersion", new Version("7.1"));
        to(ReplicationGroup.class, "nodeType", "cache.t3.small");
        to(ReplicationGroup.class, "replicas", 2);
        by(
                ReplicationGroup.class,
                "automaticFailover",
                group -> with(with(group, "automaticFailover", false), "multiAz", false));
        to(ReplicationGroup.class, "multiAz", false);
        by(
                ReplicationGroup.class,
                "securityGroups",
                group -> with(group, "securityGroups", plus(group.securityGroups(), spareGroup())));
        to(ReplicationGroup.class, "snapshotRetentionDays", 3);
        to(ReplicationGroup.class, "autoMinorVersionUpgrade", false);
        to(ReplicationGroup.class, "maintenanceWindow", WeeklyWindow.of("tue:05:00-tue:06:00"));
        byAnotherHand(CacheToken.class, "token");
    }

    private static void database() {
        lasting(DbInstance.class, "engineVersion", new Version("16.10"));
        to(DbInstance.class, "instanceClass", "db.t3.medium");
        to(DbInstance.class, "multiAz", false);
        to(DbInstance.class, "password", Ref.to(SecretValue.class, "flask-key", "valueFrom"));
        lasting(DbInstance.class, "storageGiB", new AtLeast(30));
        to(DbInstance.class, "maxStorageGiB", 120);
        to(DbInstance.class, "storageType", "gp2");
        to(DbInstance.class, "parameterGroup", Ref.to(DbParameterGroup.class, "spare", "tunedName"));
        by(
                DbInstance.class,
                "securityGroups",
                database -> with(database, "securityGroups", plus(database.securityGroups(), spareGroup())));
        to(DbInstance.class, "publiclyAccessible", true);
        to(DbInstance.class, "backupRetentionDays", 14);
        to(DbInstance.class, "deletionProtection", true);
        to(DbInstance.class, "autoMinorVersionUpgrade", false);
        to(DbInstance.class, "copyTagsToSnapshot", false);
        to(DbInstance.class, "maintenanceWindow", WeeklyWindow.of("tue:05:00-tue:06:00"));
        drift(DbInstance.class, "insightsMode", (clients, database) -> clients.of(RdsClient.class)
                .modifyDBInstance(request -> request.dbInstanceIdentifier(database.id())
                        .databaseInsightsMode("advanced")
                        .enablePerformanceInsights(true)
                        .performanceInsightsRetentionPeriod(465)
                        .applyImmediately(true)));
    }

    private static void edge() {
        var other = "other-1234567890.af-south-1.elb.amazonaws.com";
        by(DnsRecord.class, "target", record -> with(record, "target", Ref.of(other)));
        // A name lies in the one zone of its service, so zone and name change together (Route 53 API reference,
        // AliasTarget).
        byAnotherHand(DnsRecord.class, "targetZone");
        by(LoadBalancer.class, "subnets", balancer -> with(balancer, "subnets", fewer(balancer.subnets())));
        by(
                LoadBalancer.class,
                "securityGroups",
                balancer -> with(balancer, "securityGroups", plus(balancer.securityGroups(), spareGroup())));
        to(
                LoadBalancer.class,
                "attributes",
                Map.of(
                        LoadBalancer.DELETION_PROTECTION,
                        "false",
                        "routing.http.drop_invalid_header_fields.enabled",
                        "false"));
        by(
                Listener.class,
                "protocol",
                listener -> with(with(with(listener, "protocol", "HTTP"), "certificate", null), "sslPolicy", null));
        to(LoadBalancer.class, "accessLogs", Ref.of(""));
        to(LoadBalancer.class, "capacityUnits", CapacityUnits.of(100));
        to(Listener.class, "sslPolicy", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06");
        to(Listener.class, "certificate", Ref.to(Certificate.class, "spare", "issuedArn"));
        to(Listener.class, "action", new Listener.Action.Redirect("HTTPS", 8443, 302));
        byAnotherHand(Listener.class, "rules");
        byAnotherHand(Listener.class, "otherCertificates");
        to(TargetGroup.class, "healthProtocol", "HTTPS");
        to(TargetGroup.class, "healthPort", "8080");
        to(TargetGroup.class, "healthPath", "/alive");
        to(TargetGroup.class, "healthCodes", "200");
        to(TargetGroup.class, "healthIntervalSeconds", 20);
        to(TargetGroup.class, "healthTimeoutSeconds", 4);
        to(TargetGroup.class, "healthyThreshold", 4);
        to(TargetGroup.class, "unhealthyThreshold", 5);
        to(TargetGroup.class, "attributes", Map.of("deregistration_delay.timeout_seconds", "60"));
    }

    private static void cdn() {
        byAnotherHand(ListenerRule.class, "condition");
        to(ListenerRule.class, "action", new Listener.Action.Redirect("HTTPS", 8443, 302));
        to(Distribution.class, "aliases", Set.of());
        by(
                Distribution.class,
                "origin",
                one -> with(one, "origin", with(one.origin(), "tls", Set.of("TLSv1.1", "TLSv1.2"))));
        byAnotherHand(Distribution.class, "originKey");
        to(Distribution.class, "certificate", Ref.to(CdnCertificate.class, "spare", "issuedArn"));
        to(Distribution.class, "minimumTls", "TLSv1.2_2019");
        by(
                Distribution.class,
                "behaviours",
                one -> with(one, "behaviours", one.behaviours().subList(1, 2)));
        to(Distribution.class, "httpVersion", "http2");
        to(Distribution.class, "ipv6", false);
        to(Distribution.class, "priceClass", "PriceClass_100");
        to(Distribution.class, "enabled", false);
        to(DeliveryDestination.class, "resource", Ref.of("arn:aws:s3:::another-bucket/logs"));
        by(
                Delivery.class,
                "recordFields",
                one -> with(one, "recordFields", one.recordFields().subList(0, 7)));
        to(Delivery.class, "suffixPath", "{yyyy}/{MM}");
        to(Delivery.class, "hiveCompatible", true);
    }

    private static void compute() {
        to(EcsCluster.class, "containerInsights", "enhanced");
        to(TaskDefinition.class, "failed", "circuit breaker");
        byAnotherHand(EcsTask.class, "run");
        to(EcsService.class, "taskDefinition", Ref.to(TaskDefinition.class, "spare", "arn"));
        by(EcsService.class, "subnets", service -> with(service, "subnets", fewer(service.subnets())));
        by(
                EcsService.class,
                "securityGroups",
                service -> with(service, "securityGroups", plus(service.securityGroups(), spareGroup())));
        byAnotherHand(EcsService.class, "desiredCount");
        to(EcsService.class, "assignPublicIp", true);
        to(EcsService.class, "targetGroups", Set.of(Ref.to(TargetGroup.class, "spare", "attachedArn")));
        by(
                EcsService.class,
                "containerPort",
                service -> with(
                        with(service, "containerPort", SPARE_PORT),
                        "taskDefinition",
                        Ref.to(TaskDefinition.class, "spare-port", "arn")));
        to(EcsService.class, "healthCheckGraceSeconds", 120);
        to(EcsService.class, "minimumHealthyPercent", 50);
        to(EcsService.class, "maximumPercent", 150);
        to(EcsService.class, "circuitBreakerWithRollback", false);
        to(EcsService.class, "zoneRebalancing", false);
    }

    private static void scaling() {
        to(ScalableTarget.class, "minTasks", 3);
        to(ScalableTarget.class, "maxTasks", 12);
        to(ScalableTarget.class, "suspended", Set.of("scaling in"));
        to(ScheduledAction.class, "schedule", "at(2039-05-28T04:00:00)");
        to(ScheduledAction.class, "minTasks", 4);
        to(ScheduledAction.class, "maxTasks", 12);
        to(ScalingPolicy.class, "cooldownSeconds", 90);
        to(ScalingPolicy.class, "adjustments", List.of(new ScalingPolicy.Adjustment(0.0, null, 2)));
    }

    private static void alarms() {
        to(Alarm.class, "description", "Another description");
        to(Alarm.class, "namespace", "AWS/NetworkELB");
        to(Alarm.class, "metric", "RequestCount");
        to(Alarm.class, "dimensions", Map.of("ClusterName", Ref.of("another")));
        to(Alarm.class, "statistic", "Maximum");
        to(Alarm.class, "periodSeconds", 120);
        to(Alarm.class, "evaluationPeriods", 7);
        to(Alarm.class, "comparison", "GreaterThanOrEqualToThreshold");
        to(Alarm.class, "threshold", 75.0);
        to(Alarm.class, "treatMissingData", "breaching");
        to(Alarm.class, "actions", Set.of());
        to(Alarm.class, "okActions", Set.of());
        to(Alarm.class, "datapointsToAlarm", 2);
        by(Alarm.class, "math", Alternatives::computed);
        to(Topic.class, "displayName", "Another sender");
        to(Topic.class, "key", "alias/aws/sns");
        by(
                Dashboard.class,
                "widgets",
                board -> with(board, "widgets", board.widgets().subList(0, 2)));
    }

    /** The same metric, by way of an expression. */
    private static Alarm computed(Alarm alarm) {
        var metric = new AlarmMath.Metric(
                alarm.namespace(), alarm.metric(), alarm.dimensions(), alarm.statistic(), alarm.periodSeconds());
        return new Alarm(
                alarm.description(),
                null,
                null,
                null,
                null,
                null,
                alarm.evaluationPeriods(),
                alarm.comparison(),
                alarm.threshold(),
                alarm.treatMissingData(),
                alarm.actions(),
                alarm.okActions(),
                alarm.datapointsToAlarm(),
                new AlarmMath("2 * one", Map.of("one", metric)));
    }
}
