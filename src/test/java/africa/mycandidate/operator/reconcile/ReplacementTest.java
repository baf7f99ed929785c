package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.aws.PortedClients;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Executor;
import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Memory;
import africa.mycandidate.operator.converge.Notes;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.plan.PlanText;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;

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

    /** No change of the spec asks for these successors; a later blueprint may. */
    @Test
    void groupsGiveWayToTheirSuccessors() {
        var drawn = simulation.stack();
        var others = new TreeMap<>(drawn.resources());
        others.computeIfPresent(new Key(SecurityGroup.class, "tasks"), ReplacementTest::redescribed);
        assertUnnoticed("security group", drawn.with(others));
        others.computeIfPresent(new Key(DbParameterGroup.class, "database"), ReplacementTest::redescribed);
        converge(drawn.with(others));
        System.out.printf("parameter group, of class Failover: %d s without a healthy target%n", dark);
        assertThat(dark).isLessThan(300);
        assertThat(first("createDBParameterGroup")).isBetween(0, first("modifyDBInstance"));
        assertThat(first("modifyDBInstance")).isBetween(0, first("deleteDBParameterGroup"));
        converge(drawn);
    }

    private static Resource redescribed(Key key, Resource resource) {
        return (Resource) Fields.map(
                (Record) resource,
                (component, value) -> component.getName().equals("description") ? value + ", redrawn" : value);
    }

    private void assertUnnoticed(String what, Stack stack) {
        converge(stack);
        System.out.printf("%s: %d s without a healthy target, %d s stranded%n", what, dark, stranded);
        assertThat(List.of(dark, stranded)).containsExactly(0, 0);
        assertThat(first("createSecurityGroup")).isBetween(0, first("updateService"));
        assertThat(first("updateService")).isBetween(0, first("deleteSecurityGroup"));
    }

    /** Runs the engine alone until AWS is as drawn. */
    private void converge(Stack stack) {
        dark = 0;
        stranded = 0;
        simulation.effects.clear();
        var clients = new PortedClients(simulation.aws, (effect, call) -> {
            simulation.effects.add(effect);
            return call.run();
        });
        var inventory = new Inventory(Handlers.all(clients, new Random(1)), simulation.clock, new Serial());
        var executor = new Executor(inventory, simulation.clock, new Serial());
        var cycle = new Cycle(inventory, executor, Planner::plan, simulation.clock);
        var memory = new Memory(new Random(1));
        var end = simulation.clock.instant().plus(LONGEST);
        var plan = "";
        while (simulation.clock.instant().isBefore(end)) {
            var result =
                    cycle.pass(stack, Policy.OPEN, new Cycle.Aim.Converge(false, new Deletion(true)), memory, UNNOTED);
            if (result.plan().settled()) return;
            plan = PlanText.of(result.plan()) + result.failing();
            simulation.rest(result.next());
        }
        throw new AssertionError("not settled within " + LONGEST + ": " + plan);
    }

    private static final Notes UNNOTED = new Notes() {
        @Override
        public Set<Key> intents() {
            return Set.of();
        }

        @Override
        public boolean lost() {
            return false;
        }

        @Override
        public void intend(Set<Key> keys) {}
    };

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
