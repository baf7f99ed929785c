package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;

/** Network interfaces. All belong to a service that manages them: they hold their subnet and groups, and linger when their owner is gone. */
final class SimInterfaces {
    private final SimEc2State ec2;
    final Ec2Rows<NetworkInterface> rows;

    SimInterfaces(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "network-interface",
                        "eni",
                        "InvalidNetworkInterfaceID.NotFound",
                        "networkInterface ID",
                        NetworkInterface::networkInterfaceId,
                        Map.of(
                                "network-interface-id", row -> Stream.of(row.networkInterfaceId()),
                                "subnet-id", row -> Stream.of(row.subnetId()),
                                "vpc-id", row -> Stream.of(row.vpcId()),
                                "group-id", row -> row.groups().stream().map(GroupIdentifier::groupId),
                                "description", row -> Stream.of(row.description()),
                                "interface-type", row -> Stream.of(row.interfaceTypeAsString()),
                                "private-ip-address", row -> Stream.of(row.privateIpAddress()),
                                "requester-id", row -> Stream.of(row.requesterId()),
                                "requester-managed", row -> Stream.of(String.valueOf(row.requesterManaged())),
                                "status", row -> Stream.of(row.statusAsString()))));
    }

    /** @param type {@code interface} or {@code nat_gateway} */
    NetworkInterface attach(String subnetId, List<String> groups, String description, String requester, String type) {
        var subnet = ec2.subnets.rows.truth(subnetId).orElseThrow(() -> ec2.subnets.rows.absent(subnetId));
        var members = groups.stream()
                .map(group ->
                        ec2.securityGroups.rows.truth(group).orElseThrow(() -> ec2.securityGroups.rows.absent(group)))
                .map(group -> GroupIdentifier.builder()
                        .groupId(group.groupId())
                        .groupName(group.groupName())
                        .build())
                .toList();
        var address = ec2.subnets
                .allocate(subnetId)
                .orElseThrow(() -> refuse(
                        "InsufficientFreeAddressesInSubnet",
                        "Insufficient Free Addresses in subnet '" + subnetId + "'"));
        var row = NetworkInterface.builder()
                .networkInterfaceId(rows.newId())
                .subnetId(subnetId)
                .vpcId(subnet.vpcId())
                .availabilityZone(subnet.availabilityZone())
                .description(description)
                .groups(members)
                .interfaceType(type)
                .ownerId(ec2.account())
                .privateIpAddress(address)
                .requesterId(requester)
                .requesterManaged(true)
                .sourceDestCheck(!type.equals("nat_gateway"))
                .status(NetworkInterfaceStatus.IN_USE)
                .attachment(attachment -> attachment
                        .attachmentId("ela-attach-" + ec2.world().hex(17))
                        .status(AttachmentStatus.ATTACHED)
                        .instanceOwnerId(requester))
                .build();
        rows.create(row, List.of());
        return row;
    }

    /** Gives a network interface a public address that its service owns, as an internet-facing load balancer has. */
    void publish(String id, String owner) {
        var row = rows.truth(id).orElseThrow();
        rows.put(row.toBuilder()
                .association(association -> association.ipOwnerId(owner).publicIp(ec2.addresses.publicIp()))
                .build());
    }

    void associate(String id, Address address) {
        var row = rows.truth(id).orElseThrow();
        rows.put(row.toBuilder()
                .association(association -> association
                        .allocationId(address.allocationId())
                        .associationId(address.associationId())
                        .publicIp(address.publicIp())
                        .ipOwnerId(ec2.account()))
                .build());
    }

    void disassociate(String id) {
        rows.truth(id)
                .ifPresent(row -> rows.put(row.toBuilder()
                        .association((NetworkInterfaceAssociation) null)
                        .build()));
    }

    void release(String id, Duration linger) {
        if (rows.truth(id).isPresent()) ec2.world().after(linger, () -> detach(id));
    }

    private void detach(String id) {
        rows.truth(id).ifPresent(row -> {
            ec2.subnets.free(row.subnetId(), row.privateIpAddress());
            rows.remove(id);
        });
    }

    String address(String id) {
        return rows.truth(id).map(NetworkInterface::privateIpAddress).orElseThrow(() -> rows.absent(id));
    }

    /** Whether a public address is mapped to anything in the VPC. */
    boolean mapped(String vpc) {
        return rows.truths().stream().anyMatch(row -> row.vpcId().equals(vpc) && row.association() != null);
    }

    boolean holds(String group) {
        return rows.truths().stream().anyMatch(row -> in(row, List.of(group)));
    }

    /** The addresses of what is in any of the groups. */
    List<Cidr> addresses(List<String> groups) {
        return rows.truths().stream()
                .filter(row -> in(row, groups))
                .map(row -> Cidr.of(row.privateIpAddress() + "/32"))
                .toList();
    }

    private static boolean in(NetworkInterface row, List<String> groups) {
        return row.groups().stream().anyMatch(group -> groups.contains(group.groupId()));
    }

    DescribeNetworkInterfacesResponse describe(DescribeNetworkInterfacesRequest request) {
        var page = rows.page(
                request.networkInterfaceIds(),
                request.filters(),
                row -> true,
                request.maxResults(),
                request.nextToken());
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.rows().stream()
                        .map(row -> row.toBuilder()
                                .tagSet(ec2.tags.of(row.networkInterfaceId()))
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    /** A user cannot delete what a service manages. */
    DeleteNetworkInterfaceResponse delete(DeleteNetworkInterfaceRequest request) {
        rows.need(request.networkInterfaceId());
        throw refuse("AuthFailure", "You do not have permission to access the specified resource.");
    }
}
