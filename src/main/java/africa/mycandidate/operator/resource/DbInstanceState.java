package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What an RDS instance's status and settings mean (RDS user guide, "Viewing Amazon RDS DB instance status"). */
final class DbInstanceState {
    /** Both serve and take changes; a change is even the only way out of a full storage (CFN RDS handler, DBInstanceStatus). */
    private static final Set<String> SETTLED = Set.of("available", "storage-optimization", "storage-full");

    /** What RDS does of its own accord, in a window or as it likes. */
    private static final Set<String> TENDED = Set.of("backing-up", "maintenance", "configuring-enhanced-monitoring");

    /** Nothing can be written any more: a change of the storage is the way out, and RDS takes it (CFN RDS handler, DBInstanceStatus). */
    static final String FULL = "storage-full";

    /** The engine is away for some minutes. */
    static final String UPGRADING = "upgrading";

    private static final Set<String> FAILED =
            Set.of("failed", "insufficient-capacity", "restore-error", "modify-failed", "upgrade-failed");

    private DbInstanceState() {}

    /**
     * @param reachable whether it has an endpoint; without one it is still being made, whatever the status says
     * @param settling whether something that was asked for is not done yet although the status is settled
     */
    static Phase phase(String status, boolean reachable, boolean settling) {
        if (status == null) return Phase.CREATING;
        if (status.equals("deleting") || status.equals("delete-precheck")) return Phase.DELETING;
        if (FAILED.contains(status) || status.startsWith("incompatible-") || status.startsWith("inaccessible-"))
            return Phase.FAILED;
        if (!reachable) return Phase.CREATING;
        if (TENDED.contains(status) && !settling) return Phase.TENDED;
        if (!SETTLED.contains(status)) return Phase.BUSY;
        // A change that somebody put off to the maintenance window is pending for days: AWS takes changes meanwhile,
        // and setting the old value cancels it.
        return settling ? Phase.ROLLING : Phase.READY;
    }

    /** "Stable" in the sense of AWS's own handler: nothing pending, no group being applied (CFN RDS handler, DBInstancePredicates). */
    static boolean settling(DBInstance instance) {
        return !pending(instance).isEmpty() || applying(instance) || moving(instance);
    }

    private static boolean moving(DBInstance instance) {
        return instance.vpcSecurityGroups().stream()
                .anyMatch(group -> group.status() != null && !"active".equals(group.status()));
    }

    /** Whether nobody knows yet if its parameter group needs a restart of ours: it is being applied, or a change is on its way that restarts the engine by itself. */
    static boolean mayYetRestart(DBInstance instance) {
        var waiting = instance.dbParameterGroups().stream()
                .anyMatch(group -> "pending-reboot".equals(group.parameterApplyStatus()));
        return applying(instance) || waiting && !pending(instance).isEmpty();
    }

    private static boolean applying(DBInstance instance) {
        return instance.dbParameterGroups().stream().anyMatch(group -> "applying".equals(group.parameterApplyStatus()));
    }

    /** What is pending of the settings that are managed here: a CA certificate that somebody put off is their business. */
    private static List<Object> pending(DBInstance instance) {
        var values = instance.pendingModifiedValues();
        if (values == null) return List.of();
        return Stream.<Object>of(
                        values.dbInstanceClass(),
                        values.engineVersion(),
                        values.multiAZ(),
                        values.allocatedStorage(),
                        values.storageType(),
                        values.backupRetentionPeriod(),
                        values.masterUserPassword(),
                        values.dbSubnetGroupName(),
                        values.dbInstanceIdentifier())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether nothing is being done to it that would break off what works on its data. */
    static boolean calm(Phase phase, DBInstance instance) {
        return phase == Phase.READY || phase == Phase.TENDED || phase == Phase.ROLLING && changesVersionOnly(instance);
    }

    /** Whether a new engine version is all that RDS is at or has put off. */
    static boolean changesVersionOnly(DBInstance instance) {
        var version = instance.pendingModifiedValues() == null
                ? null
                : instance.pendingModifiedValues().engineVersion();
        var rest = new ArrayList<>(pending(instance));
        rest.remove(version);
        var status = instance.dbInstanceStatus();
        return rest.isEmpty()
                && !applying(instance)
                && !moving(instance)
                && (UPGRADING.equals(status)
                        || version != null && ("available".equals(status) || TENDED.contains(status)));
    }

    /** Performance Insights without a word on the mode is the standard mode. */
    static String insightsMode(DBInstance instance) {
        if (instance.databaseInsightsModeAsString() != null) return instance.databaseInsightsModeAsString();
        return Boolean.TRUE.equals(instance.performanceInsightsEnabled()) ? "standard" : null;
    }

    /** Growth by less than a tenth is refused (RDS user guide, "Increasing DB instance storage capacity"). */
    static int storage(AtLeast have, AtLeast goal) {
        return have == null ? goal.value() : Math.max(goal.value(), (have.value() * 11 + 9) / 10);
    }
}
