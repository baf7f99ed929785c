package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * The way out for the private subnets. A create answers 200 and may still end in {@code failed}; a failed or deleted one stays listed for an hour, and the
 * same client token returns it for that long. Output: {@code id}, already while it is pending: AWS takes a route to a pending gateway, though for some seconds
 * it may not know its id (boto3#779).
 */
@AwsType(uniqueness = Uniqueness.TOKEN, usually = "2 min", seldomBefore = 40)
public record NatGateway(
        @Immutable Ref<Subnet> subnet, @Immutable Ref<ElasticIp> address) implements Resource {}

final class NatGatewayHandler implements Handler<NatGateway> {
    private final Ec2Client ec2;

    NatGatewayHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<NatGateway> type() {
        return NatGateway.class;
    }

    @Override
    public List<Observed<NatGateway>> list(String place) {
        return ec2
                .describeNatGatewaysPaginator(
                        request -> request.filter(Ec2Tags.OURS).maxResults(1000))
                .natGateways()
                .stream()
                .map(NatGatewayHandler::observed)
                .toList();
    }

    private static Observed<NatGateway> observed(software.amazon.awssdk.services.ec2.model.NatGateway gateway) {
        var id = gateway.natGatewayId();
        var phase =
                switch (gateway.state()) {
                    case AVAILABLE -> Phase.READY;
                    case DELETING -> Phase.DELETING;
                    case DELETED -> Phase.GONE;
                    case FAILED -> Phase.FAILED;
                    default -> Phase.CREATING;
                };
        var there = phase == Phase.READY || phase == Phase.CREATING;
        var addresses = gateway.natGatewayAddresses();
        var address = addresses.isEmpty()
                ? null
                : Ref.<ElasticIp>of(addresses.getFirst().allocationId());
        var actual = new NatGateway(Ref.of(gateway.subnetId()), address);
        var outputs = there ? Map.of("id", id) : Map.<String, String>of();
        return Observed.of(actual, id, id, phase, outputs, Ec2Tags.map(gateway.tags()))
                .withMessage(
                        gateway.failureCode() == null ? "" : gateway.failureCode() + ": " + gateway.failureMessage());
    }

    @Override
    public String create(NatGateway want, Creation creation) {
        return ec2.createNatGateway(request -> request.clientToken(creation.token())
                        .subnetId(want.subnet().value())
                        .allocationId(want.address().value())
                        .tagSpecifications(Ec2Tags.specification(ResourceType.NATGATEWAY, creation.tags())))
                .natGateway()
                .natGatewayId();
    }

    @Override
    public void update(Observed<NatGateway> have, NatGateway goal, Set<String> fields) {
        throw new IllegalStateException("a NAT gateway has no field that can change");
    }

    @Override
    public void delete(Observed<NatGateway> have, Deletion deletion) {
        ec2.deleteNatGateway(request -> request.natGatewayId(have.id()));
    }

    @Override
    public void tag(Observed<NatGateway> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
