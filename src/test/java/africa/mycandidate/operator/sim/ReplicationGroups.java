package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.sim.LiveCache.Member;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.*;

/** Replication groups of Redis with one shard: how they come, are shown, and go. */
final class ReplicationGroups {
    private static final Duration USUAL = Duration.ofMinutes(8);

    private record Shown(ReplicationGroup group, List<CacheCluster> clusters) {}

    private final SimAws aws;
    private final CacheTags tags;
    private final CacheSubnetGroups subnetGroups;
    private final CacheSnapshots snapshots;
    private final Map<String, LiveCache> live = new LinkedHashMap<>();
    private final Table<Shown> rows;
    /** What every cache shows in place of available, while ElastiCache looks after it. */
    private Optional<String> tended = Optional.empty();

    private String hash;

    ReplicationGroups(SimAws aws, CacheTags tags, CacheSubnetGroups subnetGroups, CacheSnapshots snapshots) {
        this.aws = aws;
        this.tags = tags;
        this.subnetGroups = subnetGroups;
        this.snapshots = snapshots;
        this.rows = new Table<>(aws.world);
    }

    CreateReplicationGroupResponse create(CreateReplicationGroupRequest request) {
        var id = CacheRules.id(request.replicationGroupId());
        if (request.replicationGroupDescription() == null
                || request.replicationGroupDescription().isBlank())
            throw CacheErrors.value(
                    "The parameter ReplicationGroupDescription must be provided and must not be blank.");
        if (request.engine() != null && !request.engine().equalsIgnoreCase("redis"))
            throw new UnsupportedOperationException("engine " + request.engine());
        CacheRules.nodeType(request.cacheNodeType());
        var version = CacheRules.version(request.engineVersion());
        var members = CacheRules.members(request);
        CacheRules.create(request, members);
        if (request.preferredMaintenanceWindow() != null && !Windows.weekly(request.preferredMaintenanceWindow()))
            throw CacheErrors.value("Invalid maintenance window: " + request.preferredMaintenanceWindow());
        if (live.containsKey(id))
            throw CacheErrors.of(
                    "ReplicationGroupAlreadyExists", "Replication group with specified id already exists.");
        var subnets = subnetGroups.truth(request.cacheSubnetGroupName());
        requireGroups(request.securityGroupIds(), subnets.vpcId());
        var arn = aws.arn("elasticache", "replicationgroup:" + id);
        var cache = new LiveCache(id, arn, subnets);
        cache.groups = List.copyOf(request.securityGroupIds());
        cache.version = version;
        cache.parameterGroup = request.cacheParameterGroupName() == null
                ? CacheRules.parameterGroup(version)
                : request.cacheParameterGroupName();
        cache.maintenanceWindow = Objects.requireNonNullElseGet(
                        request.preferredMaintenanceWindow(), () -> Windows.weekly(aws.world))
                .toLowerCase();
        cache.port = Objects.requireNonNullElse(request.port(), 6379);
        cache.settings = settings(request, id, arn);
        if (request.authToken() != null) cache.tokens.add(request.authToken());
        aws.iam.serviceLinked("elasticache.amazonaws.com");
        for (var i = 0; i < members; i++) addMember(cache);
        tags.create(arn, request.tags());
        live.put(id, cache);
        show(cache);
        aws.world.after(aws.world.draw(USUAL), () -> created(cache));
        return CreateReplicationGroupResponse.builder()
                .replicationGroup(cache.group())
                .build();
    }

    private ReplicationGroup settings(CreateReplicationGroupRequest request, String id, String arn) {
        var tls = Boolean.TRUE.equals(request.transitEncryptionEnabled());
        return ReplicationGroup.builder()
                .replicationGroupId(id)
                .arn(arn)
                .description(request.replicationGroupDescription())
                .engine("redis")
                .cacheNodeType(request.cacheNodeType())
                .automaticFailover(
                        Boolean.TRUE.equals(request.automaticFailoverEnabled())
                                ? AutomaticFailoverStatus.ENABLED
                                : AutomaticFailoverStatus.DISABLED)
                .multiAZ(Boolean.TRUE.equals(request.multiAZEnabled()) ? MultiAZStatus.ENABLED : MultiAZStatus.DISABLED)
                .snapshotRetentionLimit(Objects.requireNonNullElse(request.snapshotRetentionLimit(), 0))
                .snapshotWindow(Objects.requireNonNullElseGet(request.snapshotWindow(), () -> Windows.daily(aws.world)))
                .clusterEnabled(false)
                .clusterMode(ClusterMode.DISABLED)
                .authTokenEnabled(request.authToken() != null)
                .transitEncryptionEnabled(tls)
                .transitEncryptionMode(
                        tls
                                ? Objects.requireNonNullElse(
                                        request.transitEncryptionMode(), TransitEncryptionMode.REQUIRED)
                                : null)
                .atRestEncryptionEnabled(Boolean.TRUE.equals(request.atRestEncryptionEnabled()))
                .kmsKeyId(request.kmsKeyId())
                .autoMinorVersionUpgrade(!Boolean.FALSE.equals(request.autoMinorVersionUpgrade()))
                .dataTiering(DataTieringStatus.DISABLED)
                .networkType(NetworkType.IPV4)
                .ipDiscovery(IpDiscovery.IPV4)
                .replicationGroupCreateTime(aws.world.now())
                .pendingModifiedValues(
                        ReplicationGroupPendingModifiedValues.builder().build())
                .build();
    }

