package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The packaged operator is killed -9 right after a call that changed AWS, before it hears the answer, and started again: 25 times during one creation. moto outlives
 * it. It takes minutes, because much of it is waiting: what has neither name nor token is made only after AWS has shown for a minute that it is not there.
 */
class KillIT {
    private static final int KILLS = 25;
    private static final Duration LONGEST = Duration.ofMinutes(6);

    /** @param changes how many calls changed AWS */
    private record Creation(FinalState state, int changes) {}

    @Test
    void noKillLeavesASecondOneOrAnOrphan() throws Exception {
        var start = Instant.now();
        var undisturbed = create(List.of());
        var moments = IntStream.rangeClosed(1, KILLS)
                .map(kill -> Math.round((float) kill * undisturbed.changes() / (KILLS + 1)))
                .boxed()
                .toList();
        System.out.printf(
                "An undisturbed creation makes %d changes. Kills follow these: %s%n", undisturbed.changes(), moments);
        var killed = create(moments);
        assertThat(killed.state().things()).isEqualTo(undisturbed.state().things());
        System.out.printf(
                "%d kills, %d changes in all, the same final state; %d s%n",
                KILLS, killed.changes(), Duration.between(start, Instant.now()).toSeconds());
    }

    private static Creation create(List<Integer> moments) throws Exception {
        try (var ground = new Ground();
                var wire = new Wire(ground.moto)) {
            ground.apply();
            for (var moment : moments) kill(ground, wire, moment);
            wire.open();
            try (var _ = ground.operator(wire.environment())) {
                await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(ground::hasService);
                ground.serve();
                await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(ground::isReady);
            }
            return new Creation(FinalState.of(ground), wire.changes().size());
        }
    }

    /** Starts the operator, and kills it after so many changes since the beginning. */
    private static void kill(Ground ground, Wire wire, int moment) throws Exception {
        var last = new CompletableFuture<String>();
        try (var operator = start(ground, wire, moment, last)) {
            System.out.printf("Killed after change %d: %s%n", moment, last.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
            assertThat(operator.isAlive()).isFalse();
        }
    }

    private static PackagedOperator start(Ground ground, Wire wire, int moment, CompletableFuture<String> last)
            throws Exception {
        var process = new CompletableFuture<PackagedOperator>();
        wire.cutAfter(moment, call -> {
            process.join().kill();
            last.complete(call);
        });
        var operator = ground.operator(wire.environment());
        process.complete(operator);
        return operator;
    }
}
