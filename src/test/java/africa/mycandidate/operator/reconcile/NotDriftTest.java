package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What AWS, or somebody who may, changes of its own accord: it is not told as drift, nothing is done about it, and the site stays ready. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotDriftTest {
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final String ECS_COUNT = "ecs:service:DesiredCount";

    private final Simulation simulation = new Simulation(95);
    private final RdsClient rds = simulation.aws.of(RdsClient.class);
    private String zone;

    @BeforeAll
    void created() {
        zone = simulation.zone();
    }

    @BeforeEach
    void settled() {
        apply();
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(10));
        simulation.effects.clear();
        simulation.events.clear();
    }

    private void apply(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
    }

    /** Looks as the operator does for the given time, and finds nothing to tell at any moment. */
    private void assertSilentFor(Duration time) {
        var end = simulation.clock.instant().plus(time);
        while (simulation.clock.instant().isBefore(end)) {
            simulation.pass();
            assertThat(simulation.ready()).as(simulation.describe()).isTrue();
            assertThat(simulation.resource.getStatus().drift()).isEmpty();
        }
        assertThat(simulation.mutations()).as("mutating calls").isZero();
        assertThat(simulation.events).isEmpty();
    }

    /** Nothing differs and nothing is done, also while RDS takes the database away for a while, which is told as it is. */
    private void assertUntouchedFor(Duration time) {
        var end = simulation.clock.instant().plus(time);
        while (simulation.clock.instant().isBefore(end)) {
            simulation.pass();
            assertThat(Conditions.is(simulation.resource.getStatus().conditions(), Conditions.PROVISIONED))
                    .as(simulation.describe())
                    .isTrue();
            assertThat(simulation.ready())
                    .as(simulation.describe())
                    .isEqualTo(Conditions.is(simulation.resource.getStatus().conditions(), Conditions.SERVING));
            assertThat(simulation.resource.getStatus().drift()).isEmpty();
        }
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        assertThat(simulation.mutations()).as("mutating calls").isZero();
        assertThat(simulation.events).allMatch(event -> event.startsWith("Normal Ready"));
        simulation.events.clear();
    }

    private DBInstance database() {
        return rds.describeDBInstances().dbInstances().getFirst();
    }

    private Service service() {
        var ecs = simulation.aws.of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().getFirst();
        return ecs.describeServices(request -> request.cluster(cluster)
                        .services(
                                ecs.listServices(list -> list.cluster(cluster)).serviceArns()))
                .services()
                .getFirst();
    }

    @Test
    void theCountThatAutoscalingChose() {
        simulation.aws.load(service().serviceName(), 90);
        simulation.rest(Duration.ofMinutes(4));
        simulation.aws.load(service().serviceName(), 50);
        assertThat(service().desiredCount()).isGreaterThan(2);
        assertSilentFor(Duration.ofMinutes(30));
        assertThat(service().desiredCount()).isGreaterThan(2);
    }

    @Test
    void boundsThatAScheduledActionMoved() {
        var begin = simulation.clock.instant();
        schedule("before", begin.plus(Duration.ofMinutes(10)).toString(), 4, 12);
        assertSilentFor(Duration.ofHours(1));
        assertThat(List.of(target().minCapacity(), target().maxCapacity())).containsExactly(4, 12);
        schedule("after", begin.plus(Duration.ofMinutes(80)).toString(), 2, 10);
        assertSilentFor(Duration.ofHours(1));
        assertThat(List.of(target().minCapacity(), target().maxCapacity())).containsExactly(2, 10);
    }

    @Test
    void boundsThatTheSpecNewlyAsksForAreSetAndThoseOfNobodysScheduleAreDrift() {
        schedule("more", simulation.clock.instant().plus(Duration.ofMinutes(5)).toString(), 5, 15);
        assertSilentFor(Duration.ofMinutes(20));
        apply("scaling: {minTasks: 3}");
        simulation.run(Duration.ofMinutes(5));
        assertThat(List.of(target().minCapacity(), target().maxCapacity())).containsExactly(3, 10);
        simulation
                .aws
                .of(ApplicationAutoScalingClient.class)
                .registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .resourceId(target().resourceId())
                        .scalableDimension(ECS_COUNT)
                        .minCapacity(1));
        simulation.rest(Duration.ofMinutes(2));
        simulation.run(Duration.ofMinutes(5));
        assertThat(target().minCapacity()).isEqualTo(3);
        assertThat(simulation.events).anyMatch(event -> event.startsWith("Warning Drift: ScalableTarget/app"));
    }

    private void schedule(String name, String at, int min, int max) {
        simulation.aws.of(ApplicationAutoScalingClient.class).putScheduledAction(request -> request.serviceNamespace(
                        ServiceNamespace.ECS)
                .resourceId(target().resourceId())
                .scalableDimension(ECS_COUNT)
                .scheduledActionName(name)
                .schedule("at(" + at.substring(0, 19) + ")")
                .scalableTargetAction(bounds -> bounds.minCapacity(min).maxCapacity(max)));
        simulation.rest(Duration.ofSeconds(20));
    }

    private ScalableTarget target() {
        return simulation
                .aws
                .of(ApplicationAutoScalingClient.class)
                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalableTargets()
                .getFirst();
    }

    @Test
    void storageThatRdsGrew() {
        simulation.aws.growStorage(database().dbInstanceIdentifier(), 40);
        assertSilentFor(Duration.ofHours(2));
        assertThat(database().allocatedStorage()).isEqualTo(40);
    }

    /** What AutoMinorVersionUpgrade does in the maintenance window: put off until then, upgrading, done. */
    @Test
    void aMinorVersion() {
        var tomorrow = simulation
                .clock
                .instant()
                .plus(Duration.ofDays(1))
                .atOffset(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("EEE", Locale.ROOT))
                .toLowerCase(Locale.ROOT);
        apply("database: {engineVersion: \"16.9\"}");
        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(database().dbInstanceIdentifier())
                .engineVersion("16.10")
                .preferredMaintenanceWindow(tomorrow + ":22:00-" + tomorrow + ":23:00"));
        simulation.rest(Duration.ofSeconds(20));
        assertThat(database().pendingModifiedValues().engineVersion()).isEqualTo("16.10");
        assertUntouchedFor(Duration.ofDays(2));
        assertThat(database().engineVersion()).isEqualTo("16.10");
    }

    @Test
    void windowsThatAwsDrew() {
        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(database().dbInstanceIdentifier())
                .preferredMaintenanceWindow("thu:01:00-thu:02:00")
                .preferredBackupWindow("04:00-05:00"));
        assertSilentFor(Duration.ofMinutes(30));
    }

    /** Without ApplyImmediately: what was put off and is nobody's business here, and what was put off and is what the spec asks for. */
    @Test
    void aChangeThatIsPutOff() {
        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(database().dbInstanceIdentifier())
                .caCertificateIdentifier("rds-ca-rsa4096-g1")
                .preferredMaintenanceWindow("sun:02:00-sun:03:00")
                .applyImmediately(false));
        simulation.rest(Duration.ofSeconds(20));
        assertThat(database().pendingModifiedValues().caCertificateIdentifier()).isNotNull();
        assertSilentFor(Duration.ofHours(2));

        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(database().dbInstanceIdentifier())
                .dbInstanceClass("db.t3.medium")
                .applyImmediately(false));
        simulation.rest(Duration.ofSeconds(20));
        apply("database: {instanceClass: db.t3.medium}");
        simulation.run(Duration.ofHours(2));
        assertThat(simulation.mutations()).as("asked for is asked for").isZero();
        assertThat(simulation.resource.getStatus().drift()).isEmpty();
    }

    @Test
    void automaticBackups() {
        var cache = simulation.aws.of(ElastiCacheClient.class);
        cache.modifyReplicationGroup(request -> request.replicationGroupId(cache.describeReplicationGroups()
                        .replicationGroups()
                        .getFirst()
                        .replicationGroupId())
                .snapshotRetentionLimit(2)
                .applyImmediately(true));
        simulation.rest(Duration.ofMinutes(30));
        assertSilentFor(Duration.ofDays(2));
        assertThat(rds.describeDBSnapshots(request -> request.snapshotType("automated"))
                        .dbSnapshots())
                .hasSizeGreaterThan(1);
        assertThat(cache.describeSnapshots(request -> {}).snapshots()).isNotEmpty();
    }

    /** The standby takes over: another host answers under the endpoint. The database is away for a minute; that is seen, and no drift. */
    @Test
    void aFailover() {
        rds.rebootDBInstance(request ->
                request.dbInstanceIdentifier(database().dbInstanceIdentifier()).forceFailover(true));
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.events).noneMatch(event -> event.contains("Drift"));
        assertSilentReady();
    }

    private void assertSilentReady() {
        simulation.events.clear();
        assertSilentFor(Duration.ofMinutes(20));
    }

    @Test
    void tagsOfOthers() {
        var ec2 = simulation.aws.of(Ec2Client.class);
        ec2.createTags(request -> request.resources(
                        ec2.describeVpcs().vpcs().getFirst().vpcId())
                .tags(tag -> tag.key("cost-centre").value("elections")));
        rds.addTagsToResource(request -> request.resourceName(database().dbInstanceArn())
                .tags(tag -> tag.key("cost-centre").value("elections")));
        simulation.aws.of(EcsClient.class).tagResource(request -> request.resourceArn(
                        service().serviceArn())
                .tags(tag -> tag.key("cost-centre").value("elections")));
        assertSilentFor(Duration.ofMinutes(30));
        assertThat(database().tagList()).anyMatch(tag -> tag.key().equals("cost-centre"));
    }

    @Test
    void aRolloutThatTheCircuitBreakerTookBack() {
        apply("image: example.org/mycandidate:1.5.0-crash");
        simulation.until("Stalled", LONGEST, status -> Conditions.is(status.conditions(), Conditions.STALLED));
        simulation.run(Duration.ofMinutes(30));
        assertThat(rollouts()).isEqualTo(1);
        simulation.effects.clear();
        simulation.run(Duration.ofHours(3));
        simulation.start();
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.mutations()).as("not tried again").isZero();
        assertThat(simulation.resource.getStatus().drift()).isEmpty();
        assertThat(simulation.events)
                .filteredOn(event -> event.startsWith("Warning"))
                .singleElement()
                .asString()
                .contains("1.5.0-crash", "the previous version keeps serving");
        apply("image: example.org/mycandidate:1.5.1");
        simulation.until("Ready", LONGEST, Simulation::ready);
        assertThat(rollouts()).as("tried again once the spec changed").isEqualTo(1);
    }

    private long rollouts() {
        return simulation.effects.stream()
                .map(Port.Effect::operation)
                .filter("updateService"::equals)
                .count();
    }
}
