package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.*;

/** Database instances: how they come, are shown, and go. */
final class DbInstances {
    private static final Duration FIRST_BACKUP = Duration.ofMinutes(10);
    private static final int LOGS_EVERY_SECONDS = 300;

    private static final Duration MULTI_AZ = Duration.ofMinutes(12);
    private static final Duration SINGLE_AZ = Duration.ofMinutes(6);

    private final SimAws aws;
    private final RdsTags tags;
    private final DbSubnetGroups subnetGroups;
    private final DbParameterGroups parameterGroups;
    private final DbSnapshots snapshots;
    final DbBackups backups;
    private final Map<String, LiveDatabase> live = new LinkedHashMap<>();
    private final Table<DBInstance> rows;
    /** What every database shows in place of available, while RDS looks after it or something is wrong with it. */
    private Optional<String> tended = Optional.empty();
    /** AWS puts the same code of account and region into every host name. */
    private String hash;

    DbInstances(
            SimAws aws,
            RdsTags tags,
            DbSubnetGroups subnetGroups,
            DbParameterGroups parameterGroups,
            DbSnapshots snapshots) {
        this.aws = aws;
        this.tags = tags;
        this.subnetGroups = subnetGroups;
        this.parameterGroups = parameterGroups;
        this.snapshots = snapshots;
        this.backups = new DbBackups(aws, this);
        this.rows = new Table<>(aws.world);
    }

    CreateDbInstanceResponse create(CreateDbInstanceRequest request) {
        var id = DbRules.name("DBInstanceIdentifier", request.dbInstanceIdentifier(), 63);
        if (!"postgres".equals(request.engine())) throw RdsErrors.value("Invalid DB engine: " + request.engine());
        var version = DbCatalog.resolve(request.engineVersion());
        DbCatalog.offered(request.dbInstanceClass(), version);
        DbRules.username(request.masterUsername());
        DbRules.password(request.masterUserPassword());
        if (Boolean.TRUE.equals(request.multiAZ()) && request.availabilityZone() != null)
            throw RdsErrors.combination("Requesting a specific availability zone is not valid for Multi-AZ instances.");
        var type = request.storageType() == null ? "gp3" : request.storageType().toLowerCase();
        DbRules.storage(
                type,
                request.allocatedStorage(),
                request.maxAllocatedStorage(),
                request.iops(),
                request.storageThroughput());
        DbRules.retention(request.backupRetentionPeriod());
        DbRules.windows(request.preferredMaintenanceWindow(), request.preferredBackupWindow());
        if (request.kmsKeyId() != null && !Boolean.TRUE.equals(request.storageEncrypted()))
            throw RdsErrors.combination("KmsKeyId can be specified only when StorageEncrypted is true.");
        if (request.dbName() != null && !request.dbName().matches("[A-Za-z_]\\w{0,62}"))
            throw RdsErrors.value("The parameter DBName is not a valid identifier.");
        return CreateDbInstanceResponse.builder()
                .dbInstance(make(
                        request,
                        id,
                        version,
                        type,
                        new DbSnapshots.Content(null, request.masterUserPassword(), or(request.port(), 5432), null)))
                .build();
    }

    /** @param content what it begins with; without data it is empty, and no other is as this one */
    DBInstance make(
            CreateDbInstanceRequest request, String id, String version, String type, DbSnapshots.Content content) {
        if (live.containsKey(id)) throw RdsErrors.of("DBInstanceAlreadyExists", "DB instance already exists");
        if (aws.incidents.databasesFull)
            throw RdsErrors.of(
                    "InsufficientDBInstanceCapacity",
                    "The specified DB instance class isn't available in the specified Availability Zone.");
        var subnets = subnetGroups.truth(request.dbSubnetGroupName());
        requireGroups(request.vpcSecurityGroupIds(), subnets.vpcId());
        var parameters = parameterGroup(request.dbParameterGroupName(), version);
        var shown = defaults(request, id, version, type, subnets)
                .multiAZ(Boolean.TRUE.equals(request.multiAZ()))
                .dbParameterGroups(LiveDatabase.parameterStatus(parameters, "in-sync"))
                .build();
        DbRules.insights(shown);
        var database = new LiveDatabase(shown, content.password(), content.port());
        database.data.put(aws.world.now(), or(content.data(), "empty since " + shown.dbiResourceId()));
        database.parameters = parameterGroups.values(parameters);
        tags.create(shown.dbInstanceArn(), request.tags());
        aws.iam.serviceLinked("rds.amazonaws.com");
        live.put(id, database);
        attach(database);
        show(database);
        begin(database);
        return visible(shown);
    }

