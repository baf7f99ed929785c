package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Yields;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what should be with what is, and says for each resource what to do. A pure function of the stack and the snapshot: the same two give the same plan.
 * A difference has three values, and only a definite one leads to a write.
 */
public final class Planner {
    /** The reason of an update that needs no other. */
    static final String DIFFERS = "it differs";

    private static final String HIDDEN = "; AWS does not show its tags now";

    private final Stack stack;
    private final Snapshot seen;
    private final Claims claims;
    private final Policy policy;
    private final DataKeeper data;
    private final Ownership ownership;
    private final Absence absence;
    private final Map<Key, Step> steps = new HashMap<>();
    /** What is held back of a step, the rest of which goes on. */
    private final List<Step> held = new ArrayList<>();

    /** Those of which AWS does not show now whose they are: nothing is done to them. */
    private final Set<Key> hidden = new HashSet<>();

    private final Map<Key, Plan.Match> matches = new HashMap<>();

    private Planner(Stack stack, Snapshot seen, Policy policy) {
        this.stack = stack;
        this.seen = seen;
        this.policy = policy;
        this.data = new DataKeeper(stack, policy.origin());
        this.claims = new Claims(stack, seen);
        this.ownership = new Ownership(stack, claims);
        this.absence = new Absence(stack, seen, claims, data);
    }

    /** The way from what is to the stack, with nothing held back. */
    public static Plan plan(Stack stack, Snapshot seen) {
        return plan(stack, seen, Policy.OPEN);
    }

    /** The way from what is to the stack. */
    public static Plan plan(Stack stack, Snapshot seen, Policy policy) {
        var planner = new Planner(stack, seen, policy);
        var steps = new ArrayList<Step>();
        for (var key : stack.resources().keySet()) steps.add(planner.step(key));
        steps.addAll(planner.held);
        steps.addAll(planner.leftovers());
        return new Plan(steps, seen.complete(), planner.matches);
    }

    /** The step for a desired resource. */
    private Step step(Key key) {
        var known = steps.get(key);
        if (known != null) return known;
        var step = desired(key, stack.resources().get(key));
        if (step instanceof Step.Act act) {
            var judged = policy.judge(
                    act, matches.containsKey(key) ? matches.get(key).want() : null);
            held.addAll(judged.subList(1, judged.size()));
            step = judged.getFirst();
        }
        if (step instanceof Step.Update update
                && (hidden.contains(key) || !update.have().phase().mutable())) {
            var then = hidden.contains(key) ? HIDDEN : "; then it is changed";
            step = new Step.Wait(key, state(key, update.have()) + then, false, update.changes());
        }
        if (step instanceof Step.Adopt adopt && !adopt.have().phase().mutable())
            step = new Step.Wait(key, state(key, adopt.have()) + "; then it is taken over");
        steps.put(key, step);
        return step;
    }

    private Step desired(Key key, Resource want) {
        var unread = seen.unread(key.type());
        if (unread.isPresent()) return new Step.Wait(key, "could not be read: " + unread.get());
        var owned = ownership.refusal(key);
        if (owned.isPresent()) return owned.get();
        var have = claims.of(key);
        var resolved = resolve(want);
        var objection = resolved.objection(seen);
        if (objection.isPresent()) return new Step.Refuse(key, objection.get(), List.of());
        if (have.isEmpty()) return absence.step(key, resolved);
        return existing(key, resolved, have.get());
    }

    private Step existing(Key key, Resource want, Observed<?> have) {
        if (have.owner() instanceof Owner.Unreadable) return hidden(key, want, have);
        var lasting = Diff.immutable(want, have);
        if (lasting.definite()) return data.immovable(key, want, have, lasting.changes());
        var goal = want.towards(have, seen);
        var diff = Diff.between(goal, have);
        var open = Diff.unmet(want, have);
        var changes = new ArrayList<>(diff.changes());
        var tags = have.owner() instanceof Owner.Shared ? TagDiff.NONE : TagDiff.of(key, stack, have);
        tags.change().ifPresent(change -> {
            changes.add(change);
            open.add(change.field());
        });
        matches.put(key, new Plan.Match(want, open));
        if (changes.isEmpty())
            return halfway(key, want, have, diff).orElseGet(() -> settled(key, have, want.phase(have), diff));
        if (isAdopted(have) && diff.changes().isEmpty()) return adopted(key, want, have, diff);
        if (isAdopted(have)) tags = TagDiff.all(key, stack, have);
        if (have.phase() == Phase.RESTORABLE && !diff.awaited().isEmpty()) return Step.Blocked.on(key, diff.awaited());
        if (!diff.changes().isEmpty()) {
            var veto = want.veto(have, seen);
            if (veto.isPresent()) return new Step.Refuse(key, veto.get(), changes);
        }
        return new Step.Update(key, have, goal, changes, tags.set(), tags.remove(), because(goal, diff, have));
    }

