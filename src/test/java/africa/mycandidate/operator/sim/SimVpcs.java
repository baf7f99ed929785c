package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.given;
import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.missing;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** VPCs. CreateVpc has no token: a second call makes a second VPC. Each comes with a main route table, a default security group and a default network ACL. */
final class SimVpcs {
    private final SimEc2State ec2;
    private final Table<Dns> dns;
    final Ec2Rows<Vpc> rows;
    final Ec2Rows<NetworkAcl> networkAcls;
    int limit = 5;

    /** The two attributes that DescribeVpcs does not show. */
    record Dns(boolean support, boolean hostnames) {}

    SimVpcs(SimEc2State ec2) {
        this.ec2 = ec2;
        this.dns = new Table<>(ec2.world());
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "vpc",
                        "vpc",
                        "InvalidVpcID.NotFound",
                        "vpc ID",
                        Vpc::vpcId,
                        Map.of(
                                "vpc-id", vpc -> Stream.of(vpc.vpcId()),
                                "cidr", vpc -> Stream.of(vpc.cidrBlock()),
                                "cidr-block-association.cidr-block", vpc -> Stream.of(vpc.cidrBlock()),
                                "is-default", vpc -> Stream.of(String.valueOf(vpc.isDefault())),
                                "owner-id", vpc -> Stream.of(vpc.ownerId()),
                                "state", vpc -> Stream.of(vpc.stateAsString()))));
        this.networkAcls = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "network-acl",
                        "acl",
                        "InvalidNetworkAclID.NotFound",
                        "networkAcl ID",
                        NetworkAcl::networkAclId,
                        Map.of()));
    }

    CreateVpcResponse create(CreateVpcRequest request) {
        if (request.ipv4IpamPoolId() != null
                || Boolean.TRUE.equals(request.amazonProvidedIpv6CidrBlock())
                || request.instanceTenancy() == Tenancy.DEDICATED)
            throw new UnsupportedOperationException("SimEc2 models CreateVpc with an IPv4 block and default tenancy");
        ec2.tags.check("vpc", request.tagSpecifications());
        var cidr = block(given(request.cidrBlock(), "cidrBlock"));
        // DOC:vpc-cidr-blocks: between /16 and /28.
        if (cidr.bits() < 16 || cidr.bits() > 28)
            throw refuse("InvalidVpc.Range", "The CIDR '" + request.cidrBlock() + "' is invalid.");
        if (rows.truths().size() >= limit)
            throw refuse("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
        var vpc = Vpc.builder()
                .vpcId(rows.newId())
                .cidrBlock(cidr.toString())
                .cidrBlockAssociationSet(association -> association
                        .associationId("vpc-cidr-assoc-" + ec2.world().hex(17))
                        .cidrBlock(cidr.toString())
                        .cidrBlockState(state -> state.state("associated")))
                .dhcpOptionsId("dopt-" + ec2.world().hex(17))
                .instanceTenancy(Tenancy.DEFAULT)
                .isDefault(false)
                .ownerId(ec2.account())
                .state(VpcState.PENDING)
                .build();
        rows.create(vpc, request.tagSpecifications());
        dns.put(vpc.vpcId(), new Dns(true, false), Duration.ZERO);
        ec2.routeTables.createMain(vpc);
        ec2.securityGroups.createDefault(vpc);
        networkAcls.create(
                NetworkAcl.builder()
                        .networkAclId(networkAcls.newId())
                        .vpcId(vpc.vpcId())
                        .isDefault(true)
                        .build(),
                List.of());
        ec2.world().after(ec2.world().draw(Duration.ofSeconds(1)), () -> available(vpc.vpcId()));
        return CreateVpcResponse.builder().vpc(shown(vpc)).build();
    }

    private void available(String id) {
        rows.truth(id)
                .ifPresent(vpc ->
                        rows.put(vpc.toBuilder().state(VpcState.AVAILABLE).build()));
    }

    static Cidr block(String text) {
        return Cidr.parse(text)
                .orElseThrow(() -> invalid(
                        "Value (" + text + ") for parameter cidrBlock is invalid. This is not a valid CIDR block."));
    }

    private Vpc shown(Vpc vpc) {
        return vpc.toBuilder().tags(ec2.tags.of(vpc.vpcId())).build();
    }

    DescribeVpcsResponse describe(DescribeVpcsRequest request) {
        var page =
                rows.page(request.vpcIds(), request.filters(), vpc -> true, request.maxResults(), request.nextToken());
        return DescribeVpcsResponse.builder()
                .vpcs(page.rows().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteVpcResponse delete(DeleteVpcRequest request) {
        var id = rows.need(request.vpcId()).vpcId();
        var inside = ec2.subnets.rows.truths().stream()
                        .anyMatch(subnet -> subnet.vpcId().equals(id))
                || ec2.internetGateways.attachedTo(id)
                || ec2.interfaces.rows.truths().stream()
                        .anyMatch(networkInterface -> networkInterface.vpcId().equals(id))
                || ec2.routeTables.rows.truths().stream()
                        .anyMatch(table -> table.vpcId().equals(id) && !SimRouteTables.isMain(table))
                || ec2.securityGroups.rows.truths().stream()
                        .anyMatch(group ->
                                group.vpcId().equals(id) && !group.groupName().equals("default"));
        if (inside) throw Ec2Refusal.dependents("vpc", id);
        ec2.routeTables.vpcDeleted(id);
        ec2.securityGroups.vpcDeleted(id);
        networkAcls.truths().stream()
                .filter(acl -> acl.vpcId().equals(id))
                .toList()
                .forEach(acl -> networkAcls.remove(acl.networkAclId()));
        rows.remove(id);
        dns.remove(id);
        return DeleteVpcResponse.builder().build();
    }

    /** One attribute for each call (TF:ec2/vpc.go sends them one by one for that reason). */
    ModifyVpcAttributeResponse modifyAttribute(ModifyVpcAttributeRequest request) {
        if (request.enableNetworkAddressUsageMetrics() != null)
            throw new UnsupportedOperationException(
                    "SimEc2 does not model enableNetworkAddressUsageMetrics of ModifyVpcAttribute");
        var id = rows.need(request.vpcId()).vpcId();
        var support = request.enableDnsSupport();
        var hostnames = request.enableDnsHostnames();
        if (support == null && hostnames == null) throw missing("attribute");
        if (support != null && hostnames != null)
            throw refuse(
                    "InvalidParameterCombination",
                    "Fields for multiple attribute types specified: enableDnsSupport, enableDnsHostnames");
        var now = dns.truth(id).orElseThrow();
        dns.put(
                id,
                support != null
                        ? new Dns(support.value(), now.hostnames())
                        : new Dns(now.support(), hostnames.value()));
        return ModifyVpcAttributeResponse.builder().build();
    }

    DescribeVpcAttributeResponse describeAttribute(DescribeVpcAttributeRequest request) {
        var id = rows.need(request.vpcId()).vpcId();
        var seen = dns.seen(id).orElseThrow();
        var response = DescribeVpcAttributeResponse.builder().vpcId(id);
        switch (given(request.attribute(), "attribute")) {
            case ENABLE_DNS_SUPPORT -> response.enableDnsSupport(value(seen.support()));
            case ENABLE_DNS_HOSTNAMES -> response.enableDnsHostnames(value(seen.hostnames()));
            default ->
                throw new UnsupportedOperationException(
                        "SimEc2 does not model the VPC attribute " + request.attributeAsString());
        }
        return response.build();
    }

    private static AttributeBooleanValue value(boolean value) {
        return AttributeBooleanValue.builder().value(value).build();
    }
}
