package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Network.NatGateways;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.ElasticIp;
import africa.mycandidate.operator.resource.InternetGateway;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.RouteTable;
import africa.mycandidate.operator.resource.RouteTable.Route;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.SecurityGroup.Peer;
import africa.mycandidate.operator.resource.SecurityGroup.Rule;
import africa.mycandidate.operator.resource.Subnet;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Parts.Part;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The network: public subnets with a way in, private subnets with a way out, and four security groups that let each component reach only what it needs.
 *
 * @param inside private subnets
 * @param routedPublic public subnets, known once the internet gateway is routed
 * @param outbound private subnets, known once the way out is routed
 */
record NetworkArea(
        Part<Vpc> vpc,
        Set<Ref<Subnet>> inside,
        Set<Ref<Subnet>> routedPublic,
        Set<Ref<? extends Resource>> outbound,
        Part<SecurityGroup> loadBalancer,
        Part<SecurityGroup> tasks,
        Part<SecurityGroup> database,
        Part<SecurityGroup> cache) {
    static final int DATABASE_PORT = 5432;
    static final int CACHE_PORT = 6379;
    private static final String ANYWHERE = "0.0.0.0/0";

    static NetworkArea of(Spec spec, Facts facts, Parts parts) {
        var vpc = parts.add("main", new Vpc(spec.network().cidr(), true, true));
        var gateway = parts.add("main", new InternetGateway(vpc.id()));
        var subnets = new Subnets(spec, facts, parts, vpc, gateway);
        subnets.draw();
        rules(spec, parts, vpc);
        return new NetworkArea(
                vpc,
                subnets.inside,
                subnets.routedPublic,
                subnets.outbound,
                group("load-balancer"),
                group("tasks"),
                group("database"),
                group("cache"));
    }

    /** The groups name each other, so each is referred to by its key, whichever is drawn first. */
    private static Part<SecurityGroup> group(String role) {
        return new Part<>(SecurityGroup.class, role);
    }

    private static void rules(Spec spec, Parts parts, Part<Vpc> vpc) {
        var port = spec.container().port();
        add(
                spec,
                parts,
                vpc,
                "load-balancer",
                "Load balancer: HTTPS and HTTP from the internet",
                Set.of(from(443), from(80)),
                Set.of(with(port, "tasks")));
        add(
                spec,
                parts,
                vpc,
                "tasks",
                "Tasks: only from the load balancer",
                Set.of(with(port, "load-balancer")),
                Set.of(from(443), with(DATABASE_PORT, "database"), with(CACHE_PORT, "cache")));
        add(
                spec,
                parts,
                vpc,
                "database",
                "Database: only from the tasks",
                Set.of(with(DATABASE_PORT, "tasks")),
                Set.of());
        add(spec, parts, vpc, "cache", "Cache: only from the tasks", Set.of(with(CACHE_PORT, "tasks")), Set.of());
    }

    private static void add(
            Spec spec,
            Parts parts,
            Part<Vpc> vpc,
            String role,
            String description,
            Set<Rule> ingress,
            Set<Rule> egress) {
        parts.add(
                role,
                new SecurityGroup(
                        vpc.id(), description, ingress, egress, spec.container().port()));
    }

    private static Rule from(int port) {
        return new Rule("tcp", port, port, new Peer.Cidr(ANYWHERE));
    }

    private static Rule with(int port, String role) {
        return new Rule("tcp", port, port, new Peer.Group(group(role).id()));
    }

    /** The subnets of each zone with their routes. */
    private static final class Subnets {
        private final Spec spec;
        private final Facts facts;
        private final Parts parts;
        private final Part<Vpc> vpc;
        private final Part<InternetGateway> gateway;
        private final Set<Ref<Subnet>> inside = new LinkedHashSet<>();
        private final Set<Ref<Subnet>> routedPublic = new LinkedHashSet<>();
        private final Set<Ref<? extends Resource>> outbound = new LinkedHashSet<>();

        Subnets(Spec spec, Facts facts, Parts parts, Part<Vpc> vpc, Part<InternetGateway> gateway) {
            this.spec = spec;
            this.facts = facts;
            this.parts = parts;
            this.vpc = vpc;
            this.gateway = gateway;
        }

        void draw() {
            var zones = spec.network().availabilityZones();
            var whole = Cidr.of(spec.network().cidr());
            for (var i = 0; i < zones; i++) {
                var letter = String.valueOf((char) ('a' + i));
                var zone = facts.zones().get(i);
                var outside = subnet("public-" + letter, whole.part(i, 2 * zones), zone);
                route("public-" + letter, outside, Set.of(new Route(ANYWHERE, gateway.output("attachedId"))));
                routedPublic.add(routed("public-" + letter));
                var own = subnet("private-" + letter, whole.part(zones + i, 2 * zones), zone);
                inside.add(own.id());
                wayOut(letter, own);
            }
        }

        private void wayOut(String letter, Part<Subnet> own) {
            var nat = spec.network().natGateways();
            if (nat == NatGateways.NONE) {
                route("private-" + letter, own, Set.of());
                outbound.add(own.id());
                return;
            }
            var role = nat == NatGateways.SINGLE ? "a" : letter;
            if (nat == NatGateways.PER_ZONE || letter.equals("a")) gateway(role);
            var routes = new HashSet<Route>();
            routes.add(new Route(ANYWHERE, new Part<>(NatGateway.class, role).id()));
            route("private-" + letter, own, routes);
            outbound.add(routed("private-" + letter));
        }

        private void gateway(String role) {
            var address = parts.add(role, new ElasticIp("vpc"));
            parts.add(role, new NatGateway(routed("public-" + role), address.id()));
        }

        private Part<Subnet> subnet(String role, Cidr cidr, String zone) {
            return parts.add(role, new Subnet(vpc.id(), cidr.toString(), zone, false));
        }

        private void route(String role, Part<Subnet> subnet, Set<Route> routes) {
            parts.add(role, new RouteTable(vpc.id(), subnet.id(), routes));
        }

        /** The id of a subnet, as its route table gives it once the way out is routed. */
        @SuppressWarnings("unchecked")
        private static Ref<Subnet> routed(String role) {
            return (Ref<Subnet>) (Ref<?>) Ref.to(RouteTable.class, role, "subnet");
        }
    }
}
