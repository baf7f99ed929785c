package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;

/** Internet gateways. CreateInternetGateway has no token: a second call makes a second gateway. */
final class SimInternetGateways {
    private final SimEc2State ec2;
    final Ec2Rows<InternetGateway> rows;
    int limit = 5;

    SimInternetGateways(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "internet-gateway",
                        "igw",
                        "InvalidInternetGatewayID.NotFound",
                        "internetGateway ID",
                        InternetGateway::internetGatewayId,
                        Map.of(
                                "internet-gateway-id", gateway -> Stream.of(gateway.internetGatewayId()),
                                "attachment.vpc-id",
                                        gateway ->
                                                gateway.attachments().stream().map(attachment -> attachment.vpcId()),
                                "attachment.state",
                                        gateway -> gateway.attachments().stream()
                                                .map(attachment -> attachment.stateAsString()),
                                "owner-id", gateway -> Stream.of(gateway.ownerId()))));
    }

    CreateInternetGatewayResponse create(CreateInternetGatewayRequest request) {
        ec2.tags.check("internet-gateway", request.tagSpecifications());
        if (rows.truths().size() >= limit)
            throw refuse("InternetGatewayLimitExceeded", "The maximum number of internet gateways has been reached.");
        var gateway = InternetGateway.builder()
                .internetGatewayId(rows.newId())
                .ownerId(ec2.account())
                .build();
        rows.create(gateway, request.tagSpecifications());
        return CreateInternetGatewayResponse.builder()
                .internetGateway(shown(gateway))
                .build();
    }

    private InternetGateway shown(InternetGateway gateway) {
        return gateway.toBuilder()
                .tags(ec2.tags.of(gateway.internetGatewayId()))
                .build();
    }

    DescribeInternetGatewaysResponse describe(DescribeInternetGatewaysRequest request) {
        var page = rows.page(
                request.internetGatewayIds(),
                request.filters(),
                gateway -> true,
                request.maxResults(),
                request.nextToken());
        return DescribeInternetGatewaysResponse.builder()
                .internetGateways(page.rows().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    AttachInternetGatewayResponse attach(AttachInternetGatewayRequest request) {
        var gateway = rows.need(request.internetGatewayId());
        var vpc = ec2.vpcs.rows.need(request.vpcId()).vpcId();
        if (!gateway.attachments().isEmpty())
            throw refuse(
                    "Resource.AlreadyAssociated",
                    "resource " + gateway.internetGatewayId() + " is already attached to network "
                            + gateway.attachments().getFirst().vpcId());
        if (attachedTo(vpc)) throw invalid("Network " + vpc + " already has an internet gateway attached");
        rows.put(gateway.toBuilder()
                .attachments(attachment -> attachment.vpcId(vpc).state("available"))
                .build());
        return AttachInternetGatewayResponse.builder().build();
    }

    DetachInternetGatewayResponse detach(DetachInternetGatewayRequest request) {
        var gateway = rows.need(request.internetGatewayId());
        var vpc = ec2.vpcs.rows.need(request.vpcId()).vpcId();
        if (!attached(gateway.internetGatewayId(), vpc))
            throw refuse(
                    "Gateway.NotAttached",
                    "resource " + gateway.internetGatewayId() + " is not attached to network " + vpc);
        // hashicorp/terraform#497 and #1303
        if (ec2.interfaces.mapped(vpc))
            throw refuse(
                    "DependencyViolation",
                    "Network " + vpc
                            + " has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.");
        rows.put(gateway.toBuilder().attachments(List.of()).build());
        return DetachInternetGatewayResponse.builder().build();
    }

    DeleteInternetGatewayResponse delete(DeleteInternetGatewayRequest request) {
        var gateway = rows.need(request.internetGatewayId());
        if (!gateway.attachments().isEmpty())
            throw Ec2Refusal.dependents("internetGateway", gateway.internetGatewayId());
        rows.remove(gateway.internetGatewayId());
        return DeleteInternetGatewayResponse.builder().build();
    }

    boolean attached(String id, String vpc) {
        return rows.truth(id).stream()
                .flatMap(gateway -> gateway.attachments().stream())
                .anyMatch(attachment -> attachment.vpcId().equals(vpc));
    }

    boolean attachedTo(String vpc) {
        return rows.truths().stream().anyMatch(gateway -> attached(gateway.internetGatewayId(), vpc));
    }
}
