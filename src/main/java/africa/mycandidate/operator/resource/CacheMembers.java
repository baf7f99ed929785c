package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Phase;
import java.util.List;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.Endpoint;

/**
 * A replication group together with its members, for only both tell how it stands: a group is shown as available while a member that was added is still being
 * created, and refuses the next change (terraform-provider-aws#50096).
 */
record CacheMembers(
        software.amazon.awssdk.services.elasticache.model.ReplicationGroup group, List<CacheCluster> members) {

    Phase phase() {
        return switch (group.status() == null ? "creating" : group.status()) {
            case "deleting" -> Phase.DELETING;
            case "create-failed" -> Phase.FAILED;
            case "creating" -> Phase.CREATING;
            // The daily backup comes of its own accord.
            case "snapshotting" -> endpoint() == null ? Phase.CREATING : Phase.TENDED;
            case "available" -> settled() ? Phase.READY : unsettled();
            default -> unsettled();
        };
    }

    private Phase unsettled() {
        return endpoint() == null ? Phase.CREATING : Phase.BUSY;
    }

    private boolean settled() {
        var nodes = group.nodeGroups().stream()
                .mapToInt(nodeGroup -> nodeGroup.nodeGroupMembers().size())
                .sum();
        var switching = group.automaticFailoverAsString() != null
                && group.automaticFailoverAsString().endsWith("ing");
        return endpoint() != null
                && !switching
                && nodes == group.memberClusters().size()
                && group.nodeGroups().stream().allMatch(nodeGroup -> "available".equals(nodeGroup.status()))
                && members.stream().allMatch(member -> "available".equals(member.cacheClusterStatus()));
    }

    /** What it waits for, for people; empty when it is ready. */
    String message() {
        if (!"available".equals(group.status())) return group.status() == null ? "" : group.status();
        return members.stream()
                .filter(member -> !"available".equals(member.cacheClusterStatus()))
                .findFirst()
                .map(member -> "member " + member.cacheClusterId() + ": " + member.cacheClusterStatus())
                .orElse("");
    }

    /** The primary's endpoint, or null where there is none yet. */
    Endpoint endpoint() {
        return group.nodeGroups().stream()
                .map(nodeGroup -> nodeGroup.primaryEndpoint())
                .filter(endpoint -> endpoint != null && endpoint.address() != null)
                .findFirst()
                .orElse(null);
    }

    Integer replicas() {
        return group.memberClusters().isEmpty() ? null : group.memberClusters().size() - 1;
    }

    /** What is being switched on is asked for, and counts as on. */
    boolean automaticFailover() {
        var pending = group.pendingModifiedValues() == null
                ? null
                : group.pendingModifiedValues().automaticFailoverStatusAsString();
        var status = pending != null ? pending : group.automaticFailoverAsString();
        return "enabled".equals(status) || "enabling".equals(status);
    }

    boolean multiAz() {
        return "enabled".equals(group.multiAZAsString());
    }

    /** "7.1.0" is version 7.1: from 6 on, the third number is AWS's business (ElastiCache user guide, "Engine versions"). */
    static String version(String shown) {
        if (shown == null) return "";
        var parts = shown.split("\\.");
        var modern = parts.length > 2 && parts[0].matches("\\d+") && Integer.parseInt(parts[0]) >= 6;
        return modern ? parts[0] + "." + parts[1] : shown;
    }
}
