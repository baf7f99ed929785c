package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.sim.Holdings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;

/** What takes another's place: made first, then switched to, then the old one goes; and what interrupts is said before it happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplacementTest {
    private static final Duration LONGEST = Duration.ofHours(3);

    private final Simulation simulation = new Simulation(97);
    private String zone;
    private int dark;
    private int stranded;

    @BeforeAll
    void ready() {
        zone = simulation.zone();
        apply();
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(20));
        simulation.eachSecond = () -> {
            if (simulation.serving() == 0) dark++;
            if (simulation.aws.stranded() > 0) stranded++;
        };
    }

    private void apply(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
    }

    private void settle(String what) {
        Predicate<Status> settled = status -> Simulation.ready(status)
                && status.observedGeneration()
                        .equals(simulation.resource.getMetadata().getGeneration());
        simulation.run(Duration.ofMinutes(1));
        simulation.until(what, LONGEST, settled);
        simulation.run(Duration.ofMinutes(20));
        simulation.until(what, LONGEST, settled);
    }

    private void assertUnnoticed(String what, String... lines) {
        dark = 0;
        stranded = 0;
        simulation.effects.clear();
        apply(lines);
        settle(what);
        System.out.printf(
                "%s: %d s without a healthy target, %d s in which a new task could not have started%n",
                what, dark, stranded);
        assertThat(dark).isZero();
        assertThat(stranded).isZero();
    }

    private long gateways() {
        return simulation.aws.of(Ec2Client.class).describeNatGateways(request -> {}).natGateways().stream()
                .filter(gateway -> gateway.state() == NatGatewayState.AVAILABLE)
                .count();
    }

    private int first(String operation) {
        return simulation.effects.stream().map(Port.Effect::operation).toList().indexOf(operation);
    }

    @Test
    void natGatewaysComeAndGoWhileTasksCanStart() {
        var before = simulation.holdings().census();
        assertUnnoticed("NAT Single to PerZone", "network: {natGateways: PerZone}");
        assertThat(gateways()).isEqualTo(2);
        assertThat(first("createNatGateway")).isBetween(0, first("replaceRoute"));
        assertUnnoticed("NAT PerZone to Single");
        assertThat(gateways()).isEqualTo(1);
        assertThat(first("replaceRoute")).isBetween(0, first("deleteNatGateway"));
        assertThat(first("deleteNatGateway")).isBetween(0, first("releaseAddress"));
        assertThat(simulation.holdings().census()).isEqualTo(before);
    }

    /** Of class Failover. The plan names it and waits; nothing is interrupted before the approval. */
    @Test
    void whatFailsOverIsNamedBeforeItHappens() {
        for (var change : List.of("database: {instanceClass: db.t3.medium}", "cache: {nodeType: cache.t3.small}")) {
            var lines = new String[] {"approval: Disruptive", change};
            dark = 0;
            apply(lines);
            simulation.run(Duration.ofMinutes(30));
            assertThat(dark).as("before the approval").isZero();
            var plan = simulation.resource.getStatus().plan();
            assertThat(plan.steps()).singleElement().satisfies(step -> {
                assertThat(step.interruption()).isEqualTo("Failover");
                assertThat(step.because()).contains("waits for an approval");
            });
            simulation.annotate(Annotations.APPROVE, plan.hash());
            settle(change);
            System.out.printf("%s, approved: %d s without a healthy target%n", change, dark);
            assertThat(dark).isLessThan(180);
            apply("approval: None");
            settle("back");
        }
    }
}
