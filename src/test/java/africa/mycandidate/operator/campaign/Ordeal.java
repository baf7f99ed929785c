package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.aws.CallBudget;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.aws.PortedClients;
import africa.mycandidate.operator.reconcile.Honesty;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.sim.World;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** One stack, as faults befall it. The same call takes AWS as long as in an undisturbed life, so that the two can be compared. */
final class Ordeal {
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final Duration SILENCE = Duration.ofHours(2);
    private static final Duration WATCHED = Duration.ofMinutes(5);
    private static final Duration LEAP = Duration.ofMinutes(15);

    final Simulation simulation;
    final String zone;
    /** When each call reached AWS, or what stands before it: not those that the operator's own budget refused. */
    final List<Instant> calls = new ArrayList<>();

    private final Honesty honesty;
    private final long seed;
    private final Map<String, Integer> counts = new HashMap<>();
    private World world;
    private int writes;

    Ordeal(long seed) {
        this.seed = seed;
        this.simulation = new Simulation(seed, this::repeatable);
        this.world = simulation.world;
        this.honesty = new Honesty(simulation);
        this.zone = simulation.zone();
        calm();
    }

    /** What a change takes depends on its kind alone, and what a creation takes on how many there were before. */
    private Clients repeatable(Clients clients) {
        return new PortedClients(clients, (effect, call) -> {
            if (effect.mutating())
                world.chanceOf(effect
                        + (effect.operation().matches("modify(DBInstance|ReplicationGroup)")
                                ? ""
                                : " " + counts.merge(effect.toString(), 1, Integer::sum)));
            return call.run();
        });
    }

    private void calm() {
        simulation.port = behindBudget(Port.OPEN);
    }

    /** As {@code Main} does it: the operator's budget stands before everything. */
    private Port behindBudget(Port fault) {
        Port counted = (effect, call) -> {
            if (!effect.service().equals("Kubernetes")) {
                calls.add(simulation.clock.instant());
                if (effect.mutating()) writes++;
            }
            return call.run();
        };
        var budget = new CallBudget(simulation.clock, () -> {});
        Port budgeted =
                (effect, call) -> effect.service().equals("Kubernetes") ? call.run() : budget.pass(effect, call);
        return Port.chain(budgeted, counted, fault);
    }

    /** What was seen while a fault lasted and until all was well again. */
    record Tale(String told, boolean stalled, int calls, double perMinute, int peak, int writes, Duration recovery) {}

    /**
     * Lets a fault happen.
     *
     * @param changed what the user applies in its middle, or null
     * @param tells what the status must say at some moment while it lasts
     */
    Tale suffers(Fault fault, Spec changed, String tells) {
        var begin = simulation.clock.instant();
        begins(fault);
        var stalled = false;
        var told = "";
        var pattern = Pattern.compile(tells);
        var middle = begin.plus(fault.span().from()).plus(fault.span().lasts().dividedBy(2));
        var end = begin.plus(fault.span().end());
        while (simulation.clock.instant().isBefore(end)) {
            if (changed != null && !simulation.clock.instant().isBefore(middle)) {
                simulation.apply(changed);
                changed = null;
            }
            simulation.pass();
            honesty.check();
            var text = simulation.describe() + simulation.resource.getStatus().conditions();
            if (told.isEmpty() && pattern.matcher(text).find())
                told = text.lines()
                        .filter(line -> pattern.matcher(line).find())
                        .findFirst()
                        .orElse(text)
                        .strip();
            if (is("Stalled")) {
                stalled = true;
                assertThat(fault.needsUser())
                        .as("Stalled where nobody need act: " + simulation.describe())
                        .isTrue();
            }
        }
        var during = calls.size();
        var peak = peak();
        var writes = this.writes;
        var remedied = fault.remedied(simulation.resource.getSpec());
        if (!remedied.equals(simulation.resource.getSpec())) simulation.apply(remedied);
        var recovery = ready(end);
        honesty.tellsNoSecret();
        calm();
        return new Tale(
                told, stalled, during, during * 60.0 / fault.span().end().toSeconds(), peak, writes, recovery);
    }

    void begins(Fault fault) {
        simulation.port = behindBudget(fault.port(simulation.clock, new Random(seed)));
        fault.arm(simulation.world, simulation.aws);
        calls.clear();
        writes = 0;
    }

    /** Passes until it is so. Returns how long that took. */
    Duration timeUntil(BooleanSupplier so) {
        var begin = simulation.clock.instant();
        while (!so.getAsBoolean()) {
            simulation.pass();
            assertThat(Duration.between(begin, simulation.clock.instant()))
                    .as(simulation.describe())
                    .isLessThan(LONGEST);
        }
        return Duration.between(begin, simulation.clock.instant());
    }

    /** Somebody changes how long logs are kept. */
    void keepLogsFor(int days) {
        var logs = simulation.aws.of(CloudWatchLogsClient.class);
        logs.putRetentionPolicy(request -> request.logGroupName(
                        logs.describeLogGroups().logGroups().getFirst().logGroupName())
                .retentionInDays(days));
        simulation.rest(Duration.ofSeconds(10));
    }

    int logsKept() {
        return simulation
                .aws
                .of(CloudWatchLogsClient.class)
                .describeLogGroups()
                .logGroups()
                .getFirst()
                .retentionInDays();
    }

    /** Somebody lifts the protection of the database. */
    void liftProtection() {
        simulation.aws.of(RdsClient.class).modifyDBInstance(request -> request.dbInstanceIdentifier(
                        database().dbInstanceIdentifier())
                .deletionProtection(false));
        simulation.rest(Duration.ofSeconds(10));
    }

    boolean isProtected() {
        return database().deletionProtection();
    }

    private DBInstance database() {
        return simulation
                .aws
                .of(RdsClient.class)
                .describeDBInstances()
                .dbInstances()
                .getFirst();
    }

    /** Passes until Ready. Returns how long it took from the given moment to the pass that said so. */
    Duration ready(Instant from) {
        while (true) {
            var now = simulation.clock.instant();
            simulation.pass();
            honesty.check();
            if (simulation.ready()) return Duration.between(from, now);
            assertThat(Duration.between(from, now)).as(simulation.describe()).isLessThan(LONGEST);
        }
    }

    boolean is(String condition) {
        return simulation.resource.getStatus().conditions().stream()
                .filter(one -> one.getType().equals(condition))
                .map(Condition::getStatus)
                .anyMatch("True"::equals);
    }

    /** The most calls in one minute. */
    int peak() {
        var most = 0;
        for (int first = 0, last = 0; last < calls.size(); last++) {
            while (calls.get(first).plusSeconds(60).isBefore(calls.get(last))) first++;
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** For two hours nothing is changed. */
    void assertSilent() {
        simulation.run(Duration.ofMinutes(3));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        simulation.effects.clear();
        passes(SILENCE);
        assertThat(simulation.mutating()).as(simulation.describe()).isEmpty();
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        simulation.effects.clear();
        simulation.events.clear();
    }

    /** While nothing happens every look is the same: the first minutes go look by look, as do the last ones, and what lies between in leaps. */
    void passes(Duration time) {
        var end = simulation.clock.instant().plus(time);
        simulation.run(WATCHED);
        while (simulation.clock.instant().plus(LEAP).plus(WATCHED).isBefore(end)) {
            simulation.rest(LEAP);
            simulation.pass();
        }
        simulation.run(Duration.between(simulation.clock.instant(), end));
    }

    /** What the database holds: nobody else writes into it. */
    String data() {
        return simulation.aws.data(database().dbInstanceIdentifier());
    }
}
