package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.model.Key;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What this process remembers of one stack between two passes. All of it may be lost. */
public final class Memory {
    final Attempts attempts;
    final Sightings sightings = new Sightings();
    /** Intents that this process noted itself: no earlier process can have acted on them. */
    final Set<Key> noted = new HashSet<>();

    final Watches watches = new Watches();
    final Ages ages = new Ages();
    /** When this process first looked at the stack. */
    Instant born = Instant.MIN;

    /**
     * Until when AWS may show what was before the last write: one of this process, or of the one before it. What is unneeded by then may be in use, and is not
     * deleted.
     */
    Instant inDoubt = Instant.MIN;

    Instant lastWrite = Instant.MIN;
    Instant lastCreate = Instant.MIN;
    Instant lastFullLook = Instant.MIN;
    /** Whether the last plan had nothing left to do. */
    boolean settled;
    /** Whether it has only now come to that, on listings of different ages: all of AWS is looked at once more, so that what it says of serving is not old. */
    boolean unconfirmed;

    public Memory(RandomGenerator random) {
        this.attempts = new Attempts(random);
    }
}
