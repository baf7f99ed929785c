package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.model.WeeklyWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;

/** Weeks around an election. */
class ElectionTest extends ElectionFixture {
    @Test
    void capacityIsUpBeforeTheFirstVoterAndDownAgainAfterTheLast() {
        apply(election(""));
        ready();
        assertThat(schedules()).isEqualTo(2);
        assertThat(simulation.bounds().minCapacity()).isEqualTo(2);
        assertThat(state()).isEqualTo("Upcoming");
        until(RAISE.plusSeconds(90));
        assertThat(simulation.bounds().minCapacity()).isEqualTo(6);
        assertThat(state()).isEqualTo("Raised");
        until(FROM);
        assertThat(running()).isGreaterThanOrEqualTo(6);
        simulation.pass();
        assertThat(state()).isEqualTo("Active");
        assertThat(simulation.ready()).isTrue();
        assertThat(schedules()).as("the first has run").isEqualTo(1);
        until(TO.plusSeconds(180));
        assertThat(simulation.bounds().minCapacity()).isEqualTo(2);
        assertThat(simulation.bounds().maxCapacity()).isEqualTo(10);
        assertThat(state()).isEqualTo("Past");
        assertThat(schedules()).isZero();
        assertThat(simulation.ready()).isTrue();
        simulation.run(Duration.ofMinutes(5));
        simulation.effects.clear();
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.mutations()).isZero();
    }

    /** AWS raises the floor by itself. */
    @Test
    void anOperatorThatIsAwayDoesNotKeepTheCapacityDown() {
        apply(election(""));
        ready();
        simulation.run(Duration.ofMinutes(5));
        simulation.rest(Duration.between(simulation.now(), FROM));
        simulation.world.settle();
        assertThat(simulation.bounds().minCapacity()).isEqualTo(6);
        assertThat(running()).isGreaterThanOrEqualTo(6);
    }

    /** Somebody took the schedule away a minute before, or AWS forgot it. */
    @Test
    void aScheduleThatDoesNotRunIsMadeGoodByTheOperator() {
        apply(election(""));
        ready();
        until(RAISE.minusSeconds(20));
        var scaling = simulation.aws.of(ApplicationAutoScalingClient.class);
        for (var action : scaling.describeScheduledActions(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scheduledActions())
            scaling.deleteScheduledAction(request -> request.serviceNamespace(ServiceNamespace.ECS)
                    .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                    .resourceId(action.resourceId())
                    .scheduledActionName(action.scheduledActionName()));
        until(RAISE.plusSeconds(150));
        assertThat(simulation.bounds().minCapacity()).isEqualTo(6);
    }

    @Test
    void aHandThatLowersTheFloorDuringTheElectionIsPutRight() {
        apply(election(""));
        ready();
        until(FROM);
        simulation
                .aws
                .of(ApplicationAutoScalingClient.class)
                .registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .resourceId(simulation.bounds().resourceId())
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                        .minCapacity(2));
        simulation.run(Duration.ofMinutes(3));
        assertThat(simulation.bounds().minCapacity()).isEqualTo(6);
    }

    @Test
    void whatRollsTheTasksWaitsForTheEndWhateverWasApproved() {
        apply(election(""));
        ready();
        until(RAISE.plusSeconds(120));
        simulation.effects.clear();
        apply(election(""), "image: example.org/mycandidate:1.5.0", "logs: {retentionDays: 90}");
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.effects).extracting(Port.Effect::operation).contains("putRetentionPolicy");
        var words = simulation.describe();
        System.out.println("in a frozen window: " + words.lines().limit(4).toList());
        assertThat(simulation.resource.getStatus().summary().state()).contains("waits for the end of the election");
        assertThat(words).contains("waits for the end of the election national, 2026-01-22 00:00 UTC");
        simulation.annotate(
                Annotations.APPROVE,
                Optional.ofNullable(simulation.resource.getStatus().plan().hash())
                        .orElse(""));
        until(TO.minusSeconds(60));
        assertThat(simulation.effects).extracting(Port.Effect::operation).doesNotContain("updateService");
        assertThat(Conditions.is(simulation.resource.getStatus().conditions(), Conditions.STALLED))
                .isFalse();
        simulation.until(
                "the new image",
                LONGEST,
                status -> Simulation.ready(status) && status.rollout().image().endsWith(":1.5.0"));
        assertThat(simulation.now()).isAfter(TO);
    }

    /** Patches restart a database: AWS's hour for them is moved where it would come in the election, and not back again. */
    @Test
    void awsMaintainsNothingInAnElection() {
        apply(election(""));
        ready();
        var database = simulation.clients().of(RdsClient.class);
        var id = database.describeDBInstances().dbInstances().getFirst().dbInstanceIdentifier();
        var cache = simulation.clients().of(ElastiCacheClient.class);
        var group =
                cache.describeReplicationGroups().replicationGroups().getFirst().replicationGroupId();
        var inIt = window(RAISE.plus(Duration.ofHours(30)));
        database.modifyDBInstance(request -> request.dbInstanceIdentifier(id).preferredBackupWindow("02:10-02:50"));
        database.modifyDBInstance(request -> request.dbInstanceIdentifier(id).preferredMaintenanceWindow(inIt));
        cache.modifyReplicationGroup(request -> request.replicationGroupId(group)
                .preferredMaintenanceWindow(inIt)
                .snapshotWindow("02:00-03:00"));
        until(RAISE.minus(Duration.ofDays(7)));
        var span = new WeeklyWindow.Span(RAISE, TO);
        assertThat(simulation.maintenance()).hasSize(2).noneMatch(one -> WeeklyWindow.of(one)
                .meets(span));
        assertThat(simulation.resource.getStatus().drift()).isEmpty();
        var moved = simulation.maintenance();
        database.modifyDBInstance(request -> request.dbInstanceIdentifier(id).preferredMaintenanceWindow(inIt));
        simulation.run(Duration.ofMinutes(3));
        assertThat(simulation.maintenance())
                .as("it is moved again where somebody moves it there")
                .isEqualTo(moved);
        until(TO.plus(Duration.ofDays(1)));
        assertThat(simulation.maintenance()).as("it stays there").isEqualTo(moved);
    }

    private static String window(Instant at) {
        var day = at.atOffset(ZoneOffset.UTC);
        var name = day.getDayOfWeek().name().substring(0, 3).toLowerCase(Locale.ROOT);
        return "%s:%02d:00-%s:%02d:00".formatted(name, day.getHour(), name, day.getHour() + 1);
    }

    /** A migration may lock tables, and a job fills the database with something else. */
    @Test
    void noReleaseAndNoJobBeginsInAFrozenWindow() {
        apply(election(""));
        ready();
        until(RAISE.plusSeconds(120));
        apply(
                election(""),
                "image: example.org/mycandidate:1.5.0",
                "release: {command: [alembic, upgrade, head]}",
                "jobs: [{name: load, command: [flask, load]}]");
        until(TO.minusSeconds(60));
        assertThat(simulation.aws.commands()).isEmpty();
        assertThat(simulation.resource.getStatus().summary().state())
                .contains(": waits for the end of the election national");
        simulation.until(
                "the new image",
                LONGEST,
                status -> Simulation.ready(status) && status.rollout().image().endsWith(":1.5.0"));
        assertThat(simulation.now()).isAfter(TO);
        assertThat(simulation.aws.commands())
                .containsExactly(
                        "example.org/mycandidate:1.5.0 alembic upgrade head",
                        "example.org/mycandidate:1.5.0 flask load");
    }

    /** A cluster that was lost on the day. */
    @Test
    void aNewStackComesUpInAFrozenWindow() {
        simulation.rest(Duration.between(simulation.now(), RAISE.plusSeconds(600)));
        apply(election(""), "release: {command: [alembic, upgrade, head]}");
        simulation.until("Ready", Duration.ofHours(2), Simulation::ready);
        assertThat(simulation.now()).isBefore(TO);
        assertThat(simulation.aws.commands()).hasSize(1);
    }

    /** What has begun by then is seen through: half a migration is worse than a whole one. */
    @Test
    void aReleaseThatRunsWhenTheWindowBeginsIsSeenThrough() {
        apply(election(""));
        ready();
        until(RAISE.minusSeconds(90));
        apply(
                election(""),
                "image: example.org/mycandidate:1.5.0-slow",
                "release: {command: [alembic, upgrade, head], timeoutMinutes: 120}");
        simulation.until(
                "the end of the release",
                LONGEST,
                status -> status.rollout().release().state().equals("Succeeded"));
        assertThat(simulation.now()).isBetween(RAISE, TO);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.aws.commands())
                .containsExactly("example.org/mycandidate:1.5.0-slow alembic upgrade head");
        var rollout = simulation.resource.getStatus().rollout();
        assertThat(rollout.image()).endsWith(":1.4.2");
        assertThat(simulation.describe()).contains("waits for the end of the election national");
    }

    @Test
    void whatEndangersTheSiteIsRepairedInAFrozenWindow() {
        apply(election(""));
        ready();
        until(FROM);
        var service = simulation.service();
        simulation.aws.of(EcsClient.class).updateService(request -> request.cluster(service.clusterArn())
                .service(service.serviceName())
                .desiredCount(0));
        simulation.run(Duration.ofMinutes(10));
        assertThat(running()).isGreaterThanOrEqualTo(6);
        assertThat(simulation.serving()).isPositive();
    }

    @Test
    void theDatabaseIsLargerADayBeforeAndSmallAgainInAMaintenanceWindow() {
        apply(election(", databaseClass: db.t3.large, cacheNodeType: cache.t3.small"));
        ready();
        assertThat(databaseClass()).isEqualTo("db.t3.small");
        until(RAISE.minus(Duration.ofHours(20)));
        assertThat(databaseClass()).isEqualTo("db.t3.large");
        simulation.effects.clear();
        until(TO.plus(Duration.ofHours(12)));
        assertThat(simulation.effects)
                .extracting(Port.Effect::operation)
                .doesNotContain("modifyDBInstance", "modifyReplicationGroup");
        // Sunday 2026-01-25, 02:00.
        until(Instant.parse("2026-01-25T03:00:00Z"));
        assertThat(databaseClass()).isEqualTo("db.t3.small");
    }

    /** An election that is written into the spec when it is too late brings more tasks and no failover. */
    @Test
    void inTheLastHourAndInTheWindowNoClassChanges() {
        apply();
        ready();
        until(RAISE.minus(Duration.ofMinutes(30)));
        simulation.effects.clear();
        apply(election(", databaseClass: db.t3.large, freeze: false"));
        until(TO.minusSeconds(60));
        assertThat(simulation.effects).extracting(Port.Effect::operation).doesNotContain("modifyDBInstance");
        assertThat(running()).isGreaterThanOrEqualTo(6);
        assertThat(failing()).contains("classes");
    }

    private String databaseClass() {
        return simulation
                .aws
                .of(RdsClient.class)
                .describeDBInstances(request ->
                        request.dbInstanceIdentifier(simulation.databases().getFirst()))
                .dbInstances()
                .getFirst()
                .dbInstanceClass();
    }
}
