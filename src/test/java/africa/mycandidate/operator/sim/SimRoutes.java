package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.given;
import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.util.ArrayList;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** Routes to internet and NAT gateways. */
final class SimRoutes {
    private final SimEc2State ec2;

    SimRoutes(SimEc2State ec2) {
        this.ec2 = ec2;
    }

    CreateRouteResponse create(CreateRouteRequest request) {
        var table = ec2.routeTables.rows.need(request.routeTableId());
        var route = route(table, request.destinationCidrBlock(), request.gatewayId(), request.natGatewayId());
        if (find(table, route.destinationCidrBlock()).isPresent())
            throw refuse(
                    "RouteAlreadyExists",
                    "The route identified by " + route.destinationCidrBlock() + " already exists.");
        put(table, route.destinationCidrBlock(), Optional.of(route));
        return CreateRouteResponse.builder().returnValue(true).build();
    }

    ReplaceRouteResponse replace(ReplaceRouteRequest request) {
        if (request.localTarget() != null)
            throw new UnsupportedOperationException("SimEc2 does not model localTarget of ReplaceRoute");
        var table = ec2.routeTables.rows.need(request.routeTableId());
        var route = route(table, request.destinationCidrBlock(), request.gatewayId(), request.natGatewayId());
        var destination = route.destinationCidrBlock();
        if (find(table, destination).isEmpty())
            throw invalid(
                    "There is no route defined for '" + destination + "' in the route table. Use CreateRoute instead.");
        put(table, destination, Optional.of(route));
        return ReplaceRouteResponse.builder().build();
    }

    DeleteRouteResponse delete(DeleteRouteRequest request) {
        var table = ec2.routeTables.rows.need(request.routeTableId());
        var destination = destination(request.destinationCidrBlock());
        var route = find(table, destination)
                .orElseThrow(() -> refuse(
                        "InvalidRoute.NotFound",
                        "no route with destination-cidr-block " + destination + " in route table "
                                + table.routeTableId()));
        if ("local".equals(route.gatewayId()))
            throw invalid("cannot remove local route " + destination + " in route table " + table.routeTableId());
        put(table, destination, Optional.empty());
        return DeleteRouteResponse.builder().build();
    }

    private static String destination(String text) {
        var block = given(text, "destinationCidrBlock");
        return Cidr.parse(block)
                .orElseThrow(() -> invalid("Value (" + block
                        + ") for parameter destinationCidrBlock is invalid. This is not a valid CIDR block."))
                .toString();
    }

    private static Optional<Route> find(RouteTable table, String destination) {
        return table.routes().stream()
                .filter(route -> route.destinationCidrBlock().equals(destination))
                .findFirst();
    }

    private Route route(RouteTable table, String destination, String gateway, String nat) {
        if (gateway != null && nat != null) throw invalid("Exactly one route target must be given.");
        if (gateway == null && nat == null) throw Ec2Refusal.missing("gatewayId or natGatewayId");
        var here = gateway != null ? internet(table, gateway) : nat(table, nat);
        if (!here)
            throw invalid("route table " + table.routeTableId() + " and network gateway "
                    + (gateway != null ? gateway : nat) + " belong to different networks");
        return Route.builder()
                .destinationCidrBlock(destination(destination))
                .gatewayId(gateway)
                .natGatewayId(nat)
                .origin(RouteOrigin.CREATE_ROUTE)
                .build();
    }

    /** A gateway that is not attached belongs to no network: smoketurner/serverless-vpc-plugin#147. An unknown one has a code of its own here. */
    private boolean internet(RouteTable table, String id) {
        var rows = ec2.internetGateways.rows;
        if (rows.seen(id).isEmpty() || rows.truth(id).isEmpty())
            throw refuse("InvalidGatewayID.NotFound", "The gateway ID '" + id + "' does not exist");
        return ec2.internetGateways.attached(id, table.vpcId());
    }

    /** Right after CreateNatGateway the gateway may be unknown here: boto3#779. */
    private boolean nat(RouteTable table, String id) {
        var rows = ec2.natGateways.rows;
        if (rows.seen(id).isEmpty() || !ec2.natGateways.routable(id))
            throw refuse("InvalidNatGatewayID.NotFound", "The natGateway ID '" + id + "' does not exist");
        return rows.truth(id).orElseThrow().vpcId().equals(table.vpcId());
    }

    private void put(RouteTable table, String destination, Optional<Route> route) {
        var routes = new ArrayList<>(table.routes());
        routes.removeIf(old -> old.destinationCidrBlock().equals(destination));
        route.ifPresent(routes::add);
        ec2.routeTables.rows.put(table.toBuilder().routes(routes).build());
    }
}
