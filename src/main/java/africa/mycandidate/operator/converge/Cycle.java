package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Leaving;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One pass: look, plan, run what can be run, and say when to look again. It never waits. */
public final class Cycle {
    /** How often a settled stack is looked at. */
    public static final Duration SWEEP = Duration.ofSeconds(60);

    /** A sweep may use another stack's listing of this age. */
    private static final Duration SHARED = Duration.ofSeconds(45);

    /** How long AWS may hide the effect of a write. */
    public static final Duration READ_LAG = Attempts.READ_LAG;

    private final Inventory inventory;
    private final Executor executor;
    private final Planning planning;
    private final InstantSource clock;

    /** How what is to be done is found out. */
    public interface Planning {
        Plan plan(Stack stack, Snapshot seen, Policy policy);

        /** The way to nothing. */
        default Plan leaving(Stack stack, Snapshot seen) {
            return Leaving.plan(stack, seen);
        }
    }

    public Cycle(Inventory inventory, Executor executor, Planning planning, InstantSource clock) {
        this.planning = planning;
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
                    case Aim.Converge converge -> planning.plan(stack, seen, policy);
                    case Aim.Observe observe -> planning.plan(stack, seen, policy);
                    case Aim.Remove remove -> planning.leaving(stack, seen);
                    case Aim.Retain retain -> Leaving.retain(stack, seen);
                };
        memory.sightings.take(plan, now);
        for (var keep : plan.of(Step.Keep.class)) memory.attempts.settled(keep.key(), now);
        if (memory.born.equals(Instant.MIN)) {
            memory.born = now;
            memory.inDoubt = now.plus(READ_LAG);
        }
        // A departure deletes what the stack needed: nothing hangs on what seems to be used.
        var sureFrom = aim instanceof Aim.Converge ? memory.inDoubt : Instant.MIN;
        var outcomes = aim.writes() ? executor.run(plan, memory, notes, deletion(aim), sureFrom) : List.<Outcome>of();
        if (outcomes.stream().anyMatch(Cycle::mayHaveChanged))
            memory.inDoubt = clock.instant().plus(READ_LAG);
        if (outcomes.stream().anyMatch(outcome -> !(outcome instanceof Outcome.Postponed)))
            memory.lastWrite = clock.instant();
        if (outcomes.stream().anyMatch(Cycle::mayHaveCreated)) memory.lastCreate = clock.instant();
        memory.watches.take(plan, seen, outcomes, clock.instant());
        memory.unconfirmed = plan.quiet() && !memory.settled;
        memory.settled = plan.quiet();
        var failing = new TreeMap<Key, Failing>();
        for (var act : plan.of(Step.Act.class))
            memory.attempts.failing(act).ifPresent(one -> failing.put(act.key(), one));
        return new Result(stack, seen, plan, outcomes, failing, now, next(plan, aim, memory, clock.instant()));
    }

    private static Deletion deletion(Aim aim) {
        return switch (aim) {
            case Aim.Converge converge -> converge.deletion();
            case Aim.Remove remove -> remove.deletion();
            case Aim.Observe observe -> new Deletion(true);
            case Aim.Retain retain -> new Deletion(true);
        };
    }

    /** Whether what uses what may be another than it was: something was made or changed, or that may have happened. */
    private static boolean mayHaveChanged(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> !(done.step() instanceof Step.Delete);
            case Outcome.Failed failed -> failed.failure().kind() == AwsFailure.Kind.TRANSIENT;
            case Outcome.Postponed postponed -> false;
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
        var full = fresh || memory.lastFullLook.equals(Instant.MIN) || !now.isBefore(memory.lastFullLook.plus(SWEEP));
        var settled = memory.watches.none() && !fresh;
        var before = memory.lastFullLook;
        var oldest = full ? (settled ? latest(memory.lastWrite, now.minus(SHARED)) : now) : before;
        if (full) memory.lastFullLook = now;
        var seen = inventory.look(
                stack.identity().stack(),
                stack.places(),
                where -> memory.watches.isDue(where, now)
                        ? now
                        : !fresh && memory.watches.isWatched(where) ? before : oldest);
        return memory.ages.take(seen, now);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Duration next(Plan plan, Aim aim, Memory memory, Instant now) {
        if (memory.unconfirmed) return Watches.AFTER_A_CREATE;
        if (plan.quiet() || !aim.writes()) return SWEEP;
        var refused = !plan.of(Step.Refuse.class).isEmpty();
        var onlyUser = plan.steps().stream()
                .allMatch(step -> step instanceof Step.Keep
                        || step instanceof Step.Held
                        || step instanceof Step.Refuse
                        || refused && step instanceof Step.Wait wait && wait.idle());
        if (onlyUser) return SWEEP;
        var watched = memory.watches.next(now).orElse(SWEEP);
        return watched.compareTo(Watches.AFTER_A_CREATE) < 0 ? Watches.AFTER_A_CREATE : watched;
    }
}
