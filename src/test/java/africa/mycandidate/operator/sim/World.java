package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Time, chance and pending events of the simulated AWS. One lock guards all of it: every call of a simulated client runs inside {@link #call}. Durations are
 * drawn from the seed and unknown to the operator.
 */
public final class World {
    private final long seed;
    private Random random;
    private boolean byCause;
    private final Supplier<Instant> time;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long sequence;
    private Instant eventTime;
    private Instant resting = Instant.EPOCH;

    /** @param chance what its draws come from where chance follows causes, else null @param routine whether it comes while nothing happens too */
    private record Event(Instant at, long sequence, Runnable action, Long chance, boolean routine)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            var byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** @param time the present, never running backwards: a virtual clock in tests, a scaled one in {@code make run} */
    public World(long seed, Supplier<Instant> time) {
        this.seed = seed;
        this.random = new Random(seed);
        this.time = time;
    }

    /** The present; while an event runs, the moment for which it was planned. */
    public synchronized Instant now() {
        return eventTime != null ? eventTime : time.get();
    }

    /** Plans an event. Events run in order of time, before the next call is answered. */
    public synchronized void after(Duration delay, Runnable action) {
        add(delay, action, false);
    }

    /** AWS takes no further change of some kind for so long, though nothing happens meanwhile. */
    public synchronized void rest(Duration time) {
        var until = now().plus(time);
        if (until.isAfter(resting)) resting = until;
    }

    /** When it takes everything again. */
    public synchronized Instant restsUntil() {
        return resting;
    }

    /** Plans an event that comes again and again while nothing happens: a look at what is steady, a metric's next minute. */
    public synchronized void routinelyAfter(Duration delay, Runnable action) {
        add(delay, action, true);
    }

    private void add(Duration delay, Runnable action, boolean routine) {
        events.add(
                new Event(now().plus(delay), sequence++, action, byCause ? (Long) random.nextLong() : null, routine));
    }

    /**
     * From here on what the next call draws depends on the given cause alone, and what an event draws on the call that led to it: the same request gets the same
     * ids and durations, whatever else happens before it. So two ways through the same world can be compared.
     */
    public synchronized void chanceOf(Object cause) {
        settle();
        byCause = true;
        random = new Random(seed * 1_000_003 + cause.toString().hashCode());
    }

    /** Runs an API call after every event that was due before it. */
    public synchronized <T> T call(Supplier<T> body) {
        settle();
        return body.get();
    }

    /** Runs all events that are due. */
    public synchronized void settle() {
        if (eventTime != null) return;
        try {
            while (!events.isEmpty() && !events.peek().at().isAfter(time.get())) {
                var event = events.poll();
                eventTime = event.at();
                if (event.chance() != null) random = new Random(event.chance());
                event.action().run();
            }
        } finally {
            eventTime = null;
        }
    }

    /** When the next event is due, or null. Virtual time can jump there. */
    public synchronized Instant nextEvent() {
        return events.isEmpty() ? null : events.peek().at();
    }

    /** When the next event is due that is not routine, or null: until then AWS has nothing under way. */
    public synchronized Instant nextWork() {
        return events.stream()
                .filter(event -> !event.routine())
                .map(Event::at)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** A duration around the usual one: times 0.5 to 3, its median near 1. */
    public synchronized Duration draw(Duration usual) {
        var factor = Math.min(3, Math.max(0.5, Math.exp(random.nextGaussian() * 0.4)));
        return Duration.ofMillis(Math.round(usual.toMillis() * factor));
    }

    /** How long a write stays invisible to reads: mostly under a second, sometimes several. */
    public synchronized Duration lag() {
        return Duration.ofMillis(random.nextInt(5) == 0 ? random.nextInt(4_000) : random.nextInt(600));
    }

    public synchronized int below(int bound) {
        return random.nextInt(bound);
    }

    /** Lower-case hexadecimal digits, as in EC2's ids. */
    public synchronized String hex(int digits) {
        var text = new StringBuilder(digits);
        for (var i = 0; i < digits; i++) text.append(Character.forDigit(random.nextInt(16), 16));
        return text.toString();
    }
}
