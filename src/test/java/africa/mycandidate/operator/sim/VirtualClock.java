package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when a test says so. */
public final class VirtualClock implements InstantSource {
    private Instant now = Instant.parse("2026-01-05T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }
}
