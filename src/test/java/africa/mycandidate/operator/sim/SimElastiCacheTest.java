package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.sim.Logins.Login;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.elasticache.model.*;

class SimElastiCacheTest extends EdgeFixture {
    private static final Duration LONG = Duration.ofHours(1);
    private static final String TOKEN = "a-token-of-some-length";

    private final SimElastiCache cache = aws.elastiCache;
    private Vpc vpc;
    private String clients;
    private String servers;

    @BeforeEach
    void network() {
        vpc = vpc("10.0");
        clients = group("clients");
        servers = group("servers");
        aws.ec2.authorizeSecurityGroupIngress(call -> call.groupId(servers).ipPermissions(rule -> rule.ipProtocol("tcp")
                .fromPort(6379)
                .toPort(6379)
                .userIdGroupPairs(pair -> pair.groupId(clients))));
        cache.createCacheSubnetGroup(call -> call.cacheSubnetGroupName("Site")
                .cacheSubnetGroupDescription("site")
                .subnetIds(vpc.publicSubnets()));
        settle();
    }

    private String group(String name) {
        var id = aws.ec2
                .createSecurityGroup(
                        call -> call.vpcId(vpc.id()).groupName(name).description(name))
                .groupId();
        settle();
        return id;
    }

    private CreateReplicationGroupRequest request(Consumer<CreateReplicationGroupRequest.Builder> change) {
        var request = CreateReplicationGroupRequest.builder()
                .replicationGroupId("Main")
                .replicationGroupDescription("site")
                .cacheNodeType("cache.t3.micro")
                .engineVersion("7.1")
                .numCacheClusters(1)
                .cacheSubnetGroupName("site")
                .securityGroupIds(servers)
                .transitEncryptionEnabled(true)
                .atRestEncryptionEnabled(true)
                .authToken(TOKEN)
                .preferredMaintenanceWindow("sun:02:00-sun:03:00")
                .snapshotWindow("00:00-01:00")
                .tags(Tag.builder().key("k").value("v").build());
        change.accept(request);
        return request.build();
    }

    private ReplicationGroup shown() {
        return cache.describeReplicationGroups(call -> call.replicationGroupId("main"))
                .replicationGroups()
                .getFirst();
    }

    private CacheCluster member() {
        return cache.describeCacheClusters(
                        call -> call.cacheClusterId("main-001").showCacheNodeInfo(true))
                .cacheClusters()
                .getFirst();
    }

    private void running(Consumer<CreateReplicationGroupRequest.Builder> change) {
        cache.createReplicationGroup(request(change));
        pass(LONG);
    }

    private static Refusal wrong(String name, String code, Supplier<?> call) {
        return refusal(
                name,
                code,
                List.of("ReplicationGroupNotFoundFault", "CacheClusterNotFound").contains(code) ? 404 : 400,
                call);
    }

    private Refusal creation(String name, String code, Consumer<CreateReplicationGroupRequest.Builder> change) {
        return wrong(
                name,
                code,
                () -> cache.createReplicationGroup(request(call -> change.accept(call.replicationGroupId("other")))));
    }

    private Refusal change(String name, String code, Consumer<ModifyReplicationGroupRequest.Builder> change) {
        return wrong(
                name, code, () -> cache.modifyReplicationGroup(call -> change.accept(call.replicationGroupId("main"))));
    }

