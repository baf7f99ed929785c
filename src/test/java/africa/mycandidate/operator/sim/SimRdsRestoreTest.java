package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.rds.model.*;

/** Snapshots, backups and what is restored from them. */
class SimRdsRestoreTest extends EdgeFixture {
    private static final Duration LONG = Duration.ofHours(1);

    private final SimRds rds = aws.rds;

    @BeforeEach
    void database() {
        var vpc = vpc("10.0");
        rds.createDBSubnetGroup(call -> call.dbSubnetGroupName("site")
                .dbSubnetGroupDescription("site")
                .subnetIds(vpc.publicSubnets().getFirst(), vpc.privateSubnet()));
        for (var major : List.of("16", "17"))
            rds.createDBParameterGroup(call -> call.dbParameterGroupName("site" + major)
                    .dbParameterGroupFamily("postgres" + major)
                    .description("site"));
        settle();
        rds.createDBInstance(call -> call.dbInstanceIdentifier("main")
                .engine("postgres")
                .engineVersion("16.9")
                .dbInstanceClass("db.t3.small")
                .allocatedStorage(40)
                .dbName("candidates")
                .masterUsername("owner")
                .masterUserPassword("correct-horse")
                .dbSubnetGroupName("site")
                .dbParameterGroupName("site16")
                .preferredBackupWindow("00:00-00:30")
                .backupRetentionPeriod(7)
                .copyTagsToSnapshot(true)
                .tags(Tag.builder().key("k").value("v").build()));
        pass(LONG);
        rds.write("main", "first");
        rds.createDBSnapshot(call -> call.dbInstanceIdentifier("main").dbSnapshotIdentifier("Snap"));
        pass(LONG);
        rds.write("main", "second");
    }

    private DBInstance shown(String id) {
        return rds.describeDBInstances(call -> call.dbInstanceIdentifier(id))
                .dbInstances()
                .getFirst();
    }

    private void restore(Consumer<RestoreDbInstanceFromDbSnapshotRequest.Builder> change) {
        rds.restoreDBInstanceFromDBSnapshot(call -> {
            call.dbInstanceIdentifier("copy").dbSnapshotIdentifier("snap").dbSubnetGroupName("site");
            change.accept(call);
        });
    }

    private void toTime(Consumer<RestoreDbInstanceToPointInTimeRequest.Builder> change) {
        rds.restoreDBInstanceToPointInTime(call -> {
            call.targetDBInstanceIdentifier("copy")
                    .sourceDBInstanceIdentifier("main")
                    .dbSubnetGroupName("site");
            change.accept(call);
        });
    }

    @Test
    void aSnapshotKeepsWhatWasInItAndBringsUserPasswordAndDatabaseAlong() {
        assertThat(rds.snapshotData("snap")).isEqualTo("first");
        restore(call -> call.multiAZ(true));
        pass(LONG);
        var copy = shown("copy");
        assertThat(copy.masterUsername()).isEqualTo("owner");
        assertThat(copy.dbName()).isEqualTo("candidates");
        assertThat(copy.engineVersion()).isEqualTo("16.9");
        assertThat(copy.backupRetentionPeriod()).isEqualTo(7);
        assertThat(copy.dbParameterGroups().getFirst().dbParameterGroupName()).isEqualTo("default.postgres16");
        assertThat(copy.dbInstanceClass()).isEqualTo("db.t3.small");
        assertThat(copy.maxAllocatedStorage()).isNull();
        assertThat(copy.tagList()).extracting(Tag::key).containsExactly("k");
        assertThat(copy.dbiResourceId()).isNotEqualTo(shown("main").dbiResourceId());
        assertThat(rds.data("copy")).isEqualTo("first");
        assertThat(rds.data("main")).isEqualTo("second");
    }

    @Test
    void newTagsComeInPlaceOfThoseOfTheSource() {
        restore(call -> call.tags(Tag.builder().key("mine").value("x").build()));
        pass(LONG);
        assertThat(shown("copy").tagList()).extracting(Tag::key).containsExactly("mine");
    }

    @Test
    void aTimeShowsWhatWasInItThen() {
        pass(LONG);
        toTime(call -> call.restoreTime(aws.world.now().minus(Duration.ofMinutes(90))));
        pass(LONG);
        assertThat(rds.data("copy")).isEqualTo("first");
        rds.restoreDBInstanceToPointInTime(call -> call.targetDBInstanceIdentifier("latest")
                .sourceDbiResourceId(shown("main").dbiResourceId())
                .useLatestRestorableTime(true)
                .dbSubnetGroupName("site"));
        pass(LONG);
        assertThat(rds.data("latest")).isEqualTo("second");
    }

    @Test
    void backupsOutliveTheirInstanceOnlyWhereTheyAreKept() {
        pass(LONG);
        var resource = shown("main").dbiResourceId();
        rds.deleteDBInstance(call ->
                call.dbInstanceIdentifier("main").skipFinalSnapshot(true).deleteAutomatedBackups(false));
        pass(LONG);
        assertThat(rds.describeDBInstanceAutomatedBackups(call -> call.dbInstanceIdentifier("main"))
                        .dbInstanceAutomatedBackups())
                .singleElement()
                .satisfies(backup -> assertThat(backup.status()).isEqualTo("retained"));
        refused("DBInstanceNotFound", 404, () -> {
            toTime(call -> call.useLatestRestorableTime(true));
            return null;
        });
        rds.restoreDBInstanceToPointInTime(call -> call.targetDBInstanceIdentifier("main")
                .sourceDbiResourceId(resource)
                .useLatestRestorableTime(true)
                .dbSubnetGroupName("site"));
        pass(LONG);
        assertThat(rds.data("main")).isEqualTo("second");
        rds.deleteDBInstance(call -> call.dbInstanceIdentifier("main").skipFinalSnapshot(true));
        pass(Duration.ofDays(8));
        assertThat(rds.describeDBInstanceAutomatedBackups(call -> call.dbInstanceIdentifier("main"))
                        .dbInstanceAutomatedBackups())
                .isEmpty();
        refused(
                "DBInstanceAutomatedBackupNotFound",
                404,
                () -> rds.describeDBInstanceAutomatedBackups(call -> call.dbiResourceId(resource)));
        assertThat(rds.snapshots()).containsKey("snap");
    }

