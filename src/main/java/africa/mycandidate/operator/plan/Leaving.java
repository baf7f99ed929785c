package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Loose;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Refs.Pointer;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The plan towards absent. The order is that of creation, backwards: by what AWS shows of who refers to whom, and by what the stack says of it, so that the
 * database's last snapshot is taken after the application stopped writing. Every guard is checked before the first delete.
 */
public final class Leaving {
    private final Stack stack;
    private final Snapshot seen;
    private final List<Present> present = new ArrayList<>();

    /** A resource that is still there, and the references that hold others back. */
    private record Present(Key key, Observed<?> one, Set<Pointer> firm, Set<Pointer> late) {}

    private Leaving(Stack stack, Snapshot seen) {
        this.stack = stack;
        this.seen = seen;
        for (var type : seen.types()) {
            for (var one : seen.ours(type)) {
                if (one.actual().unneeded(one, seen) == Resource.Unneeded.STAYS) continue;
                if (Claims.exists(one)) present.add(present(new Key(type, ((Owner.Stack) one.owner()).role()), one));
            }
        }
        for (var key : stack.resources().keySet()) {
            for (var one : seen.all(key.type())) {
                if (Claims.exists(one) && stack.isHidden(key, one)) present.add(present(key, one));
            }
        }
    }

    /**
     * The way to leave everything where it is: the tags that say whose it is come off, and nothing else is touched. What takes no tags belongs to what does.
     */
    public static Plan retain(Stack stack, Snapshot seen) {
        var leaving = new Leaving(stack, seen);
        var steps = new ArrayList<Step>(leaving.strangers());
        if (steps.isEmpty()) {
            for (var there : leaving.present)
                untag(there, "deletionPolicy is Retain: it stays, and is nobody's")
                        .ifPresent(steps::add);
            steps.addAll(leaving.unreadable());
        }
        return new Plan(steps, seen.complete());
    }

    /** What somebody else made is not deleted; a name that was taken over is ours alone by now. */
    private boolean isGivenBack(Present there) {
        return there.one().id().equals(stack.adopted().get(there.key()))
                && there.one().actual().uniqueName().isEmpty();
    }

    private static Optional<Step> untag(Present there, String because) {
        var one = there.one();
        if (one.owner() instanceof Owner.Unreadable)
            return Optional.of(new Step.Wait(there.key(), "AWS does not show its tags now"));
        var ours = one.tags().keySet().stream().filter(Tags::isOurs).collect(Collectors.toSet());
        if (ours.isEmpty()) return Optional.empty();
        var change = new Change(Change.TAGS, "", String.join(", ", new TreeSet<>(ours)), Interruption.NONE);
        return Optional.of(new Step.Update(there.key(), one, one.actual(), List.of(change), Map.of(), ours, because));
    }

    /** The way from what is to nothing. */
    public static Plan plan(Stack stack, Snapshot seen) {
        var leaving = new Leaving(stack, seen);
        var refusals = leaving.refusals();
        return new Plan(refusals.isEmpty() ? leaving.steps() : refusals, seen.complete());
    }

    private static Present present(Key key, Observed<?> one) {
        var firm = new HashSet<Pointer>();
        var late = new HashSet<Pointer>();
        one.uses().forEach(id -> firm.add(new Pointer(Resource.class, id)));
        for (var component : Fields.components(one.actual().getClass())) {
            if (component.isAnnotationPresent(Loose.class)) continue;
            var known = Refs.known(component, one.actual());
            (component.isAnnotationPresent(Late.class) ? late : firm).addAll(known);
        }
        return new Present(key, one, firm, late);
    }

    private List<Step> strangers() {
        var refusals = new ArrayList<Step>();
        for (var there : present) {
            // A secret is released before its deletion is scheduled; a crash in between leaves it so.
            if (there.one().owner() instanceof Owner.Stack owner && !stack.owns(owner.uid())) {
                refusals.add(new Step.Refuse(
                        there.key(),
                        there.one().id() + " belongs to another object of the same name, with the UID " + owner.uid()
                                + "; nothing is deleted",
                        List.of()));
            }
        }
        return refusals;
    }

