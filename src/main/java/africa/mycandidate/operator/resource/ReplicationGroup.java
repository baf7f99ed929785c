package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Secret;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Version;
import africa.mycandidate.operator.model.WeeklyWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheClusterNotFoundException;
import software.amazon.awssdk.services.elasticache.model.InvalidReplicationGroupStateException;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupNotFoundException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The Redis cache. Ready means: the group, each of its node groups and as many members as it should have. Several settings are shown by its members only, and
 * changes must come in an order. Outputs: {@code id}, {@code arn}, and {@code usableId} (the id again), {@code endpoint} (the primary's host name) and {@code port} once it can
 * be used; {@code node0}, {@code node1} and so on, the ids of its nodes.
 */
@AwsType(replacement = Replacement.NEVER, data = "cache", nameLength = 40, usually = "8 min", seldomBefore = 180)
public record ReplicationGroup(
        String description,
        @Interrupts(Interruption.FAILOVER) Version engineVersion,
        @Interrupts(Interruption.FAILOVER) String nodeType,
        Integer replicas,
        Boolean automaticFailover,
        Boolean multiAz,
        @Immutable Boolean atRestEncryption,
        @Immutable Boolean transitEncryption,
        @Initial @Secret Ref<SecretValue> authToken,
        @Immutable Ref<CacheSubnetGroup> subnetGroup,
        Set<Ref<SecurityGroup>> securityGroups,
        Integer snapshotRetentionDays,
        Boolean autoMinorVersionUpgrade,
        @Late WeeklyWindow maintenanceWindow)
        implements Resource {
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        return BackupWindow.apart(this, maintenanceWindow, have, seen);
    }
}

final class ReplicationGroupHandler implements Handler<ReplicationGroup> {
    /** What only a member shows (CFN schema of AWS::ElastiCache::ReplicationGroup: write-only properties). */
    private static final Set<String> SHOWN_BY_MEMBERS =
            Set.of("engineVersion", "subnetGroup", "securityGroups", "maintenanceWindow");

    /** Which version of the secret it was made with. */
    static final String TOKEN_TAG = "mycandidate.africa/made-with-token";

    private final ElastiCacheClient cache;
    private final SecretsManagerClient secrets;
    private final CacheTags tags;

    ReplicationGroupHandler(Clients clients) {
        this.cache = clients.of(ElastiCacheClient.class);
        this.secrets = clients.of(SecretsManagerClient.class);
        this.tags = new CacheTags(cache);
    }

    @Override
    public Class<ReplicationGroup> type() {
        return ReplicationGroup.class;
    }

    @Override
    public List<Observed<ReplicationGroup>> list(String place) {
        return list(group -> Identity.names(group.replicationGroupId()));
    }

    @Override
    public List<Observed<ReplicationGroup>> find(String id) {
        return list(group -> group.replicationGroupId().equals(id));
    }

    private List<Observed<ReplicationGroup>> list(
            Predicate<software.amazon.awssdk.services.elasticache.model.ReplicationGroup> wanted) {
        var groups = cache.describeReplicationGroupsPaginator(request -> {}).replicationGroups().stream()
                .filter(wanted)
                .toList();
        if (groups.isEmpty()) return List.of();
        var members = new HashMap<String, List<CacheCluster>>();
        for (var member : cache.describeCacheClustersPaginator(request -> {}).cacheClusters()) {
            if (member.replicationGroupId() == null) continue;
            members.computeIfAbsent(member.replicationGroupId(), id -> new ArrayList<>())
                    .add(member);
        }
        var found = new ArrayList<Observed<ReplicationGroup>>();
        for (var group : groups)
            found.add(observed(new CacheMembers(group, members.getOrDefault(group.replicationGroupId(), List.of()))));
        return found;
    }

    private Observed<ReplicationGroup> observed(CacheMembers seen) {
        var group = seen.group();
        var id = group.replicationGroupId();
        var phase = seen.phase();
        var outputs = new TreeMap<>(Map.of("id", id));
        if (group.snapshotWindow() != null) outputs.put(BackupWindow.OUTPUT, group.snapshotWindow());
        if (group.arn() != null) outputs.put("arn", group.arn());
        // CloudWatch knows the nodes, not the group (ElastiCache user guide, "Metrics for Valkey and Redis OSS").
        var nodes = group.memberClusters().stream().sorted().toList();
        for (var i = 0; i < nodes.size(); i++) outputs.put("node" + i, nodes.get(i));
        var endpoint = seen.endpoint();
        if (endpoint != null && phase.usable()) {
            outputs.put("usableId", id);
            outputs.put("endpoint", endpoint.address());
            outputs.put("port", String.valueOf(endpoint.port()));
        }
        var read = readTags(group.status(), group.arn());
        var one = Observed.of(actual(seen), id, id, phase, outputs, read == null ? Map.of() : read)
                .withUnread(seen.members().isEmpty() ? SHOWN_BY_MEMBERS : Set.of())
                .withMessage(seen.message());
        return read == null ? one.withOwner(new Owner.Unreadable()) : one;
    }

    /** Tags are shown only while the group is available (terraform-provider-aws#33859, #40320); null where they are not. */
    private Map<String, String> readTags(String status, String arn) {
        if (!"available".equals(status) || arn == null) return null;
        try {
            return tags.read(arn);
        } catch (InvalidReplicationGroupStateException
                | ReplicationGroupNotFoundException
                | CacheClusterNotFoundException e) {
            return null;
        }
    }

