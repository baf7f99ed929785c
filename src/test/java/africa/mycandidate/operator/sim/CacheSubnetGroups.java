package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticache.model.*;

/** Subnet groups of ElastiCache. */
final class CacheSubnetGroups {
    private final SimAws aws;
    private final CacheTags tags;
    private final Table<CacheSubnetGroup> groups;
    private final Predicate<String> used;
    private final BiPredicate<String, String> occupied;

    /**
     * @param used whether a cache stands on the group of this name
     * @param occupied whether a node of such a cache stands in the subnet: only then is it in use (ElastiCache API reference, ModifyCacheSubnetGroup, SubnetInUse)
     */
    CacheSubnetGroups(SimAws aws, CacheTags tags, Predicate<String> used, BiPredicate<String, String> occupied) {
        this.occupied = occupied;
        this.aws = aws;
        this.tags = tags;
        this.groups = new Table<>(aws.world);
        this.used = used;
    }

    CreateCacheSubnetGroupResponse create(CreateCacheSubnetGroupRequest request) {
        var asked = request.cacheSubnetGroupName();
        if (asked == null || !asked.matches("[A-Za-z0-9-]{1,255}") || asked.equalsIgnoreCase("default"))
            throw CacheErrors.value(
                    "The parameter CacheSubnetGroupName must be provided, of letters, digits and hyphens, and not default.");
        if (request.cacheSubnetGroupDescription() == null)
            throw CacheErrors.value("The parameter CacheSubnetGroupDescription must be provided.");
        var name = asked.toLowerCase();
        if (groups.truth(name).isPresent())
            throw CacheErrors.of("CacheSubnetGroupAlreadyExists", "Cache subnet group " + name + " already exists.");
        var group = over(
                CacheSubnetGroup.builder()
                        .cacheSubnetGroupName(name)
                        .cacheSubnetGroupDescription(request.cacheSubnetGroupDescription())
                        .arn(aws.arn("elasticache", "subnetgroup:" + name))
                        .supportedNetworkTypes(NetworkType.IPV4),
                request.subnetIds());
        tags.create(group.arn(), request.tags());
        groups.put(name, group);
        return CreateCacheSubnetGroupResponse.builder().cacheSubnetGroup(group).build();
    }

    private CacheSubnetGroup over(CacheSubnetGroup.Builder group, List<String> ids) {
        if (ids.isEmpty()) throw CacheErrors.value("The parameter SubnetIds must be provided.");
        var found = ids.stream()
                .map(id -> aws.ec2
                        .subnet(id)
                        .orElseThrow(
                                () -> CacheErrors.of("InvalidSubnet", "The subnet ID '" + id + "' does not exist.")))
                .toList();
        if (found.stream().map(Network.SubnetTruth::vpc).distinct().count() > 1)
            throw CacheErrors.of("InvalidSubnet", "All subnets must be in the same VPC.");
        return group.vpcId(found.getFirst().vpc())
                .subnets(found.stream()
                        .map(subnet -> Subnet.builder()
                                .subnetIdentifier(subnet.id())
                                .subnetAvailabilityZone(AvailabilityZone.builder()
                                        .name(subnet.zone())
                                        .build())
                                .build())
                        .toList())
                .build();
    }

    DescribeCacheSubnetGroupsResponse describe(DescribeCacheSubnetGroupsRequest request) {
        var name = request.cacheSubnetGroupName();
        var found = groups.seen().stream()
                .filter(group -> name == null || group.cacheSubnetGroupName().equalsIgnoreCase(name))
                .toList();
        if (name != null && found.isEmpty()) throw notFound(name);
        var page = Page.of(found, request.marker(), CacheRules.records(request.maxRecords()), 100);
        return DescribeCacheSubnetGroupsResponse.builder()
                .cacheSubnetGroups(page.items())
                .marker(page.marker())
                .build();
    }

    ModifyCacheSubnetGroupResponse modify(ModifyCacheSubnetGroupRequest request) {
        var have = truth(request.cacheSubnetGroupName());
        var ids = request.subnetIds();
        if (!ids.isEmpty()
                && have.subnets().stream()
                        .map(subnet -> subnet.subnetIdentifier())
                        .anyMatch(
                                subnet -> !ids.contains(subnet) && occupied.test(have.cacheSubnetGroupName(), subnet)))
            throw CacheErrors.of("SubnetInUse", "The requested subnet is being used by another cache subnet group.");
        var builder = have.toBuilder();
        if (request.cacheSubnetGroupDescription() != null)
            builder.cacheSubnetGroupDescription(request.cacheSubnetGroupDescription());
        var group = ids.isEmpty() ? builder.build() : over(builder, ids);
        groups.put(group.cacheSubnetGroupName(), group);
        return ModifyCacheSubnetGroupResponse.builder().cacheSubnetGroup(group).build();
    }

    DeleteCacheSubnetGroupResponse delete(DeleteCacheSubnetGroupRequest request) {
        var have = truth(request.cacheSubnetGroupName());
        if (used.test(have.cacheSubnetGroupName()))
            throw CacheErrors.of(
                    "CacheSubnetGroupInUse",
                    "Cache subnet group " + have.cacheSubnetGroupName() + " is currently in use by a cache cluster.");
        groups.remove(have.cacheSubnetGroupName());
        tags.delete(have.arn());
        return DeleteCacheSubnetGroupResponse.builder().build();
    }

    CacheSubnetGroup truth(String name) {
        var key = String.valueOf(name).toLowerCase();
        return groups.truth(key).orElseThrow(() -> notFound(key));
    }

    private static RuntimeException notFound(String name) {
        return CacheErrors.of("CacheSubnetGroupNotFoundFault", "Cache subnet group " + name + " does not exist.");
    }
}
