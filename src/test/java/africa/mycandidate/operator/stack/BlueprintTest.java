package africa.mycandidate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Bucket;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.Delivery;
import africa.mycandidate.operator.resource.DeliverySource;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.Role;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlueprintTest {
    private static final String ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mycandidate:1.4.2";
    private static final String CERTIFICATE = "arn:aws:acm:af-south-1:111122223333:certificate/1";

    static Stack stack(String field, Object value) {
        return Specs.stack(Specs.with(field, value));
    }

    private static Map<String, Long> counts(Stack stack) {
        return stack.resources().keySet().stream()
                .collect(Collectors.groupingBy(key -> key.type().getSimpleName(), TreeMap::new, Collectors.counting()));
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> R get(Stack stack, Class<R> type, String role) {
        return (R) stack.resources().get(new Key(type, role));
    }

    @Test
    void theShortestSpecGivesTheReferenceArchitecture() {
        assertThat(counts(Specs.stack(Specs.minimal())))
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("Vpc", 1L),
                        Map.entry("InternetGateway", 1L),
                        Map.entry("Subnet", 4L),
                        Map.entry("RouteTable", 4L),
                        Map.entry("ElasticIp", 1L),
                        Map.entry("NatGateway", 1L),
                        Map.entry("SecurityGroup", 4L),
                        Map.entry("SecretValue", 5L),
                        Map.entry("DbSubnetGroup", 1L),
                        Map.entry("DbParameterGroup", 1L),
                        Map.entry("DbInstance", 1L),
                        Map.entry("CacheSubnetGroup", 1L),
                        Map.entry("ReplicationGroup", 1L),
                        Map.entry("CacheToken", 1L),
                        Map.entry("LoadBalancer", 1L),
                        Map.entry("TargetGroup", 1L),
                        Map.entry("Listener", 2L),
                        Map.entry("Certificate", 1L),
                        Map.entry("ValidationRecord", 1L),
                        Map.entry("DnsRecord", 1L),
                        Map.entry("LogGroup", 1L),
                        Map.entry("Role", 2L),
                        Map.entry("TaskDefinition", 1L),
                        Map.entry("EcsCluster", 1L),
                        Map.entry("EcsService", 1L),
                        Map.entry("ScalableTarget", 1L),
                        Map.entry("ScalingPolicy", 2L),
                        Map.entry("Alarm", 2L))));
    }

    /** Specs of every shape. */
    static Stream<Spec> shapes() {
        return Stream.of(
                Specs.minimal(),
                Specs.with("network.natGateways", "None"),
                Specs.with("network.natGateways", "PerZone"),
                Specs.with("network.availabilityZones", 3),
                Specs.with("network.cidr", "192.168.4.0/24"),
                Specs.with("domain.hostedZoneId", ""),
                Specs.with("domain.certificateArn", CERTIFICATE),
                Specs.with("image", ECR),
                Specs.with("cache.replicas", 2),
                Specs.with("alarms.email", "on-call@example.org"),
                Specs.with(Map.of(
                        "alarms.topicArn",
                        "arn:aws:sns:af-south-1:111122223333:on-call",
                        "cache.replicas",
                        2,
                        "network.natGateways",
                        "PerZone",
                        "domain.certificateArn",
                        CERTIFICATE)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyReferenceIsToAResourceOfTheStack(Spec spec) {
        var stack = Specs.stack(spec);
        for (var entry : stack.resources().entrySet()) {
            for (var ref : Refs.open(entry.getValue()))
                assertThat(stack.resources())
                        .as(entry.getKey() + " refers to " + ref)
                        .containsKey(ref.key());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatACreateNeedsIsNeverInACircle(Spec spec) {
        var stack = Specs.stack(spec);
        var done = new HashSet<Key>();
        var before = -1;
        while (done.size() > before) {
            before = done.size();
            stack.resources().forEach((key, resource) -> {
                if (done.containsAll(needs(resource))) done.add(key);
            });
        }
        assertThat(done).isEqualTo(stack.resources().keySet());
    }

    private static Set<Key> needs(Resource resource) {
        return Fields.components(resource.getClass()).stream()
                .filter(component -> !component.isAnnotationPresent(Late.class))
                .flatMap(component -> Refs.open(Fields.value(component, resource)).stream())
                .map(ref -> ref.key())
                .collect(Collectors.toSet());
    }

    @Test
    void subnetsDoNotOverlapAndFillTheVpc() {
        for (var zones : List.of(2, 3)) {
            var spec = Specs.with(Map.of("network.availabilityZones", zones, "network.cidr", "10.1.0.0/16"));
            var blocks = Specs.stack(spec).resources().values().stream()
                    .filter(africa.mycandidate.operator.resource.Subnet.class::isInstance)
                    .map(subnet -> ((africa.mycandidate.operator.resource.Subnet) subnet).cidr())
                    .collect(Collectors.toSet());
            assertThat(blocks)
                    .hasSize(2 * zones)
                    .allMatch(block -> block.startsWith("10.1.") && block.endsWith(zones == 2 ? "/18" : "/19"));
        }
    }

    @Test
    void gatewaysAsAsked() {
        assertThat(counts(stack("network.natGateways", "None"))).doesNotContainKeys("NatGateway", "ElasticIp");
        assertThat(counts(stack("network.natGateways", "PerZone")))
                .containsEntry("NatGateway", 2L)
                .containsEntry("ElasticIp", 2L);
        var three = Specs.stack(Specs.with(Map.of("network.natGateways", "PerZone", "network.availabilityZones", 3)));
        assertThat(counts(three)).containsEntry("NatGateway", 3L).containsEntry("Subnet", 6L);
    }

    @Test
    void aCertificateIsRequestedValidatedOrTakenAsGiven() {
        assertThat(counts(stack("domain.certificateArn", CERTIFICATE)))
                .doesNotContainKeys("Certificate", "ValidationRecord")
                .containsKey("DnsRecord");
        assertThat(counts(stack("domain.hostedZoneId", "")))
                .containsKey("Certificate")
                .doesNotContainKeys("ValidationRecord", "DnsRecord");
        assertThat(get(stack("domain.certificateArn", CERTIFICATE), Listener.class, "https")
                        .certificate()
                        .value())
                .isEqualTo(CERTIFICATE);
    }

    @Test
    void anImageInEcrMayBePulledAndNoOther() {
        assertThat(get(Specs.stack(Specs.minimal()), Role.class, "execution").policies())
                .containsOnlyKeys("logs", "secrets");
        var policies = get(stack("image", ECR), Role.class, "execution").policies();
        assertThat(policies).containsOnlyKeys("logs", "secrets", "image-token", "image");
        assertThat(policies.get("image").toString())
                .contains("arn:aws:ecr:eu-west-1:111122223333:repository/mycandidate");
    }

    @Test
    void theSecretOfAPrivateRegistryIsReadableByTheExecutionRole() {
        var arn = "arn:aws:secretsmanager:af-south-1:111122223333:secret:registry-AbCdEf";
        var stack = stack("imagePullSecretArn", arn);
        assertThat(get(stack, TaskDefinition.class, "app").pullSecretArn()).isEqualTo(arn);
        assertThat(get(stack, Role.class, "execution").policies().get("secrets").toString())
                .contains(arn);
    }

    @Test
    void onlyTheLoadBalancerIsOpenToTheInternet() {
        var stack = Specs.stack(Specs.minimal());
        for (var role : List.of("tasks", "database", "cache")) {
            assertThat(get(stack, SecurityGroup.class, role).ingress())
                    .allMatch(rule -> rule.peer() instanceof SecurityGroup.Peer.Group);
        }
        assertThat(get(stack, SecurityGroup.class, "load-balancer").ingress())
                .extracting(SecurityGroup.Rule::fromPort)
                .containsExactlyInAnyOrder(80, 443);
        assertThat(get(stack, SecurityGroup.class, "database").egress()).isEmpty();
    }

    /** The application rewrites every "postgres" in its database URL but the scheme, and needs that scheme. */
    @Test
    void noPartOfTheDatabaseUrlIsRewrittenByTheApplication() {
        var identity = new Identity("111122223333", "af-south-1", "postgres", "postgres-test-postpostgresgres");
        var stack = Blueprint.of(identity, "uid", Specs.minimal(), Asked.NOTHING, Specs.FACTS, Instant.EPOCH);
        var url = ((SecretValue.Template)
                        get(stack, SecretValue.class, "database-url").content())
                .text();
        assertThat(url).startsWith("postgres://").endsWith("?sslmode=require");
        assertThat(url.substring("postgres://".length())).doesNotContain("postgres");
        var database = get(stack, DbInstance.class, "main");
        assertThat(database.username() + database.databaseName()).doesNotContain("postgres");
        var length = DbInstance.class.getAnnotation(AwsType.class).nameLength();
        assertThat(identity.physical("main", length, "")).doesNotContain("postgres");
    }

    @Test
    void everyNameFitsAws() {
        var longest = new Identity("111122223333", "af-south-1", "n".repeat(63), "x".repeat(63));
        for (var key : Specs.stack(Specs.minimal()).resources().keySet()) {
            var type = key.type().getAnnotation(AwsType.class);
            if (type.nameLength() == 0) continue;
            assertThat(longest.physical(key.role(), type.nameLength(), type.generation() ? "abcdef" : ""))
                    .hasSizeLessThanOrEqualTo(type.nameLength());
        }
    }

    @Test
    void withoutStorageThereIsNoBucketAndNothingOfIt() {
        var stack = Specs.stack(Specs.minimal());
        assertThat(stack.resources().keySet()).noneMatch(key -> key.type() == Bucket.class);
        assertThat(differing(stack, Specs.stack(Specs.with("storage", Map.of()))))
                .containsExactly("Bucket/files", "LoadBalancer/main", "Role/task", "TaskDefinition/app");
    }

    @Test
    void aCdnHasItsAccessLogsInTheBucketWhereThereIsOne() {
        var storage = Specs.stack(Specs.with("storage", Map.of()));
        var cdn = Specs.stack(Specs.with("cdn", Map.of()));
        var both = Specs.stack(Specs.with(Map.of("cdn", Map.of(), "storage", Map.of())));
        for (var one : List.of(Specs.stack(Specs.minimal()), storage, cdn))
            assertThat(one.resources().keySet())
                    .noneMatch(key -> key.type().getSimpleName().startsWith("Delivery"));
        var delivers = List.of("Delivery/cdn", "DeliveryDestination/cdn", "DeliverySource/cdn");
        assertThat(differing(cdn, both))
                .containsAll(delivers)
                .containsOnlyOnceElementsOf(differing(Specs.stack(Specs.minimal()), storage))
                .hasSize(delivers.size() + 4);
        assertThat(differing(storage, both)).contains("Bucket/files").containsAll(delivers);
        assertThat(get(both, Delivery.class, "cdn").recordFields())
                .contains("c-ip", "cs-uri-stem", "sc-status")
                .doesNotContain("cs(Cookie)")
                .doesNotHaveDuplicates();
    }

    /** What lets in less than AWS wants would get a statement of AWS's beside it; what lets in more would let others write. */
    @Test
    void theBucketLetsInTheSourceOfThisStackAlone() {
        var bucket = get(Specs.stack(Specs.with(Map.of("cdn", Map.of(), "storage", Map.of()))), Bucket.class, "files");
        var arn = "arn:aws:s3:::"
                + Specs.SITE.physical(
                        "files", Bucket.class.getAnnotation(AwsType.class).nameLength(), "");
        assertThat(bucket.policy().statements())
                .filteredOn(one -> one.principal().equals("delivery.logs.amazonaws.com"))
                .singleElement()
                .isEqualTo(new Role.Statement(
                        "Allow",
                        "delivery.logs.amazonaws.com",
                        Set.of("s3:PutObject"),
                        Set.of(Ref.of(arn + "/logs/cdn/*")),
                        "{\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:logs:us-east-1:111122223333:delivery-source:"
                                + Specs.SITE.physical("cdn", DeliverySource.NAME_LENGTH, "??????")
                                + "\"},\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\","
                                + "\"s3:x-amz-acl\":\"bucket-owner-full-control\"}}}"));
        for (var name : List.of("a", "southafrica", "x".repeat(63))) {
            var identity = new Identity("111122223333", "af-south-1", "n", name);
            assertThat(identity.physical("cdn", DeliverySource.NAME_LENGTH, "1a2b3c"))
                    .matches(identity.physical("cdn", DeliverySource.NAME_LENGTH, "......"))
                    .hasSizeLessThanOrEqualTo(DeliverySource.NAME_LENGTH);
        }
    }

    /** ELB writes as an account of its own in older regions, as a service in newer ones. */
    @Test
    void whoeverWritesAccessLogsInTheRegionMayWriteThemBelowTheirPrefix() {
        assertThat(accessLogWriter("af-south-1"))
                .contains("arn:aws:iam::098369216593:root")
                .contains("/logs/alb/AWSLogs/111122223333/*");
        assertThat(accessLogWriter("us-east-1")).contains("arn:aws:iam::127311923021:root");
        for (var young : List.of("il-central-1", "eu-central-2", "mx-central-1"))
            assertThat(accessLogWriter(young))
                    .contains("logdelivery.elasticloadbalancing.amazonaws.com")
                    .doesNotContain(":root");
    }

    private static String accessLogWriter(String region) {
        var facts = new Facts("aws", "111122223333", region, List.of(region + "a", region + "b"));
        var spec = Specs.with(Map.of("storage", Map.of(), "region", region));
        return Blueprint.of(Specs.SITE, Specs.UID, spec, Asked.NOTHING, facts, Instant.EPOCH)
                .resources()
                .values()
                .stream()
                .filter(Bucket.class::isInstance)
                .flatMap(bucket -> ((Bucket) bucket).policy().statements().stream())
                .filter(statement -> statement.effect().equals("Allow"))
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** Sets and maps iterate differently in each JVM; names and plans must not. */
    @Test
    void anotherJvmDrawsTheSameStack() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var other = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Specs.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var hash = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hash).isEqualTo(Canonical.hash(Specs.stack(Specs.minimal())));
    }

    @Test
    void sameInputSameStack() {
        assertThat(Specs.stack(Specs.minimal())).isEqualTo(Specs.stack(Specs.minimal()));
    }

    static Set<String> differing(Stack one, Stack other) {
        var keys = new HashSet<>(one.resources().keySet());
        keys.addAll(other.resources().keySet());
        return keys.stream()
                .filter(key -> !compared(one.resources().get(key))
                        .equals(compared(other.resources().get(key))))
                .map(Key::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The record without what is only set at creation. */
    private static String compared(Resource resource) {
        if (resource == null) return "";
        var mapped = Fields.map(
                resource,
                (component, value) ->
                        component.isAnnotationPresent(africa.mycandidate.operator.model.Initial.class) ? null : value);
        return Canonical.text(mapped);
    }
}
