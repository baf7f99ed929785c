package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;

/** What AWS's words for a state mean for the operator. */
class StateTest {

    @ParameterizedTest
    @CsvSource({
        "creating,false,false,CREATING",
        "modifying,false,false,CREATING",
        "backing-up,true,false,TENDED",
        "backing-up,true,true,BUSY",
        "available,true,false,READY",
        "available,true,true,ROLLING",
        "storage-full,true,false,READY",
        "storage-optimization,true,false,READY",
        "a-state-of-next-year,true,false,BUSY",
        "incompatible-parameters,true,false,FAILED",
        "failed,false,false,FAILED",
        "delete-precheck,true,false,DELETING"
    })
    void aDatabaseIsReadyOnlyWhenNothingIsOutstanding(String status, boolean reachable, boolean settling, Phase phase) {
        assertThat(DbInstanceState.phase(status, reachable, settling)).isEqualTo(phase);
    }

    @Test
    void storageGrowsByATenthAtLeast() {
        assertThat(DbInstanceState.storage(new AtLeast(100), new AtLeast(101))).isEqualTo(110);
        assertThat(DbInstanceState.storage(new AtLeast(101), new AtLeast(102))).isEqualTo(112);
        assertThat(DbInstanceState.storage(new AtLeast(20), new AtLeast(50))).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"7.1.0,7.1", "6.2.6,6.2", "7.1,7.1", "5.0.6,5.0.6", "10.1.3,10.1"})
    void aCacheVersionEndsWhereAwsTakesOver(String shown, String version) {
        assertThat(CacheMembers.version(shown)).isEqualTo(version);
    }

    @Test
    void anAvailableGroupWithAMemberOnItsWayIsNotReady() {
        assertThat(group("available", "available").phase()).isEqualTo(Phase.READY);
        var waiting = group("available", "creating");
        assertThat(waiting.phase()).isEqualTo(Phase.BUSY);
        assertThat(waiting.message()).isEqualTo("member a-001: creating");
        assertThat(group("snapshotting", "snapshotting").phase()).isEqualTo(Phase.TENDED);
        assertThat(group("create-failed", "available").phase()).isEqualTo(Phase.FAILED);
    }

    private static CacheMembers group(String status, String member) {
        var nodes = NodeGroup.builder()
                .status("available")
                .primaryEndpoint(endpoint -> endpoint.address("a.cache").port(6379))
                .nodeGroupMembers(NodeGroupMember.builder().build())
                .build();
        var group = software.amazon.awssdk.services.elasticache.model.ReplicationGroup.builder()
                .status(status)
                .memberClusters("a-001")
                .nodeGroups(nodes)
                .build();
        return new CacheMembers(
                group,
                List.of(CacheCluster.builder()
                        .cacheClusterId("a-001")
                        .cacheClusterStatus(member)
                        .build()));
    }

    @Test
    void aServiceSaysWhichRevisionFailedAndWhy() {
        var state = new ServiceState(Service.builder()
                .status("ACTIVE")
                .desiredCount(2)
                .runningCount(2)
                .deployments(
                        Deployment.builder()
                                .status("PRIMARY")
                                .taskDefinition("app:1")
                                .rolloutState("IN_PROGRESS")
                                .build(),
                        Deployment.builder()
                                .status("ACTIVE")
                                .taskDefinition("app:2")
                                .rolloutState("FAILED")
                                .rolloutStateReason("tasks failed to start.")
                                .build())
                .build());
        assertThat(state.phase()).isEqualTo(Phase.ROLLING);
        assertThat(state.failed().orElseThrow().taskDefinition()).isEqualTo("app:2");
        assertThat(state.message()).isEqualTo("tasks failed to start.");
    }

    @Test
    void aSteadyServiceSaysNothingAndOneInTroubleItsLatestEvent() {
        var start = Instant.parse("2029-05-01T00:00:00Z");
        var primary = Deployment.builder()
                .status("PRIMARY")
                .createdAt(start)
                .rolloutState("COMPLETED")
                .build();
        var trouble = ServiceEvent.builder()
                .createdAt(start.plusSeconds(60))
                .message("unable to place a task")
                .build();
        var service = Service.builder()
                .status("ACTIVE")
                .desiredCount(2)
                .runningCount(2)
                .deployments(primary)
                .events(trouble);
        assertThat(new ServiceState(service.build()).message()).isEmpty();
        assertThat(new ServiceState(service.runningCount(1).build()).message()).isEqualTo("unable to place a task");
        assertThat(new ServiceState(service.status("INACTIVE").build()).phase()).isEqualTo(Phase.GONE);
    }

    @Test
    void aMarkReadsBackAsItWasWritten() {
        assertThat(TaskDefinition.mark("circuit breaker: (service x) \"failed\"; 3 tasks"))
                .isEqualTo("circuit breaker: service x failed 3 tasks");
        assertThat(TaskDefinition.mark("a".repeat(300))).hasSize(256);
    }

    @Test
    void aValueStandsInAVersionOrInTheCurrentOne() {
        var arn = "arn:aws:secretsmanager:af-south-1:123456789012:secret:mcd-x-AbCdEf";
        assertThat(ValueFrom.parse(arn + ":::v1")).isEqualTo(new ValueFrom(arn, "v1"));
        assertThat(ValueFrom.parse(arn)).isEqualTo(new ValueFrom(arn, ""));
    }
}
