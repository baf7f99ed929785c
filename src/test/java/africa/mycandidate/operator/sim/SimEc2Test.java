package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Site.filter;
import static africa.mycandidate.operator.sim.Ec2Site.tags;
import static africa.mycandidate.operator.sim.Ec2Site.tcp;
import static africa.mycandidate.operator.sim.Ec2Site.tcpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Every refusal that the simulated EC2 models, called wrongly on purpose and without the operator. */
class SimEc2Test {
    private static final String NONE = "0123456789abcdef0";

    private static DynamicTest refused(String code, String when, Consumer<Ec2Site> setUpAndCall) {
        return dynamicTest(code + ": " + when, () -> {
            var thrown = catchThrowableOfType(Ec2Exception.class, () -> setUpAndCall.accept(new Ec2Site(7)));
            assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    @TestFactory
    Stream<DynamicTest> vpcs() {
        return Stream.of(
                refused("InvalidVpcID.NotFound", "no such VPC", s -> s.ec2.describeVpcs(r -> r.vpcIds("vpc-" + NONE))),
                refused("InvalidVpcID.NotFound", "a VPC is used at once", s -> useAtOnce(s)),
                refused("InvalidVpc.Range", "a block of 2^24", s -> s.vpc("10.0.0.0/8")),
                refused("InvalidParameterValue", "no block at all", s -> s.vpc("10.0.0.0")),
                refused("MissingParameter", "no block", s -> s.ec2.createVpc(r -> {})),
                refused("VpcLimitExceeded", "the sixth VPC", s -> IntStream.range(0, 5)
                        .forEach(n -> s.vpc("10.0.0.0/16"))),
                refused("DependencyViolation", "a VPC with a subnet", s -> {
                    s.subnet("10.0.1.0/24");
                    s.ec2.deleteVpc(r -> r.vpcId(s.vpc));
                }),
                refused("DependencyViolation", "a VPC with a gateway", s -> {
                    s.attachedGateway();
                    s.ec2.deleteVpc(r -> r.vpcId(s.vpc));
                }),
                refused("DependencyViolation", "a VPC with a group", s -> {
                    s.group("one");
                    s.ec2.deleteVpc(r -> r.vpcId(s.vpc));
                }),
                refused("DependencyViolation", "a VPC with a route table", s -> {
                    s.table();
                    s.ec2.deleteVpc(r -> r.vpcId(s.vpc));
                }),
                refused(
                        "InvalidParameterCombination",
                        "two attributes",
                        s -> s.ec2.modifyVpcAttribute(r -> r.vpcId(s.vpc)
                                .enableDnsSupport(v -> v.value(true))
                                .enableDnsHostnames(v -> v.value(true)))),
                refused("MissingParameter", "no attribute", s -> s.ec2.modifyVpcAttribute(r -> r.vpcId(s.vpc))),
                refused(
                        "InvalidParameterValue",
                        "a tag for another type",
                        s -> s.ec2.createVpc(r ->
                                r.cidrBlock("10.0.0.0/16").tagSpecifications(tags(ResourceType.SUBNET, "a", "b")))),
                refused("InvalidParameterValue", "a page of one", s -> s.ec2.describeVpcs(r -> r.maxResults(1))),
                refused(
                        "InvalidParameterCombination",
                        "ids and pages",
                        s -> s.ec2.describeVpcs(r -> r.vpcIds(s.vpc).maxResults(5))),
                refused(
                        "FilterLimitExceeded",
                        "201 values",
                        s -> s.ec2.describeVpcs(r -> r.filters(filter(
                                "vpc-id",
                                IntStream.range(0, 201)
                                        .mapToObj(n -> "vpc-" + n)
                                        .toArray(String[]::new))))),
                refused("InvalidNextToken", "a token of nowhere", s -> s.ec2.describeVpcs(r -> r.nextToken("x"))));
    }

    /** Some seed shows the VPC at once, the usual one does not. */
    private static void useAtOnce(Ec2Site site) {
        for (var n = 0; n < 4; n++) {
            var id = site.ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
            site.ec2.createSubnet(r -> r.vpcId(id).cidrBlock("10.0.0.0/24"));
        }
    }

    @TestFactory
    Stream<DynamicTest> subnets() {
        return Stream.of(
                refused(
                        "InvalidSubnetID.NotFound",
                        "no such subnet",
                        s -> s.ec2.deleteSubnet(r -> r.subnetId("subnet-" + NONE))),
                refused("InvalidSubnet.Range", "outside of the VPC", s -> s.subnet("10.1.0.0/24")),
                refused("InvalidSubnet.Range", "too small", s -> s.subnet("10.0.0.0/29")),
                refused("InvalidSubnet.Conflict", "the same block twice", s -> {
                    s.subnet("10.0.1.0/24");
                    s.subnet("10.0.1.128/25");
                }),
                refused(
                        "InvalidParameterValue",
                        "a zone of another region",
                        s -> s.ec2.createSubnet(
                                r -> r.vpcId(s.vpc).cidrBlock("10.0.1.0/24").availabilityZone("eu-west-1a"))),
                refused(
                        "InvalidParameterValue",
                        "an unknown zone",
                        s -> s.ec2.describeAvailabilityZones(r -> r.zoneNames("eu-west-1a"))),
                refused("DependencyViolation", "a subnet with an interface", s -> {
                    var subnet = s.subnet("10.0.1.0/24");
                    s.sim.attach(subnet, List.of(s.defaultGroup), "a task", "amazon-ecs");
                    s.ec2.deleteSubnet(r -> r.subnetId(subnet));
                }),
                refused("InsufficientFreeAddressesInSubnet", "a full subnet", s -> {
                    var subnet = s.subnet("10.0.1.0/28");
                    IntStream.range(0, 12).forEach(n -> s.sim.attach(subnet, List.of(), "a task", "amazon-ecs"));
                }),
                refused("AuthFailure", "an interface of a service", s -> {
                    var id = s.settled(s.sim.attach(s.subnet("10.0.1.0/24"), List.of(), "a task", "amazon-ecs"));
                    s.ec2.deleteNetworkInterface(r -> r.networkInterfaceId(id));
                }),
                refused(
                        "InvalidNetworkInterfaceID.NotFound",
                        "no such interface",
                        s -> s.ec2.describeNetworkInterfaces(r -> r.networkInterfaceIds("eni-" + NONE))));
    }

    @TestFactory
    Stream<DynamicTest> gatewaysAndAddresses() {
        return Stream.of(
                refused(
                        "InvalidInternetGatewayID.NotFound",
                        "no such gateway",
                        s -> s.ec2.deleteInternetGateway(r -> r.internetGatewayId("igw-" + NONE))),
                refused("InternetGatewayLimitExceeded", "the sixth gateway", s -> IntStream.range(0, 6)
                        .forEach(n -> s.gateway())),
                refused("Resource.AlreadyAssociated", "attached twice", s -> {
                    var gateway = s.attachedGateway();
                    s.ec2.attachInternetGateway(
                            r -> r.internetGatewayId(gateway).vpcId(s.vpc));
                }),
                refused("InvalidParameterValue", "a second gateway for a VPC", s -> {
                    s.attachedGateway();
                    s.attachedGateway();
                }),
                refused("Gateway.NotAttached", "detached twice", s -> {
                    var gateway = s.gateway();
                    s.ec2.detachInternetGateway(
                            r -> r.internetGatewayId(gateway).vpcId(s.vpc));
                }),
                refused("DependencyViolation", "an attached gateway is deleted", s -> {
                    var gateway = s.attachedGateway();
                    s.ec2.deleteInternetGateway(r -> r.internetGatewayId(gateway));
                }),
                refused("DependencyViolation", "detached with public addresses mapped", s -> {
                    var gateway = s.attachedGateway();
                    s.nat(s.subnet("10.0.1.0/24"), s.address());
                    s.ec2.detachInternetGateway(
                            r -> r.internetGatewayId(gateway).vpcId(s.vpc));
                }),
                refused("AddressLimitExceeded", "the sixth address", s -> IntStream.range(0, 6)
                        .forEach(n -> s.address())),
                refused(
                        "InvalidAllocationID.NotFound",
                        "no such address",
                        s -> s.ec2.describeAddresses(r -> r.allocationIds("eipalloc-" + NONE))),
                refused("InvalidIPAddress.InUse", "an address of a NAT gateway", s -> {
                    s.attachedGateway();
                    var address = s.address();
                    s.nat(s.subnet("10.0.1.0/24"), address);
                    s.ec2.releaseAddress(r -> r.allocationId(address));
                }),
                refused("AuthFailure", "an address of a NAT gateway that is going", s -> {
                    s.attachedGateway();
                    var address = s.address();
                    var nat = s.nat(s.subnet("10.0.1.0/24"), address);
                    s.ec2.deleteNatGateway(r -> r.natGatewayId(nat));
                    s.ec2.releaseAddress(r -> r.allocationId(address));
                }),
                refused("InvalidSubnet", "a NAT gateway in no subnet", s -> s.nat("subnet-" + NONE, s.address())),
                refused(
                        "InvalidElasticIpID.NotFound",
                        "a NAT gateway without address",
                        s -> s.nat(s.subnet("10.0.1.0/24"), "eipalloc-" + NONE)),
                refused("NatGatewayNotFound", "no such NAT gateway", s -> s.see("nat-" + NONE)),
                refused("NatGatewayLimitExceeded", "the second of one", s -> {
                    s.attachedGateway();
                    s.sim.natGateways.limit = 1;
                    var subnet = s.subnet("10.0.1.0/24");
                    s.nat(subnet, s.address());
                    s.nat(subnet, s.address());
                }),
                refused("IdempotentParameterMismatch", "one token, two addresses", s -> {
                    s.attachedGateway();
                    var subnet = s.subnet("10.0.1.0/24");
                    for (var address : List.of(s.address(), s.address()))
                        s.ec2.createNatGateway(
                                r -> r.subnetId(subnet).allocationId(address).clientToken("t"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> routes() {
        return Stream.of(
                refused("InvalidRouteTableID.NotFound", "no such table", s -> s.route("rtb-" + NONE, "igw-" + NONE)),
                refused("InvalidGatewayID.NotFound", "no such gateway", s -> s.route(s.mainTable, "igw-" + NONE)),
                refused(
                        "InvalidNatGatewayID.NotFound",
                        "no such NAT gateway",
                        s -> s.natRoute(s.mainTable, "nat-" + NONE)),
                refused(
                        "InvalidParameterValue",
                        "a gateway that is not attached",
                        s -> s.route(s.mainTable, s.gateway())),
                refused("RouteAlreadyExists", "a second default route", s -> {
                    var gateway = s.attachedGateway();
                    s.route(s.mainTable, gateway);
                    s.route(s.mainTable, gateway);
                }),
                refused("InvalidParameterValue", "replaces no route", s -> {
                    var gateway = s.attachedGateway();
                    s.ec2.replaceRoute(r -> r.routeTableId(s.mainTable)
                            .destinationCidrBlock("0.0.0.0/0")
                            .gatewayId(gateway));
                }),
                refused(
                        "InvalidRoute.NotFound",
                        "deletes no route",
                        s -> s.ec2.deleteRoute(r -> r.routeTableId(s.mainTable).destinationCidrBlock("0.0.0.0/0"))),
                refused(
                        "InvalidParameterValue",
                        "deletes the local route",
                        s -> s.ec2.deleteRoute(r -> r.routeTableId(s.mainTable).destinationCidrBlock("10.0.0.0/16"))),
                refused(
                        "DependencyViolation",
                        "deletes the main table",
                        s -> s.ec2.deleteRouteTable(r -> r.routeTableId(s.mainTable))),
                refused("DependencyViolation", "deletes a table in use", s -> {
                    var table = s.table();
                    s.associate(table, s.subnet("10.0.1.0/24"));
                    s.ec2.deleteRouteTable(r -> r.routeTableId(table));
                }),
                refused("Resource.AlreadyAssociated", "a second table for a subnet", s -> {
                    var subnet = s.subnet("10.0.1.0/24");
                    s.associate(s.table(), subnet);
                    s.associate(s.table(), subnet);
                }),
                refused(
                        "InvalidAssociationID.NotFound",
                        "no such association",
                        s -> s.ec2.disassociateRouteTable(r -> r.associationId("rtbassoc-" + NONE))),
                refused(
                        "InvalidParameterValue",
                        "leaves a VPC without main table",
                        s -> s.ec2.disassociateRouteTable(r -> r.associationId(s.ec2.describeRouteTables()
                                .routeTables()
                                .getFirst()
                                .associations()
                                .getFirst()
                                .routeTableAssociationId()))),
                refused(
                        "InvalidParameterValue",
                        "a page of 101 tables",
                        s -> s.ec2.describeRouteTables(r -> r.maxResults(101))),
                refused("IdempotentParameterMismatch", "one token, two VPCs", s -> {
                    for (var vpc : List.of(s.vpc, s.vpc("10.1.0.0/16")))
                        s.ec2.createRouteTable(r -> r.vpcId(vpc).clientToken("t"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> securityGroups() {
        return Stream.of(
                refused("InvalidGroup.NotFound", "no such group", s -> s.allow("sg-" + NONE, tcp(80, "0.0.0.0/0"))),
                refused(
                        "InvalidGroup.NotFound",
                        "a rule that names no group",
                        s -> s.allow(s.defaultGroup, tcpOf(80, "sg-" + NONE))),
                refused("InvalidGroup.Duplicate", "one name twice", s -> {
                    s.group("one");
                    s.group("one");
                }),
                refused("InvalidGroup.Reserved", "the name default", s -> s.group("default")),
                refused("InvalidParameterValue", "a name like an id", s -> s.group("sg-one")),
                refused(
                        "VPCIdNotSpecified",
                        "no VPC",
                        s -> s.ec2.createSecurityGroup(r -> r.groupName("one").description("one"))),
                refused(
                        "CannotDelete",
                        "the default group",
                        s -> s.ec2.deleteSecurityGroup(r -> r.groupId(s.defaultGroup))),
                refused("DependencyViolation", "a group that another's rule names", s -> {
                    var one = s.group("one");
                    s.allow(s.group("two"), tcpOf(80, one));
                    s.ec2.deleteSecurityGroup(r -> r.groupId(one));
                }),
                refused("DependencyViolation", "a group of an interface", s -> {
                    var one = s.group("one");
                    s.sim.attach(s.subnet("10.0.1.0/24"), List.of(one), "a task", "amazon-ecs");
                    s.ec2.deleteSecurityGroup(r -> r.groupId(one));
                }),
                refused("InvalidPermission.Duplicate", "one rule twice, not canonical", s -> {
                    s.allow(s.defaultGroup, tcp(80, "100.68.0.0/18"));
                    s.allow(s.defaultGroup, tcp(80, "100.68.0.18/18"));
                }),
                refused(
                        "InvalidParameterValue",
                        "one rule twice in a call",
                        s -> s.allow(s.defaultGroup, tcp(80, "0.0.0.0/0"), tcp(80, "0.0.0.0/0"))),
                refused(
                        "InvalidParameterValue",
                        "a port range upside down",
                        s -> s.allow(
                                s.defaultGroup,
                                tcp(80, "0.0.0.0/0").toBuilder().toPort(79).build())),
                refused("InvalidParameterValue", "no block", s -> s.allow(s.defaultGroup, tcp(80, "everyone"))),
                refused(
                        "InvalidPrefixListID.NotFound",
                        "no such prefix list",
                        s -> s.allow(s.defaultGroup, prefixList("pl-1"))),
                refused(
                        "InvalidPermission.NotFound",
                        "revokes no rule",
                        s -> s.ec2.revokeSecurityGroupIngress(
                                r -> r.groupId(s.defaultGroup).ipPermissions(tcp(80, "0.0.0.0/0")))),
                refused(
                        "InvalidSecurityGroupRuleId.NotFound",
                        "revokes no rule by id",
                        s -> s.ec2.revokeSecurityGroupIngress(
                                r -> r.groupId(s.defaultGroup).securityGroupRuleIds("sgr-" + NONE))),
                refused("RulesPerSecurityGroupLimitExceeded", "the 61st rule", s -> IntStream.range(0, 61)
                        .forEach(n -> s.allow(s.defaultGroup, tcp(80 + n, "0.0.0.0/0")))),
                refused("RulesPerSecurityGroupLimitExceeded", "a prefix list of 55 on two ports", s -> {
                    s.sim.rules.prefixList("pl-1", 55, List.of("192.0.2.0/24"));
                    s.allow(
                            s.defaultGroup,
                            prefixList("pl-1"),
                            prefixList("pl-1").toBuilder().fromPort(80).build());
                }));
    }

    private static IpPermission prefixList(String id) {
        return tcp(443, "0.0.0.0/0").toBuilder()
                .ipRanges(List.of())
                .prefixListIds(list -> list.prefixListId(id))
                .build();
    }

    @TestFactory
    Stream<DynamicTest> tagging() {
        return Stream.of(
                refused(
                        "InvalidID",
                        "no id",
                        s -> s.ec2.createTags(r ->
                                r.resources("nonsense").tags(tag -> tag.key("a").value("b")))),
                refused(
                        "InvalidSubnetID.NotFound",
                        "no such subnet",
                        s -> s.ec2.createTags(r -> r.resources("subnet-" + NONE)
                                .tags(tag -> tag.key("a").value("b")))),
                refused(
                        "InvalidParameterValue",
                        "a reserved key",
                        s -> s.ec2.createTags(r -> r.resources(s.vpc).tags(tag -> tag.key("aws:a")))),
                refused(
                        "InvalidParameterValue",
                        "a long key",
                        s -> s.ec2.createTags(r -> r.resources(s.vpc).tags(tag -> tag.key("a".repeat(128))))),
                refused(
                        "InvalidParameterValue",
                        "a long value",
                        s -> s.ec2.createTags(
                                r -> r.resources(s.vpc).tags(tag -> tag.key("a").value("b".repeat(257))))),
                refused("TagLimitExceeded", "the 51st tag", s -> IntStream.range(0, 51)
                        .forEach(n -> s.ec2.createTags(r ->
                                r.resources(s.vpc).tags(tag -> tag.key("k" + n).value("v"))))));
    }

    @Test
    void whatIsNotModelledThrows() {
        var site = new Ec2Site(7);
        assertThatThrownBy(() -> site.ec2.describeVpcs(r -> r.filters(filter("dhcp-options-id", "x"))))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> site.ec2.describeInstances()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theLimitsEndWhereSomethingIsDeleted() {
        var site = new Ec2Site(7);
        site.sim.vpcs.limit = 1;
        site.ec2.deleteVpc(r -> r.vpcId(site.vpc));
        site.pass(Duration.ofSeconds(10));
        assertThat(site.vpc("10.0.0.0/16")).isNotEqualTo(site.vpc);
    }
}
