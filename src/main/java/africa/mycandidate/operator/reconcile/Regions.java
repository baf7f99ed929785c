package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.aws.PortedClients;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Executor;
import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Parallel;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.resource.FactsReader;
import africa.mycandidate.operator.resource.Handlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The engine for each region in which stacks live. All stacks of a region share its clients, its listings and its call budget. */
public final class Regions {
    private final Cloud cloud;
    private final Supplier<Port> ports;
    private final Parallel parallel;
    private final RandomGenerator random;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();

    /** @param ports makes the port for a region: its budget, counters and checks */
    public Regions(Cloud cloud, Supplier<Port> ports, Parallel parallel, RandomGenerator random) {
        this.cloud = cloud;
        this.ports = ports;
        this.parallel = parallel;
        this.random = random;
    }

    /** One region: its facts, and the cycle that runs there. */
    public static final class Region {
        private final String name;
        private final Clients clients;
        private final Cycle cycle;
        private volatile Facts facts;

        private Region(String name, Clients clients, Cycle cycle) {
            this.name = name;
            this.clients = clients;
            this.cycle = cycle;
        }

        /** Account and zones; read once, as they do not change under a running operator. Throws what AWS throws. */
        Facts facts() {
            if (facts == null) facts = new FactsReader(clients, name).read();
            return facts;
        }

        Cycle cycle() {
            return cycle;
        }
    }

    Region of(String name) {
        return regions.computeIfAbsent(name, this::open);
    }

    private Region open(String name) {
        var clients = new PortedClients(cloud.clients(name), ports.get());
        var inventory = new Inventory(Handlers.all(clients, random), cloud.clock(), parallel);
        var executor = new Executor(inventory, cloud.clock(), parallel);
        return new Region(name, clients, new Cycle(inventory, executor, cloud.clock()));
    }
}
