package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.*;

/** Snapshots and events of RDS. A manual snapshot outlives its instance. What is restored from one is the instance as it was then, with its password and data. */
final class DbSnapshots {
    private final SimAws aws;
    private final RdsTags tags;
    /** An instance as it was at one moment. */
    record Content(DBInstance of, String password, int port, String data) {
        static Content of(LiveDatabase database, Instant at) {
            return new Content(database.shown, database.password, database.port, database.data(at));
        }
    }

    private final Map<String, DBSnapshot> snapshots = new LinkedHashMap<>();
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private final Map<Long, Event> events = new LinkedHashMap<>();
    private long sequence;

    DbSnapshots(SimAws aws, RdsTags tags) {
        this.aws = aws;
        this.tags = tags;
    }

    void requireFree(String id) {
        if (snapshots.containsKey(id))
            throw RdsErrors.of(
                    "DBSnapshotAlreadyExists",
                    "Cannot create the snapshot because a snapshot with the identifier " + id + " already exists.");
    }

    Content content(String id) {
        return contents.get(id);
    }

    CreateDbSnapshotResponse create(CreateDbSnapshotRequest request, LiveDatabase database) {
        var id = DbRules.name("DBSnapshotIdentifier", request.dbSnapshotIdentifier(), 255);
        requireFree(id);
        if (!database.available()) throw RdsErrors.instanceState("Database instance is not in available state.");
        take(id, "manual", database, aws.world.draw(Duration.ofMinutes(3)));
        return CreateDbSnapshotResponse.builder().dbSnapshot(snapshots.get(id)).build();
    }

    void take(String id, String type, LiveDatabase database, Duration time) {
        var of = database.shown;
        contents.put(id, Content.of(database, aws.world.now()));
        var arn = aws.arn("rds", "snapshot:" + id);
        tags.create(arn, Boolean.TRUE.equals(of.copyTagsToSnapshot()) ? tags.of(of.dbInstanceArn()) : List.of());
        snapshots.put(
                id,
                DBSnapshot.builder()
                        .dbSnapshotIdentifier(id)
                        .dbSnapshotArn(arn)
                        .dbInstanceIdentifier(of.dbInstanceIdentifier())
                        .dbiResourceId(of.dbiResourceId())
                        .snapshotType(type)
                        .status("creating")
                        .percentProgress(0)
                        .engine(of.engine())
                        .engineVersion(of.engineVersion())
                        .allocatedStorage(of.allocatedStorage())
                        .storageType(of.storageType())
                        .encrypted(of.storageEncrypted())
                        .kmsKeyId(of.kmsKeyId())
                        .masterUsername(of.masterUsername())
                        .port(of.dbInstancePort())
                        .vpcId(of.dbSubnetGroup().vpcId())
                        .build());
        aws.world.after(
                time,
                () -> snapshots.computeIfPresent(id, (key, taken) -> taken.toBuilder()
                        .status("available")
                        .percentProgress(100)
                        .snapshotCreateTime(aws.world.now())
                        .build()));
    }

    /** Automated snapshots go with their instance, and after their retention. */
    void forget(String id) {
        contents.remove(id);
        if (snapshots.remove(id) != null) tags.delete(aws.arn("rds", "snapshot:" + id));
    }

    void forgetAutomated(String resourceId) {
        snapshots.values().stream()
                .filter(taken -> taken.snapshotType().equals("automated")
                        && taken.dbiResourceId().equals(resourceId))
                .map(DBSnapshot::dbSnapshotIdentifier)
                .toList()
                .forEach(this::forget);
    }

    Map<String, DBSnapshot> all() {
        return Map.copyOf(snapshots);
    }

    DescribeDbSnapshotsResponse describe(DescribeDbSnapshotsRequest request) {
        var found = snapshots.values().stream()
                .filter(taken -> request.dbSnapshotIdentifier() == null
                        || taken.dbSnapshotArn().equals(request.dbSnapshotIdentifier())
                        || taken.dbSnapshotIdentifier().equalsIgnoreCase(request.dbSnapshotIdentifier()))
                .filter(taken -> request.dbInstanceIdentifier() == null
                        || taken.dbInstanceIdentifier().equalsIgnoreCase(request.dbInstanceIdentifier()))
                .filter(taken ->
                        request.dbiResourceId() == null || taken.dbiResourceId().equals(request.dbiResourceId()))
                .filter(taken ->
                        request.snapshotType() == null || taken.snapshotType().equals(request.snapshotType()))
                .map(taken -> taken.toBuilder()
                        .tagList(tags.of(taken.dbSnapshotArn()))
                        .build())
                .toList();
        if (request.dbSnapshotIdentifier() != null && found.isEmpty())
            throw RdsErrors.of("DBSnapshotNotFound", "DBSnapshot " + request.dbSnapshotIdentifier() + " not found.");
        var page = Page.of(found, request.marker(), DbRules.records(request.maxRecords()), 100);
        return DescribeDbSnapshotsResponse.builder()
                .dbSnapshots(page.items())
                .marker(page.marker())
                .build();
    }

    void event(String instance, String category, String message) {
        events.put(
                sequence++,
                Event.builder()
                        .sourceIdentifier(instance)
                        .sourceType(SourceType.DB_INSTANCE)
                        .sourceArn(aws.arn("rds", "db:" + instance))
                        .eventCategories(category)
                        .message(message)
                        .date(aws.world.now())
                        .build());
        // Events are kept for 14 days (API reference, DescribeEvents).
        events.values().removeIf(event -> event.date().isBefore(aws.world.now().minus(Duration.ofDays(14))));
    }

    /** Without a start or a duration: the last hour (API reference, DescribeEvents). */
    DescribeEventsResponse events(DescribeEventsRequest request) {
        var now = aws.world.now();
        var from = request.startTime() != null
                ? request.startTime()
                : now.minus(Duration.ofMinutes(request.duration() == null ? 60 : request.duration()));
        var found = events.values().stream()
                .filter(event -> !event.date().isBefore(from)
                        && (request.endTime() == null || event.date().isBefore(request.endTime())))
                .filter(event -> request.sourceIdentifier() == null
                        || event.sourceIdentifier().equals(request.sourceIdentifier()))
                .filter(event -> request.sourceType() == null || event.sourceType() == request.sourceType())
                .toList();
        var page = Page.of(found, request.marker(), DbRules.records(request.maxRecords()), 100);
        return DescribeEventsResponse.builder()
                .events(page.items())
                .marker(page.marker())
                .build();
    }
}
