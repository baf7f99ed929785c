package africa.mycandidate.operator.sim;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** Weekly windows such as {@code sun:02:00-sun:03:00} and daily ones such as {@code 03:10-03:40}, in UTC. */
final class Windows {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    /** In minutes. */
    private static final int DAY = 24 * 60;

    private Windows() {}

    /** Without a wish, AWS draws one. */
    static String weekly(World world) {
        var day = DAYS.get(world.below(7));
        var hour = world.below(23);
        return "%s:%02d:00-%s:%02d:00".formatted(day, hour, day, hour + 1);
    }

    static String daily(World world) {
        var hour = world.below(23);
        return "%02d:00-%02d:00".formatted(hour, hour + 1);
    }

    static boolean weekly(String window) {
        return window.toLowerCase()
                .matches("(DAY:TIME)-(DAY:TIME)"
                        .replace("DAY", "(" + String.join("|", DAYS) + ")")
                        .replace("TIME", "[0-2]\\d:[0-5]\\d"));
    }

    static boolean daily(String window) {
        return window.matches("[0-2]\\d:[0-5]\\d-[0-2]\\d:[0-5]\\d");
    }

    /** Whether a weekly and a daily window share a minute. */
    static boolean overlap(String weekly, String daily) {
        var from = minute(weekly.substring(4, 9));
        var length = (minute(weekly.substring(14, 19)) - from + DAY) % DAY;
        var other = minute(daily.substring(0, 5));
        var itsLength = (minute(daily.substring(6, 11)) - other + DAY) % DAY;
        return (other - from + DAY) % DAY < length || (from - other + DAY) % DAY < itsLength;
    }

    private static int minute(String time) {
        return LocalTime.parse(time).toSecondOfDay() / 60;
    }

    static Instant nextWeekly(String window, Instant now) {
        var day = DayOfWeek.of(DAYS.indexOf(window.substring(0, 3).toLowerCase()) + 1);
        var start = now.atOffset(ZoneOffset.UTC)
                .with(TemporalAdjusters.nextOrSame(day))
                .with(LocalTime.parse(window.substring(4, 9)));
        return (start.toInstant().isAfter(now) ? start : start.plusWeeks(1)).toInstant();
    }

    static Instant nextDaily(String window, Instant now) {
        var start =
                now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).with(LocalTime.parse(window.substring(0, 5)));
        return (start.toInstant().isAfter(now) ? start : start.plusDays(1)).toInstant();
    }
}
