package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.AccountRole;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.aws.PortedClients;
import africa.mycandidate.operator.aws.RoleSession;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Executor;
import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Parallel;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.resource.FactsReader;
import africa.mycandidate.operator.resource.Quotas;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The engine for each account and region in which stacks live. All stacks of one share its clients, its listings and its call budget; all regions of an account
 * share the session of its role. A stack whose hosted zone is in a third account reaches that by a role of its own.
 */
public final class Regions {
    private final Cloud cloud;
    private final Supplier<Port> ports;
    private final Parallel parallel;
    private final RandomGenerator random;
    private final String operator;
    private final Engine engine;
    private final Map<Home, Region> regions = new ConcurrentHashMap<>();
    private final Map<String, Port> opened = new ConcurrentHashMap<>();
    private final Map<AccountRole, RoleSession> sessions = new ConcurrentHashMap<>();

    /**
     * @param ports makes the port for an account and region: its budget, counters and checks
     * @param operator which operator this is, for the accounts whose roles it assumes
     */
    public Regions(Cloud cloud, Supplier<Port> ports, Parallel parallel, RandomGenerator random, String operator) {
        this(cloud, ports, parallel, random, operator, Engine.STANDARD);
    }

    Regions(
            Cloud cloud,
            Supplier<Port> ports,
            Parallel parallel,
            RandomGenerator random,
            String operator,
            Engine engine) {
        this.engine = engine;
        this.cloud = cloud;
        this.operator = operator;
        this.ports = ports;
        this.parallel = parallel;
        this.random = random;
    }

    /** One region: its facts, and the cycle that runs there. */
    public static final class Region {
        private static final Duration QUOTAS_HOLD = Duration.ofHours(1);
        private static final Duration QUOTAS_MISSED = Duration.ofMinutes(5);

        private record Dated(Quotas quotas, Instant until) {}

        private final String name;
        private final Clients clients;
        private final Cycle cycle;
        private final Runnable door;
        private final Cloud cloud;
        private volatile Facts facts;
        private volatile Dated quotas;

        private Region(String name, Clients clients, Cycle cycle, Runnable door, Cloud cloud) {
            this.name = name;
            this.cloud = cloud;
            this.door = door;
            this.clients = clients;
            this.cycle = cycle;
        }

        /**
         * Account and zones; read once, as they do not change under a running operator. Throws what AWS throws, also where the account cannot be entered any more:
         * said once here, it is not said by each listing.
         */
        Facts facts() {
            door.run();
            if (facts == null) facts = new FactsReader(clients, name).read();
            return facts;
        }

        /** How long here is what takes so long in AWS: the same, but for the simulated one of {@code make run}. */
        Duration here(Duration inAws) {
            return inAws.dividedBy(cloud.pace());
        }

        /** What the account may have here; asked for once an hour at most, and only where somebody wants to know. What could not be read is asked again soon. */
        Quotas quotas() {
            var now = now();
            if (quotas == null || !now.isBefore(quotas.until())) {
                var read = Quotas.read(clients);
                quotas = new Dated(read, now.plus(read.unread().isEmpty() ? QUOTAS_HOLD : QUOTAS_MISSED));
            }
            return quotas.quotas();
        }

        Cycle cycle() {
            return cycle;
        }

        /** By AWS's clock, which starts what is scheduled. */
        Instant now() {
            return cloud.clock().instant();
        }
    }

    Region of(Home home) {
        var zone = home.ofZone().map(this::of);
        return regions.computeIfAbsent(home, one -> open(one, zone));
    }

    /** @param zone what reaches the hosted zone, where that is in another account */
    private Region open(Home home, Optional<Region> zone) {
        if (home.role() == null) return open(home, cloud.clients(home.region()), port(home), () -> {}, zone);
        var session = sessions.computeIfAbsent(home.role(), role -> new RoleSession(role, operator, cloud.clock()));
        Supplier<StsClient> own =
                () -> of(new Home(home.region(), null)).clients.of(StsClient.class);
        return open(
                home,
                cloud.clients(home.region(), home.role(), () -> session.credentials(own.get())),
                Port.chain(port(home), session),
                () -> session.credentials(own.get()),
                zone);
    }

    private Port port(Home home) {
        return opened.computeIfAbsent(home.budget(), key -> ports.get());
    }

    private Region open(Home home, Clients bare, Port port, Runnable door, Optional<Region> zone) {
        var clients = withZone(new PortedClients(bare, port), zone);
        var inventory = new Inventory(engine.handlers(clients, random), cloud.clock(), parallel);
        var executor = new Executor(inventory, cloud.clock(), parallel);
        return new Region(home.region(), clients, new Cycle(inventory, executor, engine, cloud.clock()), door, cloud);
    }

    /** Of Route 53 a stack needs nothing but its hosted zone. */
    private static Clients withZone(Clients clients, Optional<Region> zone) {
        if (zone.isEmpty()) return clients;
        var there = zone.get().clients;
        return new Clients() {
            @Override
            public <C extends SdkClient> C of(Class<C> service) {
                return service == Route53Client.class ? there.of(service) : clients.of(service);
            }

            @Override
            public Clients global() {
                return clients.global();
            }
        };
    }
}
