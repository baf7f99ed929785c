package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ReplicationGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;

/** From the moment that AWS shows a resource ready until the status says so, and how often that resource was read until then. */
class ReadyTimeTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 20);
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final double SHARE = 0.03;
    private static final long READS = 70;

    /** A database that AWS backs up of its own accord can be used. */
    private static final Set<Phase> DONE = Set.of(Phase.READY, Phase.TENDED);

    private static final Set<String> TOLD = Set.of("Ready", "Tended");

    /** What takes long, with the call that reads it. */
    private static final Map<Class<? extends Resource>, String> SLOW = Map.of(
            DbInstance.class, "Rds.describeDBInstances",
            ReplicationGroup.class, "ElastiCache.describeReplicationGroups",
            LoadBalancer.class, "ElasticLoadBalancingV2.describeLoadBalancers",
            NatGateway.class, "Ec2.describeNatGateways",
            Certificate.class, "Acm.describeCertificate",
            EcsService.class, "Ecs.describeServices");

    /** One wait: when it began, when AWS showed its end, when the status did. */
    private static final class Wait {
        private final Handler<?> handler;
        private final Simulation simulation;
        private Instant there;
        private Instant ready;
        private Instant told;
        private long reads;

        Wait(Handler<?> handler, Simulation simulation) {
            this.handler = handler;
            this.simulation = simulation;
        }

        /** Asks AWS itself. Once in a second: the end lies between two looks, and the middle is taken. */
        void look() {
            if (ready != null) return;
            var found = handler.list(place()).stream()
                    .filter(one -> one.phase() != Phase.GONE)
                    .toList();
            if (found.isEmpty()) return;
            var now = simulation.clock.instant();
            if (there == null) {
                there = now;
                reads = -reads();
            }
            if (found.stream().allMatch(one -> DONE.contains(one.phase()))) ready = now.minusMillis(500);
        }

        private String place() {
            if (handler.type() != EcsService.class) return "";
            var clusters = simulation.aws.of(EcsClient.class).listClusters().clusterArns();
            return clusters.isEmpty()
                    ? "none"
                    : clusters.getFirst().substring(clusters.getFirst().lastIndexOf('/') + 1);
        }

        void read() {
            if (there == null || told != null) return;
            var rows = simulation.resource.getStatus().resources().stream()
                    .filter(row -> row.type().equals(handler.type().getSimpleName()))
                    .map(ResourceStatus::phase)
                    .toList();
            if (rows.isEmpty() || !rows.stream().allMatch(TOLD::contains)) return;
            told = simulation.clock.instant();
            reads += reads();
        }

        private long reads() {
            return simulation.effects.stream()
                    .filter(effect -> effect.toString().equals(SLOW.get(handler.type())))
                    .count();
        }

        Duration lasted() {
            return Duration.between(there, ready);
        }

        Duration late() {
            return Duration.between(ready, told);
        }

        /** One where that is as late as it may be. */
        double share() {
            var bound = Math.max(SHORTEST.toMillis(), SHARE * lasted().toMillis());
            return late().toMillis() / bound;
        }

        @Override
        public String toString() {
            return "%s: %d s, told %.1f s later, %d reads"
                    .formatted(handler.type().getSimpleName(), lasted().toSeconds(), late().toMillis() / 1000.0, reads);
        }
    }

    @Test
    void whatIsReadyIsSoonSaidToBe() {
        var waits = LongStream.range(300, 300 + SEEDS)
                .parallel()
                .mapToObj(ReadyTimeTest::waits)
                .flatMap(List::stream)
                .toList();
        var shares = waits.stream().map(Wait::share).sorted().toList();
        var reads = waits.stream().map(wait -> wait.reads).sorted().toList();
        var late = p99(shares);
        var read = p99(reads);
        System.out.printf(
                "%d waits of %d seeds: told late by, as a share of max(5 s, 3%% of the wait): median %.2f, p99 %.2f; reads: median %d, p99 %d%n",
                waits.size(), SEEDS, shares.get(shares.size() / 2), late, reads.get(reads.size() / 2), read);
        assertThat(late).as(worst(waits)).isLessThanOrEqualTo(1);
        assertThat(read).as(worst(waits)).isLessThanOrEqualTo(READS);
    }

    private static <T> T p99(List<T> sorted) {
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }

    private static String worst(List<Wait> waits) {
        var late = waits.stream().sorted(Comparator.comparing(Wait::share).reversed());
        var read = waits.stream()
                .sorted(Comparator.<Wait, Long>comparing(wait -> wait.reads).reversed());
        return late.limit(5).toList() + " " + read.limit(5).toList();
    }

    private static List<Wait> waits(long seed) {
        var simulation = new Simulation(seed);
        var waits = new ArrayList<Wait>();
        for (var handler : Handlers.all(simulation.aws, new Random(seed)))
            if (SLOW.containsKey(handler.type())) waits.add(new Wait(handler, simulation));
        simulation.eachSecond = () -> waits.forEach(Wait::look);
        simulation.apply(Simulation.minimal(simulation.zone()));
        var begin = simulation.clock.instant();
        while (!simulation.ready() || waits.stream().anyMatch(wait -> wait.told == null)) {
            var next = simulation.look(simulation.resource);
            waits.forEach(Wait::read);
            simulation.rest(next);
            assertThat(Duration.between(begin, simulation.clock.instant()))
                    .as(simulation.describe())
                    .isLessThan(LONGEST);
        }
        return waits;
    }
}