    /** It has come as far as it may for now. */
    private Optional<Step> halfway(Key key, Resource want, Observed<?> have, Diff diff) {
        if (want.waitsFor().isEmpty() || !diff.awaited().isEmpty()) return Optional.empty();
        var rest = Diff.between(want, have).changes();
        if (rest.isEmpty()) return Optional.empty();
        var on = stack.resources().keySet().stream()
                .filter(other -> want.waitsOn().contains(other.type()) && !other.equals(key))
                .collect(Collectors.toSet());
        return Optional.of(
                on.isEmpty()
                        ? new Step.Wait(key, want.waitsFor(), false, rest)
                        : new Step.Blocked(key, on, want.waitsFor(), want.waitsClosely(seen)));
    }

    private static String because(Resource goal, Diff diff, Observed<?> have) {
        var fields = diff.changes().stream().map(Change::field).collect(Collectors.toSet());
        var effect = goal.effect(fields, have);
        return effect.isEmpty() ? DIFFERS : effect;
    }

    /** Its tags cannot be read now: it counts as there, and nothing is done to it. */
    private Step hidden(Key key, Resource want, Observed<?> have) {
        var diff = Diff.between(want, have);
        if (have.phase() == Phase.TENDED && !diff.definite()) return new Step.Keep(key, have);
        if (!diff.definite()) return new Step.Wait(key, state(key, have) + HIDDEN);
        hidden.add(key);
        matches.put(key, new Plan.Match(want, Diff.unmet(want, have)));
        return new Step.Update(key, have, want, diff.changes(), Map.of(), Set.of(), DIFFERS);
    }

    /** It is ours only because the spec names it. */
    private static boolean isAdopted(Observed<?> have) {
        return have.owner() instanceof Owner.Nobody;
    }

    /** What the spec changes of it besides is not done in two steps: it is taken over when that can be done. */
    private Step adopted(Key key, Resource want, Observed<?> have, Diff diff) {
        if (!diff.awaited().isEmpty()) return Step.Blocked.on(key, diff.awaited());
        var last = Diff.between(want, have).changes();
        return last.isEmpty()
                ? new Step.Adopt(key, have, stack.tagsOf(key))
                : new Step.Wait(key, "is switched last, once what is to take its place answers", false, last);
    }

    private static Step settled(Key key, Observed<?> have, Phase phase, Diff diff) {
        if (phase == Phase.FAILED) {
            return new Step.Refuse(
                    key, have.id() + " failed" + (have.message().isEmpty() ? "" : ": " + have.message()), List.of());
        }
        if (phase.moving()) return new Step.Wait(key, state(key, have));
        if (!diff.awaited().isEmpty()) return Step.Blocked.on(key, diff.awaited());
        return new Step.Keep(key, have);
    }

    /** What AWS is doing with it, in words. */
    private static String state(Key key, Observed<?> have) {
        var usually = Claims.type(key.type()).usually();
        var doing =
                switch (have.phase()) {
                    case CREATING, PENDING -> "creating" + (usually.isEmpty() ? "" : ", usually " + usually);
                    case DELETING -> "deleting";
                    case RUNNING -> "running";
                    case ROLLING -> "rolling out";
                    default -> "AWS is changing it";
                };
        return have.message().isEmpty() ? doing : doing + " (" + have.message() + ")";
    }

    /** Fills in the references. One that follows from a field that is about to change is unknown until it has changed. */
    private Resource resolve(Resource want) {
        var early = Refs.open(Absence.early(want));
        return Refs.resolve(want, ref -> early.contains(ref) ? early(ref) : claims.output(ref));
    }

    private Optional<String> early(Ref.Output<?> ref) {
        if (pending(ref)) return Optional.empty();
        // While its successor is held back, the old one is what others stand on.
        if (stack.resources().containsKey(ref.key())
                && step(ref.key())
                        instanceof Step.Held(Step.Replace replace, var waits, var drift, var hash, var why)) {
            return Optional.ofNullable(replace.old().outputs().get(ref.output()));
        }
        return claims.output(ref);
    }

