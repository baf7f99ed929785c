package africa.mycandidate.operator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import africa.mycandidate.operator.load.Rule.Metric;
import africa.mycandidate.operator.load.Rule.Resolution;
import africa.mycandidate.operator.stack.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/load.md tells about traffic × 10 in one minute, with fewer seeds than {@code make bench}; and that the model keeps to what AWS measured. */
class LoadTest {
    private static final Assumptions APP = Assumptions.DEFAULT;
    private static final Setup OPERATOR = Setup.operator(Specs.minimal());
    private static final int SEEDS = 2;

    /** The worst of a quarter of an hour. */
    private static Outcome worst(Setup setup, double peak) {
        return Outcome.worst(new LoadStep(peak / 10, 10, 60, 900).run(setup, APP, SEEDS));
    }

    /** For half an hour. */
    private static List<Outcome> run(Setup setup, double peak) {
        return LoadStep.tenfold(peak / 10).run(setup, APP, SEEDS);
    }

    @Test
    void theOperatorsSettingsRecoverInHalfTheTimeOfTheReferences() {
        var operator = run(OPERATOR, 70);
        var reference = run(Setup.reference(), 70);
        assertThat(Outcome.worst(operator).back()).isPositive();
        assertThat(Outcome.worst(operator).back())
                .isLessThan(Outcome.median(reference).back() / 2);
        assertThat(Outcome.worst(operator).failed())
                .isLessThan(Outcome.median(reference).failed());
    }

    @Test
    void theOperatorsComeBackWhereTheReferencesDoNot() {
        assertThat(worst(OPERATOR, 115).back()).isLessThan(700);
        assertThat(Outcome.median(run(Setup.reference(), 115)).back()).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({"6, 70", "10, 70", "8, 115", "10, 115"})
    void anElectionsFloorKeepsEveryoneUnderASecond(int floor, double peak) {
        var outcome = worst(OPERATOR.between(floor, 10), peak);
        assertThat(outcome.worst()).isLessThan(LoadStep.GOOD_SECONDS);
        assertThat(outcome.failed()).isZero();
    }

    /** The sum in docs/load.md by which to choose minTasks. */
    @ParameterizedTest
    @ValueSource(doubles = {20, 80, 160})
    void theSumForTheFloorHolds(double peak) {
        var floor = LoadTables.floor(peak);
        assertThat(worst(OPERATOR.between(floor, floor + 2), peak).worst()).isLessThan(LoadStep.GOOD_SECONDS);
    }

    @Test
    void addingEverythingAtOnceSavesAMinute() {
        var atOnce = run(OPERATOR.out(LoadTables.toTheMost(OPERATOR)), 115);
        assertThat(Outcome.median(atOnce).back())
                .isLessThanOrEqualTo(Outcome.median(run(OPERATOR, 115)).back() - 60);
    }

    /** The only figures that AWS has published (see {@link Resolution}): from the load to the request for more tasks. */
    @ParameterizedTest
    @CsvSource({"MINUTE, 363", "TWENTY_SECONDS, 86"})
    void targetTrackingAsksForTasksWhenAwsSaysItDoes(Resolution resolution, double seconds) {
        var setup = OPERATOR.out(Rule.tracking(Metric.CPU_PERCENT, resolution, 70, 300));
        var outcomes = new LoadStep(7, 10, 0, 500).run(setup, APP, 20);
        var mean = outcomes.stream().mapToDouble(Outcome::firstScaled).average().orElseThrow();
        assertThat(mean).isCloseTo(seconds, withinPercentage(10));
    }

    /** 25 tasks want 250 connections, and db.t3.small has 225: such a spec is refused at the door, and this is why. */
    @Test
    void aTaskWithoutConnectionsAnswersWithErrors() {
        var outcome = worst(OPERATOR.between(25, 25), 70);
        assertThat(outcome.failed()).isBetween(0.01, 0.05);
        assertThat(worst(OPERATOR.between(22, 22), 70).failed()).isZero();
    }

    @Test
    void aPageTakesTwiceItsCpuInHalfAProcessorAndLongerBesideAnother() {
        assertThat(waits(1)).isCloseTo(0.04, within(AppTask.TICK));
        assertThat(waits(2)).isCloseTo(0.08, within(AppTask.TICK));
        // Three workers share the processor, and the fourth page waits for one of them.
        assertThat(waits(4)).isCloseTo(0.16, within(2 * AppTask.TICK));
    }

    private static double waits(int pages) {
        var latencies = new Latencies(0);
        var task = new AppTask(0, OPERATOR.fixed().vcpu(), APP, latencies);
        task.settled();
        for (var i = 0; i < pages; i++)
            assertThat(task.offer(new Request(0, 0.02, 0, false), 0)).isTrue();
        for (var tick = 0; tick < 100; tick++) task.work(tick * AppTask.TICK, 0);
        return latencies.p95()[0];
    }

    @Test
    void theModelFollowsTheSpec() {
        var setup = Setup.operator(Specs.with(Map.of(
                "scaling.minTasks", 3,
                "scaling.maxTasks", 12,
                "scaling.scaleOutCpuPercent", 55,
                "container.cpu", 1024,
                "container.memory", 2048,
                "container.databaseConnections", 7,
                "database.instanceClass", "db.t3.medium")));
        assertThat(setup.minTasks()).isEqualTo(3);
        assertThat(setup.maxTasks()).isEqualTo(12);
        assertThat(setup.out().threshold()).isEqualTo(55);
        assertThat(setup.fixed().vcpu()).isEqualTo(1);
        assertThat(setup.fixed().connectionsEach()).isEqualTo(7);
        assertThat(setup.fixed().connections()).isEqualTo(450);
    }

    @Test
    void aSeedGivesTheSameEachTime() {
        assertThat(run(OPERATOR, 70)).isEqualTo(run(OPERATOR, 70));
    }
}
