package africa.mycandidate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.Dashboard;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.Subscription;
import africa.mycandidate.operator.resource.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlarmsAreaTest {
    private static final String TOPIC = "arn:aws:sns:af-south-1:111122223333:on-call";
    private static final Set<String> SCALING = Set.of("cpu-high", "cpu-low");

    private static Map<String, Alarm> alarms(Spec spec) {
        var alarms = new TreeMap<String, Alarm>();
        Specs.stack(spec).resources().forEach((key, resource) -> {
            if (resource instanceof Alarm alarm) alarms.put(key.role(), alarm);
        });
        return alarms;
    }

    private static Spec mailed(String field, Object value) {
        return Specs.with(Map.of("alarms.email", "on-call@example.org", field, value));
    }

    @Test
    void everythingThatWakesAPersonHasAnAlarm() {
        assertThat(alarms(Specs.with("alarms.email", "on-call@example.org")).keySet())
                .containsExactly(
                        "cache-evictions",
                        "cache-memory",
                        "certificate",
                        "cpu-high",
                        "cpu-low",
                        "database-connections",
                        "database-cpu",
                        "database-storage",
                        "errors",
                        "latency",
                        "nat-a",
                        "targets-none",
                        "targets-unhealthy",
                        "tasks-failing");
    }

    @Test
    void theScalingAlarmsAreAsTheyAreWithoutTheBlock() {
        var with = alarms(Specs.with("alarms.email", "on-call@example.org"));
        with.keySet().retainAll(SCALING);
        assertThat(with).isEqualTo(alarms(Specs.minimal()));
        assertThat(with.values())
                .allMatch(alarm ->
                        alarm.okActions() == null && alarm.datapointsToAlarm() == null && alarm.math() == null);
    }

    /** Every alarm tells the topic when it is bad and when it is good again, in words for somebody who was woken. */
    @Test
    void everyAlarmTellsTheTopicInWords() {
        var stack = Specs.stack(Specs.with("alarms.topicArn", TOPIC));
        assertThat(stack.resources().keySet())
                .noneMatch(key -> key.type() == Topic.class || key.type() == Subscription.class);
        var mine = alarms(Specs.with("alarms.topicArn", TOPIC));
        mine.keySet().removeAll(SCALING);
        assertThat(mine.values()).allSatisfy(alarm -> {
            assertThat(alarm.actions()).isEqualTo(Set.of(Ref.of(TOPIC))).isEqualTo(alarm.okActions());
            assertThat(alarm.description())
                    .startsWith("southafrica.mycandidate.africa: ")
                    .endsWith(".")
                    .hasSizeLessThan(1024);
            assertThat(alarm.evaluationPeriods()).isGreaterThanOrEqualTo(alarm.datapointsToAlarm());
        });
    }

    @Test
    void connectionsAreJudgedByWhatTheClassTakes() {
        // 2 GiB / 9531392 = 225, 8 GiB: 901, at most 5000; the door lets the tasks open three quarters of it.
        assertThat(connections("db.t3.small")).isEqualTo(180);
        assertThat(connections("db.t3.large")).isEqualTo(720);
        assertThat(connections("db.r5.24xlarge")).isEqualTo(4000);
        assertThat(connections("db.x9.huge")).as("10 tasks with 10 each").isEqualTo(100);
    }

    private static double connections(String type) {
        return alarms(mailed("database.instanceClass", type))
                .get("database-connections")
                .threshold();
    }

    @Test
    void storageIsJudgedByItsSizeAndByAGibibyteAtLeast() {
        assertThat(alarms(mailed("database.storageGiB", 200))
                        .get("database-storage")
                        .threshold())
                .isEqualTo(10.0 * (1L << 30));
        assertThat(alarms(mailed("database.storageGiB", 20))
                        .get("database-storage")
                        .threshold())
                .isEqualTo(1.0 * (1L << 30));
    }

    @Test
    void lagIsWatchedOnlyWhereThereIsAReplica() {
        assertThat(alarms(mailed("cache.replicas", 0))).doesNotContainKey("cache-lag");
        var alarms = alarms(mailed("cache.replicas", 2));
        for (var role : Set.of("cache-lag", "cache-memory", "cache-evictions"))
            assertThat(Refs.open(alarms.get(role).math()).stream().map(Ref.Output::output))
                    .as(role)
                    .containsExactlyInAnyOrder("node0", "node1", "node2");
        assertThat(Refs.open(alarms.get("cache-lag")).stream().map(Ref.Output::key))
                .contains(new Key(ReplicationGroup.class, "main"));
    }

    @Test
    void eachGatewayHasAnAlarm() {
        assertThat(nats("PerZone")).containsExactlyInAnyOrder("nat-a", "nat-b");
        assertThat(nats("Single")).containsExactly("nat-a");
        assertThat(nats("None")).isEmpty();
    }

    private static Set<String> nats(String mode) {
        return alarms(mailed("network.natGateways", mode)).keySet().stream()
                .filter(role -> role.startsWith("nat-"))
                .collect(Collectors.toSet());
    }

    @Test
    void aCertificateOfTheUserIsWatchedToo() {
        var arn = "arn:aws:acm:af-south-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
        assertThat(alarms(mailed("domain.certificateArn", arn))
                        .get("certificate")
                        .dimensions())
                .isEqualTo(Map.of("CertificateArn", Ref.of(arn)));
    }

    @Test
    void theDashboardShowsEveryGatewayAndNodeAndNothingStandsOnAnotherThing() {
        var stack = Specs.stack(Specs.with(
                Map.of("alarms.email", "on-call@example.org", "cache.replicas", 1, "network.natGateways", "PerZone")));
        var board = (Dashboard) stack.resources().get(new Key(Dashboard.class, "site"));
        var shown = Refs.open(board).stream().map(Ref.Output::key).collect(Collectors.toSet());
        assertThat(shown).contains(new Key(NatGateway.class, "a"), new Key(NatGateway.class, "b"));
        assertThat(board.widgets())
                .extracting(widget -> widget.x() + " " + widget.y())
                .doesNotHaveDuplicates();
        assertThat(board.widgets()).allMatch(widget -> widget.x() + widget.width() <= 24 && widget.y() >= 3);
    }
}
