package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The time until Ready, against the shortest that the simulated AWS allows ({@link Eager} says how that is found). */
class ConvergeTimeTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 20);
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final double GOAL = 1.05;

    @Test
    void isCloseToTheCriticalPath() {
        var ratios = new ArrayList<Double>();
        for (var seed = Long.getLong("simulation.seed", 100);
                seed < Long.getLong("simulation.seed", 100) + SEEDS;
                seed++) ratios.add(ratio(seed));
        ratios.sort(null);
        System.out.printf(
                "converge time / critical path over %d seeds: median %.3f, worst %.3f%n",
                SEEDS, ratios.get(SEEDS / 2), ratios.getLast());
        assertThat(ratios.get(SEEDS / 2)).isLessThanOrEqualTo(GOAL);
        assertThat(ratios.getFirst()).as("nobody is faster than possible").isGreaterThanOrEqualTo(0.999);
    }

    private static double ratio(long seed) {
        var eager = new Eager();
        var simulation = new Simulation(seed, eager::recording);
        eager.watch(simulation.world);
        var zone = Eager.zone(simulation.aws, simulation.world);
        var begin = simulation.clock.instant();
        simulation.apply(Simulation.minimal(zone));
        // The moment of the pass that says Ready, not of the one after it.
        var ready = begin;
        while (!simulation.ready()) {
            ready = simulation.clock.instant();
            simulation.pass();
            assertThat(Duration.between(begin, ready)).as(simulation.describe()).isLessThan(LONGEST);
        }
        var took = Duration.between(begin, ready);
        var shortest = eager.shortest(seed, LONGEST);
        var ratio = (double) took.toMillis() / shortest.toMillis();
        System.out.printf("seed %d: %s s, possible %s s: %.3f%n", seed, took.toSeconds(), shortest.toSeconds(), ratio);
        if (Boolean.getBoolean("simulation.late"))
            eager.late(begin, Duration.ofSeconds(2)).forEach(System.out::println);
        return ratio;
    }
}
