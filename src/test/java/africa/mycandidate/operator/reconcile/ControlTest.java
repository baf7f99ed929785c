package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.api.StepView;
import africa.mycandidate.operator.aws.Port;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.rds.RdsClient;

/** Who decides what is done, and when: Observe, suspend, read-only, approval, the maintenance window, take-over, and what a deletion leaves. */
class ControlTest {
    private static final Set<String> TAG_CALLS = Set.of(
            "createTags",
            "tagResource",
            "tagRole",
            "addTags",
            "addTagsToResource",
            "changeTagsForResource",
            "changeResourceRecordSets",
            "addTagsToCertificate",
            "tagLogGroup");
    private static final Set<String> UNTAG_CALLS = Set.of(
            "deleteTags",
            "untagResource",
            "untagRole",
            "removeTags",
            "removeTagsFromResource",
            "changeResourceRecordSets",
            "removeTagsFromCertificate",
            "untagLogGroup");

    private final Simulation simulation = new Simulation(51);
    private String zone;

    @BeforeEach
    void zone() {
        zone = simulation.zone();
    }

    private void ready(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
        simulation.run(Duration.ofMinutes(15));
        simulation.effects.clear();
        simulation.events.clear();
    }

    private Status status() {
        return simulation.resource.getStatus();
    }

    private Condition condition(String type) {
        return Conditions.find(status().conditions(), type).orElseThrow();
    }

