package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociationStateCode;

/**
 * The routes of one subnet, beside the local one. Outputs: {@code id}, and {@code subnet}, the id of the associated subnet, once it has an active default
 * route: who needs the way out refers to that. An empty subnet means: associated with none.
 */
@AwsType(uniqueness = Uniqueness.TOKEN)
public record RouteTable(
        @Immutable Ref<Vpc> vpc,
        @Late Ref<Subnet> subnet,
        @Late Set<Route> routes) implements Resource {

    /** @param target an internet gateway or a NAT gateway */
    public record Route(String destination, Ref<? extends Resource> target) {}

    /** A way out is given up for a new one only once that one works: AWS takes a route to a gateway that is still being made, and it leads nowhere. */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        if (routes == null || !(have.actual() instanceof RouteTable now) || now.routes() == null) return this;
        var gateways = seen.ours(NatGateway.class);
        var next = routes.stream()
                .map(route -> now.routes().stream()
                        .filter(old -> old.destination().equals(route.destination()))
                        .filter(old -> isIn(gateways, route.target(), Phase.CREATING)
                                && isIn(gateways, old.target(), Phase.READY))
                        .findFirst()
                        .orElse(route))
                .collect(Collectors.toSet());
        return new RouteTable(vpc, subnet, next);
    }

    private static boolean isIn(List<Observed<NatGateway>> gateways, Ref<?> target, Phase phase) {
        return gateways.stream()
                .anyMatch(one -> one.phase() == phase
                        && target instanceof Ref.Known<?> known
                        && one.id().equals(known.value()));
    }

    /** A table that is associated cannot be deleted (DependencyViolation); its routes go with it. */
    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new RouteTable(null, Ref.of(""), null));
    }
}

final class RouteTableHandler implements Handler<RouteTable> {
    private static final String ANYWHERE = "0.0.0.0/0";

    private final Ec2Client ec2;

    RouteTableHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<RouteTable> type() {
        return RouteTable.class;
    }

    @Override
    public List<Observed<RouteTable>> list(String place) {
        return tables(Ec2Tags.OURS).stream().map(RouteTableHandler::observed).toList();
    }

    private List<software.amazon.awssdk.services.ec2.model.RouteTable> tables(Filter filter) {
        return ec2
                .describeRouteTablesPaginator(request -> request.filters(filter).maxResults(100))
                .routeTables()
                .stream()
                .toList();
    }

    private static Observed<RouteTable> observed(software.amazon.awssdk.services.ec2.model.RouteTable table) {
        var id = table.routeTableId();
        var outputs = new TreeMap<>(Map.of("id", id));
        var subnet = subnets(table).keySet().stream().findFirst().orElse("");
        if (!subnet.isEmpty() && leadsOut(table)) outputs.put("subnet", subnet);
        var routes = new HashSet<RouteTable.Route>();
        for (var route : table.routes()) managed(route).ifPresent(routes::add);
        var actual = new RouteTable(Ref.of(table.vpcId()), Ref.of(subnet), routes);
        return Observed.of(actual, id, id, Phase.READY, outputs, Ec2Tags.map(table.tags()));
    }

    /** Association ids by subnet, in order; without the VPC's own association with its main table. */
    private static Map<String, String> subnets(software.amazon.awssdk.services.ec2.model.RouteTable table) {
        var found = new TreeMap<String, String>();
        for (var association : table.associations()) {
            if (association.subnetId() != null && !ended(association))
                found.put(association.subnetId(), association.routeTableAssociationId());
        }
        return found;
    }

    private static boolean ended(RouteTableAssociation association) {
        var state = association.associationState();
        return state != null
                && (state.state() == RouteTableAssociationStateCode.DISASSOCIATING
                        || state.state() == RouteTableAssociationStateCode.DISASSOCIATED);
    }

    private static boolean leadsOut(software.amazon.awssdk.services.ec2.model.RouteTable table) {
        return table.routes().stream()
                .anyMatch(route -> ANYWHERE.equals(route.destinationCidrBlock()) && route.state() == RouteState.ACTIVE);
    }

