package africa.mycandidate.operator.sim;

import java.util.List;
import software.amazon.awssdk.services.rds.model.*;

/**
 * Instances that begin with the data of another: its user, password, database, version, key and retention come along, whatever the caller has in mind (API
 * reference, RestoreDBInstanceFromDBSnapshot and RestoreDBInstanceToPointInTime).
 */
final class DbRestores {
    private final DbInstances instances;
    private final DbSnapshots snapshots;

    DbRestores(DbInstances instances, DbSnapshots snapshots) {
        this.instances = instances;
        this.snapshots = snapshots;
    }

    RestoreDbInstanceFromDbSnapshotResponse fromSnapshot(RestoreDbInstanceFromDbSnapshotRequest request) {
        var asked = request.dbSnapshotIdentifier();
        var snapshot = snapshots
                .describe(DescribeDbSnapshotsRequest.builder()
                        .dbSnapshotIdentifier(String.valueOf(asked))
                        .build())
                .dbSnapshots()
                .getFirst();
        if (!snapshot.status().equals("available"))
            throw RdsErrors.of(
                    "InvalidDBSnapshotState", "DB snapshot " + asked + " is in " + snapshot.status() + " state.");
        noDatabaseName(request.dbName());
        var create = CreateDbInstanceRequest.builder()
                .dbInstanceIdentifier(request.dbInstanceIdentifier())
                .dbInstanceClass(request.dbInstanceClass())
                .multiAZ(request.multiAZ())
                .availabilityZone(request.availabilityZone())
                .allocatedStorage(request.allocatedStorage())
                .storageType(request.storageType())
                .iops(request.iops())
                .storageThroughput(request.storageThroughput())
                .dbSubnetGroupName(request.dbSubnetGroupName())
                .dbParameterGroupName(request.dbParameterGroupName())
                .vpcSecurityGroupIds(request.vpcSecurityGroupIds())
                .publiclyAccessible(request.publiclyAccessible())
                .deletionProtection(request.deletionProtection())
                .autoMinorVersionUpgrade(request.autoMinorVersionUpgrade())
                .copyTagsToSnapshot(request.copyTagsToSnapshot())
                .tags(request.tags());
        var made = make(create, snapshots.content(snapshot.dbSnapshotIdentifier()), snapshot.tagList());
        return RestoreDbInstanceFromDbSnapshotResponse.builder()
                .dbInstance(made)
                .build();
    }

    RestoreDbInstanceToPointInTimeResponse toPointInTime(RestoreDbInstanceToPointInTimeRequest request) {
        var content = instances.backups.content(request);
        noDatabaseName(request.dbName());
        var create = CreateDbInstanceRequest.builder()
                .dbInstanceIdentifier(request.targetDBInstanceIdentifier())
                .dbInstanceClass(request.dbInstanceClass())
                .multiAZ(request.multiAZ())
                .availabilityZone(request.availabilityZone())
                .allocatedStorage(request.allocatedStorage())
                .maxAllocatedStorage(request.maxAllocatedStorage())
                .storageType(request.storageType())
                .iops(request.iops())
                .storageThroughput(request.storageThroughput())
                .dbSubnetGroupName(request.dbSubnetGroupName())
                .dbParameterGroupName(request.dbParameterGroupName())
                .vpcSecurityGroupIds(request.vpcSecurityGroupIds())
                .publiclyAccessible(request.publiclyAccessible())
                .deletionProtection(request.deletionProtection())
                .autoMinorVersionUpgrade(request.autoMinorVersionUpgrade())
                .copyTagsToSnapshot(request.copyTagsToSnapshot())
                .tags(request.tags());
        return RestoreDbInstanceToPointInTimeResponse.builder()
                .dbInstance(make(create, content, List.of()))
                .build();
    }

    private static void noDatabaseName(String name) {
        if (name != null) throw RdsErrors.combination("DBName must be null for engine: postgres");
    }

    /** @param tags those of the source, for an instance that gets none of its own */
    private DBInstance make(CreateDbInstanceRequest.Builder create, DbSnapshots.Content content, List<Tag> tags) {
        var of = content.of();
        var asked = create.build();
        var id = DbRules.name("DBInstanceIdentifier", asked.dbInstanceIdentifier(), 63);
        DbCatalog.offered(
                asked.dbInstanceClass() == null ? of.dbInstanceClass() : asked.dbInstanceClass(), of.engineVersion());
        if (Boolean.TRUE.equals(asked.multiAZ()) && asked.availabilityZone() != null)
            throw RdsErrors.combination("Requesting a specific availability zone is not valid for Multi-AZ instances.");
        var type = DbInstances.or(asked.storageType(), of.storageType()).toLowerCase();
        var storage = DbInstances.or(asked.allocatedStorage(), of.allocatedStorage());
        if (storage < of.allocatedStorage())
            throw RdsErrors.value("The allocated storage size can't be less than the source snapshot or backup size.");
        DbRules.storage(type, storage, asked.maxAllocatedStorage(), asked.iops(), asked.storageThroughput());
        create.engine(of.engine())
                .dbInstanceClass(DbInstances.or(asked.dbInstanceClass(), of.dbInstanceClass()))
                .allocatedStorage(storage)
                .masterUsername(of.masterUsername())
                .dbName(of.dbName())
                .storageEncrypted(of.storageEncrypted())
                .kmsKeyId(of.kmsKeyId())
                .backupRetentionPeriod(of.backupRetentionPeriod());
        if (asked.tags().isEmpty()) create.tags(tags);
        return instances.make(create.build(), id, of.engineVersion(), type, content);
    }
}