    private void scaleDatabaseByHand(String instanceClass) {
        var rds = simulation.aws.of(RdsClient.class);
        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(database())
                .dbInstanceClass(instanceClass)
                .applyImmediately(true));
        simulation.run(Duration.ofMinutes(45));
    }

    private String database() {
        return simulation
                .aws
                .of(RdsClient.class)
                .describeDBInstances()
                .dbInstances()
                .getFirst()
                .dbInstanceIdentifier();
    }

    private String instanceClass() {
        return simulation
                .aws
                .of(RdsClient.class)
                .describeDBInstances()
                .dbInstances()
                .getFirst()
                .dbInstanceClass();
    }

    @Test
    void observeMakesNoMutatingCallInAWholeLife() {
        simulation.apply(Simulation.spec(zone, "management: Observe"));
        simulation.run(Duration.ofHours(1));
        assertThat(status().plan().steps()).hasSizeGreaterThan(40);
        assertThat(condition("Ready").getReason()).isEqualTo("Observing");
        assertThat(status().summary().state()).contains("management is Observe");
        assertThat(simulation.mutations()).isZero();

        ready();
        simulation.apply(Simulation.spec(zone, "management: Observe"));
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        simulation.apply(Simulation.spec(zone, "management: Observe", "image: example.org/mycandidate:2"));
        scaleDatabaseByHand("db.t3.large");
        simulation.run(Duration.ofHours(2));
        assertThat(status().plan().steps())
                .extracting(StepView::resource)
                .contains("TaskDefinition/app", "DbInstance/main");
        assertThat(status().drift()).singleElement().satisfies(entry -> {
            assertThat(entry.field()).isEqualTo("instanceClass");
            assertThat(entry.action()).contains("management is Observe");
        });
        var before = simulation.holdings();
        assertThat(simulation.leave()).as("the finalizer goes").isTrue();
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.holdings().changesSince(before)).isEmpty();
    }

    @Test
    void anApprovalHoldsBackWhatInterruptsAndNothingElse() {
        ready("approval: Disruptive");
        var larger = List.of(
                "approval: Disruptive", "image: example.org/mycandidate:2", "database: {instanceClass: db.t3.medium}");
        simulation.apply(Simulation.spec(zone, larger.toArray(String[]::new)));
        simulation.run(Duration.ofMinutes(30));
        assertThat(status().rollout().image()).isEqualTo("example.org/mycandidate:2");
        assertThat(instanceClass()).isEqualTo("db.t3.small");
        assertThat(condition("Stalled").getStatus()).isEqualTo("True");
        assertThat(condition("Stalled").getReason()).isEqualTo("ApprovalNeeded");
        assertThat(condition("Stalled").getMessage())
                .contains(
                        "Failover",
                        "mycandidate.africa/approve=" + status().plan().hash());
        assertThat(simulation.ready()).isFalse();

        simulation.annotate(Annotations.APPROVE, status().plan().hash());
        simulation.until("Ready", Duration.ofHours(2), Simulation::ready);
        assertThat(instanceClass()).isEqualTo("db.t3.medium");

        simulation.apply(Simulation.spec(zone, "approval: Disruptive", "database: {instanceClass: db.t3.large}"));
        simulation.run(Duration.ofHours(1));
        assertThat(instanceClass()).as("the old approval is for another change").isEqualTo("db.t3.medium");
    }

    @Test
    void aRepairThatInterruptsWaitsForTheWindowEvenWhenAnotherFieldOfTheSpecChanges() {
        ready("maintenanceWindow: {day: Wed, from: \"01:00\", hours: 3}", "timeZone: Africa/Johannesburg");
        scaleDatabaseByHand("db.t3.large");
        assertThat(status().drift()).singleElement().satisfies(entry -> assertThat(entry.action())
                .contains("waits for the maintenance window, Wed 01:00 Africa/Johannesburg"));
        assertThat(simulation.ready()).as("drift does not make it unready").isTrue();
        assertThat(condition("InSync").getStatus()).isEqualTo("False");

        simulation.apply(Simulation.spec(
                zone,
                "maintenanceWindow: {day: Wed, from: \"01:00\", hours: 3}",
                "timeZone: Africa/Johannesburg",
                "tags: {country: South Africa}"));
        simulation.run(Duration.ofHours(2));
        assertThat(instanceClass()).isEqualTo("db.t3.large");

        // 2026-01-05, when the world begins, is a Monday.
        var window = Instant.parse("2026-01-06T23:00:00Z");
        while (simulation.clock.instant().isBefore(window)) {
            assertThat(instanceClass()).isEqualTo("db.t3.large");
            simulation.run(Duration.ofHours(1));
        }
        simulation.until(
                "in sync", Duration.ofHours(2), status -> status.drift().isEmpty());
        simulation.run(Duration.ofHours(1));
        assertThat(instanceClass()).isEqualTo("db.t3.small");
        assertThat(simulation.events)
                .anySatisfy(event -> assertThat(event)
                        .startsWith("Warning Drift: DbInstance/main was changed by somebody else: instanceClass is"
                                + " db.t3.large, not db.t3.small"))
                .anySatisfy(event -> assertThat(event).startsWith("Normal DriftGone: DbInstance/main"));
    }

    @Test
    void whatIsSuspendedIsLookedAtAndLeftAloneUntilItGoesOn() {
        ready();
        simulation.apply(Simulation.spec(zone, "suspend: true", "scaling: {minTasks: 3}"));
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.mutations()).isZero();
        assertThat(status().summary().state()).contains("spec.suspend is true");
        assertThat(simulation.leave()).as("a deletion waits").isFalse();
        assertThat(condition("Stalled").getReason()).isEqualTo("Suspended");
        simulation.apply(Simulation.spec(zone, "scaling: {minTasks: 3}"));
        simulation.until("Ready", Duration.ofHours(1), Simulation::ready);
        assertThat(simulation.mutations()).isPositive();
    }

    @Test
    void aReadOnlyOperatorOverridesEverySpec() {
        simulation.readOnly = true;
        simulation.start();
        simulation.apply(Simulation.minimal(zone));
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.mutations()).isZero();
        assertThat(condition("Ready").getReason()).isEqualTo("ReadOnly");
        assertThat(simulation.leave()).as("a deletion waits").isFalse();
        simulation.readOnly = false;
        simulation.start();
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
    }

    @Test
    void retainTakesOffOurTagsAndTouchesNothingElse() {
        ready("deletionPolicy: Retain", "tags: {country: South Africa}");
        var before = simulation.holdings();
        simulation.remove(Duration.ofHours(1));
        assertThat(mutating()).isSubsetOf(UNTAG_CALLS);
        assertThat(simulation.holdings().things().keySet())
                .isEqualTo(before.things().keySet());
        assertThat(simulation.aws.of(RdsClient.class).describeDBInstances().dbInstances())
                .singleElement()
                .satisfies(database -> assertThat(database.tagList())
                        .extracting(tag -> tag.key())
                        .containsExactly("country"));
    }

    @Test
    void deleteTakesNoSnapshot() {
        ready("deletionPolicy: Delete", "database: {deletionProtection: false}");
        simulation.remove(Duration.ofHours(6));
        var rds = simulation.aws.of(RdsClient.class);
        assertThat(rds.describeDBSnapshots(request -> request.snapshotType("manual"))
                        .dbSnapshots())
                .isEmpty();
        assertThat(rds.describeDBInstances().dbInstances()).isEmpty();
    }

    /** The management cluster is lost with everything in it, and built again from Git. */
    @Test
    void aLostClustersStackIsTakenOverByName() {
        ready("driftPolicy: Report");
        var lost = simulation.resource.getMetadata().getUid();
        simulation.resource = null;
        simulation.start();
        simulation.apply(Simulation.spec(zone, "driftPolicy: Report"));
        assertThat(simulation.resource.getMetadata().getUid()).isNotEqualTo(lost);
        simulation.run(Duration.ofMinutes(15));
        assertThat(simulation.mutations()).isZero();
        assertThat(condition("Stalled").getStatus()).isEqualTo("True");
        assertThat(condition("Stalled").getMessage()).contains(lost, "mycandidate.africa/take-over");

        simulation.annotate(Annotations.TAKE_OVER, lost);
        simulation.until("Ready", Duration.ofMinutes(30), Simulation::ready);
        simulation.run(Duration.ofMinutes(15));
        assertThat(mutating()).isSubsetOf(TAG_CALLS);
        assertThat(status().drift()).isEmpty();
        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(15));
        assertThat(simulation.mutations()).isZero();
    }

    private Set<String> mutating() {
        return simulation.effects.stream()
                .filter(Port.Effect::mutating)
                .filter(effect -> !effect.service().equals("Kubernetes"))
                .map(Port.Effect::operation)
                .collect(Collectors.toSet());
    }

    @Test
    void aChangeThatAwsAcceptsWithoutEffectIsToldAndNotRepeatedForEver() {
        ready();
        simulation.port = (effect, call) -> effect.operation().equals("putRetentionPolicy")
                ? PutRetentionPolicyResponse.builder().build()
                : call.run();
        simulation.apply(Simulation.spec(zone, "logs: {retentionDays: 90}"));
        simulation.until("Stalled", Duration.ofMinutes(20), status -> Conditions.is(status.conditions(), "Stalled"));
        assertThat(condition("Stalled").getReason()).isEqualTo("WithoutEffect");
        assertThat(condition("Stalled").getMessage()).contains("LogGroup/app", "retentionDays", "as 30, not 90");
        simulation.run(Duration.ofHours(4));
        assertThat(simulation.effects.stream()
                        .filter(effect -> effect.operation().equals("putRetentionPolicy"))
                        .count())
                .as("calls in four hours")
                .isLessThan(9);
        simulation.port = (effect, call) -> call.run();
        simulation.until("Ready", Duration.ofHours(2), Simulation::ready);
        assertThat(simulation
                        .aws
                        .of(CloudWatchLogsClient.class)
                        .describeLogGroups()
                        .logGroups()
                        .getFirst()
                        .retentionInDays())
                .isEqualTo(90);
    }
}
