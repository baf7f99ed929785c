package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.sim.LiveCache.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.elasticache.model.*;

/** Changes of a replication group: one at a time, each only while the group and all its members are available. */
final class CacheChanges {
    private final SimAws aws;
    private final ReplicationGroups groups;
    private final CacheSnapshots snapshots;

    CacheChanges(SimAws aws, ReplicationGroups groups, CacheSnapshots snapshots) {
        this.aws = aws;
        this.groups = groups;
        this.snapshots = snapshots;
    }

    ModifyReplicationGroupResponse modify(ModifyReplicationGroupRequest request) {
        var cache = groups.truth(request.replicationGroupId());
        groups.requireAvailable(cache);
        if (request.authToken() != null || request.authTokenUpdateStrategy() != null) return token(cache, request);
        if (!request.securityGroupIds().isEmpty())
            groups.requireGroups(request.securityGroupIds(), cache.subnets.vpcId());
        var before = cache.settings;
        var next = settings(cache, request);
        var now = Boolean.TRUE.equals(request.applyImmediately());
        if (now && (request.cacheNodeType() != null || request.engineVersion() != null)) requireIdle(cache);
        deferred(cache, request);
        if (!request.securityGroupIds().isEmpty()) cache.groups = List.copyOf(request.securityGroupIds());
        if (request.preferredMaintenanceWindow() != null
                && Windows.overlap(
                        request.preferredMaintenanceWindow(),
                        Objects.requireNonNullElse(request.snapshotWindow(), cache.settings.snapshotWindow())))
            // Also while backups are off (terraform#17247).
            throw CacheErrors.value("The snapshot window and maintenance window must not overlap.");
        if (request.preferredMaintenanceWindow() != null)
            cache.maintenanceWindow = request.preferredMaintenanceWindow().toLowerCase();
        var switches = next.automaticFailover() != cache.settings.automaticFailover()
                || next.multiAZ() != cache.settings.multiAZ();
        if (switches || now && (cache.nextNodeType != null || cache.nextVersion != null)) requireIdle(cache);
        if (switches) switching(cache, next);
        else cache.settings = next;
        groups.show(cache);
        if (switches || now && (cache.nextNodeType != null || cache.nextVersion != null))
            work(cache, before, next, now);
        else if (cache.nextNodeType != null || cache.nextVersion != null) inWindow(cache);
        return ModifyReplicationGroupResponse.builder()
                .replicationGroup(cache.group())
                .build();
    }

    /** What holds at once, and what failover and Multi-AZ are to become. */
    private ReplicationGroup settings(LiveCache cache, ModifyReplicationGroupRequest request) {
        var next = cache.settings.toBuilder();
        if (request.replicationGroupDescription() != null) next.description(request.replicationGroupDescription());
        if (request.snapshotRetentionLimit() != null) next.snapshotRetentionLimit(request.snapshotRetentionLimit());
        if (request.snapshotWindow() != null) next.snapshotWindow(request.snapshotWindow());
        if (request.autoMinorVersionUpgrade() != null) next.autoMinorVersionUpgrade(request.autoMinorVersionUpgrade());
        var failover = Objects.requireNonNullElse(
                request.automaticFailoverEnabled(),
                cache.settings.automaticFailover() == AutomaticFailoverStatus.ENABLED);
        var multiAz =
                Objects.requireNonNullElse(request.multiAZEnabled(), cache.settings.multiAZ() == MultiAZStatus.ENABLED);
        if (failover && cache.members.size() < 2)
            throw CacheErrors.state(
                    "Replication group must have at least one read replica to enable automatic failover.");
        if (multiAz && !failover) throw CacheErrors.combination("Multi-AZ needs automatic failover.");
        if (request.transitEncryptionEnabled() != null || request.transitEncryptionMode() != null)
            throw new UnsupportedOperationException("change of the encryption in transit");
        return next.automaticFailover(failover ? AutomaticFailoverStatus.ENABLED : AutomaticFailoverStatus.DISABLED)
                .multiAZ(multiAz ? MultiAZStatus.ENABLED : MultiAZStatus.DISABLED)
                .build();
    }

    private static void switching(LiveCache cache, ReplicationGroup next) {
        var from = cache.settings.automaticFailover();
        var to = next.automaticFailover();
        var shown = from == to
                ? from
                : to == AutomaticFailoverStatus.ENABLED
                        ? AutomaticFailoverStatus.ENABLING
                        : AutomaticFailoverStatus.DISABLING;
        cache.settings = next.toBuilder()
                .automaticFailover(shown)
                .multiAZ(cache.settings.multiAZ())
                .build();
    }

