package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.given;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddress;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;

/**
 * NAT gateways. The create call answers at once, and the gateway may fail afterwards; failed and deleted ones stay listed for an hour (UG:vpc). Deleting one
 * neither releases its address nor removes the routes to it.
 */
final class SimNatGateways {
    /** How long failed and deleted gateways stay listed. */
    private static final Duration TOMBSTONE = Duration.ofHours(1);

    private static final Duration USUAL = Duration.ofSeconds(100);
    private final SimEc2State ec2;
    private final ClientTokens<NatGateway> tokens = new ClientTokens<>();
    final Ec2Rows<NatGateway> rows;
    /** Quota of each zone; pending, available and deleting gateways count. */
    int limit = 5;

    /** With what every new one fails, while it does. */
    Optional<String> failing = Optional.empty();

    private Optional<String> nextFailure = Optional.empty();

    SimNatGateways(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "natgateway",
                        "nat",
                        "NatGatewayNotFound",
                        "Nat Gateway ID",
                        NatGateway::natGatewayId,
                        nat -> !dead(nat),
                        Map.of(
                                "nat-gateway-id", nat -> Stream.of(nat.natGatewayId()),
                                "state", nat -> Stream.of(nat.stateAsString()),
                                "subnet-id", nat -> Stream.of(nat.subnetId()),
                                "vpc-id", nat -> Stream.of(nat.vpcId()))));
    }

    /** The next gateway fails with this code, {@code InternalError} for one, whatever else holds. */
    void failNext(String code) {
        nextFailure = Optional.of(code);
    }

    CreateNatGatewayResponse create(CreateNatGatewayRequest request) {
        if (request.connectivityType() == ConnectivityType.PRIVATE
                || request.privateIpAddress() != null
                || !request.secondaryAllocationIds().isEmpty())
            throw new UnsupportedOperationException("SimEc2 models public NAT gateways with one address only");
        ec2.tags.check("natgateway", request.tagSpecifications());
        var made = tokens.once(request.clientToken(), request, () -> start(request));
        return CreateNatGatewayResponse.builder()
                .clientToken(request.clientToken())
                .natGateway(shown(rows.truth(made.natGatewayId()).orElse(made)))
                .build();
    }

    private NatGateway start(CreateNatGatewayRequest request) {
        given(request.subnetId(), "subnetId");
        given(request.allocationId(), "allocationId");
        // Right after their creation these two have codes of their own here: openshift/hypershift#711,
        // ansible-collections/amazon.aws#1872.
        var subnet = ec2.subnets
                .rows
                .seen(request.subnetId())
                .flatMap(seen -> ec2.subnets.rows.truth(request.subnetId()))
                .orElseThrow(
                        () -> refuse("InvalidSubnet", "The subnet ID '" + request.subnetId() + "' does not exist"));
        var allocated = ec2.addresses
                .rows
                .seen(request.allocationId())
                .flatMap(seen -> ec2.addresses.rows.truth(request.allocationId()));
        if (allocated.isEmpty()) {
            throw refuse(
                    "InvalidElasticIpID.NotFound", "The elasticIp ID '" + request.allocationId() + "' does not exist");
        }
        var zone = subnet.availabilityZone();
        if (rows.truths().stream()
                        .filter(nat -> !dead(nat) && zone(nat).equals(zone))
                        .count()
                >= limit)
            throw refuse(
                    "NatGatewayLimitExceeded", "The maximum number of NAT Gateways has been reached in " + zone + ".");
        var nat = NatGateway.builder()
                .natGatewayId(rows.newId())
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .connectivityType(ConnectivityType.PUBLIC)
                .createTime(ec2.world().now())
                .natGatewayAddresses(
                        address -> address.allocationId(request.allocationId()).isPrimary(true))
                .state(NatGatewayState.PENDING)
                .build();
        var started = failure(nat).map(code -> failing(nat, code)).orElseGet(() -> starting(nat));
        rows.create(started, request.tagSpecifications());
        return started;
    }

    private String zone(NatGateway nat) {
        return ec2.subnets
                .rows
                .truth(nat.subnetId())
                .map(subnet -> subnet.availabilityZone())
                .orElse("");
    }

    private Optional<String> failure(NatGateway nat) {
        var asked = nextFailure;
        nextFailure = Optional.empty();
        if (asked.isPresent()) return asked;
        if (failing.isPresent()) return failing;
        if (!ec2.internetGateways.attachedTo(nat.vpcId())) return Optional.of("Gateway.NotAttached");
        if (ec2.addresses.associated(allocation(nat))) return Optional.of("Resource.AlreadyAssociated");
        return Optional.empty();
    }

    /** The failure shows after some seconds; its message is the one of UG:vpc nat-gateway-troubleshooting. */
    private NatGateway failing(NatGateway nat, String code) {
        ec2.world().after(ec2.world().draw(Duration.ofSeconds(10)), () -> fail(nat.natGatewayId(), code));
        return nat;
    }

    private void fail(String id, String code) {
        var message =
                switch (code) {
                    case "Gateway.NotAttached" ->
                        "Network " + rows.truth(id).orElseThrow().vpcId() + " has no Internet gateway attached";
                    case "Resource.AlreadyAssociated" ->
                        "Elastic IP address " + allocation(rows.truth(id).orElseThrow()) + " is already associated";
                    case "InsufficientFreeAddressesInSubnet" ->
                        "Subnet has insufficient free addresses to create this NAT gateway";
                    default -> "Network interface could not be created. Please try again.";
                };
        rows.truth(id)
                .filter(nat -> nat.state() == NatGatewayState.PENDING)
                .ifPresent(nat -> rows.put(nat.toBuilder()
                        .state(NatGatewayState.FAILED)
                        .failureCode(code)
                        .failureMessage(message)
                        .deleteTime(ec2.world().now())
                        .build()));
    }

    private NatGateway starting(NatGateway nat) {
        if (ec2.subnets.full(nat.subnetId())) return failing(nat, "InsufficientFreeAddressesInSubnet");
        var id = nat.natGatewayId();
        var networkInterface = ec2.interfaces.attach(
                nat.subnetId(), List.of(), "Interface for NAT Gateway " + id, ec2.account(), "nat_gateway");
        var address = ec2.addresses.associate(allocation(nat), networkInterface);
        ec2.interfaces.associate(networkInterface.networkInterfaceId(), address);
        ec2.world().after(ec2.world().draw(USUAL), () -> available(id));
        return nat.toBuilder().natGatewayAddresses(shownAddress(address)).build();
    }

    private static NatGatewayAddress shownAddress(Address address) {
        return NatGatewayAddress.builder()
                .allocationId(address.allocationId())
                .associationId(address.associationId())
                .networkInterfaceId(address.networkInterfaceId())
                .privateIp(address.privateIpAddress())
                .publicIp(address.publicIp())
                .isPrimary(true)
                .status("succeeded")
                .build();
    }

    private void available(String id) {
        rows.truth(id)
                .filter(nat -> nat.state() == NatGatewayState.PENDING)
                .ifPresent(nat -> rows.put(
                        nat.toBuilder().state(NatGatewayState.AVAILABLE).build()));
    }

    private NatGateway shown(NatGateway nat) {
        return nat.toBuilder().tags(ec2.tags.of(nat.natGatewayId())).build();
    }

    DescribeNatGatewaysResponse describe(DescribeNatGatewaysRequest request) {
        var page = rows.page(
                request.natGatewayIds(), request.filter(), this::listed, request.maxResults(), request.nextToken());
        return DescribeNatGatewaysResponse.builder()
                .natGateways(page.rows().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    private boolean listed(NatGateway nat) {
        return nat.deleteTime() == null
                || !dead(nat)
                || nat.deleteTime().plus(TOMBSTONE).isAfter(ec2.world().now());
    }

    /** Deleting what is already on its way, or gone but listed, changes nothing (inferred). */
    DeleteNatGatewayResponse delete(DeleteNatGatewayRequest request) {
        var nat = rows.need(request.natGatewayId());
        if (!listed(nat)) throw rows.absent(request.natGatewayId());
        if (nat.state() == NatGatewayState.FAILED) end(nat);
        if (usable(nat)) {
            rows.put(nat.toBuilder()
                    .state(NatGatewayState.DELETING)
                    .deleteTime(ec2.world().now())
                    .build());
            ec2.world().after(ec2.world().draw(Duration.ofSeconds(55)), () -> rows.truth(nat.natGatewayId())
                    .ifPresent(this::end));
        }
        return DeleteNatGatewayResponse.builder()
                .natGatewayId(nat.natGatewayId())
                .build();
    }

    private void end(NatGateway nat) {
        rows.put(nat.toBuilder()
                .state(NatGatewayState.DELETED)
                .deleteTime(ec2.world().now())
                .build());
        var networkInterface = nat.natGatewayAddresses().getFirst().networkInterfaceId();
        if (networkInterface == null) return;
        ec2.addresses.disassociate(allocation(nat));
        ec2.interfaces.disassociate(networkInterface);
        ec2.interfaces.release(networkInterface, ec2.world().draw(Duration.ofSeconds(45)));
    }

    private static String allocation(NatGateway nat) {
        return nat.natGatewayAddresses().getFirst().allocationId();
    }

    /** Whether a gateway with this address is on its way out. */
    boolean deleting(String allocation) {
        return rows.truths().stream()
                .anyMatch(nat -> nat.state() == NatGatewayState.DELETING
                        && allocation(nat).equals(allocation));
    }

    private static boolean usable(NatGateway nat) {
        return nat.state() == NatGatewayState.PENDING || nat.state() == NatGatewayState.AVAILABLE;
    }

    static boolean dead(NatGateway nat) {
        return nat.state() == NatGatewayState.FAILED || nat.state() == NatGatewayState.DELETED;
    }

    /** Whether a route to it stands; one to a gateway that is going or gone is a black hole (BC DeleteNatGateway). */
    boolean routable(String id) {
        return rows.truth(id).filter(SimNatGateways::usable).isPresent();
    }

    boolean works(String id) {
        return rows.truth(id)
                .filter(nat -> nat.state() == NatGatewayState.AVAILABLE)
                .isPresent();
    }
}
