package africa.mycandidate.operator.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs a number of times as fast as the real one, from the moment it is made. */
record ScaledClock(Instant start, int pace) implements InstantSource {
    static ScaledClock startingNow(int pace) {
        return new ScaledClock(Instant.now(), pace);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, Instant.now()).multipliedBy(pace));
    }
}
