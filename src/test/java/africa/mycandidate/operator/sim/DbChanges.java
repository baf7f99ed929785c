package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.rds.model.*;

/**
 * Changes of a database instance: what is in force at once, what waits for the maintenance window, and how long it takes (User Guide,
 * Overview.DBInstance.Modifying). An accepted change shows in the status only after a while.
 */
final class DbChanges {
    private static final Duration REST = Duration.ofHours(6);

    private final SimAws aws;
    private final DbInstances instances;
    private final DbSubnetGroups subnetGroups;
    private final DbParameterGroups parameterGroups;
    private final DbSnapshots snapshots;

    DbChanges(
            SimAws aws,
            DbInstances instances,
            DbSubnetGroups subnetGroups,
            DbParameterGroups parameterGroups,
            DbSnapshots snapshots) {
        this.aws = aws;
        this.instances = instances;
        this.subnetGroups = subnetGroups;
        this.parameterGroups = parameterGroups;
        this.snapshots = snapshots;
    }

    ModifyDbInstanceResponse modify(ModifyDbInstanceRequest request) {
        var database = instances.truth(request.dbInstanceIdentifier());
        requireModifiable(database, request);
        if (request.newDBInstanceIdentifier() != null)
            throw new UnsupportedOperationException("rename of a DB instance");
        var pending = pending(database, request);
        var next = atOnce(database, request);
        var waiting = !pending.toBuilder()
                .masterUserPassword(null)
                .build()
                .equals(PendingModifiedValues.builder().build());
        var flush = waiting && Boolean.TRUE.equals(request.applyImmediately());
        var moves = parameterGroupMoves(database, request)
                || groupsMove(database, request)
                || request.masterUserPassword() != null
                || request.dbPortNumber() != null && request.dbPortNumber() != database.port;
        if (next.equals(database.shown) && pending.equals(database.pending()) && !flush && !moves)
            throw RdsErrors.combination("No modifications were requested");
        database.shown = next.toBuilder().pendingModifiedValues(pending).build();
        soon(database, request);
        instances.show(database);
        if (flush) flush(database);
        else if (waiting) flushInWindow(database);
        return ModifyDbInstanceResponse.builder()
                .dbInstance(instances.visible(database.shown))
                .build();
    }

    /** From storage-full the only way out is a change of the storage (ACK, rds-controller needStorageUpdate). */
    private void requireModifiable(LiveDatabase database, ModifyDbInstanceRequest request) {
        if (!database.available() && !(database.status().equals("storage-full") && request.allocatedStorage() != null))
            throw RdsErrors.instanceState("Database instance is not in available state.");
        if (request.masterUserPassword() != null) DbRules.password(request.masterUserPassword());
        DbRules.retention(request.backupRetentionPeriod());
        DbRules.windows(request.preferredMaintenanceWindow(), request.preferredBackupWindow());
        if (request.preferredMaintenanceWindow() != null)
            DbRules.apart(
                    request.preferredMaintenanceWindow(),
                    Objects.requireNonNullElse(
                            request.preferredBackupWindow(), database.shown.preferredBackupWindow()));
        if (!request.vpcSecurityGroupIds().isEmpty())
            instances.requireGroups(
                    request.vpcSecurityGroupIds(),
                    database.shown.dbSubnetGroup().vpcId());
        if (request.dbSubnetGroupName() != null) subnetGroups.truth(request.dbSubnetGroupName());
    }

    /** What is deferred without ApplyImmediately. Asking for the value in force cancels a pending one. */
    private PendingModifiedValues pending(LiveDatabase database, ModifyDbInstanceRequest request) {
        var shown = database.shown;
        var have = database.pending();
        var pending = have.toBuilder();
        if (request.dbInstanceClass() != null) {
            DbCatalog.offered(request.dbInstanceClass(), shown.engineVersion());
            pending.dbInstanceClass(unless(shown.dbInstanceClass(), request.dbInstanceClass()));
        }
        if (request.engineVersion() != null) pending.engineVersion(version(database, request));
        if (request.multiAZ() != null) pending.multiAZ(unless(shown.multiAZ(), request.multiAZ()));
        storage(database, request, pending);
        if (request.backupRetentionPeriod() != null
                && deferred(shown.backupRetentionPeriod(), request.backupRetentionPeriod()))
            pending.backupRetentionPeriod(request.backupRetentionPeriod());
        if (request.caCertificateIdentifier() != null)
            pending.caCertificateIdentifier(unless(shown.caCertificateIdentifier(), request.caCertificateIdentifier()));
        if (request.dbSubnetGroupName() != null)
            pending.dbSubnetGroupName(unless(
                    shown.dbSubnetGroup().dbSubnetGroupName(),
                    request.dbSubnetGroupName().toLowerCase()));
        return pending.build();
    }

