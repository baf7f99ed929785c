package africa.mycandidate.operator.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs a number of times as fast as the real one, from the moment it is made, and can be put forward. */
final class ScaledClock implements InstantSource {
    private final Instant start;
    private final int pace;
    private volatile Duration skipped = Duration.ZERO;

    ScaledClock(Instant start, int pace) {
        this.start = start;
        this.pace = pace;
    }

    static ScaledClock startingNow(int pace) {
        return new ScaledClock(Instant.now(), pace);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, Instant.now()).multipliedBy(pace))
                .plus(skipped);
    }

    /** Puts the clock forward; it never goes back. */
    synchronized void skip(Duration time) {
        if (time.isNegative()) throw new IllegalArgumentException("the clock does not go back");
        skipped = skipped.plus(time);
    }
}
