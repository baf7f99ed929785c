package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The public address of a NAT gateway. Neither name nor token. Outputs: {@code id} (the allocation id), {@code publicIp}. */
@AwsType(uniqueness = Uniqueness.NEITHER)
public record ElasticIp(@Immutable String domain) implements Resource {}

final class ElasticIpHandler implements Handler<ElasticIp> {
    private final Ec2Client ec2;

    ElasticIpHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<ElasticIp> type() {
        return ElasticIp.class;
    }

    /** DescribeAddresses has no pages. */
    @Override
    public List<Observed<ElasticIp>> list(String place) {
        return ec2.describeAddresses(request -> request.filters(Ec2Tags.OURS)).addresses().stream()
                .map(ElasticIpHandler::observed)
                .toList();
    }

    private static Observed<ElasticIp> observed(Address address) {
        var id = address.allocationId();
        var outputs = Map.of("id", id, "publicIp", address.publicIp());
        var actual = new ElasticIp(address.domainAsString());
        return Observed.of(actual, id, id, Phase.READY, outputs, Ec2Tags.map(address.tags()));
    }

    @Override
    public String create(ElasticIp want, Creation creation) {
        return ec2.allocateAddress(request -> request.domain(want.domain())
                        .tagSpecifications(Ec2Tags.specification(ResourceType.ELASTIC_IP, creation.tags())))
                .allocationId();
    }

    @Override
    public void update(Observed<ElasticIp> have, ElasticIp goal, Set<String> fields) {
        throw new IllegalStateException("an elastic IP has no field that can change");
    }

    @Override
    public void delete(Observed<ElasticIp> have, Deletion deletion) {
        ec2.releaseAddress(request -> request.allocationId(have.id()));
    }

    @Override
    public void tag(Observed<ElasticIp> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