    @TestFactory
    Stream<DynamicTest> refusals() {
        running(call -> {});
        return refusals(
                cache::existing,
                creation("a taken id", "ReplicationGroupAlreadyExists", call -> call.replicationGroupId("main")),
                creation("a long id", "InvalidParameterValue", call -> call.replicationGroupId("x".repeat(41))),
                creation("a double hyphen", "InvalidParameterValue", call -> call.replicationGroupId("a--b")),
                creation("an unknown node type", "InvalidParameterValue", call -> call.cacheNodeType("cache.x")),
                creation("an unknown version", "InvalidParameterValue", call -> call.engineVersion("7.9")),
                creation(
                        "failover without a replica",
                        "InvalidParameterCombination",
                        call -> call.automaticFailoverEnabled(true)),
                creation("Multi-AZ without failover", "InvalidParameterCombination", call -> call.multiAZEnabled(true)
                        .numCacheClusters(2)),
                creation(
                        "a token without TLS",
                        "InvalidParameterCombination",
                        call -> call.transitEncryptionEnabled(false)),
                creation("a short token", "InvalidParameterValue", call -> call.authToken("short")),
                creation(
                        "a token with an at sign",
                        "InvalidParameterValue",
                        call -> call.authToken("a@token-of-some-length")),
                creation(
                        "a key without encryption",
                        "InvalidParameterCombination",
                        call -> call.atRestEncryptionEnabled(false).kmsKeyId("k")),
                creation("no subnet group", "InvalidParameterCombination", call -> call.cacheSubnetGroupName(null)),
                creation(
                        "an unknown subnet group",
                        "CacheSubnetGroupNotFoundFault",
                        call -> call.cacheSubnetGroupName("none")),
                creation("an unknown group", "InvalidParameterValue", call -> call.securityGroupIds("sg-0")),
                change(
                        "failover without a replica",
                        "InvalidReplicationGroupState",
                        call -> call.automaticFailoverEnabled(true).applyImmediately(true)),
                change("an older version", "InvalidParameterCombination", call -> call.engineVersion("7.0")
                        .applyImmediately(true)),
                change("a token later", "InvalidParameterCombination", call -> call.authToken(TOKEN + "2")
                        .authTokenUpdateStrategy("ROTATE")),
                wrong(
                        "none to change",
                        "ReplicationGroupNotFoundFault",
                        () -> cache.modifyReplicationGroup(call -> call.replicationGroupId("none"))),
                wrong(
                        "none to describe",
                        "ReplicationGroupNotFoundFault",
                        () -> cache.describeReplicationGroups(call -> call.replicationGroupId("none"))),
                wrong(
                        "no such member",
                        "CacheClusterNotFound",
                        () -> cache.describeCacheClusters(call -> call.cacheClusterId("none"))),
                wrong(
                        "as many replicas",
                        "NoOperationFault",
                        () -> cache.increaseReplicaCount(call -> call.replicationGroupId("main")
                                .newReplicaCount(0)
                                .applyImmediately(true))),
                wrong(
                        "replicas later",
                        "InvalidParameterValue",
                        () -> cache.increaseReplicaCount(call -> call.replicationGroupId("main")
                                .newReplicaCount(1)
                                .applyImmediately(false))),
                wrong(
                        "tags of none",
                        "ReplicationGroupNotFoundFault",
                        () -> cache.listTagsForResource(
                                call -> call.resourceName(aws.arn("elasticache", "replicationgroup:none")))),
                wrong("tags of no ARN", "InvalidARN", () -> cache.listTagsForResource(call -> call.resourceName("x"))),
                wrong(
                        "a subnet group in use",
                        "CacheSubnetGroupInUse",
                        () -> cache.deleteCacheSubnetGroup(call -> call.cacheSubnetGroupName("site"))),
                wrong(
                        "a used subnet taken out",
                        "SubnetInUse",
                        () -> cache.modifyCacheSubnetGroup(
                                call -> call.cacheSubnetGroupName("site").subnetIds(vpc.privateSubnet()))),
                wrong(
                        "a taken subnet group",
                        "CacheSubnetGroupAlreadyExists",
                        () -> cache.createCacheSubnetGroup(call -> call.cacheSubnetGroupName("site")
                                .cacheSubnetGroupDescription("x")
                                .subnetIds(vpc.publicSubnets()))),
                wrong(
                        "an unknown subnet",
                        "InvalidSubnet",
                        () -> cache.createCacheSubnetGroup(call -> call.cacheSubnetGroupName("x")
                                .cacheSubnetGroupDescription("x")
                                .subnetIds("subnet-0"))),
                wrong(
                        "no subnet group to delete",
                        "CacheSubnetGroupNotFoundFault",
                        () -> cache.deleteCacheSubnetGroup(call -> call.cacheSubnetGroupName("x"))));
    }

