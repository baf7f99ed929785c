package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.*;

/** Automated backups: those of an instance that is there, and those that were kept when it was deleted, for as many days as it kept them. */
final class DbBackups {
    /** Logs are saved every five minutes (User Guide, "Restoring a DB instance to a specified time"). */
    private static final Duration LOGS = Duration.ofMinutes(5);

    private record Retained(LiveDatabase of, Instant until) {}

    private final SimAws aws;
    private final DbInstances instances;
    private final Map<String, Retained> retained = new LinkedHashMap<>();

    DbBackups(SimAws aws, DbInstances instances) {
        this.aws = aws;
        this.instances = instances;
    }

    void retain(LiveDatabase database) {
        var resource = database.shown.dbiResourceId();
        retained.put(resource, new Retained(database, aws.world.now()));
        aws.world.after(Duration.ofDays(database.shown.backupRetentionPeriod()), () -> retained.remove(resource));
    }

    DescribeDbInstanceAutomatedBackupsResponse describe(DescribeDbInstanceAutomatedBackupsRequest request) {
        var id = request.dbInstanceIdentifier();
        var resource = request.dbiResourceId();
        var found = all().stream()
                .filter(backup -> id == null || backup.dbInstanceIdentifier().equalsIgnoreCase(id))
                .filter(backup -> resource == null || backup.dbiResourceId().equals(resource))
                .toList();
        if (resource != null && found.isEmpty()) throw none(resource);
        var page = Page.of(found, request.marker(), DbRules.records(request.maxRecords()), 100);
        return DescribeDbInstanceAutomatedBackupsResponse.builder()
                .dbInstanceAutomatedBackups(page.items())
                .marker(page.marker())
                .build();
    }

    private static software.amazon.awssdk.awscore.exception.AwsServiceException none(String resource) {
        return RdsErrors.of(
                "DBInstanceAutomatedBackupNotFound", "DBInstanceAutomatedBackup " + resource + " not found.");
    }

    private List<DBInstanceAutomatedBackup> all() {
        var all = new ArrayList<DBInstanceAutomatedBackup>();
        for (var database : instances.all()) {
            if (database.shown.backupRetentionPeriod() > 0) all.add(backup(database, null));
        }
        retained.values().stream()
                .filter(kept -> instances.all().stream().noneMatch(one -> one == kept.of()))
                .forEach(kept -> all.add(backup(kept.of(), kept.until())));
        return all;
    }

    private DBInstanceAutomatedBackup backup(LiveDatabase database, Instant until) {
        var of = database.shown;
        var began = of.instanceCreateTime();
        var status = until != null ? "retained" : began == null ? "creating" : "active";
        return DBInstanceAutomatedBackup.builder()
                .dbInstanceIdentifier(of.dbInstanceIdentifier())
                .dbiResourceId(of.dbiResourceId())
                .dbInstanceArn(of.dbInstanceArn())
                .status(status)
                .engine(of.engine())
                .engineVersion(of.engineVersion())
                .masterUsername(of.masterUsername())
                .allocatedStorage(of.allocatedStorage())
                .encrypted(of.storageEncrypted())
                .kmsKeyId(of.kmsKeyId())
                .backupRetentionPeriod(of.backupRetentionPeriod())
                .restoreWindow(began == null ? null : window(database, until))
                .build();
    }

    private RestoreWindow window(LiveDatabase database, Instant until) {
        var now = aws.world.now();
        var latest = until != null ? until : now.minus(LOGS);
        var began = database.shown.instanceCreateTime();
        var kept = now.minus(Duration.ofDays(database.shown.backupRetentionPeriod()));
        var earliest = began.isAfter(kept) ? began : kept;
        return RestoreWindow.builder()
                .earliestTime(earliest)
                .latestTime(latest.isBefore(earliest) ? earliest : latest)
                .build();
    }

    /** What a restore to that moment begins with. */
    DbSnapshots.Content content(RestoreDbInstanceToPointInTimeRequest request) {
        var database = source(request);
        if (database.shown.backupRetentionPeriod() == 0)
            throw RdsErrors.of(
                    "PointInTimeRestoreNotEnabled",
                    "Point in time restore is not enabled for DB instance " + database.id());
        var kept = retained.get(database.shown.dbiResourceId());
        if (database.shown.instanceCreateTime() == null) throw RdsErrors.instanceState("DB instance is not available.");
        var window = window(database, kept == null ? null : kept.until());
        var latest = Boolean.TRUE.equals(request.useLatestRestorableTime());
        if (latest == (request.restoreTime() != null))
            throw RdsErrors.combination("Specify either RestoreTime or UseLatestRestorableTime.");
        var at = latest ? window.latestTime() : request.restoreTime();
        if (at.isAfter(window.latestTime()) || at.isBefore(window.earliestTime()))
            throw RdsErrors.value(
                    "The specified instance cannot be restored to a time earlier than " + window.earliestTime()
                            + " or later than " + window.latestTime() + " because its backups do not reach there.");
        return DbSnapshots.Content.of(database, at);
    }

    private LiveDatabase source(RestoreDbInstanceToPointInTimeRequest request) {
        if (request.sourceDBInstanceIdentifier() != null) return instances.truth(request.sourceDBInstanceIdentifier());
        var resource = request.sourceDbiResourceId();
        var there = instances.all().stream()
                .filter(one -> one.shown.dbiResourceId().equals(resource))
                .findFirst();
        if (there.isPresent()) return there.get();
        if (!retained.containsKey(resource)) throw none(resource);
        return retained.get(resource).of();
    }
}
