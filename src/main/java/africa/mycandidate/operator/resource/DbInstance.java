package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Restores;
import africa.mycandidate.operator.model.Secret;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Together;
import africa.mycandidate.operator.model.Version;
import africa.mycandidate.operator.model.WeeklyWindow;
import africa.mycandidate.operator.model.Yields;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The PostgreSQL database. Nothing ever replaces it. A value that was asked for and is pending counts as had, while the phase stays BUSY; the password is never
 * returned. Outputs: {@code id}, {@code arn}, and {@code endpoint} (the host name) and {@code port} once it can be used.
 */
@AwsType(replacement = Replacement.NEVER, data = "database", nameLength = 63, usually = "12 min", seldomBefore = 270)
public record DbInstance(
        @Together @Interrupts(Interruption.FAILOVER) @Yields("calm")
        Version engineVersion,

        @Interrupts(Interruption.FAILOVER) @Yields("calm") String instanceClass,
        @Yields("calm") Boolean multiAz,
        AtLeast storageGiB,
        Integer maxStorageGiB,
        String storageType,
        @Immutable Boolean encrypted,
        @Immutable String kmsKeyArn,
        @Immutable String databaseName,
        @Immutable String username,

        @Secret @Interrupts(Interruption.RESTART) @Yields({"passwordFrom", "calm"})
        Ref<SecretValue> password,

        @Immutable Ref<DbSubnetGroup> subnetGroup,

        @Together @Interrupts(Interruption.FAILOVER) @Yields("calm")
        Ref<DbParameterGroup> parameterGroup,

        Set<Ref<SecurityGroup>> securityGroups,
        Boolean publiclyAccessible,
        Integer backupRetentionDays,
        Boolean deletionProtection,
        Boolean autoMinorVersionUpgrade,
        Boolean copyTagsToSnapshot,
        String insightsMode,
        @Late WeeklyWindow maintenanceWindow,
        @Initial @Restores DbOrigin restoreFrom)
        implements Resource {
    @Override
    public String effect(Set<String> fields, Observed<?> have) {
        var effects = new ArrayList<String>();
        if (fields.contains("engineVersion") && isUpgrade(have)) {
            effects.add(
                    "a new major version: RDS takes a snapshot before it, which is the only way back, then the database is away, usually 10 min");
        }
        if (fields.contains("password")) {
            effects.add(
                    ((DbInstance) have.actual()).password() == null
                            ? "its master password is set"
                            : "a new master password: until new tasks have taken over, usually 3 min, the running ones cannot open new connections");
        }
        return String.join("; ", effects);
    }

    /**
     * RDS takes a snapshot before a major upgrade only where automated backups are on (RDS user guide, "How to perform a major version upgrade for RDS for
     * PostgreSQL"): where somebody switched them off, they come first. A restored database of an older version gets its password after the upgrade, so that no task
     * starts before that.
     */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        return upgraded(BackupWindow.apart(this, maintenanceWindow, have, seen), have);
    }

    private Resource upgraded(DbInstance goal, Observed<?> have) {
        if (!isUpgrade(have)) return goal;
        var actual = (DbInstance) have.actual();
        var later = new HashSet<String>();
        if (have.outputs().containsKey(UNSAVED)) later.addAll(Set.of("engineVersion", "parameterGroup"));
        if (actual.password() == null) later.add("password");
        return Fields.map(goal, (field, value) -> later.contains(field.getName()) ? null : value);
    }

    /** Among the outputs of an instance whose automated backups are off: those that are asked for and not on yet save nothing. */
    static final String UNSAVED = "unsaved";

    /** The output that says until when it can be restored, to the hour: a new value every five minutes would make each look another than the last. */
    public static final String RESTORABLE_UNTIL = "restorableUntil";

    private boolean isUpgrade(Observed<?> have) {
        return have.actual() instanceof DbInstance actual
                && engineVersion != null
                && actual.engineVersion() != null
                && !major(engineVersion).equals(major(actual.engineVersion()));
    }

    private static String major(Version version) {
        return version.text().split("\\.")[0];
    }

    /** With a full storage nothing goes on, unless it is to grow. A minor version that RDS brings in of its own accord, now or in its next window, is nothing that the spec waits for. */
    @Override
    public Phase phase(Observed<?> have) {
        if (have.message().startsWith(DbInstanceState.FULL)) return Phase.FAILED;
        var inForce = have.outputs().get("versionInForce");
        if (inForce == null || engineVersion == null || !engineVersion.accepts(new Version(inForce)))
            return have.phase();
        return have.phase() == Phase.ROLLING ? Phase.READY : Phase.TENDED;
    }

    @Override
    public Optional<String> guard() {
        return Boolean.TRUE.equals(deletionProtection)
                ? Optional.of(
                        "the database is protected: set spec.database.deletionProtection to false to allow its deletion (a final snapshot is taken)")
                : Optional.empty();
    }

    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new DbInstance(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, false,
                null, null, null, null, null));
    }
}

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