    private static void deferred(LiveCache cache, ModifyReplicationGroupRequest request) {
        if (request.cacheNodeType() != null) {
            CacheRules.nodeType(request.cacheNodeType());
            cache.nextNodeType =
                    request.cacheNodeType().equals(cache.settings.cacheNodeType()) ? null : request.cacheNodeType();
        }
        if (request.engineVersion() == null) return;
        var version = CacheRules.version(request.engineVersion());
        if (version.compareTo(cache.version) < 0)
            throw CacheErrors.combination("Cannot modify replication group from engine version " + cache.version
                    + " to " + version + ": there is no downgrade.");
        cache.nextVersion = version.equals(cache.version) ? null : version;
    }

    /**
     * A token change is a call of its own. ROTATE lets the old token in beside the new one until SET; where there are two already, the oldest goes (ElastiCache user
     * guide, "Rotating the AUTH token").
     */
    private ModifyReplicationGroupResponse token(LiveCache cache, ModifyReplicationGroupRequest request) {
        if (request.authToken() == null) throw CacheErrors.combination("AuthTokenUpdateStrategy needs AuthToken.");
        CacheRules.token(request.authToken());
        if (!Boolean.TRUE.equals(cache.settings.transitEncryptionEnabled()))
            throw CacheErrors.combination("The AUTH token is only supported when encryption-in-transit is enabled.");
        if (!Boolean.TRUE.equals(request.applyImmediately()))
            throw CacheErrors.combination("A change of the AUTH token needs ApplyImmediately.");
        var set = request.authTokenUpdateStrategy() == AuthTokenUpdateStrategyType.SET;
        requireIdle(cache);
        var shown = cache.settings.toBuilder()
                .pendingModifiedValues(ReplicationGroupPendingModifiedValues.builder()
                        .authTokenStatus(set ? AuthTokenUpdateStatus.SETTING : AuthTokenUpdateStatus.ROTATING)
                        .build());
        cache.settings = shown.build();
        busy(cache, Duration.ofMinutes(3), () -> {
            if (set) cache.tokens.clear();
            cache.tokens.add(request.authToken());
            if (cache.tokens.size() > 2)
                cache.tokens.remove(cache.tokens.iterator().next());
            cache.settings = cache.settings.toBuilder()
                    .authTokenEnabled(true)
                    .authTokenLastModifiedDate(aws.world.now())
                    .pendingModifiedValues(
                            ReplicationGroupPendingModifiedValues.builder().build())
                    .build();
        });
        groups.show(cache);
        return ModifyReplicationGroupResponse.builder()
                .replicationGroup(cache.group())
                .build();
    }

    private void work(LiveCache cache, ReplicationGroup before, ReplicationGroup next, boolean pendingToo) {
        busy(
                cache,
                Duration.ofMinutes(pendingToo && (cache.nextNodeType != null || cache.nextVersion != null) ? 9 : 2),
                () -> {
                    if (aws.incidents.changesTakenBack) {
                        takeBack(cache, before);
                        return;
                    }
                    var done = cache.settings.toBuilder()
                            .automaticFailover(next.automaticFailover())
                            .multiAZ(next.multiAZ());
                    if (pendingToo && cache.nextNodeType != null) done.cacheNodeType(cache.nextNodeType);
                    if (pendingToo && cache.nextVersion != null) cache.version = cache.nextVersion;
                    cache.settings = done.build();
                    if (pendingToo) {
                        cache.nextNodeType = null;
                        cache.nextVersion = null;
                        cache.parameterGroup = cache.parameterGroup.startsWith("default.")
                                ? CacheRules.parameterGroup(cache.version)
                                : cache.parameterGroup;
                    }
                    snapshots.event(cache.id, "Modification of replication group " + cache.id + " completed.");
                });
    }

    /** Scaling that failed: available again, as it was (ACK, elasticache-controller hooks.go). */
    private void takeBack(LiveCache cache, ReplicationGroup before) {
        cache.settings = cache.settings.toBuilder()
                .automaticFailover(before.automaticFailover())
                .multiAZ(before.multiAZ())
                .build();
        cache.nextNodeType = null;
        cache.nextVersion = null;
        snapshots.event(cache.id, "Modification of replication group " + cache.id + " failed and was rolled back.");
    }

