package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.sim.Holdings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A short spec becomes the whole stack, and every status on the way is true. */
class CreationTest {
    private static final Duration LONGEST = Duration.ofHours(3);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void createsTheReferenceArchitecture(long seed) {
        var simulation = new Simulation(seed);
        var honesty = new Honesty(simulation);
        simulation.apply(Simulation.minimal(simulation.zone()));
        var begin = simulation.clock.instant();
        var writes = 0L;
        while (!simulation.ready()) {
            simulation.pass();
            honesty.check();
            honesty.readyMeansServing();
            writes = simulation.kubernetesWrites();
            assertThat(Duration.between(begin, simulation.clock.instant()))
                    .as(simulation.describe())
                    .isLessThan(LONGEST);
        }
        honesty.tellsNoSecret();
        simulation.rest(Duration.ofSeconds(20));
        Audit.of(simulation.aws);
        System.out.printf(
                "seed %d: Ready after %d virtual minutes, %d AWS writes, %d Kubernetes writes%n",
                seed, Duration.between(begin, simulation.clock.instant()).toMinutes(), simulation.mutations(), writes);
    }

    /** What has neither name nor token may be there although its answer was lost: AWS may hide it for a minute (docs/aws-notes.md). */
    @Test
    void aLostAnswerIsNotFollowedByASecondCreate() {
        var simulation = new Simulation(12);
        var before = new HashMap<String, Object>();
        var lost = new HashMap<String, Instant>();
        var hides = Map.of(
                "describeVpcs", "createVpc",
                "describeInternetGateways", "createInternetGateway",
                "describeAddresses", "allocateAddress");
        simulation.port = (effect, call) -> {
            var made = hides.get(effect.operation());
            if (made == null) {
                var answer = call.run();
                if (!hides.containsValue(effect.operation())
                        || lost.putIfAbsent(effect.operation(), simulation.now()) != null) return answer;
                throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
            }
            var hidden = lost.containsKey(made)
                    && simulation.now().isBefore(lost.get(made).plusSeconds(50));
            if (hidden) return before.get(made);
            before.put(made, call.run());
            return before.get(made);
        };
        simulation.apply(Simulation.minimal(simulation.zone()));
        simulation.until("Ready", LONGEST, Simulation::ready);
        assertThat(lost.keySet()).containsExactlyInAnyOrderElementsOf(hides.values());
        for (var operation : hides.values())
            assertThat(simulation.effects.stream()
                            .filter(effect -> effect.operation().equals(operation)))
                    .as(operation)
                    .hasSize(1);
    }

    @Test
    void leavesBystandersAlone() {
        var simulation = new Simulation(11);
        var zone = simulation.zone();
        Bystanders.moveIn(simulation, zone);
        var before = simulation.holdings();
        simulation.apply(Simulation.spec(zone, "database: {deletionProtection: false}"));
        simulation.until("Ready", LONGEST, Simulation::ready);
        assertUntouched(before, simulation.holdings());
        simulation.remove(LONGEST);
        assertUntouched(before, simulation.holdings());
    }

    private static void assertUntouched(Holdings before, Holdings after) {
        assertThat(after.things()).containsAllEntriesOf(before.things());
    }
}
