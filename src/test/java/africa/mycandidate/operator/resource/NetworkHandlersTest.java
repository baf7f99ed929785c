package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.RouteTable.Route;
import africa.mycandidate.operator.resource.SecurityGroup.Peer;
import africa.mycandidate.operator.resource.SecurityGroup.Rule;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The network's handlers take every type through its life in the simulated EC2. */
class NetworkHandlersTest {
    private static final String ANYWHERE = "0.0.0.0/0";

    private final Simulated aws = new Simulated(7);
    private final Life life = aws.life;

    @Test
    void aSubnetWithItsWayOutComesAndGoes() {
        var vpc = life.create(new Vpc("10.0.0.0/16", true, true), "main");
        assertThat(vpc.owner()).isEqualTo(new Owner.Stack("test/site", "uid-1", "main", "1"));
        Ref<Vpc> vpcId = Ref.of(vpc.outputs().get("id"));
        var gateway = life.create(new InternetGateway(vpcId), "main");
        gateway = life.await(
                InternetGateway.class, "", gateway.id(), one -> one.outputs().containsKey("attachedId"));
        var subnet = life.create(new Subnet(vpcId, "10.0.0.0/24", zone(), false), "public-a");
        Ref<Subnet> subnetId = Ref.of(subnet.id());
        var routes = Set.of(new Route(ANYWHERE, Ref.<InternetGateway>of(gateway.id())));
        var table = life.create(new RouteTable(vpcId, subnetId, routes), "public-a");
        assertThat(table.outputs()).containsEntry("subnet", subnet.id());

        var address = life.create(new ElasticIp("vpc"), "a");
        var nat = life.create(new NatGateway(subnetId, Ref.of(address.id())), "a");
        assertThat(nat.phase()).isEqualTo(Phase.READY);

        life.delete(nat);
        life.delete(address);
        life.delete(table);
        life.delete(gateway);
        life.delete(subnet);
        life.delete(vpc);
        assertThat(life.handler(Vpc.class).list("")).isEmpty();
        assertThat(life.handler(RouteTable.class).list("")).isEmpty();
        assertThat(life.handler(ElasticIp.class).list("")).isEmpty();
    }

    @Test
    void aSubnetMovesToAnotherTable() {
        Ref<Vpc> vpc =
                Ref.of(life.create(new Vpc("10.0.0.0/16", true, true), "main").id());
        Ref<Subnet> subnet = Ref.of(
                life.create(new Subnet(vpc, "10.0.1.0/24", zone(), null), "a").id());
        var old = life.create(new RouteTable(vpc, subnet, Set.of()), "old");
        var next = life.create(new RouteTable(vpc, subnet, Set.of()), "next");
        assertThat(next.outputs()).doesNotContainKey("subnet");
        life.await(RouteTable.class, "", old.id(), one -> one.actual()
                .subnet()
                .value()
                .isEmpty());
    }

    @Test
    void rulesFollowTheRecord() {
        Ref<Vpc> vpc =
                Ref.of(life.create(new Vpc("10.0.0.0/16", true, true), "main").id());
        var tasks = life.create(new SecurityGroup(vpc, "tasks", Set.of(), Set.of()), "tasks");
        Ref<SecurityGroup> group = Ref.of(tasks.id());
        var postgres = new Rule("tcp", 5432, 5432, new Peer.Group(group));
        var everywhere = new Rule("-1", -1, -1, new Peer.Cidr(ANYWHERE));
        var data = life.create(new SecurityGroup(vpc, "data", Set.of(postgres), Set.of()), "data");
        var wider = new SecurityGroup(
                vpc,
                "data",
                Set.of(postgres, new Rule("tcp", 80, 81, new Peer.Cidr("10.0.0.0/8"))),
                Set.of(everywhere));
        assertThat(life.converge(wider, data.id()).actual()).isEqualTo(wider);
        var narrow = new SecurityGroup(vpc, "data", Set.of(), Set.of(new Rule("tcp", 443, 443, new Peer.Cidr("::/0"))));
        assertThat(life.converge(narrow, data.id()).actual()).isEqualTo(narrow);
        life.delete(data);
        life.delete(tasks);
    }

    @Test
    void tagsAreSetAndTakenOff() {
        var vpc = life.create(new Vpc("10.0.0.0/16", false, null), "main");
        life.handler(Vpc.class).tag(vpc, Map.of("team", "a", "gone", "soon"), Set.of());
        life.await(Vpc.class, "", vpc.id(), one -> "a".equals(one.tags().get("team")));
        life.handler(Vpc.class).tag(vpc, Map.of("team", "b"), Set.of("gone"));
        var changed = life.await(
                Vpc.class,
                "",
                vpc.id(),
                one -> "b".equals(one.tags().get("team")) && !one.tags().containsKey("gone"));
        assertThat(changed.owner()).isEqualTo(vpc.owner());
    }

    private String zone() {
        return new FactsReader(aws.clients, Simulated.REGION).read().zones().getFirst();
    }
}
