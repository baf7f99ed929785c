package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.*;

/** ElastiCache for Redis, as replication groups with one shard. */
final class SimElastiCache implements ElastiCacheClient, Logins {
    private final SimAws aws;
    private final CacheTags tags = new CacheTags();
    private final CacheSnapshots snapshots;
    private final CacheSubnetGroups subnetGroups;
    private final ReplicationGroups groups;
    private final CacheChanges changes;

    SimElastiCache(SimAws aws) {
        this.aws = aws;
        this.snapshots = new CacheSnapshots(aws, tags);
        this.subnetGroups = new CacheSubnetGroups(aws, tags, this::subnetGroupUsed, this::subnetOccupied);
        this.groups = new ReplicationGroups(aws, tags, subnetGroups, snapshots);
        this.changes = new CacheChanges(aws, groups, snapshots);
    }

    private boolean subnetGroupUsed(String name) {
        return groups.all().stream()
                .anyMatch(cache -> cache.subnets.cacheSubnetGroupName().equals(name));
    }

    private boolean subnetOccupied(String name, String subnet) {
        return groups.all().stream()
                .filter(cache -> cache.subnets.cacheSubnetGroupName().equals(name))
                .flatMap(cache -> cache.members.stream())
                .anyMatch(member -> member.subnet.equals(subnet));
    }

    @Override
    public String serviceName() {
        return "elasticache";
    }

    @Override
    public void close() {}

    /** The tags of everything that really exists, members and snapshots too, by ARN. */
    Map<String, Map<String, String>> existing() {
        return aws.world.call(tags::all);
    }

    Map<String, Snapshot> snapshots() {
        return aws.world.call(snapshots::all);
    }

    /** The truth about a group. */
    ReplicationGroup truth(String id) {
        return aws.world.call(() -> groups.truth(id).group());
    }

    void tended(Optional<String> status) {
        groups.tended(status);
    }

    /** The daily snapshot, now. */
    void snapshotUninvited(String id) {
        aws.world.call(() -> {
            groups.snapshot(groups.truth(id));
            return null;
        });
    }

    @Override
    public CreateCacheSubnetGroupResponse createCacheSubnetGroup(CreateCacheSubnetGroupRequest request) {
        return aws.world.call(() -> subnetGroups.create(request));
    }

    @Override
    public DescribeCacheSubnetGroupsResponse describeCacheSubnetGroups(DescribeCacheSubnetGroupsRequest request) {
        return aws.world.call(() -> subnetGroups.describe(request));
    }

    @Override
    public ModifyCacheSubnetGroupResponse modifyCacheSubnetGroup(ModifyCacheSubnetGroupRequest request) {
        return aws.world.call(() -> subnetGroups.modify(request));
    }

    @Override
    public DeleteCacheSubnetGroupResponse deleteCacheSubnetGroup(DeleteCacheSubnetGroupRequest request) {
        return aws.world.call(() -> subnetGroups.delete(request));
    }

    @Override
    public CreateReplicationGroupResponse createReplicationGroup(CreateReplicationGroupRequest request) {
        return aws.world.call(() -> groups.create(request));
    }

    @Override
    public DescribeReplicationGroupsResponse describeReplicationGroups(DescribeReplicationGroupsRequest request) {
        return aws.world.call(() -> groups.describe(request));
    }

    @Override
    public DescribeCacheClustersResponse describeCacheClusters(DescribeCacheClustersRequest request) {
        return aws.world.call(() -> groups.clusters(request));
    }

    @Override
    public ModifyReplicationGroupResponse modifyReplicationGroup(ModifyReplicationGroupRequest request) {
        return aws.world.call(() -> changes.modify(request));
    }

    @Override
    public IncreaseReplicaCountResponse increaseReplicaCount(IncreaseReplicaCountRequest request) {
        return aws.world.call(() -> changes.increase(request));
    }

    @Override
    public DecreaseReplicaCountResponse decreaseReplicaCount(DecreaseReplicaCountRequest request) {
        return aws.world.call(() -> changes.decrease(request));
    }

    @Override
    public DeleteReplicationGroupResponse deleteReplicationGroup(DeleteReplicationGroupRequest request) {
        return aws.world.call(() -> groups.delete(request));
    }

    @Override
    public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
        return aws.world.call(() -> snapshots.describe(request));
    }

    @Override
    public DescribeEventsResponse describeEvents(DescribeEventsRequest request) {
        return aws.world.call(() -> snapshots.events(request));
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return aws.world.call(() -> {
            requireTaggable(request.resourceName());
            return ListTagsForResourceResponse.builder()
                    .tagList(tags.of(request.resourceName()))
                    .build();
        });
    }

    @Override
    public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
        return aws.world.call(() -> {
            requireTaggable(request.resourceName());
            tags.add(request.resourceName(), request.tags());
            groups.byArn(request.resourceName()).ifPresent(changes::tagged);
            return AddTagsToResourceResponse.builder()
                    .tagList(tags.of(request.resourceName()))
                    .build();
        });
    }

    @Override
    public RemoveTagsFromResourceResponse removeTagsFromResource(RemoveTagsFromResourceRequest request) {
        return aws.world.call(() -> {
            requireTaggable(request.resourceName());
            tags.remove(request.resourceName(), request.tagKeys());
            groups.byArn(request.resourceName()).ifPresent(changes::tagged);
            return RemoveTagsFromResourceResponse.builder()
                    .tagList(tags.of(request.resourceName()))
                    .build();
        });
    }

    /** Neither read nor write of tags unless available (terraform-provider-aws#33859, #23219, #40320). */
    private void requireTaggable(String arn) {
        tags.existing(arn);
        groups.byArn(arn).ifPresent(cache -> {
            if (!cache.status.equals("available"))
                throw CacheErrors.state("Cluster not in available state to perform tagging operations.");
        });
    }

    @Override
    public Login login(
            String host,
            int port,
            List<String> fromGroups,
            String user,
            String password,
            String database,
            boolean tls) {
        return aws.world.call(() -> groups.all().stream()
                .filter(cache -> cache.domain != null
                        && Set.of(cache.host("master"), cache.host("replica")).contains(host))
                .findFirst()
                .map(cache -> {
                    if (cache.status.equals("deleting")
                            || port != cache.port
                            || !aws.ec2.reaches(fromGroups, cache.groups, port)) return Login.UNREACHABLE;
                    var speaks = tls == Boolean.TRUE.equals(cache.settings.transitEncryptionEnabled());
                    return speaks && (cache.tokens.isEmpty() || cache.tokens.contains(password))
                            ? Login.OK
                            : Login.REFUSED;
                })
                .orElse(Login.NO_SUCH_HOST));
    }
}
