package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/** A subnet in one zone. Its CIDR makes it unique within the VPC. Output: {@code id}. */
@AwsType(replacement = Replacement.NEVER)
public record Subnet(
        @Immutable Ref<Vpc> vpc,
        @Immutable String cidr,
        @Immutable String zone,
        @Late Boolean mapPublicIp) implements Resource {}

final class SubnetHandler implements Handler<Subnet> {
    private final Ec2Client ec2;

    SubnetHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<Subnet> type() {
        return Subnet.class;
    }

    @Override
    public List<Observed<Subnet>> list(String place) {
        return list(Ec2Tags.OURS);
    }

    @Override
    public List<Observed<Subnet>> find(String id) {
        return list(Filter.builder().name("subnet-id").values(id).build());
    }

    private List<Observed<Subnet>> list(Filter filter) {
        return ec2.describeSubnetsPaginator(request -> request.filters(filter).maxResults(1000)).subnets().stream()
                .map(SubnetHandler::observed)
                .toList();
    }

    private static Observed<Subnet> observed(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
        var id = subnet.subnetId();
        var phase =
                switch (subnet.state()) {
                    case AVAILABLE -> Phase.READY;
                    case PENDING -> Phase.CREATING;
                    default -> Phase.FAILED;
                };
        var outputs = subnet.state() == SubnetState.AVAILABLE ? Map.of("id", id) : Map.<String, String>of();
        var actual = new Subnet(
                Ref.of(subnet.vpcId()), subnet.cidrBlock(), subnet.availabilityZone(), subnet.mapPublicIpOnLaunch());
        return Observed.of(actual, id, id, phase, outputs, Ec2Tags.map(subnet.tags()));
    }

    @Override
    public String create(Subnet want, Creation creation) {
        return ec2.createSubnet(request -> request.vpcId(want.vpc().value())
                        .cidrBlock(want.cidr())
                        .availabilityZone(want.zone())
                        .tagSpecifications(Ec2Tags.specification(ResourceType.SUBNET, creation.tags())))
                .subnet()
                .subnetId();
    }

    @Override
    public void update(Observed<Subnet> have, Subnet goal, Set<String> fields) {
        if (!fields.contains("mapPublicIp")) return;
        var value = AttributeBooleanValue.builder().value(goal.mapPublicIp()).build();
        ec2.modifySubnetAttribute(request -> request.subnetId(have.id()).mapPublicIpOnLaunch(value));
    }

    @Override
    public void delete(Observed<Subnet> have, Deletion deletion) {
        ec2.deleteSubnet(request -> request.subnetId(have.id()));
    }

    @Override
    public void tag(Observed<Subnet> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
