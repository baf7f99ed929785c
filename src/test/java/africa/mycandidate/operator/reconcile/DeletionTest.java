package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.sim.Holdings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletion takes everything and leaves what may not be lost; from any point of a creation, and through trouble. */
class DeletionTest {
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final String SNAPSHOT = "+Snapshot";
    private static final String SECRETS = "+Scheduled secret";

    private Simulation simulation;
    private String zone;
    private Holdings before;

    private void begin(long seed) {
        simulation = new Simulation(seed);
        zone = simulation.zone();
        before = simulation.holdings();
    }

    private Spec unprotected() {
        return Simulation.spec(zone, "database: {deletionProtection: false}");
    }

    private void created() {
        simulation.apply(unprotected());
        simulation.until("Ready", LONGEST, Simulation::ready);
    }

    private void remove() {
        simulation.remove(LONGEST);
    }

    /** What a deletion may leave, and the most that it leaves. */
    private void assertNothingLeft() {
        var left = new TreeSet<>(simulation.holdings().changesSince(before));
        left.removeIf(name -> name.matches("\\+CNAME _.*"));
        assertThat(left).isSubsetOf(SNAPSHOT, SECRETS);
    }

    @Test
    void isRefusedUntilTheProtectionIsLifted() {
        begin(51);
        simulation.apply(Simulation.minimal(zone));
        simulation.until("Ready", LONGEST, Simulation::ready);
        // RDS may be taking its first backup still.
        simulation.rest(Duration.ofMinutes(15));
        var standing = simulation.holdings();
        simulation.effects.clear();
        for (var i = 0; i < 10; i++) assertThat(simulation.leave()).isFalse();
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.holdings().changesSince(standing)).isEmpty();
        var stalled = Conditions.find(simulation.resource.getStatus().conditions(), Conditions.STALLED)
                .orElseThrow();
        assertThat(stalled.getStatus()).isEqualTo("True");
        assertThat(stalled.getMessage()).contains("deletionProtection").contains("false");
        System.out.println("a protected stack says: " + stalled.getMessage());
        simulation.apply(unprotected());
        remove();
        assertNothingLeft();
        assertThat(simulation.holdings().changesSince(before)).contains(SNAPSHOT, SECRETS);
    }

    /** A cache, or a process that has just begun to lead, may show the object as it was. */
    @Test
    void whatIsLeftIsWhatTheObjectSaysNow() {
        begin(52);
        created();
        var older = Serialization.clone(simulation.resource);
        simulation.apply(Simulation.spec(zone, "database: {deletionProtection: false}", "deletionPolicy: Retain"));
        simulation.effects.clear();
        for (var i = 0; i < 20; i++) {
            if (simulation.depart(older) instanceof Answers.Gone) break;
            simulation.rest(Duration.ofSeconds(30));
        }
        assertThat(simulation.effects)
                .extracting(Port.Effect::operation)
                .isNotEmpty()
                .noneMatch(operation -> operation.matches("delete(?!Tags).*"));
    }

    @ParameterizedTest
    @CsvSource({
        "52,1", "53,2", "54,4", "55,7", "52,12", "53,20", "54,35", "55,60", "52,90", "53,130", "54,180", "55,230"
    })
    void worksFromAnyPointOfACreation(long seed, int passes) {
        begin(seed);
        simulation.apply(unprotected());
        for (var i = 0; i < passes; i++) simulation.pass();
        remove();
        assertNothingLeft();
    }

    @Test
    void theSameNameCanBeUsedAgain() {
        begin(56);
        created();
        var first = simulation.holdings().census();
        remove();
        created();
        var second = simulation.holdings().census();
        assertThat(second).containsEntry("Snapshot", 1L).doesNotContainKey("Scheduled secret");
        second.remove("Snapshot");
        assertThat(second).isEqualTo(first);
        remove();
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleteDBInstance", "deleteSubnet", "deleteLoadBalancer", "describeSubnets"})
    void goesOnOnceACallIsAllowedAgain(String operation) {
        begin(57);
        created();
        simulation.port = Trouble.refusing(
                effect -> effect.operation().equals(operation),
                403,
                "AccessDenied",
                "User: arn:aws:iam::123456789012:user/op is not authorized to perform: " + operation);
        var end = simulation.clock.instant().plus(Duration.ofHours(1));
        while (simulation.clock.instant().isBefore(end))
            assertThat(simulation.leave()).isFalse();
        assertThat(simulation.resource.getStatus().summary().state())
                .contains(operation)
                .contains("req-4711");
        simulation.port = (effect, call) -> call.run();
        remove();
        assertNothingLeft();
    }

    @Test
    void goesOnWhileAwsThrottles() {
        begin(58);
        created();
        simulation.port = Trouble.throttling(58, 0.02);
        remove();
        assertNothingLeft();
        assertThat(simulation.effects).extracting(Port.Effect::operation).contains("deleteVpc");
        assertThat(Set.copyOf(simulation.events)).noneMatch(event -> event.contains("Stalled"));
    }
}
