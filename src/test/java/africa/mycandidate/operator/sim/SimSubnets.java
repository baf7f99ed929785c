package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.given;
import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.missing;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/** Subnets, and the addresses in them. The first four addresses and the last are AWS's own (DOC:subnet-sizing). */
final class SimSubnets {
    private static final int FIRST = 4;
    private final SimEc2State ec2;
    private final Map<String, Set<Long>> taken = new HashMap<>();
    final Ec2Rows<Subnet> rows;

    SimSubnets(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "subnet",
                        "subnet",
                        "InvalidSubnetID.NotFound",
                        "subnet ID",
                        Subnet::subnetId,
                        Map.of(
                                "subnet-id", subnet -> Stream.of(subnet.subnetId()),
                                "vpc-id", subnet -> Stream.of(subnet.vpcId()),
                                "availability-zone", subnet -> Stream.of(subnet.availabilityZone()),
                                "cidr-block", subnet -> Stream.of(subnet.cidrBlock()),
                                "default-for-az", subnet -> Stream.of(String.valueOf(subnet.defaultForAz())),
                                "map-public-ip-on-launch",
                                        subnet -> Stream.of(String.valueOf(subnet.mapPublicIpOnLaunch())),
                                "owner-id", subnet -> Stream.of(subnet.ownerId()),
                                "state", subnet -> Stream.of(subnet.stateAsString()))));
    }

    CreateSubnetResponse create(CreateSubnetRequest request) {
        if (request.ipv6CidrBlock() != null || request.outpostArn() != null || request.availabilityZoneId() != null)
            throw new UnsupportedOperationException("SimEc2 models CreateSubnet with an IPv4 block and a zone's name");
        ec2.tags.check("subnet", request.tagSpecifications());
        var vpc = ec2.vpcs.rows.need(request.vpcId());
        var cidr = SimVpcs.block(given(request.cidrBlock(), "cidrBlock"));
        if (cidr.bits() < 16 || cidr.bits() > 28 || !Cidr.of(vpc.cidrBlock()).contains(cidr))
            throw refuse("InvalidSubnet.Range", "The CIDR '" + request.cidrBlock() + "' is invalid.");
        if (rows.truths().stream()
                .anyMatch(other -> other.vpcId().equals(vpc.vpcId())
                        && Cidr.of(other.cidrBlock()).overlaps(cidr)))
            throw refuse(
                    "InvalidSubnet.Conflict", "The CIDR '" + request.cidrBlock() + "' conflicts with another subnet");
        var zone = request.availabilityZone() != null
                ? request.availabilityZone()
                : ec2.zones.names().getFirst();
        if (!ec2.zones.names().contains(zone))
            throw invalid("Value (" + zone
                    + ") for parameter availabilityZone is invalid. Subnets can currently only be created in the following"
                    + " availability zones: " + String.join(", ", ec2.zones.names()) + ".");
        var id = rows.newId();
        var subnet = Subnet.builder()
                .subnetId(id)
                .subnetArn(ec2.arn("subnet/" + id))
                .vpcId(vpc.vpcId())
                .cidrBlock(cidr.toString())
                .availabilityZone(zone)
                .availabilityZoneId(ec2.zones.id(zone))
                .assignIpv6AddressOnCreation(false)
                .defaultForAz(false)
                .mapPublicIpOnLaunch(false)
                .ownerId(ec2.account())
                .state(SubnetState.PENDING)
                .build();
        taken.put(id, new TreeSet<>());
        rows.create(subnet, request.tagSpecifications());
        ec2.world().after(ec2.world().draw(Duration.ofSeconds(1)), () -> available(id));
        return CreateSubnetResponse.builder().subnet(shown(subnet)).build();
    }

    private void available(String id) {
        rows.truth(id)
                .ifPresent(subnet ->
                        rows.put(subnet.toBuilder().state(SubnetState.AVAILABLE).build()));
    }

    private Subnet shown(Subnet subnet) {
        var id = subnet.subnetId();
        return subnet.toBuilder()
                .tags(ec2.tags.of(id))
                .availableIpAddressCount((int) free(subnet))
                .build();
    }

    private long free(Subnet subnet) {
        return Cidr.of(subnet.cidrBlock()).size()
                - FIRST
                - 1
                - taken.getOrDefault(subnet.subnetId(), Set.of()).size();
    }

    DescribeSubnetsResponse describe(DescribeSubnetsRequest request) {
        var page = rows.page(
                request.subnetIds(), request.filters(), subnet -> true, request.maxResults(), request.nextToken());
        return DescribeSubnetsResponse.builder()
                .subnets(page.rows().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteSubnetResponse delete(DeleteSubnetRequest request) {
        var id = rows.need(request.subnetId()).subnetId();
        if (ec2.interfaces.rows.truths().stream()
                .anyMatch(networkInterface -> networkInterface.subnetId().equals(id)))
            throw Ec2Refusal.dependents("subnet", id);
        ec2.routeTables.subnetDeleted(id);
        rows.remove(id);
        taken.remove(id);
        return DeleteSubnetResponse.builder().build();
    }

    ModifySubnetAttributeResponse modifyAttribute(ModifySubnetAttributeRequest request) {
        if (request.assignIpv6AddressOnCreation() != null
                || request.enableDns64() != null
                || request.privateDnsHostnameTypeOnLaunch() != null)
            throw new UnsupportedOperationException("SimEc2 models mapPublicIpOnLaunch of ModifySubnetAttribute only");
        var subnet = rows.need(request.subnetId());
        if (request.mapPublicIpOnLaunch() == null) throw missing("attribute");
        rows.put(subnet.toBuilder()
                .mapPublicIpOnLaunch(request.mapPublicIpOnLaunch().value())
                .build());
        return ModifySubnetAttributeResponse.builder().build();
    }

    /** Takes a free address, or none where the subnet is full. */
    Optional<String> allocate(String id) {
        var subnet = rows.truth(id).orElseThrow();
        if (free(subnet) <= 0) return Optional.empty();
        var cidr = Cidr.of(subnet.cidrBlock());
        var room = cidr.size() - FIRST - 1;
        var start = ec2.world().below((int) room);
        for (var step = 0L; ; step++) {
            var offset = FIRST + (start + step) % room;
            if (taken.get(id).add(offset)) return Optional.of(cidr.address(offset));
        }
    }

    boolean full(String id) {
        return rows.truth(id).map(subnet -> free(subnet) <= 0).orElse(true);
    }

    void free(String id, String address) {
        var block = rows.truth(id).map(Subnet::cidrBlock);
        block.ifPresent(text -> taken.get(id)
                .remove(Cidr.of(address + "/32").base() - Cidr.of(text).base()));
    }
}
