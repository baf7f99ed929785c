package africa.mycandidate.operator.sim;

import java.util.HashSet;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import software.amazon.awssdk.services.rds.model.*;

/** Subnet groups of RDS. A group in use is neither deleted nor loses a subnet that an instance sits in. */
final class DbSubnetGroups {
    private final SimAws aws;
    private final RdsTags tags;
    private final Table<DBSubnetGroup> groups;
    private final Predicate<String> used;
    private final BiPredicate<String, String> occupied;

    /**
     * @param used whether an instance stands on the group of this name
     * @param occupied whether such an instance has an interface in the subnet: only then is it in use (RDS API reference, ModifyDBSubnetGroup, SubnetAlreadyInUse)
     */
    DbSubnetGroups(SimAws aws, RdsTags tags, Predicate<String> used, BiPredicate<String, String> occupied) {
        this.occupied = occupied;
        this.aws = aws;
        this.tags = tags;
        this.groups = new Table<>(aws.world);
        this.used = used;
    }

    CreateDbSubnetGroupResponse create(CreateDbSubnetGroupRequest request) {
        var name = DbRules.name("DBSubnetGroupName", request.dbSubnetGroupName(), 255);
        if (name.equals("default")) throw RdsErrors.value("The DB subnet group name default is reserved.");
        if (request.dbSubnetGroupDescription() == null
                || request.dbSubnetGroupDescription().isBlank())
            throw RdsErrors.value("The parameter DBSubnetGroupDescription must be provided and must not be blank.");
        if (groups.truth(name).isPresent())
            throw RdsErrors.of("DBSubnetGroupAlreadyExists", "The DB subnet group '" + name + "' already exists.");
        var group = over(
                DBSubnetGroup.builder()
                        .dbSubnetGroupName(name)
                        .dbSubnetGroupDescription(request.dbSubnetGroupDescription())
                        .dbSubnetGroupArn(aws.arn("rds", "subgrp:" + name))
                        .subnetGroupStatus("Complete")
                        .supportedNetworkTypes("IPV4"),
                request.subnetIds());
        tags.create(group.dbSubnetGroupArn(), request.tags());
        groups.put(name, group);
        return CreateDbSubnetGroupResponse.builder().dbSubnetGroup(group).build();
    }

    private DBSubnetGroup over(DBSubnetGroup.Builder group, List<String> ids) {
        var found = ids.stream()
                .map(id -> aws.ec2
                        .subnet(id)
                        .orElseThrow(() -> RdsErrors.of("InvalidSubnet", "The subnet ID '" + id + "' does not exist.")))
                .toList();
        var zones = new HashSet<String>();
        var vpcs = new HashSet<String>();
        found.forEach(subnet -> {
            zones.add(subnet.zone());
            vpcs.add(subnet.vpc());
        });
        if (vpcs.size() > 1) throw RdsErrors.of("InvalidSubnet", "All subnets must be in the same VPC.");
        if (zones.size() < 2)
            throw RdsErrors.of(
                    "DBSubnetGroupDoesNotCoverEnoughAZs",
                    "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. "
                            + "Current AZ coverage: " + String.join(", ", zones)
                            + ". Add subnets to cover at least 2 AZs.");
        return group.vpcId(found.getFirst().vpc())
                .subnets(found.stream()
                        .map(subnet -> Subnet.builder()
                                .subnetIdentifier(subnet.id())
                                .subnetAvailabilityZone(AvailabilityZone.builder()
                                        .name(subnet.zone())
                                        .build())
                                .subnetStatus("Active")
                                .build())
                        .toList())
                .build();
    }

    DescribeDbSubnetGroupsResponse describe(DescribeDbSubnetGroupsRequest request) {
        var name = request.dbSubnetGroupName();
        var found = groups.seen().stream()
                .filter(group -> name == null || group.dbSubnetGroupName().equalsIgnoreCase(name))
                .toList();
        if (name != null && found.isEmpty()) throw notFound(name);
        var page = Page.of(found, request.marker(), DbRules.records(request.maxRecords()), 100);
        return DescribeDbSubnetGroupsResponse.builder()
                .dbSubnetGroups(page.items())
                .marker(page.marker())
                .build();
    }

    ModifyDbSubnetGroupResponse modify(ModifyDbSubnetGroupRequest request) {
        var have = truth(request.dbSubnetGroupName());
        var ids = request.subnetIds();
        if (have.subnets().stream()
                .map(subnet -> subnet.subnetIdentifier())
                .anyMatch(subnet -> !ids.contains(subnet) && occupied.test(have.dbSubnetGroupName(), subnet)))
            throw RdsErrors.of("SubnetAlreadyInUse", "A subnet of the DB subnet group is in use by a DB instance.");
        var builder = have.toBuilder();
        if (request.dbSubnetGroupDescription() != null)
            builder.dbSubnetGroupDescription(request.dbSubnetGroupDescription());
        var group = over(builder, ids);
        groups.put(have.dbSubnetGroupName(), group);
        return ModifyDbSubnetGroupResponse.builder().dbSubnetGroup(group).build();
    }

    DeleteDbSubnetGroupResponse delete(DeleteDbSubnetGroupRequest request) {
        var have = truth(request.dbSubnetGroupName());
        if (used.test(have.dbSubnetGroupName()))
            throw RdsErrors.of(
                    "InvalidDBSubnetGroupStateFault",
                    "Cannot delete the subnet group '" + have.dbSubnetGroupName()
                            + "' because at least one database instance is still using it.");
        groups.remove(have.dbSubnetGroupName());
        tags.delete(have.dbSubnetGroupArn());
        return DeleteDbSubnetGroupResponse.builder().build();
    }

    DBSubnetGroup truth(String name) {
        if (name == null) throw notFound("default");
        return groups.truth(name.toLowerCase()).orElseThrow(() -> notFound(name));
    }

    private static RuntimeException notFound(String name) {
        return RdsErrors.of("DBSubnetGroupNotFoundFault", "DB subnet group '" + name + "' does not exist.");
    }
}
