package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticache.model.*;

/** Snapshots and events of ElastiCache. A manual snapshot outlives its group. */
final class CacheSnapshots {
    private final SimAws aws;
    private final CacheTags tags;
    private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();

    CacheSnapshots(SimAws aws, CacheTags tags) {
        this.aws = aws;
        this.tags = tags;
    }

    /** Host names carry a short form of the region: afs1 for af-south-1. */
    static String abbreviation(String region) {
        var parts = region.split("-");
        var way = parts[1].length() > 5 ? parts[1].charAt(0) + "" + parts[1].charAt(5) : parts[1].substring(0, 1);
        return parts[0] + way + parts[2];
    }

    void requireFree(String name) {
        if (snapshots.containsKey(name))
            throw CacheErrors.of("SnapshotAlreadyExistsFault", "Snapshot with specified name already exists.");
    }

    void take(String name, String source, LiveCache cache, Duration time) {
        var arn = aws.arn("elasticache", "snapshot:" + name);
        tags.create(arn, tags.of(cache.arn));
        snapshots.put(
                name,
                Snapshot.builder()
                        .snapshotName(name)
                        .arn(arn)
                        .replicationGroupId(cache.id)
                        .replicationGroupDescription(cache.settings.description())
                        .snapshotStatus("creating")
                        .snapshotSource(source)
                        .cacheNodeType(cache.settings.cacheNodeType())
                        .engine(cache.settings.engine())
                        .engineVersion(cache.version)
                        .port(cache.port)
                        .cacheSubnetGroupName(cache.subnets.cacheSubnetGroupName())
                        .vpcId(cache.subnets.vpcId())
                        .numNodeGroups(1)
                        .build());
        aws.world.after(
                time,
                () -> snapshots.computeIfPresent(name, (key, taken) -> taken.toBuilder()
                        .snapshotStatus("available")
                        .build()));
    }

    void forget(String name) {
        if (snapshots.remove(name) != null) tags.delete(aws.arn("elasticache", "snapshot:" + name));
    }

    void forgetAutomated(String group) {
        snapshots.values().stream()
                .filter(taken -> taken.snapshotSource().equals("automated")
                        && taken.replicationGroupId().equals(group))
                .map(Snapshot::snapshotName)
                .toList()
                .forEach(this::forget);
    }

    Map<String, Snapshot> all() {
        return Map.copyOf(snapshots);
    }

    DescribeSnapshotsResponse describe(DescribeSnapshotsRequest request) {
        var found = snapshots.values().stream()
                .filter(taken ->
                        request.snapshotName() == null || taken.snapshotName().equals(request.snapshotName()))
                .filter(taken -> request.replicationGroupId() == null
                        || taken.replicationGroupId().equalsIgnoreCase(request.replicationGroupId()))
                .filter(taken -> request.snapshotSource() == null
                        || taken.snapshotSource()
                                .equals(request.snapshotSource().equals("user") ? "manual" : "automated"))
                .toList();
        if (request.snapshotName() != null && found.isEmpty())
            throw CacheErrors.of("SnapshotNotFoundFault", "Snapshot " + request.snapshotName() + " not found.");
        var page = Page.of(found, request.marker(), request.maxRecords(), 50);
        return DescribeSnapshotsResponse.builder()
                .snapshots(page.items())
                .marker(page.marker())
                .build();
    }

    void event(String group, String message) {
        events.add(Event.builder()
                .sourceIdentifier(group)
                .sourceType(SourceType.REPLICATION_GROUP)
                .message(message)
                .date(aws.world.now())
                .build());
        // Kept for 14 days (API reference, DescribeEvents).
        events.removeIf(event -> event.date().isBefore(aws.world.now().minus(Duration.ofDays(14))));
    }

    DescribeEventsResponse events(DescribeEventsRequest request) {
        var now = aws.world.now();
        var from = request.startTime() != null
                ? request.startTime()
                : now.minus(Duration.ofMinutes(request.duration() == null ? 60 : request.duration()));
        var found = events.stream()
                .filter(event -> !event.date().isBefore(from)
                        && (request.endTime() == null || event.date().isBefore(request.endTime())))
                .filter(event -> request.sourceIdentifier() == null
                        || event.sourceIdentifier().equals(request.sourceIdentifier()))
                .filter(event -> request.sourceType() == null || event.sourceType() == request.sourceType())
                .toList();
        var page = Page.of(found, request.marker(), CacheRules.records(request.maxRecords()), 100);
        return DescribeEventsResponse.builder()
                .events(page.items())
                .marker(page.marker())
                .build();
    }
}
