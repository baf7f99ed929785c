package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Election;
import africa.mycandidate.operator.model.WeeklyWindow.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The time of one election. From {@code raise} until {@code to} more tasks run, and with {@code freeze} nothing disruptive is done.
 *
 * @param raise when the capacity goes up: {@code leadMinutes} before {@code from}
 */
public record ElectionWindow(Election election, Instant raise, Instant from, Instant to) {
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    /**
     * Where clocks go back a time comes twice, and where they go forward one does not come at all: the window begins at the earlier and ends at the later moment.
     *
     * @param election with its defaults filled in
     */
    static ElectionWindow of(Election election, ZoneId zone) {
        var from = LocalDateTime.parse(election.from());
        var to = LocalDateTime.parse(election.to()).atZone(zone).withLaterOffsetAtOverlap();
        var begin = begin(from, zone);
        return new ElectionWindow(
                election, begin.minus(Duration.ofMinutes(election.leadMinutes())), begin, to.toInstant());
    }

    private static Instant begin(LocalDateTime from, ZoneId zone) {
        var gap = zone.getRules().getTransition(from);
        if (gap != null && gap.isGap()) return gap.getInstant();
        return from.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    boolean isPast(Instant now) {
        return !now.isBefore(to);
    }

    /** From the first additional task to the end. */
    public Span span() {
        return new Span(raise, to);
    }

    /** Whether the stack is as large as the election needs it. */
    public boolean isRaised(Instant now) {
        return !now.isBefore(raise) && !isPast(now);
    }

    /** How many load balancer capacity units it wants; 0 for none. */
    public int capacityUnits() {
        return election.loadBalancerCapacityUnits() == null ? 0 : election.loadBalancerCapacityUnits();
    }

    /** A moment as people in that place write it. */
    public static String words(Instant moment, ZoneId zone) {
        return WORDS.format(moment.atZone(zone)) + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
    }
}
