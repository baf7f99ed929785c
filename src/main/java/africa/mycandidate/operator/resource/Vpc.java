package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** The private network of the stack. EC2 gives it neither a unique name nor a client token: a repeated create makes a second one. Output: {@code id}. */
@AwsType(replacement = Replacement.NEVER, uniqueness = Uniqueness.NEITHER)
public record Vpc(
        @Immutable String cidr,
        @Late Boolean dnsSupport,
        @Late Boolean dnsHostnames) implements Resource {}

final class VpcHandler implements Handler<Vpc> {
    private final Ec2Client ec2;

    VpcHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<Vpc> type() {
        return Vpc.class;
    }

    @Override
    public List<Observed<Vpc>> list(String place) {
        return list(Ec2Tags.OURS);
    }

    @Override
    public List<Observed<Vpc>> find(String id) {
        return list(Filter.builder().name("vpc-id").values(id).build());
    }

    private List<Observed<Vpc>> list(Filter filter) {
        return ec2.describeVpcsPaginator(request -> request.filters(filter).maxResults(1000)).vpcs().stream()
                .map(this::observed)
                .toList();
    }

    private Observed<Vpc> observed(software.amazon.awssdk.services.ec2.model.Vpc vpc) {
        var ready = vpc.state() == VpcState.AVAILABLE;
        var id = vpc.vpcId();
        var phase = ready ? Phase.READY : Phase.CREATING;
        var outputs = ready ? Map.of("id", id) : Map.<String, String>of();
        var tags = Ec2Tags.map(vpc.tags());
        try {
            var actual = new Vpc(vpc.cidrBlock(), dnsSupport(id), dnsHostnames(id));
            return Observed.of(actual, id, id, phase, outputs, tags);
        } catch (Ec2Exception e) {
            // A new VPC may be listed before it can be asked by its id (aws-sdk eventual consistency, kops
            // awsup/aws_cloud.go).
            if (!e.awsErrorDetails().errorCode().equals("InvalidVpcID.NotFound")) throw e;
            var unread = Set.of("dnsSupport", "dnsHostnames");
            return Observed.of(new Vpc(vpc.cidrBlock(), null, null), id, id, phase, outputs, tags)
                    .withUnread(unread);
        }
    }

    private boolean dnsSupport(String id) {
        return ec2.describeVpcAttribute(request -> request.vpcId(id).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                .enableDnsSupport()
                .value();
    }

    private boolean dnsHostnames(String id) {
        return ec2.describeVpcAttribute(request -> request.vpcId(id).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                .enableDnsHostnames()
                .value();
    }

    @Override
    public String create(Vpc want, Creation creation) {
        return ec2.createVpc(request -> request.cidrBlock(want.cidr())
                        .tagSpecifications(Ec2Tags.specification(ResourceType.VPC, creation.tags())))
                .vpc()
                .vpcId();
    }

    /** EC2 takes one attribute in a call (API reference, ModifyVpcAttribute). Support comes first: host names need it. */
    @Override
    public void update(Observed<Vpc> have, Vpc goal, Set<String> fields) {
        if (fields.contains("dnsSupport"))
            ec2.modifyVpcAttribute(request -> request.vpcId(have.id()).enableDnsSupport(value(goal.dnsSupport())));
        if (fields.contains("dnsHostnames"))
            ec2.modifyVpcAttribute(request -> request.vpcId(have.id()).enableDnsHostnames(value(goal.dnsHostnames())));
    }

    private static AttributeBooleanValue value(boolean on) {
        return AttributeBooleanValue.builder().value(on).build();
    }

    @Override
    public void delete(Observed<Vpc> have, Deletion deletion) {
        ec2.deleteVpc(request -> request.vpcId(have.id()));
    }

    @Override
    public void tag(Observed<Vpc> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
