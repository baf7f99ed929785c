package africa.mycandidate.operator.resource;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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
