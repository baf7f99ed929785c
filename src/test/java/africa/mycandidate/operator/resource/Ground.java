package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import java.util.Set;

/** The network that the other types stand on. */
final class Ground {
    final Ref<Vpc> vpc;
    final Ref<Subnet> first;
    final Ref<Subnet> second;
    final Ref<SecurityGroup> inside;
    final Ref<SecurityGroup> outside;

    Ground(Simulated aws) {
        var zones = new FactsReader(aws.clients, Simulated.REGION).read().zones();
        vpc = Ref.of(aws.life.create(new Vpc("10.0.0.0/16", true, true), "main").id());
        Ref<InternetGateway> gateway =
                Ref.of(aws.life.create(new InternetGateway(vpc), "main").id());
        first = subnet(aws, gateway, "10.0.1.0/24", zones.get(0), "a");
        second = subnet(aws, gateway, "10.0.2.0/24", zones.get(1), "b");
        inside = group(aws, "inside");
        outside = group(aws, "outside");
    }

    private Ref<Subnet> subnet(Simulated aws, Ref<InternetGateway> gateway, String cidr, String zone, String role) {
        Ref<Subnet> subnet =
                Ref.of(aws.life.create(new Subnet(vpc, cidr, zone, false), role).id());
        aws.life.create(new RouteTable(vpc, subnet, Set.of(new RouteTable.Route("0.0.0.0/0", gateway))), role);
        return subnet;
    }

    private Ref<SecurityGroup> group(Simulated aws, String role) {
        return Ref.of(aws.life
                .create(new SecurityGroup(vpc, role, Set.of(), Set.of()), role)
                .id());
    }
}