    private static <T> T unless(T inForce, T asked) {
        return asked.equals(inForce) ? null : asked;
    }

    private static boolean deferred(int from, int to) {
        return from != to && (from == 0 || to == 0);
    }

    private String version(LiveDatabase database, ModifyDbInstanceRequest request) {
        var have = database.shown.engineVersion();
        if (have.equals(request.engineVersion()) || have.startsWith(request.engineVersion() + ".")) return null;
        var wanted = DbCatalog.resolve(request.engineVersion());
        if (database.changing && database.pending().engineVersion() != null)
            throw RdsErrors.value("Cannot upgrade because another engine version upgrade is already in progress.");
        var from = DbCatalog.major(have);
        var to = DbCatalog.major(wanted);
        DbCatalog.upgradable(have, wanted);
        DbCatalog.offered(database.shown.dbInstanceClass(), wanted);
        if (to > from && !Boolean.TRUE.equals(request.allowMajorVersionUpgrade()))
            throw RdsErrors.combination(
                    "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.");
        if (to > from) {
            var group =
                    request.dbParameterGroupName() != null ? request.dbParameterGroupName() : database.parameterGroup();
            instances.parameterGroup(group.startsWith("default.") ? null : group, wanted);
        }
        return wanted;
    }

    /** Storage only grows, by a tenth at least, and rests after each change. */
    private void storage(
            LiveDatabase database, ModifyDbInstanceRequest request, PendingModifiedValues.Builder pending) {
        var have = database.shown.allocatedStorage();
        var wanted = request.allocatedStorage();
        var type = request.storageType() == null
                ? database.shown.storageType()
                : request.storageType().toLowerCase();
        var changes = wanted != null && !wanted.equals(have) || !type.equals(database.shown.storageType());
        if (wanted != null) {
            if (wanted < have)
                throw RdsErrors.combination("Requested storage size (" + wanted
                        + ") cannot be less than the current storage size (" + have + ").");
            if (wanted > have && wanted * 10 < have * 11)
                throw RdsErrors.combination(
                        "Invalid storage size for engine name postgres: the new size must be at least 10 percent greater than the current size of "
                                + have + ".");
            pending.allocatedStorage(unless(have, wanted));
        }
        if (request.storageType() != null) pending.storageType(unless(database.shown.storageType(), type));
        DbRules.storage(
                type,
                wanted == null ? have : wanted,
                request.maxAllocatedStorage(),
                request.iops(),
                request.storageThroughput());
        if (changes
                && (aws.world.now().isBefore(database.storageRest)
                        || database.status().equals("storage-optimization")))
            throw RdsErrors.combination(
                    "You can't currently modify the storage of this DB instance because the previous storage change is being optimized.");
    }

    /** What AWS does at once, whatever ApplyImmediately says. */
    private DBInstance atOnce(LiveDatabase database, ModifyDbInstanceRequest request) {
        var shown = database.shown;
        var next = shown.toBuilder();
        set(request.autoMinorVersionUpgrade(), next, DBInstance.Builder::autoMinorVersionUpgrade);
        set(request.copyTagsToSnapshot(), next, DBInstance.Builder::copyTagsToSnapshot);
        set(request.deletionProtection(), next, DBInstance.Builder::deletionProtection);
        set(request.preferredBackupWindow(), next, DBInstance.Builder::preferredBackupWindow);
        if (request.preferredMaintenanceWindow() != null)
            next.preferredMaintenanceWindow(request.preferredMaintenanceWindow().toLowerCase());
        set(request.maxAllocatedStorage(), next, DBInstance.Builder::maxAllocatedStorage);
        set(request.publiclyAccessible(), next, DBInstance.Builder::publiclyAccessible);
        set(request.enableIAMDatabaseAuthentication(), next, DBInstance.Builder::iamDatabaseAuthenticationEnabled);
        set(request.databaseInsightsMode(), next, DBInstance.Builder::databaseInsightsMode);
        set(request.enablePerformanceInsights(), next, DBInstance.Builder::performanceInsightsEnabled);
        set(request.performanceInsightsRetentionPeriod(), next, DBInstance.Builder::performanceInsightsRetentionPeriod);
        if (Boolean.FALSE.equals(request.enablePerformanceInsights())
                && request.performanceInsightsRetentionPeriod() == null) next.performanceInsightsRetentionPeriod(null);
        if (Boolean.TRUE.equals(request.enablePerformanceInsights())
                && next.build().performanceInsightsRetentionPeriod() == null)
            next.performanceInsightsRetentionPeriod(7);
        if (request.backupRetentionPeriod() != null
                && !deferred(shown.backupRetentionPeriod(), request.backupRetentionPeriod()))
            next.backupRetentionPeriod(request.backupRetentionPeriod());
        DbRules.insights(next.build());
        return next.build();
    }

