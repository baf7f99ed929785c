package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** A simulated account with one VPC and a virtual clock, for tests of the simulated EC2. */
final class Ec2Site {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final SimEc2 sim;
    final Ec2Client ec2;
    final String vpc;
    final String defaultGroup;
    final String mainTable;

    Ec2Site(long seed) {
        this.sim = new SimAws(new World(seed, () -> now), "123456789012", "af-south-1").ec2;
        this.ec2 = sim;
        this.vpc = vpc("10.0.0.0/16");
        this.defaultGroup = ec2.describeSecurityGroups(r -> r.filters(filter("vpc-id", vpc)))
                .securityGroups()
                .getFirst()
                .groupId();
        this.mainTable = ec2.describeRouteTables(r -> r.filters(filter("vpc-id", vpc)))
                .routeTables()
                .getFirst()
                .routeTableId();
    }

    /** Lets time pass, at first as long as reads may lag. */
    void pass(Duration time) {
        now = now.plus(time);
        sim.world().settle();
    }

    <T> T settled(T made) {
        pass(Duration.ofSeconds(10));
        return made;
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    static TagSpecification tags(ResourceType type, String key, String value) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tag -> tag.key(key).value(value))
                .build();
    }

    String vpc(String cidr) {
        return settled(ec2.createVpc(r -> r.cidrBlock(cidr)).vpc().vpcId());
    }

    String subnet(String cidr) {
        return settled(ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock(cidr).availabilityZone("af-south-1b"))
                .subnet()
                .subnetId());
    }

    String gateway() {
        return settled(ec2.createInternetGateway().internetGateway().internetGatewayId());
    }

    String attachedGateway() {
        var id = gateway();
        ec2.attachInternetGateway(r -> r.internetGatewayId(id).vpcId(vpc));
        return settled(id);
    }

    String address() {
        return settled(ec2.allocateAddress().allocationId());
    }

    String nat(String subnet, String address) {
        return settled(ec2.createNatGateway(r -> r.subnetId(subnet).allocationId(address))
                .natGateway()
                .natGatewayId());
    }

    NatGateway see(String nat) {
        return ec2.describeNatGateways(r -> r.natGatewayIds(nat)).natGateways().getFirst();
    }

    String table() {
        return settled(ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId());
    }

    void route(String table, String gateway) {
        ec2.createRoute(
                r -> r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").gatewayId(gateway));
        settled(table);
    }

    void natRoute(String table, String nat) {
        ec2.createRoute(
                r -> r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").natGatewayId(nat));
        settled(table);
    }

    List<Route> routes(String table) {
        return ec2.describeRouteTables(r -> r.routeTableIds(table))
                .routeTables()
                .getFirst()
                .routes();
    }

    String associate(String table, String subnet) {
        return settled(ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(subnet))
                .associationId());
    }

    String group(String name) {
        return settled(ec2.createSecurityGroup(r -> r.vpcId(vpc).groupName(name).description("for a test"))
                .groupId());
    }

    static IpPermission tcp(int port, String cidr) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(range -> range.cidrIp(cidr))
                .build();
    }

    static IpPermission tcpOf(int port, String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .userIdGroupPairs(pair -> pair.groupId(group))
                .build();
    }

    void allow(String group, IpPermission... permissions) {
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(permissions));
        settled(group);
    }

    void allowOut(String group, IpPermission... permissions) {
        ec2.authorizeSecurityGroupEgress(r -> r.groupId(group).ipPermissions(permissions));
        settled(group);
    }

    void closeEgress(String group) {
        ec2.revokeSecurityGroupEgress(r -> r.groupId(group)
                .ipPermissions(permission -> permission.ipProtocol("-1").ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
        settled(group);
    }
}
