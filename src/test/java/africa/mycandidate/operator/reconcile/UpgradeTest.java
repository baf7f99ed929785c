package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** Newer engines, larger storage: what AWS does to a database and a cache that stay. */
class UpgradeTest {
    private final DataSite site = new DataSite(91);
    private final AtomicInteger dark = new AtomicInteger();

    private final AtomicInteger upgrading = new AtomicInteger();

    private void watch() {
        site.simulation.eachSecond = () -> {
            if (site.database().dbInstanceStatus().equals("upgrading")) upgrading.incrementAndGet();
            if (site.simulation.serving() == 0) dark.incrementAndGet();
        };
    }

    @Test
    void aMajorUpgradeIsOneCallAfterASnapshotAndKeepsTheData() {
        site.ready();
        site.simulation.aws.write(site.id(), "candidates");
        site.apply("database: {engineVersion: \"17\"}", "approval: Disruptive");
        assertThat(site.stalled()).contains("engineVersion").contains("Failover");
        assertThat(site.database().engineVersion()).startsWith("16.");
        watch();
        var calls = new AtomicInteger();
        site.simulation.port = (effect, call) -> {
            if (effect.operation().equals("modifyDBInstance")) calls.incrementAndGet();
            return call.run();
        };
        site.apply("database: {engineVersion: \"17\"}");
        site.simulation.until("the plan tells", Duration.ofMinutes(20), status -> site.steps("DbInstance/main").stream()
                .anyMatch(step -> step.because().contains("RDS takes a snapshot before it")
                        && step.interruption().equals("Failover")));
        site.simulation.run(Duration.ofMinutes(1));
        site.settle("upgraded");
        assertThat(calls.get()).isEqualTo(1);
        assertThat(site.database().engineVersion()).startsWith("17.");
        assertThat(site.database().dbParameterGroups()).singleElement().satisfies(group -> {
            assertThat(group.dbParameterGroupName()).startsWith(Simulation.NAMES);
            assertThat(group.parameterApplyStatus()).isEqualTo("in-sync");
        });
        assertThat(site.data()).isEqualTo("candidates");
        var before = site.snapshots().stream()
                .filter(snapshot -> snapshot.dbSnapshotIdentifier().startsWith("rds:preupgrade-"))
                .toList();
        assertThat(before).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.engineVersion()).startsWith("16.");
            assertThat(site.simulation.aws.snapshotData(snapshot.dbSnapshotIdentifier()))
                    .isEqualTo("candidates");
        });
        assertThat(site.rds.describeDBParameterGroups().dbParameterGroups().stream()
                        .filter(group -> group.dbParameterGroupName().startsWith(Simulation.NAMES)))
                .singleElement()
                .satisfies(group -> assertThat(group.dbParameterGroupFamily()).isEqualTo("postgres17"));
        System.out.printf("major upgrade: %d s of it, %d s without a healthy target%n", upgrading.get(), dark.get());
        assertThat(upgrading.get()).isGreaterThan(240);
        assertThat(dark.get()).isGreaterThan(200).isLessThan(2400);
    }

    @Test
    void backupsThatSomebodySwitchedOffComeBackBeforeTheUpgrade() {
        site.ready("driftPolicy: Report");
        site.rds.modifyDBInstance(request ->
                request.dbInstanceIdentifier(site.id()).backupRetentionPeriod(0).applyImmediately(true));
        site.simulation.run(Duration.ofMinutes(40));
        assertThat(site.database().backupRetentionPeriod()).isZero();
        site.simulation.aws.write(site.id(), "candidates");
        site.apply("driftPolicy: Report", "database: {engineVersion: \"17\"}");
        site.simulation.run(Duration.ofHours(1));
        assertThat(site.database().engineVersion())
                .as("no snapshot, no upgrade")
                .startsWith("16.");
        site.ready("database: {engineVersion: \"17\"}");
        assertThat(site.database().engineVersion()).startsWith("17.");
        assertThat(site.snapshots())
                .filteredOn(snapshot -> snapshot.dbSnapshotIdentifier().startsWith("rds:preupgrade-"))
                .hasSize(1);
    }

    @Test
    void whatIsNoValidTargetIsToldInTheWordsOfAws() {
        site.ready("database: {engineVersion: \"16.10\"}");
        site.apply("database: {engineVersion: \"17.5\"}");
        assertThat(site.stalled()).contains("Cannot upgrade postgres from 16.10 to 17.5");
        assertThat(site.simulation.serving()).isPositive();
        site.ready("database: {engineVersion: \"17.6\"}");
        assertThat(site.database().engineVersion()).isEqualTo("17.6");
    }

    @Test
    void storageGrowsByATenthAtLeastAndTheRestInBetweenIsTold() {
        site.ready("database: {storageGiB: 100, maxStorageGiB: 200}");
        site.apply("database: {storageGiB: 105, maxStorageGiB: 200}");
        site.simulation.run(Duration.ofHours(1));
        assertThat(site.database().allocatedStorage()).isEqualTo(110);
        site.simulation.effects.clear();
        site.apply("database: {storageGiB: 130, maxStorageGiB: 200}");
        site.simulation.run(Duration.ofHours(2));
        assertThat(site.simulation.describe()).contains("storage change is being optimized");
        System.out.printf("storage at rest: %d calls in 2 h%n", site.calls().size());
        assertThat(site.calls()).hasSizeLessThan(40);
        site.settle("grown");
        assertThat(site.database().allocatedStorage()).isEqualTo(130);
    }

    @Test
    void aCacheGoesUpAVersion() {
        site.ready("cache: {engineVersion: \"7.0\"}");
        watch();
        site.ready("cache: {engineVersion: \"7.1\"}");
        var cache = site.simulation.aws.of(ElastiCacheClient.class);
        assertThat(cache.describeCacheClusters().cacheClusters())
                .allSatisfy(member -> assertThat(member.engineVersion()).startsWith("7.1"));
        System.out.printf("cache upgrade: %d s without a healthy target%n", dark.get());
    }
}
