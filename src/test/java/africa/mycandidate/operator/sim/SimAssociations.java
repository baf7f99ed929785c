package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.given;
import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.util.ArrayList;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociationState;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociationStateCode;

/** Which route table a subnet uses; a subnet has at most one association, a VPC exactly one main table. */
final class SimAssociations {
    private static final RouteTableAssociationState ASSOCIATED = RouteTableAssociationState.builder()
            .state(RouteTableAssociationStateCode.ASSOCIATED)
            .build();
    private final SimEc2State ec2;

    SimAssociations(SimEc2State ec2) {
        this.ec2 = ec2;
    }

    static RouteTableAssociation.Builder association(SimEc2State ec2, String table) {
        return RouteTableAssociation.builder()
                .routeTableAssociationId("rtbassoc-" + ec2.world().hex(17))
                .routeTableId(table)
                .main(false)
                .associationState(ASSOCIATED);
    }

    AssociateRouteTableResponse associate(AssociateRouteTableRequest request) {
        if (request.gatewayId() != null)
            throw new UnsupportedOperationException("SimEc2 does not model edge associations");
        var table = ec2.routeTables.rows.need(request.routeTableId());
        var subnet = ec2.subnets.rows.need(given(request.subnetId(), "subnetId"));
        if (!subnet.vpcId().equals(table.vpcId()))
            throw invalid("Route table " + table.routeTableId() + " and subnet " + subnet.subnetId()
                    + " belong to different networks");
        if (ec2.routeTables
                .associatedWith(other -> subnet.subnetId().equals(other.subnetId()))
                .isPresent())
            throw refuse(
                    "Resource.AlreadyAssociated",
                    "the specified association for route table " + table.routeTableId()
                            + " conflicts with an existing association");
        var made = association(ec2, table.routeTableId())
                .subnetId(subnet.subnetId())
                .build();
        add(table, made);
        return AssociateRouteTableResponse.builder()
                .associationId(made.routeTableAssociationId())
                .associationState(ASSOCIATED)
                .build();
    }

    DisassociateRouteTableResponse disassociate(DisassociateRouteTableRequest request) {
        var table = holder(request.associationId());
        if (find(table, request.associationId()).main())
            throw invalid("cannot disassociate the main route table association " + request.associationId());
        take(table, request.associationId());
        return DisassociateRouteTableResponse.builder().build();
    }

    /** Moves a subnet, or the main association, to another table; the association gets a new id. */
    ReplaceRouteTableAssociationResponse replace(ReplaceRouteTableAssociationRequest request) {
        var target = ec2.routeTables.rows.need(request.routeTableId());
        var table = holder(request.associationId());
        if (!target.vpcId().equals(table.vpcId()))
            throw invalid("Route table " + target.routeTableId() + " and association " + request.associationId()
                    + " belong to different networks");
        var old = find(table, request.associationId());
        take(table, request.associationId());
        var made = association(ec2, target.routeTableId())
                .subnetId(old.subnetId())
                .main(old.main())
                .build();
        add(ec2.routeTables.rows.truth(target.routeTableId()).orElseThrow(), made);
        return ReplaceRouteTableAssociationResponse.builder()
                .newAssociationId(made.routeTableAssociationId())
                .associationState(ASSOCIATED)
                .build();
    }

    private RouteTable holder(String association) {
        return ec2.routeTables
                .associatedWith(one -> one.routeTableAssociationId().equals(given(association, "associationId")))
                .orElseThrow(() -> refuse(
                        "InvalidAssociationID.NotFound", "The association ID '" + association + "' does not exist"));
    }

    private static RouteTableAssociation find(RouteTable table, String id) {
        return table.associations().stream()
                .filter(one -> one.routeTableAssociationId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void add(RouteTable table, RouteTableAssociation association) {
        var associations = new ArrayList<>(table.associations());
        associations.add(association);
        ec2.routeTables.rows.put(table.toBuilder().associations(associations).build());
    }

    private void take(RouteTable table, String id) {
        var associations = new ArrayList<>(table.associations());
        associations.removeIf(one -> one.routeTableAssociationId().equals(id));
        ec2.routeTables.rows.put(table.toBuilder().associations(associations).build());
    }
}
