package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroupNotFoundException;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheSubnetGroupRequest;

/** The subnets in which ElastiCache may place nodes. Outputs: {@code name}. */
@AwsType(nameLength = 255, generation = true)
public record CacheSubnetGroup(@Immutable Ref<Vpc> vpc, String description, Set<Ref<Subnet>> subnets)
        implements Resource {}

final class CacheSubnetGroupHandler implements Handler<CacheSubnetGroup> {
    private final ElastiCacheClient cache;
    private final CacheTags tags;

    CacheSubnetGroupHandler(Clients clients) {
        this.cache = clients.of(ElastiCacheClient.class);
        this.tags = new CacheTags(cache);
    }

    @Override
    public Class<CacheSubnetGroup> type() {
        return CacheSubnetGroup.class;
    }

    @Override
    public List<Observed<CacheSubnetGroup>> list(String place) {
        var found = new ArrayList<Observed<CacheSubnetGroup>>();
        for (var group : cache.describeCacheSubnetGroupsPaginator(request -> {}).cacheSubnetGroups()) {
            if (Identity.names(group.cacheSubnetGroupName())) found.add(observed(group));
        }
        return found;
    }

    private Observed<CacheSubnetGroup> observed(
            software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup group) {
        var subnets = RefSets.<Subnet>of(group.subnets().stream().map(subnet -> subnet.subnetIdentifier()));
        var actual = new CacheSubnetGroup(Ref.of(group.vpcId()), group.cacheSubnetGroupDescription(), subnets);
        var name = group.cacheSubnetGroupName();
        var outputs = Map.of("name", name, "arn", group.arn());
        try {
            return Observed.of(actual, name, name, Phase.READY, outputs, tags.read(group.arn()));
        } catch (CacheSubnetGroupNotFoundException e) {
            return Observed.of(actual, name, name, Phase.READY, outputs, Map.of())
                    .withOwner(new Owner.Unreadable());
        }
    }

    @Override
    public String create(CacheSubnetGroup want, Creation creation) {
        cache.createCacheSubnetGroup(request -> request.cacheSubnetGroupName(creation.name())
                .cacheSubnetGroupDescription(want.description())
                .subnetIds(RefSets.values(want.subnets()))
                .tags(CacheTags.of(creation.tags())));
        return creation.name();
    }

    @Override
    public void update(Observed<CacheSubnetGroup> have, CacheSubnetGroup goal, Set<String> fields) {
        var request = ModifyCacheSubnetGroupRequest.builder().cacheSubnetGroupName(have.id());
        if (fields.contains("subnets")) request.subnetIds(RefSets.values(goal.subnets()));
        if (fields.contains("description")) request.cacheSubnetGroupDescription(goal.description());
        cache.modifyCacheSubnetGroup(request.build());
    }

    @Override
    public void delete(Observed<CacheSubnetGroup> have, Deletion deletion) {
        cache.deleteCacheSubnetGroup(request -> request.cacheSubnetGroupName(have.id()));
    }

    @Override
    public void tag(Observed<CacheSubnetGroup> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.outputs().get("arn"), set, remove);
    }
}
