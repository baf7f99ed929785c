package africa.mycandidate.operator.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The time of each week in which AWS may maintain a resource, in UTC.
 *
 * @param text such as {@code sun:02:00-sun:03:00} (RDS and ElastiCache API references, PreferredMaintenanceWindow)
 * @param avoid what it has to keep clear of; where there is nothing, no other window is as good
 */
public record WeeklyWindow(String text, List<Span> avoid) implements Judging {
    private static final Pattern TEXT = Pattern.compile("([a-z]{3}):(\\d\\d:\\d\\d)-([a-z]{3}):(\\d\\d:\\d\\d)");
    private static final Pattern DAILY = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    /** The least that ElastiCache takes; RDS takes half of it. */
    private static final Duration LENGTH = Duration.ofMinutes(60);

    /** Nothing is maintained right after what it was moved for. */
    private static final Duration AFTERWARDS = Duration.ofHours(2);

    /** A window that holds the present moment would have AWS begin at once what is pending (RDS API reference, ModifyDBInstance, PreferredMaintenanceWindow). */
    private static final Duration NOT_NOW = Duration.ofHours(2);

    private static final int HOURS_OF_A_WEEK = 168;

    /** A time that does not come again. */
    public record Span(Instant from, Instant to) {}

    public WeeklyWindow {
        avoid = List.copyOf(avoid);
    }

    /** As AWS shows one. */
    public static WeeklyWindow of(String text) {
        return new WeeklyWindow(text.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first hour after the last of these times that is clear of all of them in every week; empty where they leave none. */
    public static Optional<WeeklyWindow> clearOf(List<Span> avoid, Instant now) {
        return avoid.stream().map(Span::to).max(Instant::compareTo).flatMap(last -> hours(last.plus(AFTERWARDS), avoid)
                .filter(one -> one.isClear(now))
                .findFirst());
    }

    /**
     * The same, or the next hour that is as clear and apart from a daily window: AWS takes no two that overlap.
     *
     * @param daily such as {@code 03:10-03:40}; anything else stands for none
     */
    public WeeklyWindow apartFrom(String daily, Instant now) {
        if (!overlaps(daily)) return this;
        return hours(begin(Instant.EPOCH), avoid)
                .filter(one -> !one.overlaps(daily) && one.isClear(now))
                .findFirst()
                .orElse(this);
    }

    private boolean isClear(Instant now) {
        return !meets(new Span(now.minus(LENGTH), now.plus(NOT_NOW)))
                && avoid.stream().noneMatch(this::meets);
    }

    private static Stream<WeeklyWindow> hours(Instant from, List<Span> avoid) {
        var first = from.truncatedTo(ChronoUnit.HOURS);
        return Stream.iterate(0, hour -> hour + 1)
                .limit(HOURS_OF_A_WEEK)
                .map(hour -> new WeeklyWindow(text(first.plus(Duration.ofHours(hour))), avoid));
    }

    private static String text(Instant begin) {
        return moment(begin) + "-" + moment(begin.plus(LENGTH));
    }

    private static String moment(Instant at) {
        var there = at.atOffset(ZoneOffset.UTC);
        return there.getDayOfWeek().name().substring(0, 3).toLowerCase(Locale.ROOT) + ":"
                + there.toLocalTime().truncatedTo(ChronoUnit.MINUTES);
    }

    @Override
    public boolean accepts(Object actual) {
        if (!(actual instanceof WeeklyWindow other)) return false;
        return avoid.isEmpty() ? text.equals(other.text) : avoid.stream().noneMatch(other::meets);
    }

    /** Whether one of its weeks' hours falls into that time. One that cannot be read does, so that it is replaced. */
    public boolean meets(Span span) {
        if (!TEXT.matcher(text).matches()) return true;
        var begin = begin(span.from());
        return begin.plus(length()).isAfter(span.from()) || begin.plus(WEEK).isBefore(span.to());
    }

    private boolean overlaps(String daily) {
        var read = DAILY.matcher(daily);
        if (!read.matches()) return false;
        var from = LocalTime.parse(read.group(1));
        var length = positive(Duration.between(from, LocalTime.parse(read.group(2))), DAY);
        var mine = begin(Instant.EPOCH).atOffset(ZoneOffset.UTC).toLocalTime();
        return positive(Duration.between(from, mine), DAY).compareTo(length) < 0
                || positive(Duration.between(mine, from), DAY).compareTo(length()) < 0;
    }

    /** Its latest beginning that is not after a moment. */
    private Instant begin(Instant notAfter) {
        var read = read();
        var begin = at(notAfter, read.group(1), read.group(2));
        return begin.isAfter(notAfter) ? begin.minus(WEEK) : begin;
    }

    private Duration length() {
        var read = read();
        var from = at(Instant.EPOCH, read.group(1), read.group(2));
        return positive(Duration.between(from, at(Instant.EPOCH, read.group(3), read.group(4))), WEEK);
    }

    private Matcher read() {
        var read = TEXT.matcher(text);
        if (!read.matches()) throw new IllegalArgumentException(text + " is no weekly window");
        return read;
    }

    private static Instant at(Instant within, String day, String time) {
        var weekday = Stream.of(DayOfWeek.values())
                .filter(one -> one.name().startsWith(day.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        return LocalDateTime.ofInstant(within, ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .with(TemporalAdjusters.nextOrSame(weekday))
                .with(LocalTime.parse(time))
                .toInstant(ZoneOffset.UTC);
    }

    /** The same within one cycle: zero stays zero. */
    private static Duration positive(Duration time, Duration cycle) {
        return time.isNegative() ? time.plus(cycle) : time;
    }

    @Override
    public String toString() {
        return text;
    }
}
