package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Where;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * When to look again at what is on its way. Each wait has a pace of its own, which follows from how long it has lasted: the end of a long one is told late by about 3% of
 * it at most, that of a short one by 5 s, and neither takes more than some 70 reads.
 */
final class Watches {
    /** AWS mostly shows a new resource by then, and what comes next waits for it. */
    static final Duration AFTER_A_CREATE = Duration.ofMillis(500);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration FIRST_TRY_AGAIN = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration SELDOM = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double SHARE = 0.031;
    private static final double SHARE_OF_SHORT = 0.1;
    /** The share of its pause by which what could not be read is tried again early when a pass comes by: where much cannot be read, not each makes a pass of its own. */
    private static final double EARLY = 0.2;

    /** By what is waited for. */
    private Map<String, Wait> waits = Map.of();

    private Map<Where, Due> due = Map.of();

    /**
     * @param from when a pass that comes by takes it along: one after a write always does, for what was read before that shows nothing of it, and might be just what
     *     a spec that was changed back asks for
     */
    private record Due(Instant at, Instant from) {
        boolean isReached(Instant now) {
            return !now.isBefore(from);
        }
    }

    /** @param what the words of the wait: other words are another wait, which may be short */
    private record Wait(String what, Instant since) {
        /** After a long one nobody need hurry: the whole of it counts, and a third of that is taken for the beginning of the next. */
        Wait with(String words, Instant now) {
            if (words.equals(what)) return this;
            var third = share(Duration.between(since, now), 1.0 / 3);
            var begun = now.minus(longer(third, share(SHORT, 1 / SHARE_OF_SHORT)));
            return new Wait(words, since.isAfter(begun) ? since : begun);
        }
    }

    /** Takes in what a plan waits for. */
    void take(Plan plan, Snapshot seen, List<Outcome> outcomes, Instant now) {
        var going = new HashMap<String, Wait>();
        var paces = new HashMap<Class<?>, Duration>();
        var written = new HashSet<Class<?>>();
        var kept = plan.of(Step.Keep.class).stream().map(Step::key).collect(Collectors.toSet());
        var done = keys(outcomes, Outcome.Done.class::isInstance);
        var tried = keys(outcomes, outcome -> !(outcome instanceof Outcome.Postponed));
        for (var step : plan.steps()) {
            switch (step) {
                case Step.Wait wait when seen.unread(wait.key().type()).isPresent() -> {}
                // It goes when others have moved, and those are watched.
                case Step.Wait wait when wait.idle() -> {}
                case Step.Wait wait -> soonest(paces, wait.key().type(), pace(wait, seen, going, now));
                case Step.Blocked blocked ->
                    blocked.by().stream()
                            .filter(kept::contains)
                            .forEach(key -> soonest(
                                    paces, key.type(), blocked.closely() ? SHORTEST : pace(blocked, going, now)));
                case Step.Create create
                when done.contains(create.key()) -> soonest(paces, create.key().type(), AFTER_A_CREATE);
                case Step.Act act
                when done.contains(act.key()) -> soonest(paces, act.key().type(), SHORTEST);
                // Nobody waits for it.
                case Step.Update update
                when update.isDispensable() -> soonest(paces, update.key().type(), Cycle.SWEEP);
                case Step.Act act -> soonest(paces, act.key().type(), pace(act, going, now));
                default -> {}
            }
            if (step instanceof Step.Act && tried.contains(step.key()))
                written.add(step.key().type());
        }
        var next = new HashMap<Where, Due>();
        for (var entry : seen.readings().entrySet()) {
            var where = entry.getKey();
            // AWS's words for it carry a request id, new each time.
            if (entry.getValue() instanceof Snapshot.Reading.Unread)
                next.put(where, again(now, waited("unread " + where, "", going, now)));
            else if (written.contains(where.type())) next.put(where, new Due(now.plus(paces.get(where.type())), now));
            else if (paces.containsKey(where.type())) next.put(where, due(where, now, paces.get(where.type())));
        }
        waits = going;
        due = next;
    }

    private static Set<Key> keys(List<Outcome> outcomes, Predicate<Outcome> kind) {
        return outcomes.stream().filter(kind).map(Outcome::key).collect(Collectors.toSet());
    }

    /** A look that is on its way is not put off by a pass that came for another one. */
    private Due due(Where where, Instant now, Duration pace) {
        var next = new Due(now.plus(pace), now.plus(pace));
        var planned = due.get(where);
        return planned != null && !planned.isReached(now) && planned.at().isBefore(next.at()) ? planned : next;
    }

    private static void soonest(Map<Class<?>, Duration> paces, Class<?> type, Duration pace) {
        paces.merge(type, pace, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    private Duration pace(Step.Wait wait, Snapshot seen, Map<String, Wait> going, Instant now) {
        var waited = waited(wait, going, now);
        var seldom = isBeingCreated(wait.key(), seen) && waited.compareTo(seldomBefore(wait.key())) < 0;
        return seldom ? SELDOM : pace(waited);
    }

    private static boolean isBeingCreated(Key key, Snapshot seen) {
        // Whosever they are: ElastiCache hides that until the end.
        return seen.all(key.type()).stream().anyMatch(one -> one.phase() == Phase.CREATING);
    }

    private Duration pace(Step step, Map<String, Wait> going, Instant now) {
        return pace(waited(step, going, now));
    }

    private Duration waited(Step step, Map<String, Wait> going, Instant now) {
        return waited(step.getClass().getSimpleName() + " " + step.key(), step.because(), going, now);
    }

    private Duration waited(String slot, String what, Map<String, Wait> going, Instant now) {
        var wait = Optional.ofNullable(waits.get(slot))
                .map(one -> one.with(what, now))
                .orElse(new Wait(what, now));
        going.put(slot, wait);
        return Duration.between(wait.since(), now);
    }

    private static Duration seldomBefore(Key key) {
        return Duration.ofSeconds(key.type().getAnnotation(AwsType.class).seldomBefore());
    }

    private static Duration pace(Duration waited) {
        var share = share(waited, SHARE);
        var of = longer(SHORTEST, shorter(longer(SHORT, share), share(waited, SHARE_OF_SHORT)));
        return shorter(of, LONGEST);
    }

    /** What could not be read is tried again after twice as long each time: AWS is in trouble, or asks for fewer calls. */
    private static Due again(Instant now, Duration waited) {
        var pause = shorter(longer(FIRST_TRY_AGAIN, waited), LONGEST);
        return new Due(now.plus(pause), now.plus(share(pause, 1 - EARLY)));
    }

    private static Duration share(Duration of, double share) {
        return Duration.ofMillis(Math.round(of.toMillis() * share));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether this place is to be looked at now, whatever was read of it before. */
    boolean isDue(Where where, Instant now) {
        var look = due.get(where);
        return look != null && look.isReached(now);
    }

    /** Whether this place has a pace of its own, so that a sweep need not read it. */
    boolean isWatched(Where where) {
        return due.containsKey(where);
    }

    /** Whether nothing is on its way. */
    boolean none() {
        return due.isEmpty();
    }

    /** How long until the first of them is to be looked at. */
    Optional<Duration> next(Instant now) {
        return due.values().stream().map(Due::at).min(Instant::compareTo).map(at -> Duration.between(now, at));
    }
}
