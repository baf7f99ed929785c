package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;

/** New versions, good and bad: in no second are voters without an answer. Looked at in every second of virtual time, in AWS's truth. */
class RolloutTest {
    private static final Duration LONGEST = Duration.ofHours(3);

    private final Simulation simulation = new Simulation(71);
    private String zone;
    private int dark;

    @BeforeEach
    void converged() {
        zone = simulation.zone();
        simulation.apply(Simulation.minimal(zone));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(10));
        simulation.eachSecond = () -> dark += simulation.serving() == 0 ? 1 : 0;
    }

    private void apply(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
    }

    private void ready() {
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(5));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        assertThat(dark).as("seconds without a healthy target").isZero();
    }

    private String image() {
        return simulation.resource.getStatus().rollout().image();
    }

    private long revisions() {
        return simulation
                .aws
                .of(EcsClient.class)
                .listTaskDefinitions()
                .taskDefinitionArns()
                .size();
    }

    @Test
    void aNewImageIsServedWithoutAGap() {
        apply("image: example.org/mycandidate:1.5.0");
        ready();
        assertThat(image()).endsWith(":1.5.0");
    }

    /** The listener moves to the new target group before tasks stand in it: there is a gap, and this shows how long it is. */
    @Test
    void aNewPortComesWithAGap() {
        apply("container: {port: 8000}");
        simulation.until("Ready", LONGEST, Simulation::ready);
        System.out.println("a new port: " + dark + " s without a healthy target");
        assertThat(dark).isLessThan(180);
        assertThat(simulation.serving()).isPositive();
    }

    @Test
    void aBadImageNeverServesAndIsNotTriedAgain() {
        apply("image: example.org/mycandidate:1.5.0-crash");
        simulation.until("Stalled", LONGEST, status -> Conditions.is(status.conditions(), Conditions.STALLED));
        var stalled = Conditions.find(simulation.resource.getStatus().conditions(), Conditions.STALLED)
                .orElseThrow();
        System.out.println("a bad image: " + stalled.getMessage());
        assertThat(stalled.getMessage()).contains("1.5.0-crash").contains("previous version keeps serving");
        simulation.run(Duration.ofMinutes(30));
        simulation.effects.clear();
        simulation.run(Duration.ofHours(2));
        assertThat(simulation.mutations()).as("not tried again").isZero();
        simulation.start();
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.mutations())
                .as("not tried again by a new process")
                .isZero();
        assertThat(image()).endsWith(":1.4.2");
        apply("image: example.org/mycandidate:1.5.1");
        ready();
        assertThat(image()).endsWith(":1.5.1");
        assertThat(revisions()).isEqualTo(1);
    }

    /** The breaker blames an image for what its tasks could not reach: such a rollout is made once more when the database is back. */
    @Test
    void aRolloutThatTheDatabaseInterruptedIsMadeOnceMore() {
        apply("image: example.org/mycandidate:1.5.0");
        simulation.until("rolling", LONGEST, status -> status.rollout().state().equals("IN_PROGRESS"));
        simulation.aws.incidents().databases(Optional.of("upgrading"));
        simulation.until("given up", LONGEST, status -> status.summary().state().contains("circuit breaker"));
        simulation.run(Duration.ofMinutes(20));
        simulation.aws.incidents().databases(Optional.empty());
        simulation.until("Ready", LONGEST, Simulation::ready);
        assertThat(image()).endsWith(":1.5.0");
    }

    @Test
    void aBadImageThatTheDatabaseInterruptedIsTriedTwiceAndNotMore() {
        apply("image: example.org/mycandidate:1.5.0-crash");
        simulation.until("rolling", LONGEST, status -> status.rollout().state().equals("IN_PROGRESS"));
        simulation.aws.incidents().databases(Optional.of("upgrading"));
        simulation.run(Duration.ofMinutes(10));
        simulation.aws.incidents().databases(Optional.empty());
        simulation.until("Stalled", LONGEST, status -> Conditions.is(status.conditions(), Conditions.STALLED));
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.effects.stream().filter(one -> one.operation().equals("updateService")))
                .hasSize(2);
        assertThat(image()).endsWith(":1.4.2");
    }

    @Test
    void aBadImageIsTakenBack() {
        apply("image: example.org/mycandidate:1.5.0-unhealthy");
        simulation.run(Duration.ofMinutes(4));
        apply();
        ready();
        assertThat(image()).endsWith(":1.4.2");
        assertThat(revisions()).isEqualTo(1);
    }

    @Test
    void aSpecChangedInTheMiddleOfAChangeWins() {
        apply("image: example.org/mycandidate:1.5.0");
        simulation.run(Duration.ofSeconds(40));
        apply("image: example.org/mycandidate:1.6.0", "database: {instanceClass: db.t3.medium}");
        simulation.run(Duration.ofMinutes(2));
        apply("image: example.org/mycandidate:1.7.0", "database: {instanceClass: db.t3.large}");
        ready();
        assertThat(image()).endsWith(":1.7.0");
        assertThat(revisions()).isEqualTo(1);
    }

    @Test
    void aChangeTakenBackInTheMiddleLeavesEverythingAsItWas() {
        var before = simulation.holdings().census();
        apply("image: example.org/mycandidate:1.5.0", "container: {cpu: 1024, memory: 2048}", "cache: {replicas: 1}");
        simulation.run(Duration.ofSeconds(30));
        apply();
        ready();
        assertThat(simulation.holdings().census()).isEqualTo(before);
        assertThat(simulation.effects).extracting(Port.Effect::operation).doesNotContain("deleteReplicationGroup");
    }
}
