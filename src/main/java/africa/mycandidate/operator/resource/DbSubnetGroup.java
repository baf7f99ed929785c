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
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupRequest;

/** The subnets in which RDS may place a database. Outputs: {@code name}. */
@AwsType(nameLength = 255, generation = true)
public record DbSubnetGroup(@Immutable Ref<Vpc> vpc, String description, Set<Ref<Subnet>> subnets)
        implements Resource {}

final class DbSubnetGroupHandler implements Handler<DbSubnetGroup> {
    private final RdsClient rds;
    private final RdsTags tags;

    DbSubnetGroupHandler(Clients clients) {
        this.rds = clients.of(RdsClient.class);
        this.tags = new RdsTags(rds);
    }

    @Override
    public Class<DbSubnetGroup> type() {
        return DbSubnetGroup.class;
    }

    @Override
    public List<Observed<DbSubnetGroup>> list(String place) {
        var found = new ArrayList<Observed<DbSubnetGroup>>();
        for (var group : rds.describeDBSubnetGroupsPaginator(request -> {}).dbSubnetGroups()) {
            if (Identity.names(group.dbSubnetGroupName())) found.add(observed(group));
        }
        return found;
    }

    private Observed<DbSubnetGroup> observed(DBSubnetGroup group) {
        var subnets = RefSets.<Subnet>of(group.subnets().stream().map(subnet -> subnet.subnetIdentifier()));
        var actual = new DbSubnetGroup(Ref.of(group.vpcId()), group.dbSubnetGroupDescription(), subnets);
        var name = group.dbSubnetGroupName();
        var outputs = Map.of("name", name, "arn", group.dbSubnetGroupArn());
        try {
            return Observed.of(actual, name, name, Phase.READY, outputs, tags.read(group.dbSubnetGroupArn()));
        } catch (DbSubnetGroupNotFoundException e) {
            return Observed.of(actual, name, name, Phase.READY, outputs, Map.of())
                    .withOwner(new Owner.Unreadable());
        }
    }

    @Override
    public String create(DbSubnetGroup want, Creation creation) {
        rds.createDBSubnetGroup(request -> request.dbSubnetGroupName(creation.name())
                .dbSubnetGroupDescription(want.description())
                .subnetIds(RefSets.values(want.subnets()))
                .tags(RdsTags.of(creation.tags())));
        return creation.name();
    }

    /** The call demands the subnets, whatever changes. */
    @Override
    public void update(Observed<DbSubnetGroup> have, DbSubnetGroup goal, Set<String> fields) {
        var subnets = goal.subnets() == null ? have.actual().subnets() : goal.subnets();
        var request = ModifyDbSubnetGroupRequest.builder()
                .dbSubnetGroupName(have.id())
                .subnetIds(RefSets.values(subnets));
        if (fields.contains("description")) request.dbSubnetGroupDescription(goal.description());
        rds.modifyDBSubnetGroup(request.build());
    }

    @Override
    public void delete(Observed<DbSubnetGroup> have, Deletion deletion) {
        rds.deleteDBSubnetGroup(request -> request.dbSubnetGroupName(have.id()));
    }

    @Override
    public void tag(Observed<DbSubnetGroup> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.outputs().get("arn"), set, remove);
    }
}
