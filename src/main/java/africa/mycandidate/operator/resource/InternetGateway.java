package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * The way to the internet of the public subnets. Found by its tag, never by its attachment: one that was made and not yet attached must be found too. An empty
 * reference means: attached to nothing. Outputs: {@code id}, and {@code attachedId} once it is attached.
 */
@AwsType(uniqueness = Uniqueness.NEITHER)
public record InternetGateway(@Late Ref<Vpc> vpc) implements Resource {
    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new InternetGateway(Ref.of("")));
    }
}

final class InternetGatewayHandler implements Handler<InternetGateway> {
    private final Ec2Client ec2;

    InternetGatewayHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<InternetGateway> type() {
        return InternetGateway.class;
    }

    @Override
    public List<Observed<InternetGateway>> list(String place) {
        return ec2
                .describeInternetGatewaysPaginator(
                        request -> request.filters(Ec2Tags.OURS).maxResults(1000))
                .internetGateways()
                .stream()
                .map(InternetGatewayHandler::observed)
                .toList();
    }

    private static Observed<InternetGateway> observed(
            software.amazon.awssdk.services.ec2.model.InternetGateway gateway) {
        var id = gateway.internetGatewayId();
        var outputs = new TreeMap<>(Map.of("id", id));
        var vpc = "";
        for (var attachment : gateway.attachments()) {
            if (attachment.state() == AttachmentStatus.DETACHED) continue;
            vpc = attachment.vpcId();
            if (holds(attachment)) outputs.put("attachedId", id);
        }
        var actual = new InternetGateway(Ref.of(vpc));
        return Observed.of(actual, id, id, Phase.READY, outputs, Ec2Tags.map(gateway.tags()));
    }

    /** An internet gateway's attachment reads {@code available}, which the SDK's enumeration lacks (API reference, InternetGatewayAttachment). */
    private static boolean holds(InternetGatewayAttachment attachment) {
        return attachment.state() == AttachmentStatus.ATTACHED || "available".equals(attachment.stateAsString());
    }

    @Override
    public String create(InternetGateway want, Creation creation) {
        return ec2.createInternetGateway(request -> request.tagSpecifications(
                        Ec2Tags.specification(ResourceType.INTERNET_GATEWAY, creation.tags())))
                .internetGateway()
                .internetGatewayId();
    }

    /** A gateway has one VPC at most, so that the old one is left before the new one is joined. */
    @Override
    public void update(Observed<InternetGateway> have, InternetGateway goal, Set<String> fields) {
        if (!fields.contains("vpc")) return;
        var old = have.actual().vpc().value();
        var next = goal.vpc().value();
        if (!old.isEmpty())
            ec2.detachInternetGateway(
                    request -> request.internetGatewayId(have.id()).vpcId(old));
        if (!next.isEmpty())
            ec2.attachInternetGateway(
                    request -> request.internetGatewayId(have.id()).vpcId(next));
    }

    @Override
    public void delete(Observed<InternetGateway> have, Deletion deletion) {
        ec2.deleteInternetGateway(request -> request.internetGatewayId(have.id()));
    }

    @Override
    public void tag(Observed<InternetGateway> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
