package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lives by chance: nothing that must never be so may be so in any of them, and a life is the same whenever it is lived again. */
class RehearsalTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);

    @Test
    void noSeedBreaksALaw() {
        var began = System.nanoTime();
        var verdicts = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> new Rehearsal(Script.draw(seed)).run())
                .toList();
        var simulated = verdicts.stream().map(Verdict::simulated).reduce(Duration.ZERO, Duration::plus);
        var took = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%d seeds, %.1f stack-days in %.0f s: %.1f seeds a second, %,d effects%n",
                SEEDS,
                simulated.toHours() / 24.0,
                took,
                SEEDS / took,
                verdicts.stream().mapToLong(Verdict::effects).sum());
        var broken = verdicts.stream().filter(verdict -> !verdict.clean()).toList();
        assertThat(broken.stream()
                        .map(verdict -> "seed " + verdict.seed() + "\n  " + String.join("\n  ", verdict.story()))
                        .collect(Collectors.joining("\n")))
                .isEmpty();
    }

    @Test
    void aSeedIsTheSameWhateverRunsBeforeIt() {
        var runs = new ArrayList<Long>();
        for (var again = 0; again < 3; again++) runs.addAll(List.of(1L, 2L, 3L, 4L, 5L));
        Collections.shuffle(runs, new Random(5));
        var traces = runs.parallelStream()
                .map(seed -> seed + " " + new Rehearsal(Script.draw(seed)).run().trace())
                .collect(Collectors.toSet());
        assertThat(traces).hasSize(5);
    }
}
