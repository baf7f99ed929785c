package africa.mycandidate.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.WeeklyWindow.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyWindowTest {
    /** A Wednesday. */
    private static final Instant FROM = Instant.parse("2029-05-30T05:00:00Z");

    private static final Span ELECTION = new Span(FROM, Instant.parse("2029-06-01T00:00:00Z"));
    private static final Instant WEEK_BEFORE = FROM.minus(Duration.ofDays(7));

    @ParameterizedTest
    @CsvSource({
        "wed:04:00-wed:05:00, false",
        "wed:04:30-wed:05:30, true",
        "wed:12:00-wed:12:30, true",
        "thu:23:30-fri:00:30, true",
        "fri:00:00-fri:01:00, false",
        "sun:23:30-mon:00:30, false",
        "tue:23:30-wed:05:01, true",
        "not a window at all, true"
    })
    void oneThatFallsIntoAnElectionMeetsIt(String text, boolean meets) {
        assertThat(WeeklyWindow.of(text).meets(ELECTION)).isEqualTo(meets);
    }

    @Test
    void theNextOneIsAFewHoursAfterTheElection() {
        var clear = WeeklyWindow.clearOf(List.of(ELECTION), WEEK_BEFORE).orElseThrow();
        assertThat(clear.text()).isEqualTo("fri:02:00-fri:03:00");
        assertThat(clear.meets(ELECTION)).isFalse();
        assertThat(clear.accepts(WeeklyWindow.of("SUN:02:00-SUN:03:00"))).isTrue();
        assertThat(clear.accepts(WeeklyWindow.of("wed:12:00-wed:13:00"))).isFalse();
    }

    /** RDS would begin at once with what is pending. */
    @ParameterizedTest
    @ValueSource(strings = {"2029-05-25T00:30:00Z", "2029-05-25T02:30:00Z", "2029-05-25T03:59:00Z"})
    void noneHoldsThePresentMoment(String now) {
        var clear = WeeklyWindow.clearOf(List.of(ELECTION), Instant.parse(now)).orElseThrow();
        assertThat(clear.meets(new Span(Instant.parse(now), Instant.parse(now).plusSeconds(1))))
                .isFalse();
        assertThat(clear.meets(ELECTION)).isFalse();
    }

    @Test
    void anElectionOfAWeekLeavesNoTime() {
        var aWeek = new Span(FROM, FROM.plus(Duration.ofDays(7)));
        assertThat(WeeklyWindow.clearOf(List.of(aWeek), WEEK_BEFORE)).isEmpty();
        assertThat(WeeklyWindow.clearOf(List.of(), WEEK_BEFORE)).isEmpty();
    }

    @Test
    void itKeepsClearOfTwoElections() {
        var runOff = new Span(FROM.plus(Duration.ofDays(5)), FROM.plus(Duration.ofDays(6)));
        var clear = WeeklyWindow.clearOf(List.of(ELECTION, runOff), WEEK_BEFORE).orElseThrow();
        assertThat(clear.meets(ELECTION)).isFalse();
        assertThat(clear.meets(runOff)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "03:10-03:40, fri:02:00-fri:03:00",
        "02:59-03:29, fri:04:00-fri:05:00",
        "01:30-02:01, fri:03:00-fri:04:00",
        "23:30-04:30, fri:05:00-fri:06:00",
        "whenever, fri:02:00-fri:03:00"
    })
    void itGivesWayToTheTimeOfBackups(String daily, String text) {
        var clear = WeeklyWindow.clearOf(List.of(ELECTION), WEEK_BEFORE).orElseThrow();
        assertThat(clear.apartFrom(daily, WEEK_BEFORE).text()).isEqualTo(text);
    }
}
