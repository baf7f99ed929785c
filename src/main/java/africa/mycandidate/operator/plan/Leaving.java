package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan towards absent. The order is that of creation, backwards: by what AWS shows of who refers to whom, and by what the stack says of it, so that the
 * database's last snapshot is taken after the application stopped writing. Every guard is checked before the first delete.
 */
public final class Leaving {
    private final Stack stack;
    private final Snapshot seen;
    private final List<Present> present = new ArrayList<>();
    /** Under a name that only this stack gives, with tags that AWS does not show now. */
    private final List<Present> unreadable = new ArrayList<>();

    /** A resource that is still there, and the references that hold others back. */
    private record Present(Key key, Observed<?> one, Set<String> firm, Set<String> late) {}

    private Leaving(Stack stack, Snapshot seen) {
        this.stack = stack;
        this.seen = seen;
        var types = seen.readings().keySet().stream().map(Snapshot.Where::type).collect(Collectors.toSet());
        for (var type : types) {
            for (var one : seen.ours(type)) {
                if (Claims.exists(one)) present.add(present(new Key(type, ((Owner.Stack) one.owner()).role()), one));
            }
        }
        for (var key : stack.resources().keySet()) unreadable(key);
    }

    private void unreadable(Key key) {
        var length = Claims.type(key.type()).nameLength();
        if (length == 0 || Claims.type(key.type()).generation()) return;
        var name = stack.identity().physical(key.role(), length, "");
        for (var one : seen.all(key.type())) {
            if (one.owner() instanceof Owner.Unreadable && one.name().equals(name) && Claims.exists(one)) unreadable.add(present(key, one));
        }
    }

    /** The way from what is to nothing. */
    public static Plan plan(Stack stack, Snapshot seen) {
        var leaving = new Leaving(stack, seen);
        var refusals = leaving.refusals();
        return new Plan(refusals.isEmpty() ? leaving.steps() : refusals, seen.complete());
    }

    private static Present present(Key key, Observed<?> one) {
        var firm = new HashSet<>(one.uses());
        var late = new HashSet<String>();
        for (var component : Fields.components(one.actual().getClass())) {
            var known = Refs.known(Fields.value(component, one.actual()));
            (component.isAnnotationPresent(Late.class) ? late : firm).addAll(known);
        }
        return new Present(key, one, firm, late);
    }

    private List<Step> refusals() {
        var refusals = new ArrayList<Step>();
        for (var there : present) {
            var owner = (Owner.Stack) there.one().owner();
            // A secret is released before its deletion is scheduled; a crash in between leaves it so.
            if (!owner.uid().equals(stack.uid()) && !owner.uid().equals(Owner.Stack.RELEASED)) {
                refusals.add(new Step.Refuse(
                        there.key(), there.one().id() + " belongs to another object of the same name, with the UID " + owner.uid() + "; nothing is deleted", List.of()));
            }
        }
        for (var entry : stack.resources().entrySet()) {
            var guard = entry.getValue().guard();
            if (guard.isEmpty()) continue;
            var maybeThere = present.stream().anyMatch(there -> there.key().equals(entry.getKey())) || seen.unread(entry.getKey().type()).isPresent();
            if (maybeThere) refusals.add(new Step.Refuse(entry.getKey(), guard.get(), List.of()));
        }
        return refusals;
    }

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (var there : present) steps.add(step(there));
        for (var entry : seen.readings().entrySet()) {
            if (entry.getValue() instanceof Snapshot.Reading.Unread unread) {
                steps.add(new Step.Wait(new Key(entry.getKey().type(), entry.getKey().place()), "could not be read: " + unread.error()));
            }
        }
        for (var there : unreadable) {
            steps.add(new Step.Wait(there.key(), there.one().name() + " exists; AWS does not show now whose it is"));
        }
        return steps;
    }

    private Step step(Present there) {
        var one = there.one();
        if (one.phase() == Phase.DELETING) return new Step.Wait(there.key(), "deleting" + (one.message().isEmpty() ? "" : " (" + one.message() + ")"));
        if (!seen.complete()) return new Step.Wait(there.key(), "deleted once everything can be read");
        var holders = holders(there, false);
        if (!holders.isEmpty()) return blocked(there.key(), holders);
        if (!one.phase().mutable()) return new Step.Wait(there.key(), "AWS is at work on it" + (one.message().isEmpty() ? "" : " (" + one.message() + ")"));
        var step = towardsAbsent(there.key(), one, "the stack is being deleted");
        holders = holders(there, true);
        // Resources of one type may refer to each other in circles, so that each is emptied without waiting for the others.
        if (step instanceof Step.Update) holders.removeIf(holder -> holder.type() == there.key().type());
        return holders.isEmpty() ? step : blocked(there.key(), holders);
    }

    /** Empties what has to be empty first, then deletes. */
    static Step towardsAbsent(Key key, Observed<?> one, String because) {
        var last = one.actual().leaving();
        if (last.isPresent()) {
            var diff = Diff.between(last.get(), one);
            if (diff.definite()) return new Step.Update(key, one, last.get(), diff.changes(), Map.of(), Set.of(), because);
        }
        return new Step.Delete(key, one, because);
    }

    private static Step blocked(Key key, Set<Key> holders) {
        return new Step.Blocked(
                key, holders, "deleted after " + holders.stream().map(Key::toString).collect(Collectors.joining(", ")));
    }

    private Set<Key> holders(Present held, boolean late) {
        var names = new HashSet<>(held.one().outputs().values());
        names.add(held.one().id());
        names.remove("");
        var holders = new TreeSet<Key>();
        for (var other : Stream.concat(present.stream(), unreadable.stream()).toList()) {
            if (other == held || other.key().equals(held.key())) continue;
            var refers = (late ? other.late() : other.firm()).stream().anyMatch(names::contains);
            if (refers || (!late && builtOn(other.key(), held.key()))) holders.add(other.key());
        }
        return holders;
    }

    /** Whether the stack says that the one is made from outputs of the other. */
    private boolean builtOn(Key one, Key other) {
        Resource want = stack.resources().get(one);
        if (want == null) return false;
        return Fields.components(want.getClass()).stream()
                .filter(component -> !component.isAnnotationPresent(Late.class))
                .flatMap(component -> Refs.open(Fields.value(component, want)).stream())
                .anyMatch(ref -> ref.key().equals(other));
    }
}
