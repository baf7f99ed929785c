package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Late;
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
import java.util.TreeMap;
import java.util.TreeSet;
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
        var stranger = stranger(key);
        if (stranger.isPresent()) return stranger.get();
        var have = claims.of(key);
        var resolved = resolve(want);
        var objection = resolved.objection(seen);
        if (objection.isPresent()) return new Step.Refuse(key, objection.get(), List.of());
        if (have.isEmpty()) return notNamed(key, resolved).orElseGet(() -> missing(key, resolved));
        return existing(key, resolved, have.get());
    }

    /** A resource with our stack's tag that belongs to another object (a second cluster, or one that was lost), or that a newer operator has drawn. */
    private Optional<Step> stranger(Key key) {
        var newer = claims.candidates(key).stream()
                .filter(Claims::exists)
                .filter(one -> one.owner() instanceof Owner.Stack of && Stack.isNewer(of.version()))
                .findFirst()
                .map(one -> new Step.Refuse(
                        key,
                        one.id() + " was made by a newer version of the operator; this older one leaves it alone."
                                + " Run the newer operator again",
                        List.of()));
        if (newer.isPresent()) return Optional.of(newer.get());
        return claims.candidates(key).stream()
                .filter(Claims::exists)
                .filter(one -> one.owner() instanceof Owner.Stack of && !stack.owns(of.uid()))
                .findFirst()
                .map(one -> new Step.Refuse(key, others(one, (Owner.Stack) one.owner()), List.of()));
    }

    private String others(Observed<?> one, Owner.Stack owner) {
        if (!owner.stack().equals(stack.identity().stack()))
            return one.id() + " belongs to the stack " + owner.stack()
                    + "; nothing is done to it. Take it out of spec.adopt, or let that object go with deletionPolicy: Retain first";
        return one.id() + " belongs to another object of the same name, with the UID " + owner.uid()
                + "; nothing is done to it. If that object is lost or given up, annotate this one with"
                + " mycandidate.africa/take-over: " + owner.uid();
    }

    /** What the spec names is looked for, and never made in its place. */
    private Optional<Step> notNamed(Key key, Resource want) {
        var id = stack.adopted().get(key);
        if (id == null || id.equals(want.uniqueName())) return Optional.empty();
        return Optional.of(new Step.Refuse(
                key,
                "spec.adopt names " + id + ", and there is no such "
                        + key.type().getSimpleName() + " in this account and region; correct its id",
                List.of()));
    }

    private Step missing(Key key, Resource want) {
        var type = Claims.type(key.type());
        var others = claims.candidates(key).stream()
                .filter(one -> Claims.exists(one) && !(one.owner() instanceof Owner.Shared))
                .toList();
        var leaving =
                others.stream().filter(one -> one.phase() == Phase.DELETING).findFirst();
        if (leaving.isPresent() && !type.generation() && type.uniqueness() == AwsType.Uniqueness.NAME) {
            return new Step.Wait(key, leaving.get().id() + " is still being deleted");
        }
        var awaited = awaited(want);
        if (type.generation() && !awaited.isEmpty()) return blocked(key, awaited);
        var name = type.nameLength() == 0
                ? ""
                : stack.identity().physical(key.role(), type.nameLength(), type.generation() ? generation(want) : "");
        // Before anything is said to be gone: while ElastiCache changes a cache it hides whose it is.
        var taken = taken(key, want, name);
        if (taken.isPresent()) return taken.get();
        if (!awaited.isEmpty()) return blocked(key, awaited);
        var again = !type.data().isEmpty() && builtUpon(key);
        if (again && !data.mayComeAgain(key, want)) return new Step.Refuse(key, data.gone(key, want), List.of());
        var old = others.stream().filter(one -> one.phase() != Phase.DELETING).findFirst();
        if (old.isPresent() && type.replacement() == AwsType.Replacement.DELETE_FIRST) {
            return new Step.Wait(key, "its predecessor " + old.get().id() + " goes first");
        }
        var tags = type.tagged() ? stack.tagsOf(key) : Map.<String, String>of();
        var because = old.map(one -> replacing(want, one)).orElseGet(() -> data.because(key, want, again));
        var create = new Step.Create(key, want, name, token(key, want), tags, because, data.loss(key, want, again));
        return old.<Step>map(one ->
                        new Step.Replace(create, one, Diff.immutable(want, one).changes()))
                .orElse(create);
    }

    private static String replacing(Resource want, Observed<?> old) {
        if (old.phase() == Phase.FAILED)
            return old.id() + " failed" + (old.message().isEmpty() ? "" : ": " + old.message());
        var fields =
                Diff.immutable(want, old).changes().stream().map(Change::field).collect(Collectors.joining(", "));
        return "takes the place of " + old.id() + ", whose " + fields + " AWS cannot change";
    }

    /** Somebody has the name that it would get. An equal name is not ownership. */
    private Optional<Step> taken(Key key, Resource want, String name) {
        var unique = name.isEmpty() ? want.uniqueName() : name;
        if (unique.isEmpty()) return Optional.empty();
        return seen.all(key.type()).stream()
                .filter(Claims::exists)
                .filter(one -> one.name().equals(unique))
                .filter(one -> claims.candidates(key).stream()
                        .noneMatch(ours -> ours.id().equals(one.id())))
                .findFirst()
                .map(one -> switch (seen.owner(one)) {
                    case Owner.Unreadable unreadable ->
                        new Step.Wait(
                                key,
                                unique + " exists; AWS does not show yet whose it is"
                                        + (one.message().isEmpty() ? "" : " (" + one.message() + ")"));
                    case Owner.Stack other ->
                        new Step.Refuse(
                                key,
                                unique + " exists and belongs to the stack " + other.stack()
                                        + "; nothing is done to it",
                                List.of());
                    default ->
                        new Step.Refuse(
                                key,
                                unique
                                        + " exists and is not ours: it carries no tag of this stack; nothing is done to it",
                                List.of());
                });
    }

    /** Whether a resource exists that could only be made after this one, however many steps after it. */
    private boolean builtUpon(Key key) {
        return stack.resources().entrySet().stream()
                .filter(entry -> Refs.open(early(entry.getValue())).stream()
                        .anyMatch(ref -> ref.key().equals(key)))
                .map(Map.Entry::getKey)
                .anyMatch(next -> claims.candidates(next).stream().anyMatch(Claims::exists) || builtUpon(next));
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
        if (changes.isEmpty()) return settled(key, have, want.phase(have), diff);
        if (isAdopted(have) && diff.changes().isEmpty()) return adopted(key, want, have, diff);
        if (isAdopted(have)) tags = TagDiff.all(key, stack, have);
        if (have.phase() == Phase.RESTORABLE && !diff.awaited().isEmpty()) return blocked(key, diff.awaited());
        if (!diff.changes().isEmpty()) {
            var veto = want.veto(have, seen);
            if (veto.isPresent()) return new Step.Refuse(key, veto.get(), changes);
        }
        return new Step.Update(key, have, goal, changes, tags.set(), tags.remove(), because(goal, diff, have));
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
        if (!diff.awaited().isEmpty()) return blocked(key, diff.awaited());
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
        if (!diff.awaited().isEmpty()) return blocked(key, diff.awaited());
        return new Step.Keep(key, have);
    }

    /** What AWS is doing with it, in words. */
    private static String state(Key key, Observed<?> have) {
        var usually = Claims.type(key.type()).usually();
        var doing =
                switch (have.phase()) {
                    case CREATING, PENDING -> "creating" + (usually.isEmpty() ? "" : ", usually " + usually);
                    case DELETING -> "deleting";
                    case ROLLING -> "rolling out";
                    default -> "AWS is changing it";
                };
        return have.message().isEmpty() ? doing : doing + " (" + have.message() + ")";
    }

    private static Step blocked(Key key, Set<Ref.Output<?>> awaited) {
        var by = awaited.stream().map(Ref.Output::key).collect(Collectors.toCollection(TreeSet::new));
        return new Step.Blocked(
                key,
                by,
                "waits for "
                        + awaited.stream()
                                .map(ref -> ref.key() + " (" + ref.output() + ")")
                                .sorted()
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }

    /** Fills in the references. One that follows from a field that is about to change is unknown until it has changed. */
    private Resource resolve(Resource want) {
        var early = Refs.open(early(want));
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

    /** The references that a create needs. */
    private static Set<Ref.Output<?>> awaited(Resource want) {
        return Refs.open(early(want));
    }

    /** The record's fields without those that are set later. */
    private static List<Object> early(Resource want) {
        var early = new ArrayList<Object>();
        Fields.each(want, (component, value) -> {
            if (!component.isAnnotationPresent(Late.class)) early.add(value);
        });
        return early;
    }

    private static String generation(Resource want) {
        var immutable = new TreeMap<String, Object>();
        Fields.each(want, (component, value) -> {
            if (component.isAnnotationPresent(Immutable.class)) immutable.put(component.getName(), value);
        });
        return Canonical.hash(immutable).substring(0, 6);
    }

    /** Stable for the same resource on the same ground; a dead predecessor that AWS still lists asks for another one. */
    private String token(Key key, Resource want) {
        var dead = claims.candidates(key).stream()
                .filter(one ->
                        one.phase() == Phase.GONE || one.phase() == Phase.FAILED || one.phase() == Phase.DELETING)
                .map(Observed::id)
                .collect(Collectors.toSet());
        return Canonical.hash(List.of(stack.identity().hash(), key.toString(), early(want), dead));
    }

    /** What carries our tags and stands for nothing that is desired: a predecessor, a duplicate, a role that is no longer in the stack. */
    private List<Step> leftovers() {
        var left = new ArrayList<Step>();
        var claimed = new HashSet<String>();
        for (var key : stack.resources().keySet())
            claims.of(key).ifPresent(one -> claimed.add(key.type().getSimpleName() + one.id()));
        for (var type : seen.types()) {
            for (var one : seen.ours(type)) {
                if (!Claims.exists(one) || claimed.contains(type.getSimpleName() + one.id())) continue;
                var owner = (Owner.Stack) one.owner();
                if (!stack.owns(owner.uid()) || owner.uid().equals(Owner.Stack.RELEASED)) continue;
                left.add(leftover(new Key(type, owner.role()), one));
            }
        }
        return left;
    }

    /** Where only an update is held back, the one to be updated stands, and a second one beside it is not waited for. */
    private static boolean isHeldReplacement(Step step) {
        return step instanceof Step.Held held && held.act() instanceof Step.Replace;
    }

    private Step leftover(Key key, Observed<?> one) {
        if (one.phase() == Phase.DELETING) return new Step.Wait(key, one.id() + ": deleting");
        if (!seen.complete())
            return new Step.Wait(key, one.id() + " is not needed; it is looked at again when everything can be read");
        if (!Claims.type(key.type()).data().isEmpty()) {
            return new Step.Refuse(
                    key, one.id() + " holds data and is not part of the spec; it is left alone", List.of());
        }
        if (claims.used(one)) return new Step.Wait(key, one.id() + " is not needed, but still in use", true);
        var successor = stack.resources().containsKey(key) ? step(key) : null;
        if (successor instanceof Step.Replace || successor instanceof Step.Blocked || isHeldReplacement(successor)) {
            return new Step.Wait(key, one.id() + " goes once its successor stands", true);
        }
        var last = Leaving.towardsAbsent(key, one, "it is not part of the stack");
        return last instanceof Step.Delete delete ? policy.judge(delete, null).getFirst() : last;
    }
}
