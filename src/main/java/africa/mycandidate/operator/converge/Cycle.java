package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Where;
import africa.mycandidate.operator.plan.Leaving;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.PlanText;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One pass: look, plan, run what can be run, and say when to look again. It never waits. */
public final class Cycle {
    /** How often a settled stack is looked at. */
    public static final Duration SWEEP = Duration.ofSeconds(60);

    /** A sweep may use another stack's listing of this age. */
    private static final Duration SHARED = Duration.ofSeconds(45);

    /** For this long after a write AWS may still show the old state of anything. */
    private static final Duration SETTLING = Duration.ofSeconds(15);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** The next look comes after this share of the time already waited, so that "ready" is told late by a few percent at most. */
    private static final double SHARE = 0.02;

    private final Inventory inventory;
    private final Executor executor;
    private final InstantSource clock;

    public Cycle(Inventory inventory, Executor executor, InstantSource clock) {
        this.inventory = inventory;
        this.executor = executor;
        this.clock = clock;
    }

    /** What a pass is for. */
    public sealed interface Aim {
        /**
         * @param fresh whether all of AWS is looked at now, whatever was read before
         * @param deletion what is left of a resource that gives way to a new one
         */
        record Converge(boolean fresh, Deletion deletion) implements Aim {}

        /** AWS is looked at and a plan is made, and nothing is written. */
        record Observe(boolean fresh) implements Aim {}

        record Remove(Deletion deletion) implements Aim {}

        /** Everything stays where it is, without the tags that make it ours. */
        record Retain() implements Aim {}

        default boolean writes() {
            return !(this instanceof Observe);
        }
    }

    /**
     * @param failing what keeps failing, by resource
     * @param next how long until the next look
     */
    public record Result(
            Stack stack,
            Snapshot seen,
            Plan plan,
            List<Outcome> outcomes,
            Map<Key, Failing> failing,
            Instant at,
            Duration next) {
        /** Whether AWS was changed. */
        public boolean wrote() {
            return outcomes.stream().anyMatch(Outcome.Done.class::isInstance);
        }
    }

    /** @param policy what is held back; a deletion asks for none */
    public Result pass(Stack stack, Policy policy, Aim aim, Memory memory, Notes notes) {
        var now = clock.instant();
        var seen = look(stack, aim, memory, now);
        var plan =
                switch (aim) {
                    case Aim.Converge converge -> Planner.plan(stack, seen, policy);
                    case Aim.Observe observe -> Planner.plan(stack, seen, policy);
                    case Aim.Remove remove -> Leaving.plan(stack, seen);
                    case Aim.Retain retain -> Leaving.retain(stack, seen);
                };
        memory.sightings.take(plan, now);
        for (var keep : plan.of(Step.Keep.class)) memory.attempts.settled(keep.key(), now);
        var text = PlanText.of(plan);
        // What could not be read is no news, and must not hasten the next look.
        if (!text.equals(memory.planText) && (plan.complete() || memory.lastChange.equals(Instant.MIN))) {
            memory.planText = text;
            memory.lastChange = now;
        }
        var outcomes = aim.writes() ? executor.run(plan, memory, notes, deletion(aim)) : List.<Outcome>of();
        if (memory.born.equals(Instant.MIN)) memory.born = now;
        if (outcomes.stream().anyMatch(outcome -> !(outcome instanceof Outcome.Postponed)))
            memory.lastWrite = clock.instant();
        if (outcomes.stream().anyMatch(Cycle::mayHaveCreated)) memory.lastCreate = clock.instant();
        memory.moving = moving(plan, seen);
        memory.unconfirmed = plan.quiet() && !memory.settled;
        memory.settled = plan.quiet();
        var failing = new TreeMap<Key, Failing>();
        for (var act : plan.of(Step.Act.class))
            memory.attempts.failing(act).ifPresent(one -> failing.put(act.key(), one));
        return new Result(
                stack, seen, plan, outcomes, failing, now, next(plan, aim, outcomes, memory, clock.instant()));
    }

