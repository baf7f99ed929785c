package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Route tables as a whole; {@link SimRoutes} changes the routes in them, {@link SimAssociations} what they are associated with. */
final class SimRouteTables {
    private final SimEc2State ec2;
    private final ClientTokens<RouteTable> tokens = new ClientTokens<>();
    final Ec2Rows<RouteTable> rows;

    SimRouteTables(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "route-table",
                        "rtb",
                        "InvalidRouteTableID.NotFound",
                        "routeTable ID",
                        RouteTable::routeTableId,
                        Map.of(
                                "route-table-id", table -> Stream.of(table.routeTableId()),
                                "vpc-id", table -> Stream.of(table.vpcId()),
                                "association.main",
                                        table -> associations(table, association -> String.valueOf(association.main())),
                                "association.subnet-id", table -> associations(table, RouteTableAssociation::subnetId),
                                "association.route-table-association-id",
                                        table -> associations(table, RouteTableAssociation::routeTableAssociationId),
                                "association.route-table-id",
                                        table -> associations(table, RouteTableAssociation::routeTableId),
                                "route.destination-cidr-block",
                                        table -> table.routes().stream().map(Route::destinationCidrBlock),
                                "route.gateway-id",
                                        table -> table.routes().stream()
                                                .map(Route::gatewayId)
                                                .filter(Objects::nonNull),
                                "route.nat-gateway-id",
                                        table -> table.routes().stream()
                                                .map(Route::natGatewayId)
                                                .filter(Objects::nonNull))));
    }

    private static Stream<String> associations(
            RouteTable table, java.util.function.Function<RouteTableAssociation, String> value) {
        return table.associations().stream().map(value).filter(Objects::nonNull);
    }

    CreateRouteTableResponse create(CreateRouteTableRequest request) {
        ec2.tags.check("route-table", request.tagSpecifications());
        var made = tokens.once(request.clientToken(), request, () -> {
            var table = fresh(ec2.vpcs.rows.need(request.vpcId()));
            rows.create(table, request.tagSpecifications());
            return table;
        });
        return CreateRouteTableResponse.builder()
                .clientToken(request.clientToken())
                .routeTable(shown(rows.truth(made.routeTableId()).orElse(made)))
                .build();
    }

    private RouteTable fresh(Vpc vpc) {
        return RouteTable.builder()
                .routeTableId(rows.newId())
                .vpcId(vpc.vpcId())
                .ownerId(ec2.account())
                .routes(route -> route.destinationCidrBlock(vpc.cidrBlock())
                        .gatewayId("local")
                        .origin(RouteOrigin.CREATE_ROUTE_TABLE))
                .build();
    }

    void createMain(Vpc vpc) {
        var table = fresh(vpc);
        var main = SimAssociations.association(ec2, table.routeTableId())
                .main(true)
                .build();
        rows.create(table.toBuilder().associations(main).build(), List.of());
    }

    static boolean isMain(RouteTable table) {
        return table.associations().stream().anyMatch(RouteTableAssociation::main);
    }

    DescribeRouteTablesResponse describe(DescribeRouteTablesRequest request) {
        if (request.maxResults() != null && request.maxResults() > 100)
            throw invalid("Value ( " + request.maxResults()
                    + " ) for parameter maxResults is invalid. Expecting a value from 5 to 100.");
        var page = rows.page(
                request.routeTableIds(), request.filters(), table -> true, request.maxResults(), request.nextToken());
        return DescribeRouteTablesResponse.builder()
                .routeTables(page.rows().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    private RouteTable shown(RouteTable table) {
        var routes = table.routes().stream()
                .map(route -> route.toBuilder()
                        .state(stands(table, route) ? RouteState.ACTIVE : RouteState.BLACKHOLE)
                        .build())
                .toList();
        return table.toBuilder()
                .routes(routes)
                .tags(ec2.tags.of(table.routeTableId()))
                .build();
    }

    /** A route whose target went away stays, as a black hole. */
    private boolean stands(RouteTable table, Route route) {
        if (route.natGatewayId() != null) return ec2.natGateways.routable(route.natGatewayId());
        return route.gatewayId().equals("local") || ec2.internetGateways.attached(route.gatewayId(), table.vpcId());
    }

    DeleteRouteTableResponse delete(DeleteRouteTableRequest request) {
        var table = rows.need(request.routeTableId());
        if (!table.associations().isEmpty()) throw Ec2Refusal.dependents("routeTable", table.routeTableId());
        rows.remove(table.routeTableId());
        return DeleteRouteTableResponse.builder().build();
    }

    void vpcDeleted(String vpc) {
        rows.truths().stream()
                .filter(table -> table.vpcId().equals(vpc))
                .toList()
                .forEach(table -> rows.remove(table.routeTableId()));
    }

    /** AWS drops the association of a subnet that is deleted. */
    void subnetDeleted(String subnet) {
        associatedWith(association -> subnet.equals(association.subnetId()))
                .ifPresent(table -> rows.put(table.toBuilder()
                        .associations(table.associations().stream()
                                .filter(association -> !subnet.equals(association.subnetId()))
                                .toList())
                        .build()));
    }

    Optional<RouteTable> associatedWith(Predicate<RouteTableAssociation> wanted) {
        return rows.truths().stream()
                .filter(table -> table.associations().stream().anyMatch(wanted))
                .findFirst();
    }

    /** The default route of a subnet, where it stands: by its own table, else by the VPC's main one. */
    Optional<Route> defaultRoute(String subnet) {
        var vpc = ec2.subnets.rows.truth(subnet).map(row -> row.vpcId()).orElse("");
        return associatedWith(association -> subnet.equals(association.subnetId()))
                .or(() -> rows.truths().stream()
                        .filter(table -> table.vpcId().equals(vpc) && isMain(table))
                        .findFirst())
                .flatMap(table -> table.routes().stream()
                        .filter(route -> route.destinationCidrBlock().equals("0.0.0.0/0") && stands(table, route))
                        .findFirst());
    }
}