    private static <T> void set(T value, DBInstance.Builder builder, BiConsumer<DBInstance.Builder, T> field) {
        if (value != null) field.accept(builder, value);
    }

    private static boolean groupsMove(LiveDatabase database, ModifyDbInstanceRequest request) {
        var groups = request.vpcSecurityGroupIds();
        return !groups.isEmpty() && !(database.groups().containsAll(groups) && groups.containsAll(database.groups()));
    }

    private static boolean parameterGroupMoves(LiveDatabase database, ModifyDbInstanceRequest request) {
        return request.dbParameterGroupName() != null
                && !request.dbParameterGroupName().equalsIgnoreCase(database.parameterGroup());
    }

    /** Accepted at once and done a little later: groups, password, port, parameter group. */
    private void soon(LiveDatabase database, ModifyDbInstanceRequest request) {
        if (groupsMove(database, request)) {
            database.shown = database.shown.toBuilder()
                    .vpcSecurityGroups(LiveDatabase.memberships(request.vpcSecurityGroupIds(), "adding"))
                    .build();
            instances.release(database);
            instances.attach(database);
            aws.world.after(aws.world.draw(Duration.ofSeconds(20)), () -> {
                database.shown = database.shown.toBuilder()
                        .vpcSecurityGroups(LiveDatabase.memberships(database.groups(), "active"))
                        .build();
                instances.show(database);
            });
        }
        if (parameterGroupMoves(database, request)) {
            var group = instances.parameterGroup(
                    request.dbParameterGroupName(),
                    Objects.requireNonNullElse(database.pending().engineVersion(), database.shown.engineVersion()));
            database.shown = database.shown.toBuilder()
                    .dbParameterGroups(LiveDatabase.parameterStatus(group, "applying"))
                    .build();
            aws.world.after(aws.world.draw(Duration.ofSeconds(60)), () -> applied(database, "pending-reboot"));
        }
        if (request.masterUserPassword() != null) {
            database.nextPassword = request.masterUserPassword();
            database.shown = database.shown.toBuilder()
                    .pendingModifiedValues(database.pending().toBuilder()
                            .masterUserPassword("****")
                            .build())
                    .build();
            busy(database, "resetting-master-credentials", Duration.ofSeconds(45), () -> password(database));
        }
        if (request.dbPortNumber() != null && request.dbPortNumber() != database.port)
            busy(database, "rebooting", Duration.ofMinutes(2), () -> port(database, request.dbPortNumber()));
    }

    private void password(LiveDatabase database) {
        database.password = database.nextPassword;
        database.shown = database.shown.toBuilder()
                .pendingModifiedValues(
                        database.pending().toBuilder().masterUserPassword(null).build())
                .build();
    }

    private void port(LiveDatabase database, int port) {
        database.port = port;
        database.shown = database.shown.toBuilder()
                .endpoint(database.shown.endpoint().toBuilder().port(port).build())
                .build();
        rebooted(database);
    }

    private void applied(LiveDatabase database, String status) {
        if (!database.shown
                .dbParameterGroups()
                .getFirst()
                .parameterApplyStatus()
                .equals("applying")) return;
        database.shown = database.shown.toBuilder()
                .dbParameterGroups(LiveDatabase.parameterStatus(database.parameterGroup(), status))
                .build();
        instances.show(database);
    }