    private List<Step> refusals() {
        var refusals = strangers();
        for (var entry : stack.resources().entrySet()) {
            var guard = entry.getValue().guard();
            if (guard.isEmpty() || stack.adopted().containsKey(entry.getKey())) continue;
            var maybeThere = present.stream().anyMatch(there -> there.key().equals(entry.getKey()))
                    || seen.unread(entry.getKey().type()).isPresent();
            if (maybeThere) refusals.add(new Step.Refuse(entry.getKey(), guard.get(), List.of()));
        }
        return refusals;
    }

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (var there : present) steps.add(step(there));
        steps.addAll(unreadable());
        return steps;
    }

    private List<Step> unreadable() {
        var steps = new ArrayList<Step>();
        for (var entry : seen.readings().entrySet()) {
            if (entry.getValue() instanceof Snapshot.Reading.Unread unread) {
                steps.add(new Step.Wait(
                        new Key(entry.getKey().type(), entry.getKey().place()),
                        "could not be read: " + unread.error()));
            }
        }
        return steps;
    }

    /** It goes on to hold what it holds. It is given up last, so that the plan tells of it to the end; the tags say whose it was, and the same identity takes it back. */
    private Step release(Present there) {
        var because =
                "it stays, with what is in it, as deletionPolicy is not Delete; an object of the same namespace and name takes it back";
        var others = present.stream()
                .map(Present::key)
                .filter(key -> !stack.lasting().contains(key))
                .collect(Collectors.toSet());
        if (!others.isEmpty()) return new Step.Blocked(there.key(), others, because);
        var change = new Change(Change.TAGS, Owner.Stack.RELEASED, "", Interruption.NONE);
        return new Step.Update(
                there.key(),
                there.one(),
                there.one().actual(),
                List.of(change),
                Map.of(Tags.OWNER, Owner.Stack.RELEASED),
                Set.of(),
                because);
    }

    private Step step(Present there) {
        var one = there.one();
        if (isGivenBack(there))
            return untag(there, "spec.adopt took it over: it is given back, and stays as it is")
                    .orElseThrow();
        if (stack.lasting().contains(there.key())) return release(there);
        if (one.phase() == Phase.DELETING)
            return new Step.Wait(there.key(), "deleting" + (one.message().isEmpty() ? "" : " (" + one.message() + ")"));
        if (!seen.complete())
            return new Step.Wait(there.key(), "deleted once everything can be read; " + unread(), true);
        if (one.owner() instanceof Owner.Unreadable) {
            return new Step.Wait(
                    there.key(), "AWS is at work on it" + (one.message().isEmpty() ? "" : " (" + one.message() + ")"));
        }
        var holders = holders(there, false);
        if (!holders.isEmpty()) return blocked(there.key(), holders);
        if (!one.phase().mutable())
            return new Step.Wait(
                    there.key(), "AWS is at work on it" + (one.message().isEmpty() ? "" : " (" + one.message() + ")"));
        var step = towardsAbsent(there.key(), one, "the stack is being deleted");
        holders = holders(there, true);
        // Resources of one type may refer to each other in circles, so that each is emptied without waiting for the
        // others.
        if (step instanceof Step.Update)
            holders.removeIf(holder -> holder.type() == there.key().type());
        return holders.isEmpty() ? step : blocked(there.key(), holders);
    }

    private String unread() {
        return seen.readings().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Snapshot.Reading.Unread)
                .map(entry -> entry.getKey() + " could not be: " + ((Snapshot.Reading.Unread) entry.getValue()).error())
                .sorted()
                .findFirst()
                .orElse("");
    }

    /** Empties what has to be empty first, then deletes. */
    static Step towardsAbsent(Key key, Observed<?> one, String because) {
        var last = one.actual().leaving();
        if (last.isPresent()) {
            var diff = Diff.between(last.get(), one);
            if (diff.definite())
                return new Step.Update(key, one, last.get(), diff.changes(), Map.of(), Set.of(), because);
        }
        return new Step.Delete(key, one, because, List.of());
    }

    private static Step blocked(Key key, Set<Key> holders) {
        return new Step.Blocked(
                key,
                holders,
                "deleted after " + holders.stream().map(Key::toString).collect(Collectors.joining(", ")));
    }

    private Set<Key> holders(Present held, boolean late) {
        var holders = new TreeSet<Key>();
        for (var other : present) {
            if (other == held || other.key().equals(held.key())) continue;
            var refers = (late ? other.late() : other.firm())
                    .stream().anyMatch(pointer -> Claims.names(pointer, held.one()));
            if (refers || (!late && builtOn(other.key(), held.key()))) holders.add(other.key());
        }
        return holders;
    }

    /** Whether the stack says that the one is made from outputs of the other. */
    private boolean builtOn(Key one, Key other) {
        Resource want = stack.resources().get(one);
        if (want == null) return false;
        return Fields.components(want.getClass()).stream()
                .filter(component ->
                        !component.isAnnotationPresent(Late.class) && !component.isAnnotationPresent(Loose.class))
                .flatMap(component -> Refs.open(Fields.value(component, want)).stream())
                .anyMatch(ref -> ref.key().equals(other));
    }
}
