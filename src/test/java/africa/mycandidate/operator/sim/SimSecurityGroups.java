package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.given;
import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Security groups; their rules are {@link SimSecurityGroupRules}. */
final class SimSecurityGroups {
    /** BC CreateSecurityGroup: the characters of names and descriptions in a VPC. */
    private static final String TEXT = "[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]{0,255}";

    private final SimEc2State ec2;
    final Ec2Rows<SecurityGroup> rows;

    SimSecurityGroups(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "security-group",
                        "sg",
                        "InvalidGroup.NotFound",
                        "security group",
                        SecurityGroup::groupId,
                        Map.of(
                                "group-id", group -> Stream.of(group.groupId()),
                                "group-name", group -> Stream.of(group.groupName()),
                                "vpc-id", group -> Stream.of(group.vpcId()),
                                "description", group -> Stream.of(group.description()),
                                "owner-id", group -> Stream.of(group.ownerId()),
                                "ip-permission.group-id", group -> ec2.rules.sources(group.groupId(), false),
                                "egress.ip-permission.group-id", group -> ec2.rules.sources(group.groupId(), true))));
    }

    CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
        ec2.tags.check("security-group", request.tagSpecifications());
        var name = given(request.groupName(), "groupName");
        var description = given(request.description(), "groupDescription");
        if (!name.matches(TEXT) || name.isBlank() || name.startsWith("sg-"))
            throw invalid("Value (" + name + ") for parameter GroupName is invalid.");
        if (!description.matches(TEXT))
            throw invalid("Value (" + description + ") for parameter GroupDescription is invalid.");
        if (name.equalsIgnoreCase("default"))
            throw refuse("InvalidGroup.Reserved", "Cannot use reserved security group name: default");
        if (request.vpcId() == null) throw refuse("VPCIdNotSpecified", "No default VPC for this user");
        var vpc = ec2.vpcs.rows.need(request.vpcId());
        if (rows.truths().stream()
                .anyMatch(other ->
                        other.vpcId().equals(vpc.vpcId()) && other.groupName().equals(name)))
            throw refuse(
                    "InvalidGroup.Duplicate",
                    "The security group '" + name + "' already exists for VPC '" + vpc.vpcId() + "'");
        var group = group(vpc, name, description);
        rows.create(group, request.tagSpecifications());
        ec2.rules.allowAll(group, true);
        return CreateSecurityGroupResponse.builder()
                .groupId(group.groupId())
                .securityGroupArn(group.securityGroupArn())
                .tags(ec2.tags.of(group.groupId()))
                .build();
    }

    private SecurityGroup group(Vpc vpc, String name, String description) {
        var id = rows.newId();
        return SecurityGroup.builder()
                .groupId(id)
                .groupName(name)
                .description(description)
                .ownerId(ec2.account())
                .securityGroupArn(ec2.arn("security-group/" + id))
                .vpcId(vpc.vpcId())
                .build();
    }

    /** The group that every VPC has: anything out, and in from itself. */
    void createDefault(Vpc vpc) {
        var group = group(vpc, "default", "default VPC security group");
        rows.create(group, List.of());
        ec2.rules.allowAll(group, true);
        ec2.rules.allowAll(group, false);
    }

    DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
        if (!request.groupNames().isEmpty())
            throw new UnsupportedOperationException("SimEc2 models DescribeSecurityGroups by group id");
        var page = rows.page(
                request.groupIds(), request.filters(), group -> true, request.maxResults(), request.nextToken());
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.rows().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    private SecurityGroup shown(SecurityGroup group) {
        return group.toBuilder()
                .ipPermissions(ec2.rules.permissions(group.groupId(), false))
                .ipPermissionsEgress(ec2.rules.permissions(group.groupId(), true))
                .tags(ec2.tags.of(group.groupId()))
                .build();
    }

    DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
        if (request.groupName() != null)
            throw new UnsupportedOperationException("SimEc2 models DeleteSecurityGroup by group id");
        var group = rows.need(request.groupId());
        if (group.groupName().equals("default"))
            throw refuse(
                    "CannotDelete",
                    "the specified group: \"" + group.groupId() + "\" name: \"default\" cannot be deleted by a user");
        if (ec2.interfaces.holds(group.groupId()) || ec2.rules.referencedByOthers(group.groupId()))
            throw refuse("DependencyViolation", "resource " + group.groupId() + " has a dependent object");
        gone(group.groupId());
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(group.groupId())
                .build();
    }

    void vpcDeleted(String vpc) {
        rows.truths().stream()
                .filter(group -> group.vpcId().equals(vpc))
                .toList()
                .forEach(group -> gone(group.groupId()));
    }

    private void gone(String id) {
        ec2.rules.groupDeleted(id);
        rows.remove(id);
    }
}