    /** A route that DeleteRoute takes: not the local one, nor one that a VPN gateway or a gateway endpoint put there. */
    private static Optional<RouteTable.Route> managed(software.amazon.awssdk.services.ec2.model.Route route) {
        var destination =
                route.destinationCidrBlock() != null ? route.destinationCidrBlock() : route.destinationIpv6CidrBlock();
        if (destination == null
                || "local".equals(route.gatewayId())
                || route.origin() == RouteOrigin.ENABLE_VGW_ROUTE_PROPAGATION) return Optional.empty();
        return Optional.of(new RouteTable.Route(destination, Ref.of(target(route))));
    }

    private static String target(software.amazon.awssdk.services.ec2.model.Route route) {
        if (route.natGatewayId() != null) return route.natGatewayId();
        if (route.gatewayId() != null) return route.gatewayId();
        if (route.transitGatewayId() != null) return route.transitGatewayId();
        if (route.vpcPeeringConnectionId() != null) return route.vpcPeeringConnectionId();
        if (route.egressOnlyInternetGatewayId() != null) return route.egressOnlyInternetGatewayId();
        return route.networkInterfaceId() != null ? route.networkInterfaceId() : "";
    }

    @Override
    public String create(RouteTable want, Creation creation) {
        return ec2.createRouteTable(request -> request.clientToken(creation.token())
                        .vpcId(want.vpc().value())
                        .tagSpecifications(Ec2Tags.specification(ResourceType.ROUTE_TABLE, creation.tags())))
                .routeTable()
                .routeTableId();
    }

    /** Routes come first, so that a subnet is never moved to a table that leads nowhere. */
    @Override
    public void update(Observed<RouteTable> have, RouteTable goal, Set<String> fields) {
        if (fields.contains("routes")) route(have, goal.routes());
        if (fields.contains("subnet")) associate(have.id(), goal.subnet().value());
    }

    private void route(Observed<RouteTable> have, Set<RouteTable.Route> goal) {
        var old = new HashMap<String, String>();
        for (var route : have.actual().routes())
            old.put(route.destination(), route.target().value());
        for (var route : goal) {
            var target = route.target().value();
            var before = old.remove(route.destination());
            if (before == null) add(have.id(), route.destination(), target);
            else if (!before.equals(target)) replace(have.id(), route.destination(), target);
        }
        for (var destination : old.keySet())
            ec2.deleteRoute(request -> request.routeTableId(have.id()).destinationCidrBlock(destination));
    }

    private void add(String table, String destination, String target) {
        ec2.createRoute(request -> {
            request.routeTableId(table).destinationCidrBlock(destination);
            if (target.startsWith("nat-")) request.natGatewayId(target);
            else request.gatewayId(target);
        });
    }

    private void replace(String table, String destination, String target) {
        ec2.replaceRoute(request -> {
            request.routeTableId(table).destinationCidrBlock(destination);
            if (target.startsWith("nat-")) request.natGatewayId(target);
            else request.gatewayId(target);
        });
    }

    /** A subnet that has a table is moved, never associated: AWS refuses with Resource.AlreadyAssociated, and between two calls it would have no way out. */
    private void associate(String table, String subnet) {
        var mine = Filter.builder().name("route-table-id").values(table).build();
        var spare = new ArrayList<String>();
        var joined = false;
        for (var found : tables(mine)) {
            for (var association : subnets(found).entrySet()) {
                if (association.getKey().equals(subnet)) joined = true;
                else spare.add(association.getValue());
            }
        }
        if (!joined && !subnet.isEmpty()) join(table, subnet);
        for (var association : spare) ec2.disassociateRouteTable(request -> request.associationId(association));
    }

    private void join(String table, String subnet) {
        var other =
                Filter.builder().name("association.subnet-id").values(subnet).build();
        var before = tables(other).stream()
                .map(found -> subnets(found).get(subnet))
                .filter(id -> id != null)
                .findFirst();
        if (before.isPresent())
            ec2.replaceRouteTableAssociation(
                    request -> request.associationId(before.get()).routeTableId(table));
        else ec2.associateRouteTable(request -> request.routeTableId(table).subnetId(subnet));
    }

    @Override
    public void delete(Observed<RouteTable> have, Deletion deletion) {
        ec2.deleteRouteTable(request -> request.routeTableId(have.id()));
    }

    @Override
    public void tag(Observed<RouteTable> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
