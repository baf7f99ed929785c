package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What users of other operators complained of: the lessons of creations, deletions and many stacks. The others stand in {@link LessonsTest}. */
class LessonsOfALifeTest {
    private static final long SEED = 92;
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final Port OPEN = (effect, call) -> call.run();

    private static Map<String, Long> undisturbed;
    private static Duration usual;

    private final Simulation simulation = new Simulation(SEED);
    private int kills;
    private Instant hiding = Instant.MIN;

    @BeforeAll
    static void undisturbed() {
        var simulation = new Simulation(SEED);
        var begin = simulation.clock.instant();
        simulation.apply(Simulation.minimal(simulation.zone()));
        simulation.until("Ready", LONGEST, Simulation::ready);
        usual = Duration.between(begin, simulation.clock.instant());
        undisturbed = simulation.holdings().census();
    }

    /** Creates a stack while the process is killed at the writes that are chosen, and asserts that it is the same stack. */
    private void assertSameStack(Port killing) {
        simulation.port = killing;
        simulation.apply(Simulation.minimal(simulation.zone()));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(3));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        assertThat(simulation.holdings().census()).isEqualTo(undisturbed);
        assertThat(simulation.resource.getStatus().intents()).isEmpty();
    }

    private static boolean creates(Port.Effect effect) {
        return effect.mutating()
                && !effect.service().equals("Kubernetes")
                && effect.operation().matches("(create|allocate|register|request|put).*");
    }

    private Condition condition(String type) {
        return Conditions.find(simulation.resource.getStatus().conditions(), type)
                .orElseThrow();
    }

    @Test
    @DisplayName("1. A controller interrupted between create and its own note creates a second resource"
            + " (aws-controllers-k8s/community#2062, #2267)")
    void aCrashAfterACreateMakesNoSecondOne() {
        var killed = new HashSet<String>();
        var shown = new HashMap<String, Object>();
        assertSameStack((effect, call) -> {
            // For half a minute after each crash AWS hides what has neither name nor token.
            if (effect.operation().matches("describe(Vpcs|InternetGateways|Addresses)")) {
                if (simulation.clock.instant().isAfter(hiding)) shown.put(effect.operation(), call.run());
                return shown.get(effect.operation());
            }
            var answer = call.run();
            if (creates(effect) && killed.add(effect.operation())) {
                hiding = simulation.clock.instant().plusSeconds(30);
                throw new Simulation.Crash();
            }
            return answer;
        });
        System.out.printf("lesson 1: killed after the first call of each of %d create operations%n", killed.size());
        assertThat(killed).hasSizeGreaterThan(15);
        for (var nameless : List.of("createVpc", "createInternetGateway", "allocateAddress"))
            assertThat(simulation.effects)
                    .extracting(Port.Effect::operation)
                    .filteredOn(nameless::equals)
                    .as(nameless)
                    .hasSize(1);
    }

    @Test
    @DisplayName("2. A marker from an interrupted create must be removed by hand (crossplane#3037)")
    void aNoteOfACreateThatNeverWasHoldsNothingUp() {
        var killed = new HashSet<String>();
        var noted = new TreeSet<String>();
        assertSameStack((effect, call) -> {
            if (creates(effect) && killed.add(effect.operation())) {
                simulation.resource.getStatus().intents().forEach(intent -> noted.add(intent.resource()));
                throw new Simulation.Crash();
            }
            return call.run();
        });
        System.out.printf(
                "lesson 2: killed before %d create operations, notes left by then: %s%n", killed.size(), noted);
        assertThat(noted).contains("Vpc/main", "InternetGateway/main", "ElasticIp/a");
    }

    @Test
    @DisplayName("8. \"Subnet group not found\" treated as final (community#1228)")
    void aMissingDependencyIsAMatterOfTime() {
        simulation.port = Trouble.refusing(
                effect -> effect.operation().equals("createDBInstance"),
                404,
                "DBSubnetGroupNotFoundFault",
                "DB subnet group 'mcd-southafrica-database' does not exist.");
        simulation.apply(Simulation.minimal(simulation.zone()));
        var end = simulation.clock.instant().plus(Duration.ofMinutes(30));
        while (simulation.clock.instant().isBefore(end)) {
            simulation.pass();
            assertThat(condition("Stalled").getStatus())
                    .as(simulation.describe())
                    .isEqualTo("False");
        }
        assertThat(simulation.resource.getStatus().summary().state()).contains("DBSubnetGroupNotFoundFault");
        simulation.port = OPEN;
        simulation.until("the database is asked for", Duration.ofMinutes(1), status -> simulation.effects.stream()
                .anyMatch(effect -> effect.operation().equals("createDBInstance")));
        simulation.until("Ready", LONGEST, Simulation::ready);
    }

    @Test
    @DisplayName("11. API calls: 26 databases caused 8,662 AssumeRole, 2,015 ModifyDBInstance and 1,812 AddTags an hour"
            + " (crossplane-contrib/provider-aws#1412)")
    void manyStacksShareTheirReads() {
        var size = Integer.getInteger("simulation.fleet", 8);
        var one = hour(new Fleet(SEED, 1));
        var fleet = new Fleet(SEED, size);
        var many = hour(fleet);
        System.out.printf(
                "lesson 11: calls an hour: %d for 1 stack, %d for %d, 0 of them mutating; each further stack adds %d%n",
                one, many, size, (many - one) / (size - 1));
        assertThat(many).isLessThan(one * size * 3 / 4);

        fleet.pass(0);
        var calls = fleet.calls.size();
        fleet.clock.advance(Duration.ofSeconds(2));
        fleet.pass(1);
        // Its records, roles, service and revisions are listed at places of its own, whenever they are due.
        assertThat(fleet.calls.subList(calls, fleet.calls.size()))
                .as("reads that another stack has just made")
                .allMatch(call -> List.of("Route53", "Iam", "Ecs").contains(call.service()))
                .noneMatch(call -> call.operation().equals("listClusters"));
        fleet.annotate(1, Annotations.VERIFY_AT, "now");
        fleet.clock.advance(Duration.ofSeconds(2));
        fleet.pass(1);
        assertThat(fleet.calls.size() - calls)
                .as("reads of a look that was asked for")
                .isGreaterThan(25);
    }

    /** The calls of an hour in which nothing changes. */
    private static int hour(Fleet fleet) {
        fleet.create(Duration.ofHours(2));
        fleet.run(Duration.ofMinutes(10));
        fleet.calls.clear();
        fleet.run(Duration.ofHours(1));
        assertThat(fleet.calls).noneMatch(Port.Effect::mutating);
        return fleet.calls.size();
    }

    @Test
    @DisplayName("12. Deletion hangs, and nobody can see on what (kro#1252, crossplane#3441)")
    void aDeletionNamesWhatHoldsItUp() {
        simulation.apply(Simulation.spec(simulation.zone(), "database: {deletionProtection: false}"));
        simulation.until("Ready", LONGEST, Simulation::ready);
        var ec2 = simulation.aws.of(Ec2Client.class);
        var vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        var theirs = ec2.createSecurityGroup(
                        request -> request.vpcId(vpc).groupName("theirs").description("of somebody else"))
                .groupId();
        leaveFor(Duration.ofHours(3));
        var state = simulation.resource.getStatus().summary().state();
        System.out.println("lesson 12: " + state);
        assertThat(state).contains("Vpc main", "DependencyViolation");
        assertThat(simulation.resource.getStatus().resources())
                .singleElement()
                .satisfies(row -> assertThat(row.message()).contains("DependencyViolation"));
        ec2.deleteSecurityGroup(request -> request.groupId(theirs));
        simulation.remove(Duration.ofMinutes(10));
    }

    private void leaveFor(Duration time) {
        var end = simulation.clock.instant().plus(time);
        while (simulation.clock.instant().isBefore(end))
            assertThat(simulation.leave()).isFalse();
    }

    @Test
    @DisplayName("14. Killed runners leave locks (tofu-controller#531)")
    void aKilledProcessLeavesNoLock() {
        var begin = simulation.clock.instant();
        var writes = new ArrayList<Instant>();
        assertSameStack((effect, call) -> {
            if (!effect.mutating()) return call.run();
            writes.add(simulation.clock.instant());
            if (writes.size() % 6 != 0) return call.run();
            kills++;
            if (kills % 2 == 0) call.run();
            throw new Simulation.Crash();
        });
        var took = Duration.between(begin, simulation.clock.instant()).minusMinutes(3);
        System.out.printf(
                "lesson 14: %d kills, ready after %d min; %d min without%n",
                kills, took.toMinutes(), usual.toMinutes());
        assertThat(kills).isGreaterThan(15);
        // The durations of AWS's work are drawn anew, and what has no name waits for the read lag once.
        assertThat(took).isLessThan(usual.multipliedBy(2));
    }

    @Test
    @DisplayName("15. Deletion protection could not be lifted once deletion had begun (community#2436)")
    void protectionCanBeLiftedWhileDeleting() {
        var zone = simulation.zone();
        simulation.apply(Simulation.minimal(zone));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.effects.clear();
        leaveFor(Duration.ofMinutes(20));
        assertThat(simulation.mutations()).isZero();
        assertThat(condition("Stalled").getMessage()).contains("spec.database.deletionProtection to false");
        simulation.apply(Simulation.spec(zone, "database: {deletionProtection: false}"));
        simulation.remove(LONGEST);
        assertThat(simulation.effects)
                .extracting(Port.Effect::operation)
                .containsAll(List.of("modifyDBInstance", "deleteDBInstance", "deleteLoadBalancer", "deleteVpc"));
    }
}