    private DBInstance.Builder defaults(
            CreateDbInstanceRequest request, String id, String version, String type, DBSubnetGroup subnets) {
        var world = aws.world;
        var insights = Boolean.TRUE.equals(request.enablePerformanceInsights());
        return DBInstance.builder()
                .dbInstanceIdentifier(id)
                .dbInstanceArn(aws.arn("rds", "db:" + id))
                .dbiResourceId("db-" + world.hex(26).toUpperCase())
                .dbInstanceStatus("creating")
                .dbInstanceClass(request.dbInstanceClass())
                .engine("postgres")
                .engineVersion(version)
                .licenseModel("postgresql-license")
                .masterUsername(request.masterUsername())
                .dbName(request.dbName())
                .allocatedStorage(request.allocatedStorage())
                .maxAllocatedStorage(request.maxAllocatedStorage())
                .storageType(type)
                .iops(type.equals("gp3") ? Integer.valueOf(3000) : request.iops())
                .storageThroughput(type.equals("gp3") ? 125 : 0)
                .storageEncrypted(Boolean.TRUE.equals(request.storageEncrypted()))
                .kmsKeyId(
                        !Boolean.TRUE.equals(request.storageEncrypted())
                                ? null
                                : request.kmsKeyId() == null
                                        ? aws.arn("kms", "key/00000000-0000-4000-8000-000000000d5e")
                                        : request.kmsKeyId().startsWith("arn:")
                                                ? request.kmsKeyId()
                                                : aws.arn("kms", "key/" + request.kmsKeyId()))
                .dbInstancePort(0)
                .preferredMaintenanceWindow(or(request.preferredMaintenanceWindow(), Windows.weekly(world))
                        .toLowerCase())
                .preferredBackupWindow(or(request.preferredBackupWindow(), Windows.daily(world)))
                .backupRetentionPeriod(or(request.backupRetentionPeriod(), 1))
                .autoMinorVersionUpgrade(or(request.autoMinorVersionUpgrade(), true))
                .copyTagsToSnapshot(or(request.copyTagsToSnapshot(), false))
                .deletionProtection(or(request.deletionProtection(), false))
                .publiclyAccessible(or(request.publiclyAccessible(), false))
                .iamDatabaseAuthenticationEnabled(or(request.enableIAMDatabaseAuthentication(), false))
                .enabledCloudwatchLogsExports(request.enableCloudwatchLogsExports())
                .databaseInsightsMode(or(request.databaseInsightsMode(), DatabaseInsightsMode.STANDARD))
                .performanceInsightsEnabled(insights)
                .performanceInsightsRetentionPeriod(
                        insights
                                ? or(request.performanceInsightsRetentionPeriod(), 7)
                                : request.performanceInsightsRetentionPeriod())
                .monitoringInterval(or(request.monitoringInterval(), 0))
                .caCertificateIdentifier(or(request.caCertificateIdentifier(), "rds-ca-rsa2048-g1"))
                .networkType("IPV4")
                .backupTarget("region")
                .dedicatedLogVolume(false)
                .pendingModifiedValues(PendingModifiedValues.builder().build())
                .dbSubnetGroup(subnets)
                .availabilityZone(or(
                        request.availabilityZone(),
                        subnets.subnets().getFirst().subnetAvailabilityZone().name()))
                .vpcSecurityGroups(LiveDatabase.memberships(request.vpcSecurityGroupIds(), "active"));
    }

    static <T> T or(T given, T usual) {
        return given == null ? usual : given;
    }

    void requireGroups(List<String> groups, String vpc) {
        for (var group : groups) {
            if (!aws.ec2.securityGroup(group))
                throw RdsErrors.value("Invalid security group , groupId= " + group + ", groupName=.");
            if (!aws.ec2.vpcOf(group).equals(Optional.of(vpc)))
                throw RdsErrors.combination(
                        "The DB instance and EC2 security group are in different VPCs. The DB instance is in " + vpc
                                + ".");
        }
    }

    String parameterGroup(String asked, String version) {
        var family = "postgres" + DbCatalog.major(version);
        var name = asked == null ? "default." + family : asked.toLowerCase();
        if (!parameterGroups.family(name).equals(family))
            throw RdsErrors.combination(
                    "The parameter group " + name + " with DBParameterGroupFamily " + parameterGroups.family(name)
                            + " can't be used for this instance. Use a parameter group with DBParameterGroupFamily "
                            + family + ".");
        return name;
    }

