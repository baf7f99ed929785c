package africa.mycandidate.operator.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** The truth about a database instance, of which reads show a part, a little later. */
final class LiveDatabase {
    DBInstance shown;
    /** In force: what a login is checked against. */
    String password;
    /** Asked for, not yet in force. */
    String nextPassword;

    /** Shown in the endpoint once there is one. */
    int port;

    /** What it holds, by the moment from which on it did: the rows of a real database in one word. */
    final NavigableMap<Instant, String> data = new TreeMap<>();

    final List<String> interfaces = new ArrayList<>();
    /** Where its network interfaces are. */
    final List<String> subnets = new ArrayList<>();

    Map<String, String> parameters = new TreeMap<>();
    /** No storage change before this moment. */
    Instant storageRest = Instant.MIN;
    /** A change that was asked for is on its way, though the status may still say available. */
    boolean changing;
    /** Everything pending is to be applied once the change under way is done. */
    boolean flushNext;

    LiveDatabase(DBInstance shown, String password, int port) {
        this.port = port;
        this.shown = shown;
        this.password = password;
    }

    /** What was in it at that moment. */
    String data(Instant at) {
        return data.floorEntry(at).getValue();
    }

    String id() {
        return shown.dbInstanceIdentifier();
    }

    String status() {
        return shown.dbInstanceStatus();
    }

    /** Storage optimisation is a fully usable state. */
    boolean available() {
        return status().equals("available") || status().equals("storage-optimization");
    }

    boolean serving() {
        return shown.endpoint() != null
                && !status().startsWith("incompatible-")
                && !List.of("creating", "rebooting", "upgrading", "deleting", "stopped")
                        .contains(status());
    }

    List<String> groups() {
        return shown.vpcSecurityGroups().stream()
                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                .toList();
    }

    String parameterGroup() {
        return shown.dbParameterGroups().getFirst().dbParameterGroupName();
    }

    PendingModifiedValues pending() {
        return shown.pendingModifiedValues() == null
                ? PendingModifiedValues.builder().build()
                : shown.pendingModifiedValues();
    }

    /** Pending values that a flush applies; a password comes by itself. */
    boolean hasPending() {
        return !pending().toBuilder()
                .masterUserPassword(null)
                .build()
                .equals(PendingModifiedValues.builder().build());
    }

    static List<DBParameterGroupStatus> parameterStatus(String group, String status) {
        return List.of(DBParameterGroupStatus.builder()
                .dbParameterGroupName(group)
                .parameterApplyStatus(status)
                .build());
    }

    static List<VpcSecurityGroupMembership> memberships(List<String> groups, String status) {
        return groups.stream()
                .map(id -> VpcSecurityGroupMembership.builder()
                        .vpcSecurityGroupId(id)
                        .status(status)
                        .build())
                .toList();
    }
}