    private static ReplicationGroup actual(CacheMembers seen) {
        var group = seen.group();
        var member = seen.members().isEmpty() ? null : seen.members().getFirst();
        return new ReplicationGroup(
                group.description(),
                member == null ? null : new Version(CacheMembers.version(member.engineVersion())),
                group.cacheNodeType(),
                seen.replicas(),
                seen.automaticFailover(),
                seen.multiAz(),
                Boolean.TRUE.equals(group.atRestEncryptionEnabled()),
                Boolean.TRUE.equals(group.transitEncryptionEnabled()),
                null,
                member == null ? null : RefSets.ref(member.cacheSubnetGroupName()),
                member == null
                        ? null
                        : RefSets.of(member.securityGroups().stream().map(one -> one.securityGroupId())),
                group.snapshotRetentionLimit(),
                group.autoMinorVersionUpgrade(),
                member == null || member.preferredMaintenanceWindow() == null
                        ? null
                        : WeeklyWindow.of(member.preferredMaintenanceWindow()));
    }

    @Override
    public String create(ReplicationGroup want, Creation creation) {
        cache.createReplicationGroup(request -> request.replicationGroupId(creation.name())
                .replicationGroupDescription(want.description())
                .engine("redis")
                .engineVersion(want.engineVersion().text())
                .cacheNodeType(want.nodeType())
                .numCacheClusters(1 + want.replicas())
                .automaticFailoverEnabled(want.automaticFailover())
                .multiAZEnabled(want.multiAz())
                .atRestEncryptionEnabled(want.atRestEncryption())
                .transitEncryptionEnabled(want.transitEncryption())
                .authToken(want.authToken() == null ? null : ValueFrom.read(secrets, want.authToken()))
                .cacheSubnetGroupName(RefSets.value(want.subnetGroup()))
                .securityGroupIds(RefSets.values(want.securityGroups()))
                .snapshotRetentionLimit(want.snapshotRetentionDays())
                .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
                .tags(CacheTags.of(withToken(creation.tags(), want.authToken()))));
        return creation.name();
    }

    private static Map<String, String> withToken(Map<String, String> tags, Ref<SecretValue> token) {
        if (token == null) return tags;
        var all = new TreeMap<>(tags);
        all.put(TOKEN_TAG, ValueFrom.parse(token.value()).version());
        return all;
    }

    /**
     * One change at a time, since the first makes the group refuse the next: the first that applies is made, and a later look finds the rest. Failover goes off
     * before replicas go, and on after they came (ElastiCache ACK controller, CustomModifyReplicationGroup).
     */
    @Override
    public void update(Observed<ReplicationGroup> have, ReplicationGroup goal, Set<String> fields) {
        var switches = fields.stream()
                .filter(Set.of("automaticFailover", "multiAz")::contains)
                .collect(Collectors.toSet());
        var off = switches.stream().filter(field -> !on(goal, field)).collect(Collectors.toSet());
        if (!off.isEmpty()) modify(have, goal, off);
        else if (fields.contains("replicas")) changeReplicas(have, goal.replicas());
        else if (!switches.isEmpty()) modify(have, goal, switches);
        else if (fields.contains("nodeType")) modify(have, goal, Set.of("nodeType"));
        else if (fields.contains("engineVersion")) modify(have, goal, Set.of("engineVersion"));
        else modify(have, goal, fields);
    }

    private static boolean on(ReplicationGroup goal, String field) {
        return Boolean.TRUE.equals(field.equals("multiAz") ? goal.multiAz() : goal.automaticFailover());
    }

    private void changeReplicas(Observed<ReplicationGroup> have, int replicas) {
        if (replicas > have.actual().replicas()) {
            cache.increaseReplicaCount(request -> request.replicationGroupId(have.id())
                    .newReplicaCount(replicas)
                    .applyImmediately(true));
        } else {
            cache.decreaseReplicaCount(request -> request.replicationGroupId(have.id())
                    .newReplicaCount(replicas)
                    .applyImmediately(true));
        }
    }

    private void modify(Observed<ReplicationGroup> have, ReplicationGroup goal, Set<String> fields) {
        var request = ModifyReplicationGroupRequest.builder()
                .replicationGroupId(have.id())
                .applyImmediately(true);
        for (var field : fields) {
            switch (field) {
                case "automaticFailover" -> request.automaticFailoverEnabled(goal.automaticFailover());
                case "multiAz" -> request.multiAZEnabled(goal.multiAz());
                case "nodeType" -> request.cacheNodeType(goal.nodeType());
                case "engineVersion" ->
                    request.engineVersion(goal.engineVersion().text());
                case "description" -> request.replicationGroupDescription(goal.description());
                case "securityGroups" -> request.securityGroupIds(RefSets.values(goal.securityGroups()));
                case "snapshotRetentionDays" -> request.snapshotRetentionLimit(goal.snapshotRetentionDays());
                case "maintenanceWindow" ->
                    request.preferredMaintenanceWindow(goal.maintenanceWindow().text());
                case "autoMinorVersionUpgrade" -> request.autoMinorVersionUpgrade(goal.autoMinorVersionUpgrade());
                default ->
                    throw new IllegalArgumentException(
                            "ElastiCache cannot change " + field + " of a replication group");
            }
        }
        cache.modifyReplicationGroup(request.build());
    }

    /** Without a final snapshot: it holds sessions and cached answers, and not every node type can make one. */
    @Override
    public void delete(Observed<ReplicationGroup> have, Deletion deletion) {
        cache.deleteReplicationGroup(
                request -> request.replicationGroupId(have.id()).retainPrimaryCluster(false));
    }

    @Override
    public void tag(Observed<ReplicationGroup> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.outputs().get("arn"), set, remove);
    }
}
