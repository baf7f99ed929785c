package africa.mycandidate.operator.drift;

import static africa.mycandidate.operator.drift.Tampering.on;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.CacheSubnetGroup;
import africa.mycandidate.operator.resource.CacheToken;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.DbSubnetGroup;
import africa.mycandidate.operator.resource.ReplicationGroup;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Database and cache. */
final class DataTampering {
    private DataTampering() {}

    static void register() {
        groups();
        database();
        databaseNetwork();
        cache();
        credentials();
    }

    private static void groups() {
        on(DbSubnetGroup.class, "description", "another", (clients, group) -> rds(clients)
                .modifyDBSubnetGroup(request -> request.dbSubnetGroupName(group.name())
                        .dbSubnetGroupDescription("Of somebody else")
                        .subnetIds(ids(((DbSubnetGroup) group.actual()).subnets()))));
        on(DbSubnetGroup.class, "subnets", "public ones added", (clients, group) -> rds(clients)
                .modifyDBSubnetGroup(request -> request.dbSubnetGroupName(group.name())
                        .subnetIds(everySubnet(
                                clients, ((DbSubnetGroup) group.actual()).vpc().value()))));
        on(CacheSubnetGroup.class, "description", "another", (clients, group) -> cache(clients)
                .modifyCacheSubnetGroup(request ->
                        request.cacheSubnetGroupName(group.name()).cacheSubnetGroupDescription("Of somebody else")));
        on(CacheSubnetGroup.class, "subnets", "public ones added", (clients, group) -> cache(clients)
                .modifyCacheSubnetGroup(request -> request.cacheSubnetGroupName(group.name())
                        .subnetIds(everySubnet(
                                clients,
                                ((CacheSubnetGroup) group.actual()).vpc().value()))));
        on(DbParameterGroup.class, "parameters", "TLS not required", (clients, group) -> rds(clients)
                .modifyDBParameterGroup(request -> request.dbParameterGroupName(group.name())
                        .parameters(one -> one.parameterName("rds.force_ssl")
                                .parameterValue("0")
                                .applyMethod(ApplyMethod.IMMEDIATE))));
    }

    private static List<String> ids(Set<? extends Ref<?>> refs) {
        return refs.stream().map(Ref::value).sorted().toList();
    }

    private static List<String> everySubnet(Clients clients, String vpc) {
        return clients
                .of(Ec2Client.class)
                .describeSubnets(request ->
                        request.filters(filter -> filter.name("vpc-id").values(vpc)))
                .subnets()
                .stream()
                .map(subnet -> subnet.subnetId())
                .toList();
    }

    private static void database() {
        modify("instanceClass", "scaled up", request -> request.dbInstanceClass("db.t3.large"));
        modify("multiAz", "off", request -> request.multiAZ(false));
        modify("maxStorageGiB", "higher", request -> request.maxAllocatedStorage(500));
        modify("storageType", "gp2", request -> request.storageType("gp2"));
        modify("publiclyAccessible", "open", request -> request.publiclyAccessible(true));
        modify("backupRetentionDays", "fewer", request -> request.backupRetentionPeriod(1));
        modify("deletionProtection", "off", request -> request.deletionProtection(false));
        modify("autoMinorVersionUpgrade", "off", request -> request.autoMinorVersionUpgrade(false));
        modify("copyTagsToSnapshot", "off", request -> request.copyTagsToSnapshot(false));
        modify("insightsMode", "advanced", request -> request.databaseInsightsMode("advanced")
                .enablePerformanceInsights(true)
                .performanceInsightsRetentionPeriod(465));
    }

    /** Nobody sees a password: what can be tampered with is the note on which one was set. */
    private static void credentials() {
        on(DbInstance.class, "password", "the note on it taken off", (clients, database) -> rds(clients)
                .removeTagsFromResource(request -> request.resourceName(rds(clients)
                                .describeDBInstances(one -> one.dbInstanceIdentifier(database.id()))
                                .dbInstances()
                                .getFirst()
                                .dbInstanceArn())
                        .tagKeys("mycandidate.africa/password")));
        on(CacheToken.class, "token", "the note on it changed", (clients, token) -> clients.of(
                        SecretsManagerClient.class)
                .tagResource(request -> request.secretId(token.id())
                        .tags(tag -> tag.key("mycandidate.africa/auth-token").value("another"))));
    }

