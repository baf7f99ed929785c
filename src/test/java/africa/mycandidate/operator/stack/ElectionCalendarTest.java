package africa.mycandidate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.stack.ElectionCalendar.Bounds;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Local times become moments, whatever the clocks do there, and each moment has its bounds and classes. */
class ElectionCalendarTest {
    private static final Bounds USUAL = new Bounds(2, 10);

    private static ElectionCalendar calendar(String zone, String... elections) {
        var spec = """
                region: af-south-1
                image: example.org/mycandidate:1.4.2
                domain: {name: southafrica.mycandidate.africa}
                timeZone: %s
                elections: [%s]
                """.formatted(zone, String.join(", ", elections));
        return ElectionCalendar.of(Defaults.applied(Serialization.unmarshal(spec, Spec.class)));
    }

    private static String election(String name, String from, String to, String rest) {
        return "{name: %s, from: \"%s\", to: \"%s\"%s}".formatted(name, from, to, rest);
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @Test
    void withoutElectionsNothingChanges() {
        var calendar = calendar("UTC");
        assertThat(calendar.bounds(at("2029-05-28T12:00:00Z"))).isEqualTo(USUAL);
        assertThat(calendar.changes(Instant.EPOCH)).isEmpty();
        assertThat(calendar.frozen(at("2029-05-28T12:00:00Z"))).isEmpty();
    }

    @Test
    void theFloorRisesBeforeTheWindowAndFallsAtItsEnd() {
        var calendar = calendar(
                "Africa/Johannesburg", election("national", "2029-05-28T06:00", "2029-05-31T00:00", ", minTasks: 6"));
        var changes = calendar.changes(at("2029-05-01T00:00:00Z"));
        assertThat(changes)
                .containsExactly(
                        java.util.Map.entry(at("2029-05-28T03:00:00Z"), new Bounds(6, 10)),
                        java.util.Map.entry(at("2029-05-30T22:00:00Z"), USUAL));
        assertThat(calendar.bounds(at("2029-05-28T02:59:59Z"))).isEqualTo(USUAL);
        assertThat(calendar.bounds(at("2029-05-28T03:00:00Z"))).isEqualTo(new Bounds(6, 10));
        assertThat(calendar.bounds(at("2029-05-30T22:00:00Z"))).isEqualTo(USUAL);
        assertThat(calendar.changes(at("2029-05-28T03:00:00Z"))).hasSize(1);
        assertThat(calendar.changes(at("2029-05-30T22:00:00Z"))).isEmpty();
    }

    /** Cairo's clocks go forward on the last Friday of April, 2029-04-27, at 00:00, and back on the last Thursday of October, at 24:00. */
    @Test
    void clocksThatChangeInsideTheWindowChangeNothingElse() {
        var spring = calendar("Africa/Cairo", election("spring", "2029-04-26T08:00", "2029-04-28T08:00", ""));
        assertThat(spring.windows().getFirst().from()).isEqualTo(at("2029-04-26T06:00:00Z"));
        assertThat(spring.windows().getFirst().to()).isEqualTo(at("2029-04-28T05:00:00Z"));
        var autumn = calendar("Africa/Cairo", election("autumn", "2029-10-25T08:00", "2029-10-26T08:00", ""));
        assertThat(Duration.between(
                        autumn.windows().getFirst().from(),
                        autumn.windows().getFirst().to()))
                .isEqualTo(Duration.ofHours(25));
    }

    @Test
    void aTimeThatIsSkippedBeginsWhenTheClocksGoForward() {
        var calendar = calendar("Africa/Cairo", election("gap", "2029-04-27T00:30", "2029-04-27T20:00", ""));
        assertThat(calendar.windows().getFirst().from()).isEqualTo(at("2029-04-26T22:00:00Z"));
    }

    @Test
    void ofATimeThatComesTwiceTheWindowTakesTheWiderReading() {
        var calendar = calendar("Africa/Cairo", election("twice", "2029-10-25T23:30", "2029-10-25T23:45", ""));
        assertThat(calendar.windows().getFirst().from()).isEqualTo(at("2029-10-25T20:30:00Z"));
        assertThat(calendar.windows().getFirst().to()).isEqualTo(at("2029-10-25T21:45:00Z"));
    }

    @Test
    void anElectionWhoseLeadBeginsInAnotherDoesNotLowerItsFloor() {
        var calendar = calendar(
                "UTC",
                election("one", "2029-05-28T00:00", "2029-05-29T00:00", ", minTasks: 8"),
                election("two", "2029-05-29T00:30", "2029-05-30T00:00", ", minTasks: 4"));
        assertThat(calendar.bounds(at("2029-05-28T23:45:00Z"))).isEqualTo(new Bounds(8, 10));
        assertThat(calendar.bounds(at("2029-05-29T00:15:00Z"))).isEqualTo(new Bounds(4, 10));
        assertThat(List.copyOf(calendar.changes(Instant.EPOCH).values()))
                .containsExactly(new Bounds(8, 10), new Bounds(4, 10), USUAL);
    }

    @Test
    void aFloorAboveTheUsualCeilingRaisesIt() {
        var calendar = calendar("UTC", election("large", "2029-05-28T00:00", "2029-05-29T00:00", ", minTasks: 14"));
        assertThat(calendar.bounds(at("2029-05-28T12:00:00Z"))).isEqualTo(new Bounds(14, 14));
    }

    @Test
    void classesComeADayBeforeAndGoInTheNextMaintenanceWindow() {
        var calendar = calendar(
                "UTC",
                election(
                        "large",
                        "2029-05-28T06:00",
                        "2029-05-31T00:00",
                        ", databaseClass: db.m7g.large, cacheNodeType: cache.m7g.large"));
        assertThat(calendar.databaseClass(at("2029-05-27T04:59:59Z"))).isEqualTo("db.t3.small");
        assertThat(calendar.databaseClass(at("2029-05-27T05:00:00Z"))).isEqualTo("db.m7g.large");
        assertThat(calendar.cacheNodeType(at("2029-05-27T05:00:00Z"))).isEqualTo("cache.m7g.large");
        // The next Sunday, 02:00.
        assertThat(calendar.databaseClass(at("2029-06-03T01:59:59Z"))).isEqualTo("db.m7g.large");
        assertThat(calendar.databaseClass(at("2029-06-03T02:00:00Z"))).isEqualTo("db.t3.small");
        assertThat(calendar.keepsClasses(at("2029-05-28T03:59:59Z"))).isEmpty();
        assertThat(calendar.keepsClasses(at("2029-05-28T04:00:00Z"))).isPresent();
        assertThat(calendar.keepsClasses(at("2029-05-31T00:00:00Z"))).isEmpty();
    }

    @Test
    void onlyAFrozenElectionFreezes() {
        var calendar = calendar(
                "UTC",
                election("frozen", "2029-05-28T06:00", "2029-05-29T00:00", ""),
                election("open", "2029-06-28T06:00", "2029-06-29T00:00", ", freeze: false"));
        assertThat(calendar.frozen(at("2029-05-28T04:59:59Z"))).isEmpty();
        assertThat(calendar.frozen(at("2029-05-28T05:00:00Z"))).isPresent();
        assertThat(calendar.frozen(at("2029-05-29T00:00:00Z"))).isEmpty();
        assertThat(calendar.frozen(at("2029-06-28T12:00:00Z"))).isEmpty();
    }

    @Test
    void capacityIsReservedHalfADayBeforeTheLeadUntilTheEndAndTheMostCounts() {
        var calendar = calendar(
                "UTC",
                election("first", "2029-05-28T06:00", "2029-05-29T00:00", ", loadBalancerCapacityUnits: 500"),
                election("second", "2029-05-29T06:00", "2029-05-30T00:00", ", loadBalancerCapacityUnits: 200"),
                election("third", "2029-06-20T06:00", "2029-06-21T00:00", ""));
        assertThat(calendar.capacityUnits(at("2029-05-27T16:59:59Z"))).isZero();
        assertThat(calendar.capacityUnits(at("2029-05-27T17:00:00Z"))).isEqualTo(500);
        // From 17:00 on the second is wanted too.
        assertThat(calendar.capacityUnits(at("2029-05-28T17:00:00Z"))).isEqualTo(500);
        assertThat(calendar.capacityUnits(at("2029-05-29T00:00:00Z"))).isEqualTo(200);
        assertThat(calendar.capacityUnits(at("2029-05-30T00:00:00Z"))).isZero();
        assertThat(calendar.capacityUnits(at("2029-06-20T12:00:00Z"))).isZero();
    }
}