    @Test
    void creationShowsEndpointsLateAndThenLetsTasksIn() {
        var arn = cache.createReplicationGroup(request(call -> {}))
                .replicationGroup()
                .arn();
        pass(Duration.ofMinutes(1));
        assertThat(shown().status()).isEqualTo("creating");
        assertThat(shown().nodeGroups().getFirst().primaryEndpoint()).isNull();
        refused("InvalidReplicationGroupState", 400, () -> cache.listTagsForResource(call -> call.resourceName(arn)));
        refused(
                "InvalidReplicationGroupState",
                400,
                () -> cache.deleteReplicationGroup(call -> call.replicationGroupId("main")));
        pass(LONG);
        assertThat(shown().status()).isEqualTo("available");
        assertThat(member().engineVersion()).isEqualTo("7.1.0");
        assertThat(member().securityGroups().getFirst().securityGroupId()).isEqualTo(servers);
        assertThat(cache.listTagsForResource(call -> call.resourceName(arn)).tagList())
                .hasSize(1);
        var host = shown().nodeGroups().getFirst().primaryEndpoint().address();
        assertThat(host).matches("master\\.main\\.[0-9a-f]{6}\\.afs1\\.cache\\.amazonaws\\.com");
        var from = List.of(clients);
        assertThat(cache.login(host, 6379, from, "", TOKEN, "", true)).isEqualTo(Login.OK);
        assertThat(cache.login(host, 6379, from, "", TOKEN, "", false)).isEqualTo(Login.REFUSED);
        assertThat(cache.login(host, 6379, from, "", "wrong", "", true)).isEqualTo(Login.REFUSED);
        assertThat(cache.login(host, 6379, List.of(servers), "", TOKEN, "", true))
                .isEqualTo(Login.UNREACHABLE);
        assertThat(cache.login("none", 6379, from, "", TOKEN, "", true)).isEqualTo(Login.NO_SUCH_HOST);
    }

    @Test
    void theGroupIsAvailableBeforeItsNewMember() {
        running(call -> {});
        cache.increaseReplicaCount(
                call -> call.replicationGroupId("main").newReplicaCount(1).applyImmediately(true));
        var between = false;
        for (var i = 0; i < 120 && !between; i++) {
            pass(Duration.ofSeconds(15));
            var settled = shown().nodeGroups().getFirst().nodeGroupMembers().size()
                    == shown().memberClusters().size();
            between = i > 4 && shown().status().equals("available") && !settled;
        }
        assertThat(between).isTrue();
        refused(
                "InvalidCacheClusterState",
                400,
                () -> cache.modifyReplicationGroup(
                        call -> call.replicationGroupId("main").automaticFailoverEnabled(true)));
        pass(LONG);
        cache.modifyReplicationGroup(call -> call.replicationGroupId("main")
                .automaticFailoverEnabled(true)
                .multiAZEnabled(true)
                .applyImmediately(true));
        settle();
        assertThat(shown().automaticFailover()).isEqualTo(AutomaticFailoverStatus.ENABLING);
        pass(LONG);
        assertThat(shown().multiAZ()).isEqualTo(MultiAZStatus.ENABLED);
        refused(
                "InvalidParameterCombination",
                400,
                () -> cache.decreaseReplicaCount(call ->
                        call.replicationGroupId("main").newReplicaCount(0).applyImmediately(true)));
        cache.modifyReplicationGroup(call -> call.replicationGroupId("main")
                .automaticFailoverEnabled(false)
                .multiAZEnabled(false)
                .applyImmediately(true));
        pass(LONG);
        cache.decreaseReplicaCount(
                call -> call.replicationGroupId("main").newReplicaCount(0).applyImmediately(true));
        pass(LONG);
        assertThat(shown().memberClusters()).containsExactly("main-001");
    }

    @Test
    void aNodeTypeWaitsForTheWindowUnlessApplied() {
        running(call -> {});
        cache.modifyReplicationGroup(call -> call.replicationGroupId("main").cacheNodeType("cache.t3.small"));
        pass(LONG);
        assertThat(shown().cacheNodeType()).isEqualTo("cache.t3.micro");
        assertThat(member().pendingModifiedValues().cacheNodeType()).isEqualTo("cache.t3.small");
        pass(Duration.ofDays(8));
        assertThat(shown().cacheNodeType()).isEqualTo("cache.t3.small");
        cache.modifyReplicationGroup(call ->
                call.replicationGroupId("main").cacheNodeType("cache.t3.medium").applyImmediately(true));
        assertThat(cache.truth("main").status()).as("the status lags").isEqualTo("available");
        pass(LONG);
        assertThat(shown().cacheNodeType()).isEqualTo("cache.t3.medium");
    }