    /** Dynamic parameters are in force after a moment, static ones wait for a reboot. */
    void parametersChanged(String group) {
        for (var database : instances.all()) {
            if (!database.parameterGroup().equals(group)) continue;
            // A group that was attached and not yet booted with brings nothing into force.
            if (database.shown
                    .dbParameterGroups()
                    .getFirst()
                    .parameterApplyStatus()
                    .equals("pending-reboot")) continue;
            var values = parameterGroups.values(group);
            var reboot = values.entrySet().stream()
                    .anyMatch(entry -> DbParameterGroups.isStatic(entry.getKey())
                            && !entry.getValue().equals(database.parameters.get(entry.getKey())));
            database.shown = database.shown.toBuilder()
                    .dbParameterGroups(LiveDatabase.parameterStatus(group, "applying"))
                    .build();
            instances.show(database);
            aws.world.after(aws.world.draw(Duration.ofSeconds(20)), () -> {
                values.forEach((name, value) -> {
                    if (!DbParameterGroups.isStatic(name)) database.parameters.put(name, value);
                });
                applied(database, reboot ? "pending-reboot" : "in-sync");
            });
        }
    }

    RebootDbInstanceResponse reboot(RebootDbInstanceRequest request) {
        var database = instances.truth(request.dbInstanceIdentifier());
        if (!database.available()) throw RdsErrors.instanceState("Database instance is not in available state.");
        if (Boolean.TRUE.equals(request.forceFailover()) && !Boolean.TRUE.equals(database.shown.multiAZ()))
            throw RdsErrors.combination("Reboot with failover is available for Multi-AZ instances only.");
        instances.status(database, "rebooting");
        aws.world.after(aws.world.draw(Duration.ofSeconds(90)), () -> {
            rebooted(database);
            // What was accepted before may have begun meanwhile.
            if (database.status().equals("rebooting")) instances.status(database, "available");
        });
        snapshots.event(database.id(), "availability", "DB instance restarted");
        return RebootDbInstanceResponse.builder()
                .dbInstance(instances.visible(database.shown))
                .build();
    }

    private void rebooted(LiveDatabase database) {
        database.parameters = parameterGroups.values(database.parameterGroup());
        database.shown = database.shown.toBuilder()
                .dbParameterGroups(LiveDatabase.parameterStatus(database.parameterGroup(), "in-sync"))
                .build();
    }

    /** The status follows an accepted change late: up to a minute (terraform-provider-aws, rds/instance.go waits 1 min). */
    private void busy(LiveDatabase database, String status, Duration usual, Runnable done) {
        database.changing = true;
        aws.world.after(Duration.ofSeconds(aws.world.below(60)), () -> {
            instances.status(database, status);
            aws.world.after(aws.world.draw(usual), () -> {
                done.run();
                instances.status(database, "available");
                instances.show(database);
                next(database);
            });
        });
    }

    private void flushInWindow(LiveDatabase database) {
        var now = aws.world.now();
        aws.world.after(
                Duration.between(now, Windows.nextWeekly(database.shown.preferredMaintenanceWindow(), now)), () -> {
                    if (database.hasPending()) flush(database);
                });
    }

    /** What was accepted while the status still said available comes next. */
    private void next(LiveDatabase database) {
        database.changing = false;
        if (database.flushNext && database.hasPending()) flush(database);
        database.flushNext = false;
    }

    /** Applies everything that is pending, the older wishes too. */
    private void flush(LiveDatabase database) {
        if (database.changing) {
            database.flushNext = true;
            return;
        }
        database.changing = true;
        aws.world.after(Duration.ofSeconds(aws.world.below(60)), () -> {
            var work = database.pending();
            if (work.engineVersion() != null) snapshotBefore(database, work.engineVersion());
            instances.status(database, work.engineVersion() != null ? "upgrading" : "modifying");
            aws.world.after(aws.world.draw(time(work)), () -> {
                if (aws.incidents.changesTakenBack) takeBack(database, work);
                else finish(database, work);
                next(database);
            });
        });
    }

    /**
     * A major upgrade begins with a snapshot where automated backups are on, and without one where they are not (User Guide, "How to perform a major version upgrade
     * for RDS for PostgreSQL").
     */
    private void snapshotBefore(LiveDatabase database, String version) {
        var have = database.shown.engineVersion();
        if (DbCatalog.major(version) == DbCatalog.major(have) || database.shown.backupRetentionPeriod() == 0) return;
        var id = ("rds:preupgrade-" + database.id() + "-" + have + "-to-" + version).replace('.', '-');
        if (!snapshots.all().containsKey(id)) snapshots.take(id, "automated", database, Duration.ofMinutes(3));
    }

    private static Duration time(PendingModifiedValues work) {
        if (work.dbInstanceClass() != null) return Duration.ofMinutes(10);
        if (work.multiAZ() != null) return Duration.ofMinutes(12);
        if (work.engineVersion() != null) return Duration.ofMinutes(9);
        return Duration.ofMinutes(work.allocatedStorage() != null ? 4 : 2);
    }

