package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.ExistingNetwork;
import africa.mycandidate.operator.api.Network.NatGateways;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Key;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The network: public subnets with a way in, private subnets with a way out, and four security groups that let each component reach only what it needs.
 *
 * @param inside private subnets
 * @param routedPublic public subnets, known once the internet gateway is routed
 * @param outbound private subnets, known once the way out is routed
 */
record NetworkArea(
        Ref<Vpc> vpc,
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
    private static final Key VPC = new Key(Vpc.class, "main");

    static NetworkArea of(Spec spec, Facts facts, Adoption adoption, Parts parts) {
        var ground = spec.network().existing() != null
                ? existing(spec.network().existing())
                : adoption.names(VPC) ? adopted(adoption, parts) : drawn(spec, facts, parts);
        rules(spec, facts, parts, adoption, ground.vpc());
        return new NetworkArea(
                ground.vpc(),
                ground.inside(),
                ground.outside(),
                ground.outbound(),
                group("load-balancer"),
                group("tasks"),
                group("database"),
                group("cache"));
    }

    /**
     * The VPC and its subnets.
     *
     * @param outside where the load balancer stands
     * @param outbound private subnets with a way out
     */
    private record Ground(
            Ref<Vpc> vpc, Set<Ref<Subnet>> inside, Set<Ref<Subnet>> outside, Set<Ref<? extends Resource>> outbound) {}

    private static Ground drawn(Spec spec, Facts facts, Parts parts) {
        var vpc = parts.add("main", new Vpc(spec.network().cidr(), true, true));
        var gateway = parts.add("main", new InternetGateway(vpc.id()));
        var subnets = new Subnets(spec, facts, parts, vpc, gateway);
        subnets.draw();
        return new Ground(vpc.id(), subnets.inside, subnets.routedPublic, subnets.outbound);
    }

    /** Somebody else keeps it: nothing of it is part of the stack. */
    private static Ground existing(ExistingNetwork network) {
        var inside = refs(network.privateSubnetIds());
        return new Ground(Ref.of(network.vpcId()), inside, refs(network.publicSubnetIds()), Set.copyOf(inside));
    }

    private static Set<Ref<Subnet>> refs(List<String> ids) {
        return ids.stream().map(Ref::<Subnet>of).collect(Collectors.toUnmodifiableSet());
    }

    /** What somebody else made stays as it is, and its gateways and routes are theirs. */
    private static Ground adopted(Adoption adoption, Parts parts) {
        var vpc = parts.add(VPC.role(), new Vpc(null, null, null));
        var inside = new LinkedHashSet<Ref<Subnet>>();
        var outside = new LinkedHashSet<Ref<Subnet>>();
        for (var key : adoption.named(Subnet.class)) {
            var subnet = parts.add(key.role(), new Subnet(vpc.id(), null, null, null));
            (key.role().startsWith("public-") ? outside : inside).add(subnet.id());
        }
        return new Ground(vpc.id(), inside, outside, Set.copyOf(inside));
    }

    /** The groups name each other, so each is referred to by its key, whichever is drawn first. */
    private static Part<SecurityGroup> group(String role) {
        return new Part<>(SecurityGroup.class, role);
    }

    /** A database or cache that somebody else made has the group that they gave it, which lets an adopted group of tasks in. */
    private static void rules(Spec spec, Facts facts, Parts parts, Adoption adoption, Ref<Vpc> vpc) {
        var port = spec.container().port();
        var everybody = Set.of(from(443), from(80));
        var locked = spec.cdn() != null && facts.cdnPrefixList() != null;
        var groups = new LinkedHashMap<String, SecurityGroup>();
        groups.put(
                "load-balancer",
                new SecurityGroup(
                        vpc,
                        "Load balancer: HTTPS and HTTP from the internet",
                        locked ? Set.of(from(facts.cdnPrefixList())) : everybody,
                        Set.of(with(port, "tasks")),
                        port,
                        locked ? everybody : null));
        groups.put(
                "tasks",
                new SecurityGroup(
                        vpc,
                        "Tasks: only from the load balancer",
                        Set.of(with(port, "load-balancer")),
                        Set.of(from(443), with(DATABASE_PORT, "database"), with(CACHE_PORT, "cache")),
                        port));
        if (!adoption.names(DataArea.DATABASE))
            groups.put("database", inner(vpc, "Database: only from the tasks", DATABASE_PORT, port));
        if (!adoption.names(DataArea.CACHE))
            groups.put("cache", inner(vpc, "Cache: only from the tasks", CACHE_PORT, port));
        for (var named : adoption.named(SecurityGroup.class))
            groups.put(named.role(), new SecurityGroup(null, null, null, null));
        groups.forEach(parts::add);
    }

    private static SecurityGroup inner(Ref<Vpc> vpc, String description, int port, Integer taskPort) {
        return new SecurityGroup(vpc, description, Set.of(with(port, "tasks")), Set.of(), taskPort);
    }

    private static Rule from(int port) {
        return new Rule("tcp", port, port, new Peer.Cidr(ANYWHERE));
    }

    /** HTTPS alone: with port 80 as well the list would be more rules than a group may have. */
    private static Rule from(String prefixList) {
        return new Rule("tcp", 443, 443, new Peer.PrefixList(prefixList));
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
