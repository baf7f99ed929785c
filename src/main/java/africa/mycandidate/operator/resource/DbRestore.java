package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Unusable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;

/**
 * Makes a database with the data of another. The calls take neither password nor user, database name, engine version, key and retention: these are the source's
 * (RDS API reference, RestoreDBInstanceFromDBSnapshot and RestoreDBInstanceToPointInTime). What can be changed is changed afterwards, as any difference; what
 * cannot must fit, and so is looked at before the one call that makes the database.
 */
final class DbRestore {
    private final RdsClient rds;

    DbRestore(RdsClient rds) {
        this.rds = rds;
    }

    void run(DbInstance want, Map<String, String> tags, String name) {
        switch (want.restoreFrom()) {
            case DbOrigin.OfSnapshot snapshot -> fromSnapshot(want, snapshot, tags, name);
            case DbOrigin.OfInstance instance -> toPointInTime(want, instance, tags, name);
        }
    }

    private void fromSnapshot(DbInstance want, DbOrigin.OfSnapshot from, Map<String, String> tags, String name) {
        var source = DbSource.of(snapshot(from.name()));
        source.mustFit(want);
        var request = RestoreDbInstanceFromDbSnapshotRequest.builder()
                .dbInstanceIdentifier(name)
                .dbSnapshotIdentifier(from.name())
                .dbInstanceClass(want.instanceClass())
                .multiAZ(want.multiAz())
                .allocatedStorage(want.storageGiB().value())
                .storageType(want.storageType())
                .dbSubnetGroupName(RefSets.value(want.subnetGroup()))
                .vpcSecurityGroupIds(RefSets.values(want.securityGroups()))
                .publiclyAccessible(want.publiclyAccessible())
                .deletionProtection(want.deletionProtection())
                .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
                .copyTagsToSnapshot(want.copyTagsToSnapshot())
                .tags(RdsTags.of(tags));
        if (source.isOfTheMajorOf(want)) request.dbParameterGroupName(RefSets.value(want.parameterGroup()));
        rds.restoreDBInstanceFromDBSnapshot(request.build());
    }

    private DBSnapshot snapshot(String name) {
        try {
            return rds.describeDBSnapshots(
                            request -> request.dbSnapshotIdentifier(name).includeShared(name.startsWith("arn:")))
                    .dbSnapshots()
                    .getFirst();
        } catch (DbSnapshotNotFoundException e) {
            throw new Unusable("there is no snapshot " + name
                    + " in this account and region. Write in database.restoreFrom the name of one, as aws rds"
                    + " describe-db-snapshots lists them, or the ARN of one that another account shares");
        }
    }

    private void toPointInTime(DbInstance want, DbOrigin.OfInstance from, Map<String, String> tags, String name) {
        var backup = backup(from.instance());
        var source = DbSource.of(backup, databaseName(backup));
        source.mustFit(want);
        mustReach(backup, from.time());
        var request = RestoreDbInstanceToPointInTimeRequest.builder()
                .targetDBInstanceIdentifier(name)
                .sourceDbiResourceId(backup.dbiResourceId())
                .dbInstanceClass(want.instanceClass())
                .multiAZ(want.multiAz())
                .allocatedStorage(want.storageGiB().value())
                .maxAllocatedStorage(want.maxStorageGiB())
                .storageType(want.storageType())
                .dbSubnetGroupName(RefSets.value(want.subnetGroup()))
                .vpcSecurityGroupIds(RefSets.values(want.securityGroups()))
                .publiclyAccessible(want.publiclyAccessible())
                .deletionProtection(want.deletionProtection())
                .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
                .copyTagsToSnapshot(want.copyTagsToSnapshot())
                .tags(RdsTags.of(tags));
        if (from.time() == null) request.useLatestRestorableTime(true);
        else request.restoreTime(from.time());
        if (source.isOfTheMajorOf(want)) request.dbParameterGroupName(RefSets.value(want.parameterGroup()));
        rds.restoreDBInstanceToPointInTime(request.build());
    }

    /** Of the instance that is there, or else of the one that went last: an identifier may have been used again and again. */
    private DBInstanceAutomatedBackup backup(String instance) {
        return backups(instance).stream()
                .filter(backup ->
                        backup.restoreWindow() != null && backup.restoreWindow().latestTime() != null)
                .max(Comparator.<DBInstanceAutomatedBackup, Boolean>comparing(DbRestore::isActive)
                        .thenComparing(backup -> backup.restoreWindow().latestTime()))
                .orElseThrow(() -> new Unusable("there are no automated backups of an instance " + instance
                        + " in this account and region. They go with their instance unless it was deleted with"
                        + " delete-automated-backups=false; write in database.restoreFrom an instance that"
                        + " aws rds describe-db-instance-automated-backups lists, or a snapshot"));
    }

    private List<DBInstanceAutomatedBackup> backups(String instance) {
        try {
            return rds.describeDBInstanceAutomatedBackups(request -> request.dbInstanceIdentifier(instance))
                    .dbInstanceAutomatedBackups();
        } catch (DbInstanceAutomatedBackupNotFoundException e) {
            return List.of();
        }
    }

    private static boolean isActive(DBInstanceAutomatedBackup backup) {
        return "active".equals(backup.status());
    }

    /** Only an instance that is there shows the name of its database; else it is looked at once it was restored. */
    private String databaseName(DBInstanceAutomatedBackup backup) {
        if (!isActive(backup)) return null;
        return rds.describeDBInstances(request -> request.dbInstanceIdentifier(backup.dbInstanceIdentifier()))
                .dbInstances()
                .getFirst()
                .dbName();
    }

    private static void mustReach(DBInstanceAutomatedBackup backup, Instant time) {
        var window = backup.restoreWindow();
        if (time == null || !time.isAfter(window.latestTime()) && !time.isBefore(window.earliestTime())) return;
        throw new Unusable("the backups of " + backup.dbInstanceIdentifier() + " reach from " + window.earliestTime()
                + " to " + window.latestTime() + ", and database.restoreFrom.time is " + time
                + "; write a time between them in spec.timeZone, or none for the latest");
    }
}