    private boolean pending(Ref.Output<?> ref) {
        if (!stack.resources().containsKey(ref.key())) return false;
        if (!(step(ref.key()) instanceof Step.Update update)) return false;
        var fields = update.fields();
        return Fields.components(ref.type()).stream()
                .filter(component -> fields.contains(component.getName()))
                .map(component -> component.getAnnotation(Yields.class))
                .anyMatch(yields ->
                        yields != null && Arrays.asList(yields.value()).contains(ref.output()));
    }

    /** What carries our tags and stands for nothing that is desired: a predecessor, a duplicate, a role that is no longer in the stack. */
    private List<Step> leftovers() {
        var left = new ArrayList<Step>();
        var claimed = new HashSet<String>();
        for (var key : stack.resources().keySet())
            claims.of(key).ifPresent(one -> claimed.add(key.type().getSimpleName() + one.id()));
        for (var type : seen.types()) {
            for (var one : seen.ours(type)) {
                if (one.actual().unneeded(one, seen) == Resource.Unneeded.STAYS) continue;
                if (!Claims.exists(one) || claimed.contains(type.getSimpleName() + one.id())) continue;
                var owner = (Owner.Stack) one.owner();
                if (!stack.owns(owner.uid()) || owner.uid().equals(Owner.Stack.RELEASED)) continue;
                left.add(leftover(new Key(type, owner.role()), one));
            }
        }
        return left;
    }

    private Step staying(Key key, Observed<?> one, Step otherwise) {
        return staying(key, one, one.actual().staying(one, seen), otherwise);
    }

    private static Step staying(Key key, Observed<?> one, Optional<Resource> goal, Step otherwise) {
        var changes = goal.map(like -> Diff.between(like, one).changes()).orElse(List.of());
        return changes.isEmpty()
                ? otherwise
                : new Step.Update(key, one, goal.get(), changes, Map.of(), Set.of(), "it still has to stay");
    }

    /** Where only an update is held back, the one to be updated stands, and a second one beside it is not waited for. */
    private static boolean isHeldReplacement(Step step) {
        return step instanceof Step.Held held && held.act() instanceof Step.Replace;
    }

    private Step leftover(Key key, Observed<?> one) {
        if (one.actual().unneeded(one, seen) == Resource.Unneeded.ENDS) {
            var like = stack.resources().getOrDefault(key, one.actual());
            var end = new Step.Wait(key, one.id() + " is not needed any more; it comes to its end by itself first");
            return staying(key, one, like.staying(one, seen), end);
        }
        if (one.phase() == Phase.DELETING) return new Step.Wait(key, one.id() + ": deleting");
        if (!seen.complete())
            return new Step.Wait(key, one.id() + " is not needed; it is looked at again when everything can be read");
        var data = Claims.type(key.type()).data();
        var lost = !data.isEmpty()
                && !stack.resources().containsKey(key)
                && stack.expendable().contains(key);
        if (!data.isEmpty() && !lost) {
            var free = stack.resources().containsKey(key)
                    ? ""
                    : ". Write spec." + data + " again, or list " + data + " in spec.allowDataLoss to have it deleted";
            return new Step.Refuse(
                    key, one.id() + " holds data and is not part of the spec; it is left alone" + free, List.of());
        }
        if (claims.used(one))
            return staying(key, one, new Step.Wait(key, one.id() + " is not needed, but still in use", true));
        var lingers = one.actual().lingers(one, seen);
        if (lingers.isPresent())
            return staying(key, one, new Step.Wait(key, one.id() + " is not needed; " + lingers.get()));
        var successor = stack.resources().containsKey(key) ? step(key) : null;
        if (successor instanceof Step.Replace || successor instanceof Step.Blocked || isHeldReplacement(successor)) {
            return new Step.Wait(key, one.id() + " goes once its successor stands", true);
        }
        if (lost) return losing(key, one, data);
        var last = Leaving.towardsAbsent(key, one, "it is not part of the stack");
        return last instanceof Step.Delete delete ? policy.judge(delete, null).getFirst() : last;
    }

    /** To empty it loses the data, whatever is left to delete afterwards: that waits for an approval where one is asked for. */
    private Step losing(Key key, Observed<?> one, String data) {
        var because = "it is not part of the spec, and spec.allowDataLoss names the " + data;
        var whole = new Step.Delete(
                key, one, because, List.of(new Change("data", "(none)", one.id(), Interruption.DATA_LOSS)));
        var judged = policy.judge(whole, null).getFirst();
        return judged instanceof Step.Delete && Leaving.towardsAbsent(key, one, because) instanceof Step.Update emptying
                ? emptying
                : judged;
    }
}