    private void finish(LiveDatabase database, PendingModifiedValues work) {
        var next = database.shown.toBuilder();
        set(work.dbInstanceClass(), next, DBInstance.Builder::dbInstanceClass);
        set(work.engineVersion(), next, DBInstance.Builder::engineVersion);
        set(work.multiAZ(), next, DBInstance.Builder::multiAZ);
        set(work.allocatedStorage(), next, DBInstance.Builder::allocatedStorage);
        set(work.storageType(), next, DBInstance.Builder::storageType);
        set(work.backupRetentionPeriod(), next, DBInstance.Builder::backupRetentionPeriod);
        set(work.caCertificateIdentifier(), next, DBInstance.Builder::caCertificateIdentifier);
        if (work.dbSubnetGroupName() != null) next.dbSubnetGroup(subnetGroups.truth(work.dbSubnetGroupName()));
        var left = database.pending().toBuilder();
        clear(database.pending(), work, left);
        database.shown = next.pendingModifiedValues(left.build()).build();
        if (work.multiAZ() != null || work.dbSubnetGroupName() != null) {
            instances.release(database);
            instances.attach(database);
        }
        snapshots.event(database.id(), "configuration change", "Finished applying modification to the DB instance");
        if (work.allocatedStorage() != null || work.storageType() != null) optimize(database);
        else if (work.backupRetentionPeriod() != null && work.backupRetentionPeriod() > 0) instances.backup(database);
        else instances.status(database, "available");
    }

    /** The change did not come about: RDS shows the old values again, and says so in an event only (CFN RDS handler, EVENT_FAIL_CHECKERS). */
    private void takeBack(LiveDatabase database, PendingModifiedValues work) {
        var left = database.pending().toBuilder();
        clear(database.pending(), work, left);
        database.shown =
                database.shown.toBuilder().pendingModifiedValues(left.build()).build();
        snapshots.event(
                database.id(),
                "failure",
                "Unable to modify the DB instance class or storage: the modification was rolled back");
        instances.status(database, "available");
    }

    /** What RDS does in a window: the newest minor version that came out, where the instance takes it. */
    void upgradeMinors() {
        for (var database : instances.all()) {
            if (!database.available() || !Boolean.TRUE.equals(database.shown.autoMinorVersionUpgrade())) continue;
            database.shown = database.shown.toBuilder()
                    .engineVersion(DbCatalog.newestMinor(database.shown.engineVersion()))
                    .build();
            instances.show(database);
        }
    }

    /** Removes what is done, and keeps a newer wish for the same field. */
    private static void clear(
            PendingModifiedValues now, PendingModifiedValues done, PendingModifiedValues.Builder left) {
        if (Objects.equals(now.dbInstanceClass(), done.dbInstanceClass())) left.dbInstanceClass(null);
        if (Objects.equals(now.engineVersion(), done.engineVersion())) left.engineVersion(null);
        if (Objects.equals(now.multiAZ(), done.multiAZ())) left.multiAZ(null);
        if (Objects.equals(now.allocatedStorage(), done.allocatedStorage())) left.allocatedStorage(null);
        if (Objects.equals(now.storageType(), done.storageType())) left.storageType(null);
        if (Objects.equals(now.backupRetentionPeriod(), done.backupRetentionPeriod())) left.backupRetentionPeriod(null);
        if (Objects.equals(now.caCertificateIdentifier(), done.caCertificateIdentifier()))
            left.caCertificateIdentifier(null);
        if (Objects.equals(now.dbSubnetGroupName(), done.dbSubnetGroupName())) left.dbSubnetGroupName(null);
    }

    /** Six hours without another storage change, or until the optimisation ends, whichever is longer (User Guide, storage). */
    private void optimize(LiveDatabase database) {
        database.storageRest = aws.world.now().plus(REST);
        aws.world.rest(REST);
        instances.status(database, "storage-optimization");
        aws.world.after(aws.world.draw(Duration.ofMinutes(40)), () -> {
            if (database.status().equals("storage-optimization")) instances.status(database, "available");
        });
    }

    /** Storage autoscaling: for tests. */
    void grow(String id, int gib) {
        var database = instances.truth(id);
        database.shown = database.shown.toBuilder().allocatedStorage(gib).build();
        snapshots.event(id, "notification", "The allocated storage was scaled to " + gib + " GiB.");
        optimize(database);
    }
}
