package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** New credentials on request: made once, put where they are used, and nobody locked out longer than a rollout takes. */
class RotationTest {
    private static final Duration LONGEST = Duration.ofHours(3);

    private Simulation simulation = new Simulation(61);
    private final AtomicInteger dark = new AtomicInteger();
    private final AtomicInteger lockedOut = new AtomicInteger();

    private void ready(String... lines) {
        simulation.apply(Simulation.spec(simulation.zone(), lines));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(15));
        simulation.effects.clear();
        simulation.eachSecond = () -> {
            if (simulation.serving() == 0) dark.incrementAndGet();
            if (simulation.aws.loggedIn() == 0) lockedOut.incrementAndGet();
        };
    }

    /** The value of each secret, by the part of its name that says what it is. */
    private Map<String, String> values() {
        var secrets = simulation.aws.of(SecretsManagerClient.class);
        var values = new TreeMap<String, String>();
        for (var secret : secrets.listSecrets().secretList()) {
            var name = secret.name().replaceAll("^mcd-southafrica-|-[0-9a-f]+$", "");
            values.put(
                    name,
                    secrets.getSecretValue(request -> request.secretId(secret.arn()))
                            .secretString());
        }
        return values;
    }

    private long calls(String operation) {
        return simulation.effects.stream()
                .filter(effect -> effect.operation().equals(operation))
                .count();
    }

    private List<String> mutating() {
        return simulation.effects.stream()
                .filter(Port.Effect::mutating)
                .filter(effect -> !effect.service().equals("Kubernetes"))
                .map(Port.Effect::operation)
                .toList();
    }

    private void settle() {
        simulation.run(Duration.ofMinutes(2));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
    }

    @Test
    void everySecretIsMadeAnewOnceAndNotAgain() {
        ready();
        var before = values();
        simulation.annotate(Annotations.ROTATE_SECRETS, "2026-11-23");
        settle();
        var after = values();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, value) -> assertThat(value).as(name).isNotEqualTo(before.get(name)));
        assertThat(calls("modifyReplicationGroup")).as("ROTATE, then SET").isEqualTo(2);
        assertThat(calls("modifyDBInstance")).isEqualTo(1);
        System.out.printf(
                "rotation: %d s in which no task could log in, and %d s without a healthy target, for the database password%n",
                lockedOut.get(), dark.get());
        assertThat(dark.get()).as("seconds without a healthy target").isLessThan(300);
        assertThat(lockedOut.get()).as("seconds without logins").isLessThan(300);

        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(20));
        simulation.resource.getMetadata().setAnnotations(Map.of());
        simulation.start();
        simulation.run(Duration.ofMinutes(20));
        assertThat(mutating()).as("the annotation stays, then goes").isEmpty();
        assertThat(values()).isEqualTo(after);
    }

    /** The password cannot be changed meanwhile, so that what users feel is of the token alone. */
    @Test
    void theTokenRotatesWithoutASecondInTheDark() {
        ready();
        simulation.port = Trouble.refusing(
                effect -> effect.operation().equals("modifyDBInstance"), 400, "Throttling", "Rate exceeded");
        simulation.annotate(Annotations.ROTATE_SECRETS, "the token");
        simulation.until("SET", LONGEST, status -> calls("modifyReplicationGroup") == 2);
        simulation.run(Duration.ofMinutes(30));
        System.out.printf(
                "rotation of the token alone: %d s in which no task could log in, %d s without a healthy target%n",
                lockedOut.get(), dark.get());
        assertThat(calls("updateService")).as("the tasks were rolled").isPositive();
        assertThat(List.of(lockedOut.get(), dark.get())).containsExactly(0, 0);

        var step = simulation.resource.getStatus().plan().steps().stream()
                .filter(one -> one.resource().equals("DbInstance/main"))
                .findFirst()
                .orElseThrow();
        assertThat(step.interruption()).isEqualTo("Restart");
        assertThat(step.because())
                .contains("until new tasks have taken over, usually 3 min", "cannot open new connections");
        simulation.port = (effect, call) -> call.run();
        settle();
        assertThat(calls("modifyDBInstance")).isPositive();
    }

    /** AWS may show the service from before its change for some seconds: by that look, what its tasks run from is unused. */
    /** A group takes two tokens at a time: the first rotation is seen through, then comes the second. */
    @Test
    void aRotationInTheMiddleOfAnotherWaitsForIt() {
        ready();
        simulation.annotate(Annotations.ROTATE_SECRETS, "one");
        simulation.until("the first token is in", LONGEST, status -> calls("modifyReplicationGroup") == 1);
        simulation.run(Duration.ofMinutes(2));
        var before = values().get("cache-token");
        simulation.annotate(Annotations.ROTATE_SECRETS, "two");
        simulation.run(Duration.ofMinutes(40));
        simulation.until("Ready", LONGEST, Simulation::ready);
        assertThat(values().get("cache-token")).isNotEqualTo(before);
        assertThat(values().get("redis-url")).contains(values().get("cache-token"));
        assertThat(calls("modifyReplicationGroup"))
                .as("each token set beside, then alone")
                .isEqualTo(4);
        assertThat(simulation.events).noneMatch(event -> event.contains("failed"));
        System.out.println("two rotations at once: " + dark + " s without a healthy target");
    }

    /** A job holds the credentials with which it was started. */
    @Test
    void theOldTokenStaysForAJobThatRuns() {
        var image = "image: example.org/mycandidate:1.5.0-slow";
        var zone = simulation.zone();
        simulation.apply(Simulation.spec(zone, image));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(5));
        simulation.apply(
                Simulation.spec(zone, image, "jobs: [{name: load, command: [flask, load], timeoutMinutes: 1440}]"));
        simulation.until(
                "the job", LONGEST, status -> !simulation.aws.commands().isEmpty());
        simulation.effects.clear();
        simulation.annotate(Annotations.ROTATE_SECRETS, "one");
        simulation.run(Duration.ofMinutes(25));
        assertThat(calls("modifyReplicationGroup")).isEqualTo(1);
        simulation.until(
                "its end", LONGEST, status -> status.jobs().getFirst().state().equals("Failed"));
        simulation.run(Duration.ofMinutes(10));
        assertThat(calls("modifyReplicationGroup")).isEqualTo(2);
    }

    @Test
    void aRevisionGoesOnlyAMinuteAfterTheLastChange() {
        ready();
        var deployed = new ArrayList<Instant>();
        var gone = new ArrayList<Duration>();
        simulation.port = (effect, call) -> {
            if (effect.operation().equals("updateService")) deployed.add(simulation.now());
            if (effect.operation().equals("deregisterTaskDefinition"))
                gone.add(Duration.between(deployed.getLast(), simulation.now()));
            return call.run();
        };
        simulation.annotate(Annotations.ROTATE_SECRETS, "2026-11-24");
        settle();
        assertThat(gone).isNotEmpty().allSatisfy(after -> assertThat(after)
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1)));
    }

    /** How long nobody can log in depends on when RDS takes the password over, and how long tasks take to start. */
    @ParameterizedTest
    @ValueSource(longs = {62, 63, 64, 65})
    void thePasswordsWindowIsShort(long seed) {
        simulation = new Simulation(seed);
        ready();
        simulation.annotate(Annotations.ROTATE_SECRETS, "the password");
        settle();
        System.out.printf(
                "rotation of the password, seed %d: %d s in which no task could log in, %d s without a healthy target%n",
                seed, lockedOut.get(), dark.get());
        assertThat(lockedOut.get()).isLessThan(300);
    }

    @Test
    void aRotationGoesOnThroughACrashAtEachOfItsWrites() {
        ready();
        var writes = new AtomicInteger();
        var kill = new AtomicInteger(1);
        simulation.port = (effect, call) -> {
            var answer = call.run();
            if (effect.mutating() && !effect.service().equals("Kubernetes") && writes.incrementAndGet() == kill.get()) {
                kill.incrementAndGet();
                writes.set(0);
                throw new Simulation.Crash();
            }
            return answer;
        };
        var before = values();
        simulation.annotate(Annotations.ROTATE_SECRETS, "again");
        simulation.run(Duration.ofHours(3));
        simulation.port = (effect, call) -> call.run();
        settle();
        System.out.printf("rotation: %d crashes%n", kill.get() - 1);
        assertThat(kill.get()).isGreaterThan(3);
        values().forEach((name, value) -> assertThat(value).as(name).isNotEqualTo(before.get(name)));
        assertThat(simulation.serving()).isPositive();
    }
}
