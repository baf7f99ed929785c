package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The packaged operator is killed -9 right after a call that changed AWS, before it hears the answer, and started again. moto outlives it. Several creations go on
 * beside each other, because much of one is waiting: what has neither name nor token is made only after AWS has shown for a minute that it is not there.
 */
class KillIT {
    private static final int KILLS = 25;
    private static final int CREATIONS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(6);

    /** One creation with its end. */
    private record Creation(FinalState state, int changes) {}

    @Test
    void noKillLeavesASecondOneOrAnOrphan() throws Exception {
        var start = Instant.now();
        var undisturbed = create(0, List.of());
        var moments = IntStream.rangeClosed(1, KILLS)
                .map(kill -> Math.round((float) kill * undisturbed.changes() / (KILLS + 1)))
                .boxed()
                .toList();
        System.out.printf(
                "An undisturbed creation makes %d changes. Killed after: %s%n", undisturbed.changes(), moments);
        try (var threads = Executors.newFixedThreadPool(CREATIONS)) {
            var creations = threads.invokeAll(IntStream.range(0, CREATIONS)
                    .<Callable<Creation>>mapToObj(number -> () -> create(number + 1, every(moments, number)))
                    .toList());
            for (var creation : creations)
                assertThat(creation.get().state().things())
                        .isEqualTo(undisturbed.state().things());
        }
        System.out.printf(
                "%d kills in %d creations, in %d s%n",
                KILLS, CREATIONS, Duration.between(start, Instant.now()).toSeconds());
    }

    private static List<Integer> every(List<Integer> moments, int number) {
        return IntStream.range(0, moments.size())
                .filter(i -> i % CREATIONS == number)
                .mapToObj(moments::get)
                .toList();
    }

    private static Creation create(int number, List<Integer> moments) throws Exception {
        try (var ground = open();
                var wire = new Wire(ground.moto)) {
            ground.apply();
            for (var moment : moments) kill(ground, wire, number, moment);
            wire.open();
            try (var operator = ground.operator(wire.environment())) {
                await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(ground::hasService);
                ground.serve();
                await().atMost(LONGEST)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(ground::isReady);
            }
            return new Creation(FinalState.of(ground), wire.changes().size());
        }
    }

    /** Starts the operator, and kills it after so many changes since the beginning. */
    private static void kill(Ground ground, Wire wire, int number, int moment) throws Exception {
        var last = new CompletableFuture<String>();
        try (var operator = start(ground, wire, moment, last)) {
            System.out.printf(
                    "Creation %d: killed after change %d, %s%n", number, moment, last.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
            assertThat(operator.isAlive()).isFalse();
        }
    }

    private static PackagedOperator start(
            Ground ground, Wire wire, int moment, CompletableFuture<String> last) throws Exception {
        var process = new CompletableFuture<PackagedOperator>();
        wire.cutAfter(moment, call -> {
            process.join().kill();
            last.complete(call);
        });
        var operator = ground.operator(wire.environment());
        process.complete(operator);
        return operator;
    }

    /** One after the other: the SDK's settings belong to the whole JVM. */
    private static synchronized Ground open() throws Exception {
        return new Ground();
    }
}