    /** A Multi-AZ instance has an interface in a second subnet. */
    void attach(LiveDatabase database) {
        var subnets = database.shown.dbSubnetGroup().subnets();
        var wanted = Boolean.TRUE.equals(database.shown.multiAZ()) ? 2 : 1;
        subnets.stream().limit(wanted).forEach(subnet -> {
            database.subnets.add(subnet.subnetIdentifier());
            database.interfaces.add(
                    aws.ec2.attach(subnet.subnetIdentifier(), database.groups(), "RDSNetworkInterface", "amazon-rds"));
        });
    }

    /** creating, sometimes modifying, then the first backup (hashicorp/terraform#2014; with retention 0 there is none). */
    private void begin(LiveDatabase database) {
        var world = aws.world;
        var time = world.draw(Boolean.TRUE.equals(database.shown.multiAZ()) ? MULTI_AZ : SINGLE_AZ);
        var modifying = world.below(2) == 0 ? time.dividedBy(10) : Duration.ZERO;
        var backup = database.shown.backupRetentionPeriod() > 0 ? time.dividedBy(5) : Duration.ZERO;
        world.after(time.minus(modifying).minus(backup), () -> {
            if (aws.incidents.newDatabases.isPresent()) {
                status(database, aws.incidents.newDatabases.get());
                return;
            }
            endpoint(database);
            status(database, "modifying");
            world.after(modifying, () -> status(database, backup.isZero() ? "available" : "backing-up"));
            if (!backup.isZero()) world.after(modifying.plus(backup), () -> status(database, "available"));
            world.after(
                    modifying.plus(backup), () -> snapshots.event(database.id(), "creation", "DB instance created"));
        });
        nightly(database);
    }

    /** What is available, or becomes so, shows this status; empty: what it was before. */
    void tended(Optional<String> status) {
        var before = tended;
        tended = status;
        for (var database : all())
            if (database.status().equals(before.orElse("available"))) status(database, "available");
    }

    /** Without a snapshot: there is nothing in them. */
    void deleteFailed() {
        for (var database : all()) {
            if (database.shown.endpoint() != null) continue;
            if (database.status().equals("failed") || database.status().startsWith("incompatible-"))
                gone(database, false);
        }
    }

    private void endpoint(LiveDatabase database) {
        if (hash == null) hash = "c" + aws.world.hex(11);
        var address = database.id() + "." + hash + "." + aws.region + ".rds.amazonaws.com";
        database.shown = database.shown.toBuilder()
                .endpoint(Endpoint.builder()
                        .address(address)
                        .port(database.port)
                        .hostedZoneId("Z1XUHKDD7EXAMPLE")
                        .build())
                .instanceCreateTime(aws.world.now())
                .build();
    }

    /** The daily backup comes uninvited, and takes the instance out of {@code available}. */
    private void nightly(LiveDatabase database) {
        var now = aws.world.now();
        aws.world.after(Duration.between(now, Windows.nextDaily(database.shown.preferredBackupWindow(), now)), () -> {
            if (live.get(database.id()) != database) return;
            if (database.shown.backupRetentionPeriod() > 0
                    && database.status().equals("available")
                    && !database.changing) backup(database);
            nightly(database);
        });
    }

    void backup(LiveDatabase database) {
        var time = aws.world.draw(Duration.ofMinutes(4));
        var id = "rds:" + database.id() + "-"
                + aws.world
                        .now()
                        .toString()
                        .substring(0, 16)
                        .replace(':', '-')
                        .replace('T', '-')
                        .toLowerCase();
        status(database, "backing-up");
        snapshots.event(database.id(), "backup", "Backing up DB instance");
        if (!snapshots.all().containsKey(id)) snapshots.take(id, "automated", database, time);
        aws.world.after(Duration.ofDays(database.shown.backupRetentionPeriod()), () -> snapshots.forget(id));
        aws.world.after(time, () -> {
            if (database.status().equals("backing-up")) status(database, "available");
        });
    }

