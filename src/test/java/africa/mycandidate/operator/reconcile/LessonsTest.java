package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.model.Tags;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What users of other operators complained of: the lessons that a standing stack can show. The others stand in {@link LessonsOfALifeTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LessonsTest {
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Port OPEN = (effect, call) -> call.run();

    private final Simulation simulation = new Simulation(91);
    private String zone;
    private int dark;

    @BeforeAll
    void created() {
        zone = simulation.zone();
    }

    @BeforeEach
    void settled() {
        simulation.port = OPEN;
        simulation.eachSecond = null;
        apply();
        ready();
    }

    private void apply(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
    }

    private void ready() {
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        simulation.effects.clear();
        simulation.events.clear();
    }

    private Status status() {
        return simulation.resource.getStatus();
    }

    private Condition condition(String type) {
        return Conditions.find(status().conditions(), type).orElseThrow();
    }

    private List<String> calls(String pattern) {
        return simulation.effects.stream()
                .map(Port.Effect::operation)
                .filter(operation -> operation.matches(pattern))
                .toList();
    }

    private DBInstance database() {
        return simulation
                .aws
                .of(RdsClient.class)
                .describeDBInstances()
                .dbInstances()
                .getFirst();
    }

    @Test
    @DisplayName("3. A changed instance class loops, because the new value sits in PendingModifiedValues"
            + " (community#1773, #1376, #2695)")
    void aPendingClassIsAskedForOnce() {
        apply("database: {instanceClass: db.t3.medium}");
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(30));
        assertThat(calls("modifyDBInstance")).hasSize(1);

        simulation.effects.clear();
        simulation.aws.of(RdsClient.class).modifyDBInstance(request -> request.dbInstanceIdentifier(
                        database().dbInstanceIdentifier())
                .dbInstanceClass("db.t3.large")
                .preferredMaintenanceWindow("sun:02:00-sun:03:00")
                .applyImmediately(false));
        simulation.rest(Duration.ofSeconds(20));
        apply("database: {instanceClass: db.t3.large}");
        simulation.run(Duration.ofHours(3));
        assertThat(database().pendingModifiedValues().dbInstanceClass()).isEqualTo("db.t3.large");
        assertThat(simulation.mutations()).as("calls while it is pending").isZero();
        assertThat(status().drift()).isEmpty();
        assertThat(simulation.ready()).as("the spec is not met yet").isFalse();
    }

    @Test
    @DisplayName("4. A resource never converges, and still says it is synced, when an optional field is left out"
            + " (community#3000)")
    void unsetIsUnmanagedAndWhatComesBackIsAnError() {
        var cache = simulation.aws.of(ElastiCacheClient.class);
        cache.modifyReplicationGroup(request -> request.replicationGroupId(cache.describeReplicationGroups()
                        .replicationGroups()
                        .getFirst()
                        .replicationGroupId())
                .snapshotRetentionLimit(3)
                .applyImmediately(true));
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.mutations()).as("a field that nobody set").isZero();
        assertThat(status().drift()).isEmpty();

        simulation.port = (effect, call) -> effect.operation().equals("putRetentionPolicy")
                ? PutRetentionPolicyResponse.builder().build()
                : call.run();
        apply("logs: {retentionDays: 90}");
        simulation.run(Duration.ofHours(2));
        assertThat(simulation.ready()).isFalse();
        assertThat(condition("Stalled").getStatus()).isEqualTo("True");
        assertThat(condition("Stalled").getMessage()).contains("LogGroup/app", "retentionDays as 30, not 90");
        assertThat(calls("putRetentionPolicy").size()).as("calls in two hours").isLessThan(8);
    }

    @Test
    @DisplayName("5. A mutating call on every pass in steady state (community#2956: 200 ModifyDBInstance in 30 min for"
            + " 4 databases)")
    void steadyMeansSilent() {
        simulation.run(Duration.ofHours(3));
        assertThat(simulation.effects).hasSizeGreaterThan(1_000);
        assertThat(simulation.mutations()).isZero();
    }

    @Test
    @DisplayName("6. Security group rules revoked, then authorised: a 3-minute outage (community#2951)")
    void rulesAreAuthorisedBeforeOthersAreRevoked() {
        var ec2 = simulation.aws.of(Ec2Client.class);
        var rule = rules().stream()
                .filter(one -> !one.isEgress() && one.fromPort() == 5432)
                .findFirst()
                .orElseThrow();
        ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(rule.groupId()).ipPermissions(one -> one.ipProtocol("tcp")
                        .fromPort(5432)
                        .toPort(5432)
                        .ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
        ec2.revokeSecurityGroupIngress(
                request -> request.groupId(rule.groupId()).securityGroupRuleIds(rule.securityGroupRuleId()));
        simulation.rest(Duration.ofSeconds(20));
        simulation.run(Duration.ofMinutes(3));
        // While AWS shows the one and not yet the other, it may be authorised once more, which AWS refuses as a
        // duplicate.
        assertThat(calls("(authorize|revoke)SecurityGroup.*"))
                .startsWith("authorizeSecurityGroupIngress", "revokeSecurityGroupIngress")
                .containsOnlyOnce("revokeSecurityGroupIngress");

        simulation.effects.clear();
        var before = ids();
        dark = 0;
        simulation.eachSecond = () -> dark += simulation.serving() == 0 ? 1 : 0;
        apply("container: {port: 8080}");
        simulation.run(Duration.ofMinutes(1));
        ready();
        var kept = ids();
        kept.retainAll(before);
        assertThat(kept).as("rules that did not change keep their ids").hasSize(before.size() - 2);
        assertThat(dark).as("seconds without a healthy target").isZero();
    }

    private List<SecurityGroupRule> rules() {
        return simulation
                .aws
                .of(Ec2Client.class)
                .describeSecurityGroupRules(request -> {})
                .securityGroupRules();
    }

    private Set<String> ids() {
        return rules().stream().map(SecurityGroupRule::securityGroupRuleId).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("7. After an upgrade of the controller, old objects are unsynced or changed (community#2622)")
    void aNewVersionChangesNothing() {
        var ec2 = simulation.aws.of(Ec2Client.class);
        ec2.createTags(request -> request.resources(
                        ec2.describeVpcs().vpcs().getFirst().vpcId())
                .tags(tag -> tag.key(Tags.VERSION).value("0")));
        simulation.aws.of(RdsClient.class).addTagsToResource(request -> request.resourceName(
                        database().dbInstanceArn())
                .tags(tag -> tag.key(Tags.VERSION).value("0")));
        // As a version wrote it whose records had other fields.
        var rows = status().resources().stream()
                .map(row -> Simulation.with(row, "applied", "0ld0ld:abcdef"))
                .toList();
        simulation.resource.setStatus(Simulation.with(status(), "resources", rows));
        simulation.start();
        for (var i = 0; i < 15; i++) {
            simulation.pass();
            assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        }
        assertThat(simulation.mutations()).isZero();
        assertThat(status().drift()).isEmpty();
        assertThat(simulation.events).isEmpty();
    }

    @Test
    @DisplayName("9. No way to ask for a look now, and no word on when the last one was (community#3041)")
    void aLookIsTakenWhenItIsAskedFor() {
        for (var i = 0; i < 60; i++) {
            simulation.pass();
            assertThat(verified()).isAfter(simulation.clock.instant().minus(Duration.ofMinutes(12)));
        }
        for (var name : List.of("now", "and again")) {
            simulation.annotate(Annotations.VERIFY_AT, name);
            var asked = simulation.clock.instant();
            simulation.pass();
            assertThat(verified()).isEqualTo(asked.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
        assertThat(simulation.mutations()).isZero();
    }

    private Instant verified() {
        return Instant.parse(status().lastVerifiedTime());
    }

    @Test
    @DisplayName("10. Drift is corrected or ignored, but never told (crossplane-runtime#39, open since 2019)")
    void driftIsTold() {
        apply("driftPolicy: Report");
        ready();
        keepLogsFor(90);
        simulation.run(Duration.ofMinutes(5));
        assertThat(status().drift()).singleElement().satisfies(entry -> {
            assertThat(List.of(entry.resource(), entry.field(), entry.desired(), entry.actual()))
                    .containsExactly("LogGroup/app", "retentionDays", "30", "90");
            assertThat(entry.action()).contains("driftPolicy is Report");
        });
        assertThat(condition("InSync").getStatus()).isEqualTo("False");
        assertThat(status().summary().drift()).isEqualTo(1);
        assertThat(simulation.events).singleElement().asString().startsWith("Warning Drift: LogGroup/app");
        assertThat(simulation.mutations()).isZero();

        apply();
        ready();
        keepLogsFor(60);
        simulation.run(Duration.ofMinutes(5));
        assertThat(calls("putRetentionPolicy")).hasSize(1);
        assertThat(simulation.events)
                .anyMatch(event -> event.startsWith("Warning Drift: LogGroup/app"))
                .anyMatch(event -> event.startsWith("Normal DriftGone: LogGroup/app"));
    }

    private void keepLogsFor(int days) {
        var logs = simulation.aws.of(CloudWatchLogsClient.class);
        logs.putRetentionPolicy(request -> request.logGroupName(
                        logs.describeLogGroups().logGroups().getFirst().logGroupName())
                .retentionInDays(days));
    }

    private Service service() {
        var ecs = simulation.aws.of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().getFirst();
        return ecs.describeServices(request -> request.cluster(cluster)
                        .services(
                                ecs.listServices(list -> list.cluster(cluster)).serviceArns()))
                .services()
                .getFirst();
    }

    @Test
    @DisplayName("13. Autoscaling fought: the desired count is reset on each pass (aws-cdk#3919)")
    void autoscalingOwnsTheCount() {
        simulation.aws.load(service().serviceName(), 90);
        simulation.run(Duration.ofMinutes(10));
        simulation.aws.load(service().serviceName(), 50);
        simulation.run(Duration.ofMinutes(30));
        var many = service().desiredCount();
        assertThat(many).isGreaterThan(3);
        assertThat(simulation.mutations()).isZero();
        assertThat(status().drift()).isEmpty();

        apply("image: example.org/mycandidate:1.5.0", "scaling: {scaleOutCpuPercent: 75}");
        ready();
        assertThat(service().desiredCount()).as("after a rollout").isEqualTo(many);
    }

    @Test
    @DisplayName("16. A refused change of an immutable field still showed Ready (upbound/provider-azure#622)")
    void aRefusedChangeIsNotReady() {
        apply("database: {kmsKeyArn: \"arn:aws:kms:af-south-1:123456789012:key/0d0d\"}");
        simulation.run(Duration.ofMinutes(10));
        assertThat(status().observedGeneration())
                .isEqualTo(simulation.resource.getMetadata().getGeneration());
        assertThat(simulation.ready()).isFalse();
        assertThat(condition("Stalled").getStatus()).isEqualTo("True");
        assertThat(condition("Stalled").getMessage()).contains("DbInstance/main", "AWS cannot change", "kmsKeyArn");
        assertThat(simulation.mutations()).isZero();
    }
}
