package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Site.filter;
import static africa.mycandidate.operator.sim.Ec2Site.tags;
import static africa.mycandidate.operator.sim.Ec2Site.tcp;
import static africa.mycandidate.operator.sim.Ec2Site.tcpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** How resources of the simulated EC2 come, change and go as time passes. */
class SimEc2LifecycleTest {
    private final Ec2Site site = new Ec2Site(11);

    @Test
    void aVpcComesWithItsMainTableAndGoesWithIt() {
        var before = site.sim.existing().keySet();
        var made = site.ec2
                .createVpc(r -> r.cidrBlock("10.9.1.2/16").tagSpecifications(tags(ResourceType.VPC, "role", "test")))
                .vpc();
        assertThat(made.cidrBlock()).isEqualTo("10.9.0.0/16");
        assertThat(made.state()).isEqualTo(VpcState.PENDING);
        assertThat(made.tags()).hasSize(1);
        site.pass(Duration.ofSeconds(10));
        var seen =
                site.ec2.describeVpcs(r -> r.filters(filter("tag:role", "te*"))).vpcs();
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().state()).isEqualTo(VpcState.AVAILABLE);
        assertThat(site.ec2
                        .describeRouteTables(
                                r -> r.filters(filter("vpc-id", made.vpcId()), filter("association.main", "true")))
                        .routeTables())
                .hasSize(1);
        assertThat(site.sim.existing()).containsEntry(made.vpcId(), Map.of("role", "test"));
        site.ec2.deleteVpc(r -> r.vpcId(made.vpcId()));
        assertThat(site.sim.existing().keySet()).isEqualTo(before);
    }

    @Test
    void readsLagBehindCreation() {
        var late = 0;
        for (var n = 0; n < 20; n++) {
            var name = "group" + n;
            var id = site.ec2
                    .createSecurityGroup(r -> r.vpcId(site.vpc).groupName(name).description("x"))
                    .groupId();
            if (site.ec2
                    .describeSecurityGroups(r -> r.filters(filter("group-id", id)))
                    .securityGroups()
                    .isEmpty()) late++;
            assertThat(site.sim.securityGroup(id)).isTrue();
        }
        assertThat(late).isGreaterThan(10);
        site.pass(Duration.ofSeconds(10));
        assertThat(site.ec2.describeSecurityGroups().securityGroups()).hasSize(21);
    }

    @Test
    void pagesShowEverythingOnce() {
        for (var n = 0; n < 12; n++) site.group("group" + n);
        var ids = new HashSet<String>();
        var pages = 0;
        for (var page : site.ec2.describeSecurityGroupsPaginator(r -> r.maxResults(5))) {
            pages++;
            page.securityGroups()
                    .forEach(group -> assertThat(ids.add(group.groupId())).isTrue());
        }
        assertThat(ids).hasSize(13);
        assertThat(pages).isEqualTo(3);
        site.sim.longestPage = 4;
        assertThat(site.ec2.describeSecurityGroups().nextToken()).isNotNull();
    }

    @Test
    void attributesOfAVpc() {
        site.ec2.modifyVpcAttribute(r -> r.vpcId(site.vpc).enableDnsHostnames(v -> v.value(true)));
        site.pass(Duration.ofSeconds(10));
        assertThat(site.ec2
                        .describeVpcAttribute(r -> r.vpcId(site.vpc).attribute("enableDnsHostnames"))
                        .enableDnsHostnames()
                        .value())
                .isTrue();
        assertThat(site.ec2
                        .describeVpcAttribute(r -> r.vpcId(site.vpc).attribute("enableDnsSupport"))
                        .enableDnsSupport()
                        .value())
                .isTrue();
    }

    @Test
    void aNatGatewayLivesAndLeavesATombstone() {
        var gateway = site.attachedGateway();
        var subnet = site.subnet("10.0.1.0/24");
        var address = site.address();
        var nat = site.nat(subnet, address);
        assertThat(site.see(nat).state()).isEqualTo(NatGatewayState.PENDING);
        site.pass(Duration.ofMinutes(6));
        assertThat(site.see(nat).state()).isEqualTo(NatGatewayState.AVAILABLE);
        site.natRoute(site.mainTable, nat);

        site.ec2.deleteNatGateway(r -> r.natGatewayId(nat));
        site.pass(Duration.ofSeconds(10));
        assertThat(site.see(nat).state()).isEqualTo(NatGatewayState.DELETING);
        assertThat(site.routes(site.mainTable))
                .anySatisfy(route -> assertThat(route.state()).isEqualTo(RouteState.BLACKHOLE));
        site.pass(Duration.ofMinutes(4));
        assertThat(site.see(nat).state()).isEqualTo(NatGatewayState.DELETED);
        assertThat(site.sim.existing()).doesNotContainKey(nat);
        site.ec2.releaseAddress(r -> r.allocationId(address));
        site.ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(site.vpc));
        site.pass(Duration.ofMinutes(4));
        site.ec2.deleteSubnet(r -> r.subnetId(subnet));
        site.pass(Duration.ofMinutes(61));
        assertThatThrownBy(() -> site.see(nat)).isInstanceOf(Ec2Exception.class);
    }

    @Test
    void theInterfaceOfANatGatewayLingers() {
        site.attachedGateway();
        var subnet = site.subnet("10.0.1.0/24");
        var nat = site.nat(subnet, site.address());
        site.ec2.deleteNatGateway(r -> r.natGatewayId(nat));
        while (site.see(nat).state() != NatGatewayState.DELETED) site.pass(Duration.ofSeconds(1));
        var lingering = site.ec2
                .describeNetworkInterfaces(r -> r.filters(filter("subnet-id", subnet)))
                .networkInterfaces();
        assertThat(lingering).singleElement().satisfies(row -> assertThat(row.interfaceTypeAsString())
                .isEqualTo("nat_gateway"));
        assertThatThrownBy(() -> site.ec2.deleteSubnet(r -> r.subnetId(subnet))).hasMessageContaining("dependencies");
    }

    @Test
    void aNatGatewayFailsAfterItsCreationWasAccepted() {
        var subnet = site.subnet("10.0.1.0/24");
        var address = site.address();
        var unattached = site.nat(subnet, address);
        site.pass(Duration.ofMinutes(1));
        assertThat(site.see(unattached).failureCode()).isEqualTo("Gateway.NotAttached");
        site.attachedGateway();
        site.sim.natGateways.failNext("InternalError");
        var unlucky = site.nat(subnet, address);
        site.nat(subnet, address);
        var second = site.nat(subnet, address);
        site.pass(Duration.ofMinutes(1));
        assertThat(site.see(unlucky).failureCode()).isEqualTo("InternalError");
        assertThat(site.see(unlucky).state()).isEqualTo(NatGatewayState.FAILED);
        assertThat(site.see(second).failureCode()).isEqualTo("Resource.AlreadyAssociated");
    }

    @Test
    void aTokenStaysBoundToTheDead() {
        var subnet = site.subnet("10.0.1.0/24");
        var address = site.address();
        var first = site.ec2
                .createNatGateway(r -> r.subnetId(subnet).allocationId(address).clientToken("t"))
                .natGateway();
        site.pass(Duration.ofMinutes(1));
        var again = site.ec2
                .createNatGateway(r -> r.subnetId(subnet).allocationId(address).clientToken("t"))
                .natGateway();
        assertThat(again.natGatewayId()).isEqualTo(first.natGatewayId());
        assertThat(again.state()).isEqualTo(NatGatewayState.FAILED);

        var table = site.settled(site.ec2
                .createRouteTable(r -> r.vpcId(site.vpc).clientToken("t"))
                .routeTable());
        site.ec2.deleteRouteTable(r -> r.routeTableId(table.routeTableId()));
        assertThat(site.ec2
                        .createRouteTable(r -> r.vpcId(site.vpc).clientToken("t"))
                        .routeTable())
                .extracting(RouteTable::routeTableId)
                .isEqualTo(table.routeTableId());
        assertThat(site.sim.existing()).doesNotContainKey(table.routeTableId());
    }

    @Test
    void anAssociationMovesWithANewId() {
        var subnet = site.subnet("10.0.1.0/24");
        var association = site.associate(site.table(), subnet);
        var table = site.table();
        var moved = site.ec2
                .replaceRouteTableAssociation(r -> r.associationId(association).routeTableId(table))
                .newAssociationId();
        assertThat(moved).isNotEqualTo(association);
        site.ec2.deleteSubnet(r -> r.subnetId(subnet));
        site.ec2.deleteRouteTable(r -> r.routeTableId(table));
    }

    @Test
    void rulesAreASetOfRowsAndAMergedView() {
        var one = site.group("one");
        var two = site.group("two");
        site.allow(one, tcp(80, "10.0.0.7/16"), tcp(80, "192.0.2.0/24"), tcpOf(5432, two));
        var group = site.ec2
                .describeSecurityGroups(r -> r.groupIds(one))
                .securityGroups()
                .getFirst();
        assertThat(group.ipPermissions()).hasSize(2);
        assertThat(group.ipPermissionsEgress()).singleElement().satisfies(all -> assertThat(all.fromPort())
                .isNull());
        var rules = site.ec2
                .describeSecurityGroupRules(r -> r.filters(filter("group-id", one)))
                .securityGroupRules();
        assertThat(rules)
                .hasSize(4)
                .filteredOn(rule -> "10.0.0.0/16".equals(rule.cidrIpv4()))
                .hasSize(1);
        assertThatThrownBy(() -> site.ec2.revokeSecurityGroupIngress(
                        r -> r.groupId(one).ipPermissions(tcp(80, "10.0.0.0/16"), tcp(81, "10.0.0.0/16"))))
                .isInstanceOf(Ec2Exception.class);
        assertThat(site.sim.rules.of(one, false)).hasSize(3);
        var byId = rules.stream()
                .filter(rule -> !rule.isEgress())
                .map(rule -> rule.securityGroupRuleId())
                .toList();
        site.ec2.revokeSecurityGroupIngress(r -> r.groupId(one).securityGroupRuleIds(byId));
        assertThat(site.sim.rules.of(one, false)).isEmpty();
        site.ec2.deleteSecurityGroup(r -> r.groupId(two));
    }

    @Test
    void tagsAreAddedAndTakenOff() {
        site.ec2.createTags(r -> r.resources(site.vpc, site.mainTable)
                .tags(tag -> tag.key("a").value("1"), tag -> tag.key("b").value("2")));
        site.ec2.deleteTags(r -> r.resources(site.vpc)
                .tags(tag -> tag.key("a"), tag -> tag.key("b").value("other")));
        site.pass(Duration.ofSeconds(10));
        assertThat(site.sim.existing()).containsEntry(site.vpc, Map.of("b", "2"));
        assertThat(site.ec2
                        .describeRouteTables(r -> r.filters(filter("tag-key", "a")))
                        .routeTables())
                .hasSize(1);
        assertThat(site.ec2.describeVpcs(r -> r.filters(filter("tag-key", "a"))).vpcs())
                .isEmpty();
    }

    @Test
    void rulesAndRoutesDecideWhoReachesWhom() {
        var gateway = site.attachedGateway();
        var open = site.subnet("10.0.1.0/24");
        var closed = site.subnet("10.0.2.0/24");
        var openTable = site.table();
        site.route(openTable, gateway);
        site.associate(openTable, open);
        assertThat(site.sim.isPublic(open)).isTrue();
        assertThat(site.sim.isPublic(closed)).isFalse();

        var tasks = site.group("tasks");
        var database = site.group("database");
        assertThat(site.sim.reaches(List.of(tasks), List.of(database), 5432)).isFalse();
        site.allow(database, tcpOf(5432, tasks));
        assertThat(site.sim.reaches(List.of(tasks), List.of(database), 5432)).isTrue();
        assertThat(site.sim.reaches(List.of(tasks), List.of(database), 5433)).isFalse();
        site.closeEgress(tasks);
        assertThat(site.sim.reaches(List.of(tasks), List.of(database), 5432)).isFalse();
        site.allowOut(tasks, tcp(5432, "10.0.2.0/24"));
        assertThat(site.sim.reaches(List.of(tasks), List.of(database), 5432)).isFalse();
        site.sim.attach(closed, List.of(database), "a database", "amazon-rds");
        assertThat(site.sim.reaches(List.of(tasks), List.of(database), 5432)).isTrue();

        var nat = site.nat(open, site.address());
        site.natRoute(site.mainTable, nat);
        site.allowOut(tasks, tcp(443, "0.0.0.0/0"));
        assertThat(site.sim.outbound(closed, List.of(tasks))).isFalse();
        site.pass(Duration.ofMinutes(6));
        assertThat(site.sim.outbound(closed, List.of(tasks))).isTrue();
        assertThat(site.sim.outbound(closed, List.of(database))).isTrue();
        site.closeEgress(database);
        assertThat(site.sim.outbound(closed, List.of(database))).isFalse();
        site.ec2.deleteRoute(r -> r.routeTableId(openTable).destinationCidrBlock("0.0.0.0/0"));
        assertThat(site.sim.outbound(closed, List.of(tasks))).isFalse();
    }

    @Test
    void aLoadBalancersInterfaceMapsAPublicAddressUntilItIsGone() {
        var gateway = site.attachedGateway();
        site.route(site.mainTable, gateway);
        var id = site.sim.attach(site.subnet("10.0.1.0/24"), List.of(site.defaultGroup), "ELB app/a/1", "amazon-elb");
        site.sim.release(id, Duration.ofSeconds(90));
        assertThatThrownBy(() -> site.ec2.detachInternetGateway(
                        r -> r.internetGatewayId(gateway).vpcId(site.vpc)))
                .hasMessageContaining("mapped public address(es)");
        site.pass(Duration.ofSeconds(91));
        site.ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(site.vpc));
    }
}
