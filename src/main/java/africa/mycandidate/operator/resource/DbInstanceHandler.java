package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Version;
import africa.mycandidate.operator.model.WeeklyWindow;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class DbInstanceHandler implements Handler<DbInstance> {
    /** Which version of the secret was set as the master password: RDS shows no password. */
    private static final String PASSWORD_TAG = "mycandidate.africa/password";

    /** Stands after that version where the database had another password before, or none that is known: it is not passed on before it is in force. */
    private static final String FIRST = " first";

    /** Stands after the name of a parameter group that waits for a restart, so that it differs from the name alone. */
    private static final String PENDING_REBOOT = " (pending-reboot)";

    private final RdsClient rds;
    private final SecretsManagerClient secrets;
    private final RdsTags tags;

    DbInstanceHandler(Clients clients) {
        this.rds = clients.of(RdsClient.class);
        this.secrets = clients.of(SecretsManagerClient.class);
        this.tags = new RdsTags(rds);
    }

    @Override
    public Class<DbInstance> type() {
        return DbInstance.class;
    }

    @Override
    public List<Observed<DbInstance>> list(String place) {
        var found = new ArrayList<Observed<DbInstance>>();
        for (var instance : rds.describeDBInstancesPaginator(request -> {}).dbInstances())
            found.add(observed(instance));
        return found;
    }

    private static Observed<DbInstance> observed(DBInstance instance) {
        var reachable = instance.endpoint() != null && instance.endpoint().address() != null;
        var phase = DbInstanceState.phase(instance.dbInstanceStatus(), reachable, DbInstanceState.settling(instance));
        var outputs = new TreeMap<String, String>();
        outputs.put("id", instance.dbInstanceIdentifier());
        if (instance.dbInstanceArn() != null) outputs.put("arn", instance.dbInstanceArn());
        if (Integer.valueOf(0).equals(instance.backupRetentionPeriod())) outputs.put(DbInstance.UNSAVED, "true");
        if (instance.latestRestorableTime() != null)
            outputs.put(
                    DbInstance.RESTORABLE_UNTIL,
                    instance.latestRestorableTime()
                            .truncatedTo(ChronoUnit.HOURS)
                            .toString());
        if (instance.preferredBackupWindow() != null)
            outputs.put(BackupWindow.OUTPUT, instance.preferredBackupWindow());
        if (instance.dbiResourceId() != null) outputs.put("resourceId", instance.dbiResourceId());
        if (reachable && phase.usable()) {
            outputs.put("endpoint", instance.endpoint().address());
            outputs.put("port", String.valueOf(instance.endpoint().port()));
        }
        if (DbInstanceState.calm(phase, instance)) outputs.put("calm", instance.dbInstanceIdentifier());
        if (DbInstanceState.changesVersionOnly(instance)) outputs.put("versionInForce", instance.engineVersion());
        var tags = RdsTags.map(instance.tagList());
        var password = tags.getOrDefault(PASSWORD_TAG, "");
        if (!password.isEmpty() && !(password.endsWith(FIRST) && phase.moving()))
            outputs.put("passwordFrom", password(password));
        var id = instance.dbInstanceIdentifier();
        var available = "available".equals(instance.dbInstanceStatus());
        return Observed.of(actual(instance), id, id, phase, outputs, tags)
                .withUses(parameterGroups(instance))
                .withUnread(DbInstanceState.mayYetRestart(instance) ? Set.of("parameterGroup") : Set.of())
                .withMessage(available ? "" : words(instance.dbInstanceStatus()));
    }

    private static String words(String status) {
        return DbInstanceState.FULL.equals(status)
                ? status + "; raise spec.database.storageGiB, and maxStorageGiB with it"
                : status;
    }

    /** What is pending was asked for and counts as had; compared with the old value, it would be asked for again and again. */
    private static DbInstance actual(DBInstance instance) {
        var pending = instance.pendingModifiedValues() == null
                ? PendingModifiedValues.builder().build()
                : instance.pendingModifiedValues();
        var storage = or(pending.allocatedStorage(), instance.allocatedStorage());
        var version = or(pending.engineVersion(), instance.engineVersion());
        var subnetGroup = instance.dbSubnetGroup() == null
                ? null
                : instance.dbSubnetGroup().dbSubnetGroupName();
        var groups = instance.vpcSecurityGroups().stream()
                .filter(group -> !"removing".equals(group.status()))
                .map(group -> group.vpcSecurityGroupId());
        return new DbInstance(
                version == null ? null : new Version(version),
                or(pending.dbInstanceClass(), instance.dbInstanceClass()),
                or(pending.multiAZ(), instance.multiAZ()),
                storage == null ? null : new AtLeast(storage),
                instance.maxAllocatedStorage(),
                or(pending.storageType(), instance.storageType()),
                Boolean.TRUE.equals(instance.storageEncrypted()),
                instance.kmsKeyId(),
                instance.dbName(),
                instance.masterUsername(),
                RefSets.ref(password(RdsTags.map(instance.tagList()).get(PASSWORD_TAG))),
                RefSets.ref(or(pending.dbSubnetGroupName(), subnetGroup)),
                parameterGroup(instance),
                RefSets.of(groups),
                instance.publiclyAccessible(),
                or(pending.backupRetentionPeriod(), instance.backupRetentionPeriod()),
                Boolean.TRUE.equals(instance.deletionProtection()),
                instance.autoMinorVersionUpgrade(),
                Boolean.TRUE.equals(instance.copyTagsToSnapshot()),
                DbInstanceState.insightsMode(instance),
                instance.preferredMaintenanceWindow() == null
                        ? null
                        : WeeklyWindow.of(instance.preferredMaintenanceWindow()),
                null);
    }

    private static String password(String note) {
        return note == null || !note.endsWith(FIRST) ? note : note.substring(0, note.length() - FIRST.length());
    }

    /** A group whose static parameters wait for a restart is not yet had: the difference is healed by the restart, in the class of such a change. */
    private static Ref<DbParameterGroup> parameterGroup(DBInstance instance) {
        if (instance.dbParameterGroups().isEmpty()) return null;
        var group = instance.dbParameterGroups().getFirst();
        var waiting = "pending-reboot".equals(group.parameterApplyStatus());
        return Ref.of(group.dbParameterGroupName() + (waiting ? PENDING_REBOOT : ""));
    }

    private static Set<String> parameterGroups(DBInstance instance) {
        return Set.copyOf(instance.dbParameterGroups().stream()
                .map(group -> group.dbParameterGroupName())
                .distinct()
                .toList());
    }

    private static <T> T or(T pending, T current) {
        return pending == null ? current : pending;
    }

    @Override
    public String create(DbInstance want, Creation creation) {
        if (want.restoreFrom() != null) {
            new DbRestore(rds).run(want, creation.tags(), creation.name());
            return creation.name();
        }
        var request = CreateDbInstanceRequest.builder()
                .dbInstanceIdentifier(creation.name())
                .engine("postgres")
                .engineVersion(want.engineVersion().text())
                .dbInstanceClass(want.instanceClass())
                .multiAZ(want.multiAz())
                .allocatedStorage(want.storageGiB().value())
                .maxAllocatedStorage(want.maxStorageGiB())
                .storageType(want.storageType())
                .storageEncrypted(want.encrypted())
                .kmsKeyId(want.kmsKeyArn())
                .dbName(want.databaseName())
                .masterUsername(want.username())
                .masterUserPassword(ValueFrom.read(secrets, want.password()))
                .dbSubnetGroupName(RefSets.value(want.subnetGroup()))
                .dbParameterGroupName(RefSets.value(want.parameterGroup()))
                .vpcSecurityGroupIds(RefSets.values(want.securityGroups()))
                .publiclyAccessible(want.publiclyAccessible())
                .backupRetentionPeriod(want.backupRetentionDays())
                .deletionProtection(want.deletionProtection())
                .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
                .copyTagsToSnapshot(want.copyTagsToSnapshot())
                .tags(RdsTags.of(withPassword(creation.tags(), want.password().value())));
        if (want.insightsMode() != null)
            request.databaseInsightsMode(want.insightsMode()).enablePerformanceInsights(true);
        rds.createDBInstance(request.build());
        return creation.name();
    }

    @Override
    public void update(Observed<DbInstance> have, DbInstance goal, Set<String> fields) {
        if (fields.equals(Set.of("parameterGroup")) && waitsForRestart(have, goal)) {
            rds.rebootDBInstance(request -> request.dbInstanceIdentifier(have.id()));
            return;
        }
        var request = ModifyDbInstanceRequest.builder()
                .dbInstanceIdentifier(have.id())
                .applyImmediately(true);
        for (var field : fields) set(request, field, have, goal, fields);
        rds.modifyDBInstance(request.build());
        // After the password: a crash between the two sets the same password once more.
        if (fields.contains("password")) {
            var first = have.actual().password() == null ? FIRST : "";
            tag(have, withPassword(Map.of(), goal.password().value() + first), Set.of());
        }
    }

    private static Map<String, String> withPassword(Map<String, String> tags, String password) {
        var all = new TreeMap<>(tags);
        all.put(PASSWORD_TAG, password);
        return all;
    }

    private static boolean waitsForRestart(Observed<DbInstance> have, DbInstance goal) {
        var group = have.actual().parameterGroup();
        return group != null && group.value().equals(goal.parameterGroup().value() + PENDING_REBOOT);
    }

    private void set(
            ModifyDbInstanceRequest.Builder request,
            String field,
            Observed<DbInstance> have,
            DbInstance goal,
            Set<String> fields) {
        switch (field) {
            case "engineVersion" ->
                request.engineVersion(goal.engineVersion().text()).allowMajorVersionUpgrade(true);
            // The present engine must know the class that comes with it: engine first, class at the next look (RDS API
            // reference, ModifyDBInstance).
            case "instanceClass" -> {
                if (!fields.contains("engineVersion")) request.dbInstanceClass(goal.instanceClass());
            }
            case "multiAz" -> request.multiAZ(goal.multiAz());
            case "storageGiB" ->
                request.allocatedStorage(DbInstanceState.storage(have.actual().storageGiB(), goal.storageGiB()));
            case "maxStorageGiB" -> request.maxAllocatedStorage(goal.maxStorageGiB());
            case "password" -> request.masterUserPassword(ValueFrom.read(secrets, goal.password()));
            case "storageType" -> request.storageType(goal.storageType());
            case "parameterGroup" -> {
                if (!waitsForRestart(have, goal))
                    request.dbParameterGroupName(goal.parameterGroup().value());
            }
            case "securityGroups" -> request.vpcSecurityGroupIds(RefSets.values(goal.securityGroups()));
            case "publiclyAccessible" -> request.publiclyAccessible(goal.publiclyAccessible());
            case "backupRetentionDays" -> request.backupRetentionPeriod(goal.backupRetentionDays());
            case "deletionProtection" -> request.deletionProtection(goal.deletionProtection());
            case "autoMinorVersionUpgrade" -> request.autoMinorVersionUpgrade(goal.autoMinorVersionUpgrade());
            case "maintenanceWindow" ->
                request.preferredMaintenanceWindow(goal.maintenanceWindow().text());
            case "copyTagsToSnapshot" -> request.copyTagsToSnapshot(goal.copyTagsToSnapshot());
            case "insightsMode" ->
                request.databaseInsightsMode(goal.insightsMode()).enablePerformanceInsights(true);
            default -> throw new IllegalArgumentException("RDS cannot change " + field + " of an instance");
        }
    }

    /**
     * The final snapshot is what stays; automated backups go with the instance. Its name carries the resource id, which no other instance ever has: a name made
     * of the identifier alone is taken when a later instance of that name is deleted.
     */
    @Override
    public void delete(Observed<DbInstance> have, Deletion deletion) {
        var snapshot = (have.id() + "-"
                        + Objects.requireNonNullElse(have.outputs().get("resourceId"), "final"))
                .toLowerCase(Locale.ROOT);
        try {
            rds.deleteDBInstance(request -> {
                request.dbInstanceIdentifier(have.id())
                        .deleteAutomatedBackups(true)
                        .skipFinalSnapshot(!deletion.finalSnapshot());
                if (deletion.finalSnapshot()) request.finalDBSnapshotIdentifier(snapshot);
            });
        } catch (InvalidDbInstanceStateException e) {
            // AWS's own handler takes this as a success (aws-cloudformation-resource-providers-rds, DeleteHandler).
            if (!String.valueOf(e.getMessage()).contains("is already being deleted")) throw e;
        }
    }

    @Override
    public void tag(Observed<DbInstance> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.outputs().get("arn"), set, remove);
    }
}