    private static Deletion deletion(Aim aim) {
        return switch (aim) {
            case Aim.Converge converge -> converge.deletion();
            case Aim.Remove remove -> remove.deletion();
            case Aim.Observe observe -> new Deletion(true);
            case Aim.Retain retain -> new Deletion(true);
        };
    }

    private static boolean mayHaveCreated(Outcome outcome) {
        return !(outcome instanceof Outcome.Postponed)
                && (outcome.step() instanceof Step.Create || outcome.step() instanceof Step.Replace);
    }

    /**
     * Whether nothing of the stack is left, and nothing can be hiding: what was created within the read lag, by this process or by one before it, may not be
     * listed yet.
     */
    public boolean gone(Result result, Memory memory) {
        if (!result.plan().settled() || !result.plan().steps().isEmpty()) return false;
        return !result.at().isBefore(latest(memory.born, memory.lastCreate).plus(Attempts.READ_LAG));
    }

    private Snapshot look(Stack stack, Aim aim, Memory memory, Instant now) {
        var asked =
                switch (aim) {
                    case Aim.Converge(var fresh, var deletion) -> fresh;
                    case Aim.Observe(var fresh) -> fresh;
                    default -> false;
                };
        var fresh = memory.unconfirmed || asked;
        var full = fresh
                || memory.lastFullLook.equals(Instant.MIN)
                || now.isBefore(memory.lastWrite.equals(Instant.MIN) ? now : memory.lastWrite.plus(SETTLING))
                || !now.isBefore(memory.lastFullLook.plus(SWEEP));
        var settled = memory.moving.isEmpty() && !fresh;
        var oldest = full ? (settled ? latest(memory.lastWrite, now.minus(SHARED)) : now) : memory.lastFullLook;
        if (full) memory.lastFullLook = now;
        return inventory.look(
                stack.identity().stack(), stack.places(), where -> memory.moving.contains(where) ? now : oldest);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The places where something is about to change by itself, or where a settled resource has yet to show what a blocked step waits for. */
    private static Set<Where> moving(Plan plan, Snapshot seen) {
        var types = new HashSet<Class<?>>();
        var kept = plan.of(Step.Keep.class).stream().map(Step::key).collect(Collectors.toSet());
        for (var step : plan.steps()) {
            switch (step) {
                case Step.Wait wait -> types.add(wait.key().type());
                case Step.Blocked blocked ->
                    blocked.by().stream().filter(kept::contains).forEach(key -> types.add(key.type()));
                case Step.Act act -> types.add(act.key().type());
                default -> {}
            }
        }
        var moving = new HashSet<Where>();
        for (var entry : seen.readings().entrySet()) {
            if (types.contains(entry.getKey().type()) || entry.getValue() instanceof Snapshot.Reading.Unread)
                moving.add(entry.getKey());
        }
        return Set.copyOf(moving);
    }

    private static Duration next(Plan plan, Aim aim, List<Outcome> outcomes, Memory memory, Instant now) {
        if (memory.unconfirmed) return SHORTEST;
        if (plan.quiet() || !aim.writes()) return SWEEP;
        if (outcomes.stream().anyMatch(Outcome.Done.class::isInstance)) return SHORTEST;
        var refused = !plan.of(Step.Refuse.class).isEmpty();
        var onlyUser = plan.steps().stream()
                .allMatch(step -> step instanceof Step.Keep
                        || step instanceof Step.Held
                        || step instanceof Step.Refuse
                        || refused && step instanceof Step.Wait wait && wait.idle());
        if (onlyUser) return SWEEP;
        var waited = Duration.between(memory.lastChange, now);
        var share = Duration.ofMillis(Math.round(waited.toMillis() * SHARE));
        return share.compareTo(SHORTEST) < 0 ? SHORTEST : share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }
}
