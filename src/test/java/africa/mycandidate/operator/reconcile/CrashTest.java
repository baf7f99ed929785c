package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Trouble.Way;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A creation is interrupted at a write, to AWS or to Kubernetes: the process dies before it, or after its effect and before its answer, or the answer is lost.
 * In the end there is one stack, the same as without the interruption. {@code make test} takes every write to AWS for the worst of the three, the crash between
 * effect and answer, and a sample, spread evenly, for the others; {@code -Dsimulation.crashes=all} takes every one of them.
 */
class CrashTest {
    private static final long SEED = 31;
    private static final int SAMPLE = 10;
    private static final Duration LONGEST = Duration.ofHours(4);

    private static List<Port.Effect> writes;
    private static Map<String, Long> undisturbed;

    @BeforeAll
    static void undisturbed() {
        var simulation = new Simulation(SEED);
        simulation.apply(Simulation.minimal(simulation.zone()));
        simulation.until("Ready", LONGEST, Simulation::ready);
        writes = simulation.effects.stream().filter(Port.Effect::mutating).toList();
        undisturbed = simulation.holdings().census();
    }

    @TestFactory
    Stream<DynamicTest> oneStackAfterEachInterruption() {
        for (var way : Way.values()) {
            System.out.printf(
                    "%d of %d writes of a creation, interrupted: %s%n",
                    points(way).size(), writes.size(), way);
        }
        return Stream.of(Way.values()).flatMap(way -> points(way).stream()
                .map(point -> DynamicTest.dynamicTest(
                        "write " + point + ", " + writes.get(point) + ": " + way, () -> interrupted(point, way))));
    }

    private static List<Integer> points(Way way) {
        var all = System.getProperty("simulation.crashes", "").equals("all");
        var sample = IntStream.range(0, SAMPLE)
                .map(i -> i * (writes.size() - 1) / (SAMPLE - 1))
                .boxed()
                .toList();
        return IntStream.range(0, writes.size())
                .filter(point -> all || sample.contains(point) || way == Way.CRASH_AFTER && toAws(point))
                .boxed()
                .toList();
    }

    private static boolean toAws(int point) {
        return !writes.get(point).service().equals("Kubernetes");
    }

    private static void interrupted(int point, Way way) {
        var simulation = new Simulation(SEED);
        simulation.apply(Simulation.minimal(simulation.zone()));
        simulation.port = Trouble.at(point, way);
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(3));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        assertThat(simulation.holdings().census()).isEqualTo(undisturbed);
    }
}