    private Refusal restoring(
            String name, String code, Consumer<RestoreDbInstanceFromDbSnapshotRequest.Builder> change) {
        return refusal(name, code, code.endsWith("NotFound") ? 404 : 400, () -> {
            restore(change);
            return null;
        });
    }

    private Refusal returning(
            String name, String code, Consumer<RestoreDbInstanceToPointInTimeRequest.Builder> change) {
        return refusal(name, code, code.endsWith("NotFound") ? 404 : 400, () -> {
            toTime(change);
            return null;
        });
    }

    @TestFactory
    Stream<DynamicTest> restores() {
        return refusals(
                rds::existing,
                restoring("no such snapshot", "DBSnapshotNotFound", call -> call.dbSnapshotIdentifier("none")),
                restoring("less storage", "InvalidParameterValue", call -> call.allocatedStorage(30)),
                restoring("a name that is taken", "DBInstanceAlreadyExists", call -> call.dbInstanceIdentifier("main")),
                restoring("a database name", "InvalidParameterCombination", call -> call.dbName("other")),
                restoring(
                        "a group of another version",
                        "InvalidParameterCombination",
                        call -> call.dbParameterGroupName("site17")),
                restoring("an unknown class", "InvalidParameterValue", call -> call.dbInstanceClass("db.t9.small")),
                restoring("a zone with Multi-AZ", "InvalidParameterCombination", call -> call.multiAZ(true)
                        .availabilityZone("af-south-1a")),
                returning("no such instance", "DBInstanceNotFound", call -> call.sourceDBInstanceIdentifier("none")
                        .useLatestRestorableTime(true)),
                returning("neither time nor latest", "InvalidParameterCombination", call -> {}),
                returning("both", "InvalidParameterCombination", call -> call.useLatestRestorableTime(true)
                        .restoreTime(aws.world.now())),
                returning(
                        "a time to come",
                        "InvalidParameterValue",
                        call -> call.restoreTime(aws.world.now().plus(LONG))));
    }

    @Test
    void aSnapshotIsOfNoUseBeforeItIsDone() {
        rds.createDBSnapshot(call -> call.dbInstanceIdentifier("main").dbSnapshotIdentifier("fresh"));
        refused("InvalidDBSnapshotState", 400, () -> {
            restore(call -> call.dbSnapshotIdentifier("fresh"));
            return null;
        });
        refused(
                "DBSnapshotAlreadyExists",
                400,
                () -> rds.createDBSnapshot(
                        call -> call.dbInstanceIdentifier("main").dbSnapshotIdentifier("snap")));
    }

    @Test
    void withoutBackupsThereIsNoWayBackInTime() {
        rds.modifyDBInstance(call ->
                call.dbInstanceIdentifier("main").backupRetentionPeriod(0).applyImmediately(true));
        pass(LONG);
        refused("PointInTimeRestoreNotEnabled", 400, () -> {
            toTime(call -> call.useLatestRestorableTime(true));
            return null;
        });
    }

    private void upgrade(String version) {
        rds.modifyDBInstance(call -> call.dbInstanceIdentifier("main")
                .engineVersion(version)
                .allowMajorVersionUpgrade(true)
                .dbParameterGroupName("site17")
                .applyImmediately(true));
    }

    @Test
    void aMajorUpgradeTakesASnapshotFirstWhereBackupsAreOn() {
        upgrade("17.5");
        pass(LONG);
        assertThat(shown("main").engineVersion()).isEqualTo("17.5");
        var before = rds.snapshots().keySet().stream()
                .filter(id -> id.startsWith("rds:preupgrade-"))
                .toList();
        assertThat(before).containsExactly("rds:preupgrade-main-16-9-to-17-5");
        assertThat(rds.snapshotData(before.getFirst())).isEqualTo("second");
    }

    @Test
    void aMajorUpgradeTakesNoneWhereBackupsAreOff() {
        rds.modifyDBInstance(call ->
                call.dbInstanceIdentifier("main").backupRetentionPeriod(0).applyImmediately(true));
        pass(LONG);
        upgrade("17.5");
        pass(LONG);
        assertThat(shown("main").engineVersion()).isEqualTo("17.5");
        assertThat(rds.snapshots().keySet()).noneMatch(id -> id.contains("preupgrade"));
    }

    @Test
    void aMajorVersionIsOpenOnlyToWhatIsNotYoungerAndToItsClasses() {
        refused("InvalidParameterCombination", 400, () -> {
            upgrade("17.4");
            return null;
        });
        rds.modifyDBInstance(
                call -> call.dbInstanceIdentifier("main").engineVersion("16.10").applyImmediately(true));
        pass(LONG);
        refused("InvalidParameterCombination", 400, () -> {
            upgrade("17.5");
            return null;
        });
    }
}
