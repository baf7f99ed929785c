package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Refs.Pointer;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which observed resource stands for which desired one: of those in its role the one without a definite immutable difference. It is what makes a resource found
 * again after a crash, heals duplicates, and lets a successor be made beside the old one.
 */
final class Claims {
    private final Stack stack;
    private final Snapshot seen;
    private final Map<Key, Optional<Observed<?>>> claimed = new HashMap<>();
    private final Map<Key, Resource> early = new HashMap<>();
    private final Set<Pointer> inUse = new HashSet<>();

    Claims(Stack stack, Snapshot seen) {
        this.stack = stack;
        this.seen = seen;
        for (var type : seen.types()) {
            for (var one : seen.all(type)) {
                if (!exists(one) || !perhapsOurs(one)) continue;
                // A bucket's policy names the bucket: that is no use of it.
                for (var pointer : Refs.known((Record) one.actual())) if (!names(pointer, one)) inUse.add(pointer);
                one.uses().forEach(id -> inUse.add(new Pointer(Resource.class, id)));
            }
        }
    }

    /** One whose tags AWS does not show now may be ours, and then what it holds is in use. */
    private boolean perhapsOurs(Observed<?> one) {
        return one.owner() instanceof Owner.Unreadable
                || seen.owner(one) instanceof Owner.Stack of && of.stack().equals(seen.stack());
    }

    /** Whether AWS still has it for others to run into. */
    static boolean exists(Observed<?> one) {
        return one.phase() != Phase.GONE && one.phase() != Phase.RESTORABLE;
    }

    static AwsType type(Class<? extends Resource> type) {
        return type.getAnnotation(AwsType.class);
    }

    /** Those that may stand for this part of the stack, tombstones included. */
    List<Observed<?>> candidates(Key key) {
        var found = new ArrayList<Observed<?>>(seen.ours(key.type(), key.role()));
        named(key)
                .filter(one -> found.stream().noneMatch(other -> other.id().equals(one.id())))
                .ifPresent(found::add);
        for (var one : seen.all(key.type())) {
            var more = one.owner() instanceof Owner.Shared || stack.isHidden(key, one);
            if (more && found.stream().noneMatch(other -> other.id().equals(one.id()))) found.add(one);
        }
        return found;
    }

    /** The one that the spec names for this part, whosever it is. */
    Optional<Observed<?>> named(Key key) {
        var id = stack.adopted().get(key);
        if (id == null) return Optional.empty();
        return seen.all(key.type()).stream()
                .filter(one -> one.id().equals(id))
                .<Observed<?>>map(one -> one.withOwner(seen.owner(one)))
                .findFirst();
    }

    Optional<Observed<?>> of(Key key) {
        var known = claimed.get(key);
        if (known != null) return known;
        var want = stack.resources().get(key);
        var choice = want == null ? Optional.<Observed<?>>empty() : choose(key, want);
        claimed.put(key, choice);
        return choice;
    }

    private Optional<Observed<?>> choose(Key key, Resource want) {
        var never = type(key.type()).replacement() == AwsType.Replacement.NEVER;
        var resolved = immutable(want);
        var named = stack.adopted().get(key);
        var fitting = candidates(key).stream()
                .filter(one -> named == null || one.id().equals(named))
                .filter(this::claimable)
                .filter(one -> one.phase() != Phase.GONE && one.phase() != Phase.DELETING)
                .filter(one -> never || one.phase() != Phase.FAILED)
                .filter(one -> fits(resolved, one, never))
                .toList();
        // Which of two generations is meant hangs on what is not known yet: the older one could be taken for the
        // current.
        if (fitting.size() > 1 && !Refs.open(resolved).isEmpty()) return Optional.empty();
        return fitting.stream()
                .min(Comparator.<Observed<?>, Boolean>comparing(one -> !used(one))
                        .thenComparing(Observed::id));
    }

    /** Nothing is built on what belongs to another object, of the same name or another. */
    private boolean claimable(Observed<?> one) {
        return !(one.owner() instanceof Owner.Stack of)
                || of.stack().equals(stack.identity().stack()) && stack.owns(of.uid());
    }

    /** The record with only its immutable fields, resolved: later fields may refer in circles. */
    private Resource immutable(Resource want) {
        return Fields.map(
                want,
                (component, value) ->
                        component.isAnnotationPresent(Immutable.class) ? Refs.resolve(value, this::output) : null);
    }

    private static boolean fits(Resource resolved, Observed<?> one, boolean never) {
        var diff = Diff.immutable(resolved, one);
        if (one.owner() instanceof Owner.Shared)
            return !diff.definite() && diff.awaited().isEmpty();
        return never || !diff.definite();
    }

    /** Whether anything of the stack refers to it. */
    boolean used(Observed<?> one) {
        return inUse.stream().anyMatch(pointer -> names(pointer, one));
    }

    /** Whether the reference names this resource, by its id or by one of its outputs. */
    static boolean names(Pointer pointer, Observed<?> one) {
        if (pointer.value().isEmpty() || !pointer.mayName(one.type())) return false;
        return pointer.value().equals(one.id()) || one.outputs().containsValue(pointer.value());
    }

    /** The desired record, resolved, without what is set later: that may refer in circles. */
    private Resource early(Key key) {
        var known = early.get(key);
        if (known != null) return known;
        Resource resolved = Fields.map(
                stack.resources().get(key),
                (component, value) ->
                        component.isAnnotationPresent(Late.class) ? null : Refs.resolve(value, this::output));
        early.put(key, resolved);
        return resolved;
    }

    /** An output of what is claimed, as it is now. */
    Optional<String> output(Ref.Output<?> ref) {
        if (!stack.resources().containsKey(ref.key())) return Optional.empty();
        return of(ref.key()).flatMap(one -> early(ref.key()).output(ref.output(), one));
    }
}
