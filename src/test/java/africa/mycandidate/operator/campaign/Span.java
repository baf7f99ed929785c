package africa.mycandidate.operator.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** When something goes wrong, counted from the beginning of a story, and for how long. */
public record Span(Duration from, Duration lasts) {
    static Span of(int fromMinutes, int minutes) {
        return new Span(Duration.ofMinutes(fromMinutes), Duration.ofMinutes(minutes));
    }

    /** Often from the beginning, when most is made; mostly some minutes, at times hours. {@link FaultsCampaignTest} has six of them. */
    static Span draw(Random random) {
        var from = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
        return of(from, random.nextInt(5) == 0 ? 45 + random.nextInt(90) : 1 + random.nextInt(30));
    }

    public Duration end() {
        return from.plus(lasts);
    }

    boolean holds(Instant beginning, Instant now) {
        return !now.isBefore(beginning.plus(from)) && now.isBefore(beginning.plus(end()));
    }

    private static String words(Duration time) {
        var hours = time.toHours();
        var minutes = time.toMinutesPart();
        return hours == 0 ? minutes + " min" : minutes == 0 ? hours + " h" : hours + " h " + minutes + " min";
    }

    @Override
    public String toString() {
        return (from.isZero() ? "from the beginning" : "from minute " + from.toMinutes()) + ", for " + words(lasts);
    }
}