    @Test
    void aTokenIsRotatedThenSet() {
        running(call -> {});
        var host = shown().nodeGroups().getFirst().primaryEndpoint().address();
        cache.modifyReplicationGroup(call -> call.replicationGroupId("main")
                .authToken(TOKEN + "2")
                .authTokenUpdateStrategy("ROTATE")
                .applyImmediately(true));
        pass(LONG);
        assertThat(Stream.of(TOKEN, TOKEN + "2")
                        .map(token -> cache.login(host, 6379, List.of(clients), "", token, "", true)))
                .containsOnly(Login.OK);
        cache.modifyReplicationGroup(call -> call.replicationGroupId("main")
                .authToken(TOKEN + "2")
                .authTokenUpdateStrategy("SET")
                .applyImmediately(true));
        pass(LONG);
        assertThat(cache.login(host, 6379, List.of(clients), "", TOKEN, "", true))
                .isEqualTo(Login.REFUSED);
    }

    @Test
    void whatIsRefusedWhileItChangesLeavesNothingPending() {
        running(call -> call.authToken(TOKEN).transitEncryptionEnabled(true));
        cache.modifyReplicationGroup(call -> call.replicationGroupId("main")
                .authToken(TOKEN + "2")
                .authTokenUpdateStrategy("ROTATE")
                .applyImmediately(true));
        assertThatThrownBy(() -> cache.modifyReplicationGroup(call -> call.replicationGroupId("main")
                        .authToken(TOKEN + "2")
                        .authTokenUpdateStrategy("SET")
                        .applyImmediately(true)))
                .hasMessageContaining("is being modified");
        pass(LONG);
        assertThat(shown().pendingModifiedValues().authTokenStatus()).isNull();
    }

    @Test
    void tagsAndSnapshotsMakeItBusy() {
        running(call -> call.snapshotRetentionLimit(1));
        cache.addTagsToResource(call ->
                call.resourceName(shown().arn()).tags(tag -> tag.key("a").value("b")));
        assertThat(cache.truth("main").status()).isEqualTo("modifying");
        pass(LONG);
        cache.snapshotUninvited("main");
        refused(
                "InvalidReplicationGroupState",
                400,
                () -> cache.deleteReplicationGroup(call -> call.replicationGroupId("main")));
        pass(LONG);
        assertThat(shown().status()).isEqualTo("available");
        pass(Duration.ofDays(1));
        assertThat(cache.snapshots()).isNotEmpty();
    }

    @Test
    void deletionLeavesOnlyTheLastSnapshot() {
        running(call -> {});
        cache.deleteReplicationGroup(call -> call.replicationGroupId("main").finalSnapshotIdentifier("last"));
        settle();
        assertThat(shown().status()).isEqualTo("deleting");
        refused(
                "InvalidReplicationGroupState",
                400,
                () -> cache.deleteReplicationGroup(call -> call.replicationGroupId("main")));
        pass(LONG);
        refused("ReplicationGroupNotFoundFault", 404, this::shown);
        cache.deleteCacheSubnetGroup(call -> call.cacheSubnetGroupName("site"));
        assertThat(cache.existing()).containsOnlyKeys(aws.arn("elasticache", "snapshot:last"));
        aws.ec2.deleteSecurityGroup(call -> call.groupId(servers));
    }

    @Test
    void theNameOfTheLastSnapshotIsTakenOnce() {
        running(call -> {});
        cache.deleteReplicationGroup(call -> call.replicationGroupId("main").finalSnapshotIdentifier("last"));
        pass(LONG);
        running(call -> {});
        refused(
                "SnapshotAlreadyExistsFault",
                400,
                () -> cache.deleteReplicationGroup(
                        call -> call.replicationGroupId("main").finalSnapshotIdentifier("last")));
    }
}