    DescribeDbInstancesResponse describe(DescribeDbInstancesRequest request) {
        var id = request.dbInstanceIdentifier();
        var found = rows.seen().stream()
                .filter(row -> id == null
                        || row.dbInstanceIdentifier().equalsIgnoreCase(id)
                        || row.dbInstanceArn().equals(id))
                .filter(row -> live.containsKey(row.dbInstanceIdentifier()))
                .map(this::visible)
                .toList();
        if (id != null && found.isEmpty()) throw RdsErrors.noInstance(id);
        var page = Page.of(found, request.marker(), DbRules.records(request.maxRecords()), 100);
        return DescribeDbInstancesResponse.builder()
                .dbInstances(page.items())
                .marker(page.marker())
                .build();
    }

    /** A deleting instance shows no CA certificate (User Guide). */
    DBInstance visible(DBInstance row) {
        var builder = row.toBuilder().tagList(tags.of(row.dbInstanceArn())).latestRestorableTime(restorable(row));
        return (row.dbInstanceStatus().equals("deleting") ? builder.caCertificateIdentifier(null) : builder).build();
    }

    /** Within the last five minutes, where backups are on and the first is made (User Guide, "Restoring a DB instance to a specified time"). */
    private Instant restorable(DBInstance row) {
        var now = aws.world.now();
        var backedUp = row.backupRetentionPeriod() != null
                && row.backupRetentionPeriod() > 0
                && row.instanceCreateTime() != null
                && row.instanceCreateTime().plus(FIRST_BACKUP).isBefore(now);
        return backedUp ? now.minusSeconds(now.getEpochSecond() % LOGS_EVERY_SECONDS) : null;
    }

    DeleteDbInstanceResponse delete(DeleteDbInstanceRequest request) {
        var database = truth(request.dbInstanceIdentifier());
        var skip = Boolean.TRUE.equals(request.skipFinalSnapshot());
        var last = request.finalDBSnapshotIdentifier();
        if (database.status().equals("deleting"))
            throw RdsErrors.instanceState("Instance " + database.id() + " is already being deleted.");
        if (Boolean.TRUE.equals(database.shown.deletionProtection()))
            throw RdsErrors.combination(
                    "Cannot delete protected DB Instance, please disable deletion protection and try again.");
        if (skip && last != null)
            throw RdsErrors.combination(
                    "FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is specified");
        if (!skip && last == null)
            throw RdsErrors.combination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
        if (!skip && List.of("creating", "failed").contains(database.status()))
            throw RdsErrors.instanceState("Cannot create a final snapshot because instance " + database.id()
                    + " is currently in " + database.status() + " state");
        var time = aws.world.draw(Duration.ofMinutes(5));
        if (last != null) {
            snapshots.requireFree(DbRules.name("FinalDBSnapshotIdentifier", last, 255));
            var snapshot = aws.world.draw(Duration.ofMinutes(3));
            snapshots.take(last.toLowerCase(), "manual", database, snapshot);
            time = time.plus(snapshot);
        }
        var kept = Boolean.FALSE.equals(request.deleteAutomatedBackups()) && database.shown.backupRetentionPeriod() > 0;
        if (kept) backups.retain(database);
        status(database, "deleting");
        aws.world.after(time, () -> gone(database, kept));
        return DeleteDbInstanceResponse.builder()
                .dbInstance(visible(database.shown))
                .build();
    }

    private void gone(LiveDatabase database, boolean backupsKept) {
        live.remove(database.id());
        rows.remove(database.id());
        tags.delete(database.shown.dbInstanceArn());
        if (!backupsKept) snapshots.forgetAutomated(database.shown.dbiResourceId());
        release(database);
        snapshots.event(database.id(), "deletion", "DB instance deleted");
    }

    void release(LiveDatabase database) {
        database.interfaces.forEach(one -> aws.ec2.release(one, Duration.ofSeconds(30 + aws.world.below(91))));
        database.interfaces.clear();
        database.subnets.clear();
    }

    LiveDatabase truth(String id) {
        var database = id == null ? null : live.get(id.toLowerCase());
        if (database == null) throw RdsErrors.noInstance(id);
        return database;
    }

    List<LiveDatabase> all() {
        return List.copyOf(live.values());
    }

    /** A deleting instance keeps its status to the end. */
    void status(LiveDatabase database, String status) {
        if (live.get(database.id()) != database || database.status().equals("deleting")) return;
        var next = status.equals("available") ? tended.orElse(status) : status;
        database.shown = database.shown.toBuilder().dbInstanceStatus(next).build();
        show(database);
    }

    void show(LiveDatabase database) {
        if (live.get(database.id()) == database) rows.put(database.id(), database.shown);
    }
}