    private void created(LiveCache cache) {
        if (live.get(cache.id) != cache || cache.status.equals("deleting")) return;
        if (hash == null) hash = aws.world.hex(6);
        cache.domain = hash + (Boolean.TRUE.equals(cache.settings.transitEncryptionEnabled()) ? "" : ".ng.0001") + "."
                + CacheSnapshots.abbreviation(aws.region) + ".cache.amazonaws.com";
        cache.members.forEach(member -> member.status = "available");
        status(cache, "available");
        snapshots.event(cache.id, "Replication group " + cache.id + " created.");
        nightly(cache);
    }

    void requireGroups(List<String> groups, String vpc) {
        for (var group : groups) {
            if (!aws.ec2.securityGroup(group))
                throw CacheErrors.value("Some security group Ids can't be found: " + group);
            if (!aws.ec2.vpcOf(group).equals(Optional.of(vpc)))
                throw CacheErrors.combination("Security group " + group + " is not in the VPC of the subnet group.");
        }
    }

    /** Members spread over the subnets; each has a network interface there. */
    Member addMember(LiveCache cache) {
        var number = 1;
        while (taken(cache, number)) number++;
        var subnet = cache.subnets
                .subnets()
                .get((number - 1) % cache.subnets.subnets().size());
        var id = "%s-%03d".formatted(cache.id, number);
        var networkInterface =
                aws.ec2.attach(subnet.subnetIdentifier(), cache.groups, "ElastiCache " + id, "amazon-elasticache");
        var member = new Member(
                id,
                subnet.subnetAvailabilityZone().name(),
                subnet.subnetIdentifier(),
                networkInterface,
                aws.world.now());
        cache.members.add(member);
        tags.create(clusterArn(id), List.of());
        return member;
    }

    private static boolean taken(LiveCache cache, int number) {
        return cache.members.stream().anyMatch(member -> member.id.endsWith("-%03d".formatted(number)));
    }

    void removeMember(LiveCache cache, Member member) {
        cache.members.remove(member);
        tags.delete(clusterArn(member.id));
        aws.ec2.release(member.networkInterface, Duration.ofSeconds(30 + aws.world.below(91)));
    }

    private String clusterArn(String id) {
        return aws.arn("elasticache", "cluster:" + id);
    }

    /** The daily snapshot comes uninvited (terraform-provider-aws#30493). */
    private void nightly(LiveCache cache) {
        var now = aws.world.now();
        aws.world.after(Duration.between(now, Windows.nextDaily(cache.settings.snapshotWindow(), now)), () -> {
            if (live.get(cache.id) != cache) return;
            if (cache.settings.snapshotRetentionLimit() > 0
                    && cache.status.equals("available")
                    && !cache.changing
                    && cache.settled()) snapshot(cache);
            nightly(cache);
        });
    }

    void snapshot(LiveCache cache) {
        var time = aws.world.draw(Duration.ofMinutes(4));
        var name = "automatic." + cache.id + "-"
                + aws.world.now().toString().substring(0, 16).replace(':', '-').replace('T', '-');
        snapshots.take(name, "automated", cache, time);
        aws.world.after(Duration.ofDays(cache.settings.snapshotRetentionLimit()), () -> snapshots.forget(name));
        status(cache, "snapshotting");
        aws.world.after(time, () -> status(cache, "available"));
    }

    DescribeReplicationGroupsResponse describe(DescribeReplicationGroupsRequest request) {
        var id = request.replicationGroupId();
        var found = rows.seen().stream()
                .map(Shown::group)
                .filter(group -> id == null || group.replicationGroupId().equalsIgnoreCase(id))
                .toList();
        if (id != null && found.isEmpty()) throw notFound(id);
        var page = Page.of(found, request.marker(), CacheRules.records(request.maxRecords()), 100);
        return DescribeReplicationGroupsResponse.builder()
                .replicationGroups(page.items())
                .marker(page.marker())
                .build();
    }