    private static void databaseNetwork() {
        on(DbInstance.class, "parameterGroup", "somebody's own", (clients, database) -> {
            var own = "somebody-elses";
            rds(clients).createDBParameterGroup(request -> request.dbParameterGroupName(own)
                    .dbParameterGroupFamily("postgres16")
                    .description("Somebody's own"));
            change(clients, database, request -> request.dbParameterGroupName(own));
        });
        on(DbInstance.class, "securityGroups", "the VPC's default one added", (clients, database) -> {
            var group = defaultGroup(clients, database);
            var groups = new TreeSet<>(ids(((DbInstance) database.actual()).securityGroups()));
            groups.add(group);
            change(clients, database, request -> request.vpcSecurityGroupIds(groups));
        });
    }

    private static String defaultGroup(Clients clients, Observed<?> database) {
        var vpc = rds(clients)
                .describeDBInstances(request -> request.dbInstanceIdentifier(database.id()))
                .dbInstances()
                .getFirst()
                .dbSubnetGroup()
                .vpcId();
        return clients.of(Ec2Client.class)
                .describeSecurityGroups(request ->
                        request.filters(filter -> filter.name("vpc-id").values(vpc), filter -> filter.name("group-name")
                                .values("default")))
                .securityGroups()
                .getFirst()
                .groupId();
    }

    private static void modify(String field, String what, Consumer<ModifyDbInstanceRequest.Builder> change) {
        on(DbInstance.class, field, what, (clients, database) -> change(clients, database, change));
    }

    private static void change(
            Clients clients, Observed<?> database, Consumer<ModifyDbInstanceRequest.Builder> change) {
        rds(clients).modifyDBInstance(request -> {
            request.dbInstanceIdentifier(database.id()).applyImmediately(true);
            change.accept(request);
        });
    }

    private static void cache() {
        modifyCache("description", "another", Set.of(), request -> request.replicationGroupDescription("Another"));
        modifyCache("nodeType", "scaled up", Set.of(), request -> request.cacheNodeType("cache.t3.medium"));
        on(ReplicationGroup.class, "replicas", "one more", (clients, group) -> cache(clients)
                .increaseReplicaCount(request -> request.replicationGroupId(group.id())
                        .newReplicaCount(((ReplicationGroup) group.actual()).replicas() + 1)
                        .applyImmediately(true)));
        modifyCache("automaticFailover", "off", Set.of("multiAz"), request -> request.automaticFailoverEnabled(false)
                .multiAZEnabled(false));
        modifyCache("multiAz", "off", Set.of(), request -> request.multiAZEnabled(false));
        modifyCache("autoMinorVersionUpgrade", "off", Set.of(), request -> request.autoMinorVersionUpgrade(false));
        on(ReplicationGroup.class, "securityGroups", "the VPC's default one added", (clients, group) -> {
            var shown = ((ReplicationGroup) group.actual()).securityGroups();
            var groups = new TreeSet<>(ids(Objects.requireNonNull(shown, "its security groups are not shown")));
            var vpc = clients.of(Ec2Client.class)
                    .describeSecurityGroups(request -> request.groupIds(groups))
                    .securityGroups()
                    .getFirst()
                    .vpcId();
            groups.add(clients.of(Ec2Client.class)
                    .describeSecurityGroups(request -> request.filters(
                            filter -> filter.name("vpc-id").values(vpc),
                            filter -> filter.name("group-name").values("default")))
                    .securityGroups()
                    .getFirst()
                    .groupId());
            cache(clients).modifyReplicationGroup(request -> request.replicationGroupId(group.id())
                    .securityGroupIds(groups)
                    .applyImmediately(true));
        });
    }

    private static void modifyCache(
            String field, String what, Set<String> also, Consumer<ModifyReplicationGroupRequest.Builder> change) {
        on(ReplicationGroup.class, field, what, also, (clients, group) -> cache(clients)
                .modifyReplicationGroup(request -> {
                    request.replicationGroupId(group.id()).applyImmediately(true);
                    change.accept(request);
                }));
    }

    private static RdsClient rds(Clients clients) {
        return clients.of(RdsClient.class);
    }

    private static ElastiCacheClient cache(Clients clients) {
        return clients.of(ElastiCacheClient.class);
    }
}
