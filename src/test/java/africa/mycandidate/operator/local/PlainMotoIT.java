package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import africa.mycandidate.operator.api.ResourceStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The packaged operator converges the smallest sample on a moto that nothing was added to, as far as that goes: moto finishes no rollout and registers no target,
 * so the site is never Ready there, and the status says why. What stands then is audited with boto3, which knows nothing of the operator.
 */
class PlainMotoIT {
    private static final Set<String> NOT_THERE = Set.of("Absent", "Blocked");

    @Test
    void theSmallestSampleStandsThereAndPassesAnAudit() throws Exception {
        try (var ground = new Ground(Moto.plain());
                var wire = new Wire(ground.moto)) {
            wire.open();
            ground.apply();
            var start = Instant.now();
            try (var _ = ground.operator(wire.environment())) {
                await().atMost(Duration.ofMinutes(4))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> stands(ground));
                var took = Duration.between(start, Instant.now());
                TimeUnit.SECONDS.sleep(5);
                var changes = wire.changes().size();
                TimeUnit.SECONDS.sleep(65);
                assertThat(wire.changes().subList(changes, wire.changes().size()))
                        .as("changes in a sweep afterwards")
                        .isEmpty();
                System.out.printf(
                        "On plain moto %d resources after %d s and %d changes: %s%n",
                        ground.status().resources().size(),
                        took.toSeconds(),
                        changes,
                        ground.status().summary().state());
            }
            audit(ground);
        }
    }

    private static boolean stands(Ground ground) {
        var status = ground.status();
        return status != null
                && status.resources() != null
                && status.resources().size() > 40
                && status.resources().stream().map(ResourceStatus::phase).noneMatch(NOT_THERE::contains);
    }

    private static void audit(Ground ground) throws IOException, InterruptedException {
        var python = Script.install("moto/install").resolve("bin/python").toString();
        var process = new ProcessBuilder(List.of(
                python,
                Script.file("moto/audit.py").toString(),
                ground.moto.endpoint().toString(),
                Ground.REGION));
        var audit = process.redirectErrorStream(true).start();
        var report = new String(audit.getInputStream().readAllBytes());
        System.out.print(report);
        assertThat(audit.waitFor()).as(report).isZero();
    }
}