    DescribeCacheClustersResponse clusters(DescribeCacheClustersRequest request) {
        var id = request.cacheClusterId();
        var nodes = Boolean.TRUE.equals(request.showCacheNodeInfo());
        var found = rows.seen().stream()
                .flatMap(shown -> shown.clusters().stream())
                .filter(cluster -> id == null || cluster.cacheClusterId().equalsIgnoreCase(id))
                .map(cluster -> nodes
                        ? cluster
                        : cluster.toBuilder().cacheNodes((List<CacheNode>) null).build())
                .toList();
        if (id != null && found.isEmpty())
            throw CacheErrors.of("CacheClusterNotFound", "CacheCluster not found: " + id);
        var page = Page.of(
                Boolean.TRUE.equals(request.showCacheClustersNotInReplicationGroups())
                        ? List.<CacheCluster>of()
                        : found,
                request.marker(),
                CacheRules.records(request.maxRecords()),
                100);
        return DescribeCacheClustersResponse.builder()
                .cacheClusters(page.items())
                .marker(page.marker())
                .build();
    }

    DeleteReplicationGroupResponse delete(DeleteReplicationGroupRequest request) {
        var cache = truth(request.replicationGroupId());
        if (Boolean.TRUE.equals(request.retainPrimaryCluster()))
            throw new UnsupportedOperationException("RetainPrimaryCluster");
        requireAvailable(cache);
        var last = request.finalSnapshotIdentifier();
        var time = aws.world.draw(Duration.ofMinutes(5));
        if (last != null) {
            snapshots.requireFree(last);
            var snapshot = aws.world.draw(Duration.ofMinutes(3));
            snapshots.take(last, "manual", cache, snapshot);
            time = time.plus(snapshot);
        }
        cache.members.forEach(member -> member.status = "deleting");
        cache.status = "deleting";
        show(cache);
        aws.world.after(time, () -> gone(cache));
        return DeleteReplicationGroupResponse.builder()
                .replicationGroup(cache.group())
                .build();
    }

    private void gone(LiveCache cache) {
        List.copyOf(cache.members).forEach(member -> removeMember(cache, member));
        live.remove(cache.id);
        rows.remove(cache.id);
        tags.delete(cache.arn);
        snapshots.forgetAutomated(cache.id);
        snapshots.event(cache.id, "Replication group " + cache.id + " deleted.");
    }

    /** The group is available before its members are, and then the next call dies of a member (terraform-provider-aws#50096). */
    void requireAvailable(LiveCache cache) {
        if (!cache.status.equals("available"))
            throw CacheErrors.state("Replication group " + cache.id + " has status " + cache.status
                    + " which is not valid for this operation.");
        if (!cache.settled())
            throw CacheErrors.of(
                    "InvalidCacheClusterState",
                    "A member of replication group " + cache.id + " is not in available state.");
    }

    LiveCache truth(String id) {
        var cache = id == null ? null : live.get(id.toLowerCase());
        if (cache == null) throw notFound(id);
        return cache;
    }

    Optional<LiveCache> byArn(String arn) {
        return live.values().stream()
                .filter(cache -> cache.arn.equals(arn)
                        || cache.members.stream()
                                .anyMatch(member -> clusterArn(member.id).equals(arn)))
                .findFirst();
    }

    List<LiveCache> all() {
        return List.copyOf(live.values());
    }

    private static RuntimeException notFound(String id) {
        return CacheErrors.of("ReplicationGroupNotFoundFault", "ReplicationGroup " + id + " not found.");
    }

    void status(LiveCache cache, String status) {
        if (live.get(cache.id) != cache || cache.status.equals("deleting")) return;
        cache.status = status.equals("available") ? tended.orElse(status) : status;
        show(cache);
    }

    /** What is available, or becomes so, shows this status; empty: what it was before. */
    void tended(Optional<String> status) {
        var before = tended;
        tended = status;
        for (var cache : all())
            if (cache.status.equals(before.orElse("available")) && !cache.changing) status(cache, "available");
    }

    void show(LiveCache cache) {
        if (live.get(cache.id) != cache) return;
        var clusters = cache.members.stream()
                .map(member -> cache.cluster(member, clusterArn(member.id), true))
                .toList();
        rows.put(cache.id, new Shown(cache.group(), clusters));
    }
}