    private void inWindow(LiveCache cache) {
        var now = aws.world.now();
        aws.world.after(Duration.between(now, Windows.nextWeekly(cache.maintenanceWindow, now)), () -> {
            if (cache.status.equals("available")
                    && !cache.changing
                    && (cache.nextNodeType != null || cache.nextVersion != null))
                work(cache, cache.settings, cache.settings, true);
            else if (cache.nextNodeType != null || cache.nextVersion != null) inWindow(cache);
        });
    }

    /** The status follows an accepted change late: up to half a minute (terraform-provider-aws#40320). */
    private void busy(LiveCache cache, Duration usual, Runnable done) {
        requireIdle(cache);
        cache.changing = true;
        aws.world.after(Duration.ofSeconds(aws.world.below(30)), () -> {
            groups.status(cache, "modifying");
            aws.world.after(aws.world.draw(usual), () -> {
                done.run();
                cache.changing = false;
                groups.status(cache, "available");
                groups.show(cache);
            });
        });
    }

    /** What is refused has changed nothing. */
    private static void requireIdle(LiveCache cache) {
        if (cache.changing) throw CacheErrors.state("Replication group " + cache.id + " is being modified.");
    }

    IncreaseReplicaCountResponse increase(IncreaseReplicaCountRequest request) {
        var cache = groups.truth(request.replicationGroupId());
        var more = wanted(cache, request.applyImmediately(), request.newReplicaCount()) - cache.members.size();
        if (more < 0) throw CacheErrors.value("The new replica count must be greater than the current one.");
        List<Member> added = new ArrayList<>();
        // A member is still being created when the group says available again.
        busy(
                cache,
                Duration.ofMinutes(4),
                () -> aws.world.after(aws.world.draw(Duration.ofSeconds(90)), () -> {
                    if (cache.status.equals("deleting")) return;
                    added.forEach(member -> member.status = "available");
                    groups.show(cache);
                }));
        for (var i = 0; i < more; i++) added.add(groups.addMember(cache));
        groups.show(cache);
        return IncreaseReplicaCountResponse.builder()
                .replicationGroup(cache.group())
                .build();
    }

    DecreaseReplicaCountResponse decrease(DecreaseReplicaCountRequest request) {
        var cache = groups.truth(request.replicationGroupId());
        var fewer = cache.members.size() - wanted(cache, request.applyImmediately(), request.newReplicaCount());
        if (fewer < 0) throw CacheErrors.value("The new replica count must be less than the current one.");
        if (request.newReplicaCount() < 1 && cache.settings.automaticFailover() == AutomaticFailoverStatus.ENABLED)
            throw CacheErrors.combination(
                    "At least one replica is needed while automatic failover or Multi-AZ is enabled.");
        var removed = List.copyOf(cache.members.subList(cache.members.size() - fewer, cache.members.size()));
        busy(
                cache,
                Duration.ofMinutes(3),
                () -> aws.world.after(aws.world.draw(Duration.ofSeconds(60)), () -> {
                    removed.forEach(member -> groups.removeMember(cache, member));
                    groups.show(cache);
                }));
        removed.forEach(member -> member.status = "deleting");
        groups.show(cache);
        return DecreaseReplicaCountResponse.builder()
                .replicationGroup(cache.group())
                .build();
    }

    /** The number of members that is asked for. */
    private int wanted(LiveCache cache, Boolean now, Integer replicas) {
        groups.requireAvailable(cache);
        if (!Boolean.TRUE.equals(now))
            throw CacheErrors.value("ApplyImmediately must be true to change the number of replicas.");
        if (replicas == null || replicas < 0 || replicas > 5)
            throw CacheErrors.value("NewReplicaCount must be between 0 and 5.");
        if (replicas + 1 == cache.members.size())
            throw CacheErrors.of(
                    "NoOperationFault", "The replication group has the requested number of replicas already.");
        return replicas + 1;
    }

    /** Tagging makes the group busy for a moment (terraform-provider-aws#33859). */
    void tagged(LiveCache cache) {
        groups.status(cache, "modifying");
        aws.world.after(aws.world.draw(Duration.ofSeconds(20)), () -> {
            if (cache.status.equals("modifying") && !cache.changing) groups.status(cache, "available");
        });
    }
}
