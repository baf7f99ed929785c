package africa.mycandidate.operator.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticache.model.*;

/** The truth about a replication group and its members. The group, its node group and each member have a status of their own. */
final class LiveCache {
    static final class Member {
        final String id;
        final String zone;
        final String subnet;
        final String networkInterface;
        final Instant created;
        String status = "creating";

        Member(String id, String zone, String subnet, String networkInterface, Instant created) {
            this.id = id;
            this.zone = zone;
            this.subnet = subnet;
            this.networkInterface = networkInterface;
            this.created = created;
        }
    }

    final String id;
    final String arn;
    final CacheSubnetGroup subnets;
    final List<Member> members = new ArrayList<>();
    /** Every token that opens the cache: two while one is rotated. */
    final Set<String> tokens = new LinkedHashSet<>();

    List<String> groups;
    String status = "creating";
    /** What the group shows but its status, members and endpoints. */
    ReplicationGroup settings;
    /** What only the members show. */
    String version;

    String parameterGroup;
    String maintenanceWindow;
    /** Waiting for the maintenance window. */
    String nextNodeType;

    String nextVersion;

    int port;
    /** The common part of the host names, once there are any. */
    String domain;
    /** A change that was asked for is on its way, though the status may still say available. */
    boolean changing;

    LiveCache(String id, String arn, CacheSubnetGroup subnets) {
        this.id = id;
        this.arn = arn;
        this.subnets = subnets;
    }

    boolean settled() {
        return members.stream().allMatch(member -> member.status.equals("available"));
    }

    String host(String role) {
        var tls = Boolean.TRUE.equals(settings.transitEncryptionEnabled());
        return tls ? role + "." + id + "." + domain : id + (role.equals("master") ? "" : "-ro") + "." + domain;
    }

    ReplicationGroup group() {
        var shown = settings.toBuilder()
                .status(status)
                .memberClusters(members.stream().map(member -> member.id).toList());
        if (domain == null)
            return shown.nodeGroups(NodeGroup.builder()
                            .nodeGroupId("0001")
                            .status("creating")
                            .build())
                    .build();
        return shown.nodeGroups(NodeGroup.builder()
                        .nodeGroupId("0001")
                        .status(status)
                        .primaryEndpoint(endpoint(host("master")))
                        .readerEndpoint(endpoint(host("replica")))
                        .nodeGroupMembers(members.stream()
                                .filter(member -> !member.status.equals("creating"))
                                .map(this::nodeGroupMember)
                                .toList())
                        .build())
                .build();
    }

    private NodeGroupMember nodeGroupMember(Member member) {
        return NodeGroupMember.builder()
                .cacheClusterId(member.id)
                .cacheNodeId("0001")
                .preferredAvailabilityZone(member.zone)
                .currentRole(member == members.getFirst() ? "primary" : "replica")
                .readEndpoint(endpoint(member.id + "." + domain))
                .build();
    }

    private Endpoint endpoint(String address) {
        return Endpoint.builder().address(address).port(port).build();
    }

    CacheCluster cluster(Member member, String arn, boolean nodes) {
        return CacheCluster.builder()
                .cacheClusterId(member.id)
                .arn(arn)
                .replicationGroupId(id)
                .cacheClusterStatus(member.status)
                .cacheNodeType(settings.cacheNodeType())
                .engine(settings.engine())
                .engineVersion(version)
                .numCacheNodes(1)
                .preferredAvailabilityZone(member.zone)
                .cacheClusterCreateTime(member.created)
                .preferredMaintenanceWindow(maintenanceWindow)
                .pendingModifiedValues(PendingModifiedValues.builder()
                        .cacheNodeType(nextNodeType)
                        .engineVersion(nextVersion)
                        .build())
                .cacheParameterGroup(CacheParameterGroupStatus.builder()
                        .cacheParameterGroupName(parameterGroup)
                        .parameterApplyStatus("in-sync")
                        .build())
                .cacheSubnetGroupName(subnets.cacheSubnetGroupName())
                .securityGroups(groups.stream()
                        .map(group -> SecurityGroupMembership.builder()
                                .securityGroupId(group)
                                .status("active")
                                .build())
                        .toList())
                .autoMinorVersionUpgrade(settings.autoMinorVersionUpgrade())
                .snapshotRetentionLimit(settings.snapshotRetentionLimit())
                .snapshotWindow(settings.snapshotWindow())
                .authTokenEnabled(settings.authTokenEnabled())
                .transitEncryptionEnabled(settings.transitEncryptionEnabled())
                .transitEncryptionMode(settings.transitEncryptionMode())
                .atRestEncryptionEnabled(settings.atRestEncryptionEnabled())
                .networkType(NetworkType.IPV4)
                .cacheNodes(
                        !nodes || member.status.equals("creating")
                                ? null
                                : List.of(CacheNode.builder()
                                        .cacheNodeId("0001")
                                        .cacheNodeStatus(member.status)
                                        .customerAvailabilityZone(member.zone)
                                        .endpoint(endpoint(member.id + "." + domain))
                                        .parameterGroupStatus("in-sync")
                                        .build()))
                .build();
    }
}
