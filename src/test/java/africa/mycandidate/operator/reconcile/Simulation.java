package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.AccountRole;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.sim.Holdings;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.SimCloud;
import africa.mycandidate.operator.sim.VirtualClock;
import africa.mycandidate.operator.sim.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.elasticache.model.InvalidReplicationGroupStateException;

/** The operator against the simulated AWS, in virtual time and on one thread, with the custom resource held in memory. */
public final class Simulation extends Bench {
    public static final String ACCOUNT = "123456789012";

    /** In minutes: no backup takes longer here. */
    private static final int A_BACKUP = 30;

    public final VirtualClock clock;
    public final World world;
    public final SimAws aws;
    /** Runs in each second of virtual time, after what was due then; null where time may jump. */
    public Runnable eachSecond;

    private final UnaryOperator<Clients> wire;

    public Simulation(long seed) {
        this(seed, clients -> clients);
    }

    /** @param wire stands between the operator and the simulated clients */
    public Simulation(long seed, UnaryOperator<Clients> wire) {
        this(seed, wire, Sabotage.NONE);
    }

    public Simulation(long seed, UnaryOperator<Clients> wire, Sabotage sabotage) {
        super(seed, "southafrica", sabotage);
        this.wire = wire;
        this.clock = new VirtualClock();
        this.world = new World(seed, clock::instant);
        this.aws = new SimAws(world, ACCOUNT, REGION);
        start();
    }

    /** Another operator, in a cluster of its own, over the same AWS. */
    public Simulation(Simulation other, String name) {
        this(other, name, Sabotage.NONE);
    }

    public Simulation(Simulation other, String name, Sabotage sabotage) {
        super(other.world.below(1000), name, sabotage);
        this.wire = clients -> clients;
        this.clock = other.clock;
        this.world = other.world;
        this.aws = other.aws;
        start();
    }

    @Override
    protected Cloud cloud() {
        return new Wired(new SimCloud(aws, clock, 1), wire);
    }

    @Override
    public Clients clients() {
        return aws;
    }

    /** The simulated cloud, with something between. */
    private record Wired(SimCloud cloud, UnaryOperator<Clients> wire) implements Cloud {
        @Override
        public Clients clients(String region) {
            return wire.apply(cloud.clients(region));
        }

        @Override
        public Clients clients(String region, AccountRole role, Supplier<AwsSessionCredentials> session) {
            return wire.apply(cloud.clients(region, role, session));
        }

        @Override
        public InstantSource clock() {
            return cloud.clock();
        }

        @Override
        public int pace() {
            return cloud.pace();
        }
    }

    @Override
    public void rest(Duration time) {
        if (eachSecond == null) {
            clock.advance(time);
            return;
        }
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            var left = Duration.between(clock.instant(), end);
            clock.advance(left.compareTo(Duration.ofSeconds(1)) < 0 ? left : Duration.ofSeconds(1));
            world.settle();
            eachSecond.run();
        }
    }

    /** The databases of this stack. */
    public List<String> databases() {
        return aws.databases("mycandidate/southafrica");
    }

    /** What AWS holds now, read after its replicas caught up, and after a backup during which ElastiCache shows no tags. */
    public Holdings holdings() {
        rest(Duration.ofSeconds(20));
        for (var minutes = 0; ; minutes++) {
            try {
                return Holdings.of(aws);
            } catch (InvalidReplicationGroupStateException e) {
                if (minutes == A_BACKUP) throw e;
                rest(Duration.ofMinutes(1));
            }
        }
    }

    /** How many targets really answer behind our load balancer. */
    public int serving() {
        return aws.serving(NAMES);
    }
}
