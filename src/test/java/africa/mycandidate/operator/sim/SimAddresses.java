package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;

/** Elastic IP addresses. AllocateAddress has no token: a second call allocates, and charges for, a second address. */
final class SimAddresses {
    private final SimEc2State ec2;
    final Ec2Rows<Address> rows;
    int limit = 5;
    private int allocated;

    SimAddresses(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "elastic-ip",
                        "eipalloc",
                        "InvalidAllocationID.NotFound",
                        "allocation ID",
                        Address::allocationId,
                        Map.of(
                                "allocation-id", address -> Stream.of(address.allocationId()),
                                "association-id", address -> Stream.ofNullable(address.associationId()),
                                "domain", address -> Stream.of(address.domainAsString()),
                                "network-interface-id", address -> Stream.ofNullable(address.networkInterfaceId()),
                                "private-ip-address", address -> Stream.ofNullable(address.privateIpAddress()),
                                "public-ip", address -> Stream.of(address.publicIp()))));
    }

    AllocateAddressResponse allocate(AllocateAddressRequest request) {
        if (request.address() != null || request.publicIpv4Pool() != null || request.ipamPoolId() != null)
            throw new UnsupportedOperationException("SimEc2 models AllocateAddress from Amazon's pool only");
        ec2.tags.check("elastic-ip", request.tagSpecifications());
        if (rows.truths().size() >= limit)
            throw refuse("AddressLimitExceeded", "The maximum number of addresses has been reached.");
        var address = Address.builder()
                .allocationId(rows.newId())
                .publicIp(publicIp())
                .domain(DomainType.VPC)
                .networkBorderGroup(ec2.region())
                .publicIpv4Pool("amazon")
                .build();
        rows.create(address, request.tagSpecifications());
        return AllocateAddressResponse.builder()
                .allocationId(address.allocationId())
                .publicIp(address.publicIp())
                .domain(DomainType.VPC)
                .networkBorderGroup(ec2.region())
                .publicIpv4Pool("amazon")
                .build();
    }

    /** A new public address; 198.18.0.0/15 is set aside for tests (RFC 2544). */
    String publicIp() {
        return Cidr.of("198.18.0.0/15").address(++allocated);
    }

    private Address shown(Address address) {
        return address.toBuilder().tags(ec2.tags.of(address.allocationId())).build();
    }

    /** Not paged (BC DescribeAddresses). */
    DescribeAddressesResponse describe(DescribeAddressesRequest request) {
        if (!request.publicIps().isEmpty())
            throw new UnsupportedOperationException("SimEc2 models DescribeAddresses by allocation id");
        return DescribeAddressesResponse.builder()
                .addresses(rows.list(request.allocationIds(), request.filters(), address -> true).stream()
                        .map(this::shown)
                        .toList())
                .build();
    }

    ReleaseAddressResponse release(ReleaseAddressRequest request) {
        var address = rows.need(request.allocationId());
        if (address.associationId() != null) {
            // CAPA retries both codes: AuthFailure while the managed association is being torn down, InUse before.
            if (ec2.natGateways.deleting(address.allocationId()))
                throw refuse("AuthFailure", "You do not have permission to access the specified resource.");
            throw refuse("InvalidIPAddress.InUse", "Address " + address.publicIp() + " is in use.");
        }
        rows.remove(address.allocationId());
        return ReleaseAddressResponse.builder().build();
    }

    boolean associated(String allocation) {
        return rows.truth(allocation).map(Address::associationId).isPresent();
    }

    Address associate(String allocation, NetworkInterface networkInterface) {
        var address = rows.truth(allocation).orElseThrow().toBuilder()
                .associationId("eipassoc-" + ec2.world().hex(17))
                .networkInterfaceId(networkInterface.networkInterfaceId())
                .networkInterfaceOwnerId(ec2.account())
                .privateIpAddress(networkInterface.privateIpAddress())
                .build();
        rows.put(address);
        return address;
    }

    void disassociate(String allocation) {
        rows.truth(allocation)
                .ifPresent(address -> rows.put(address.toBuilder()
                        .associationId(null)
                        .networkInterfaceId(null)
                        .networkInterfaceOwnerId(null)
                        .privateIpAddress(null)
                        .build()));
    }
}
