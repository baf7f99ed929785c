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
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is to be done about a desired resource that is not there: it is made, or something has to be otherwise first. */
record Absence(Stack stack, Snapshot seen, Claims claims, DataKeeper data) {
    Step step(Key key, Resource want) {
        return notNamed(key, want).orElseGet(() -> missing(key, want));
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
                .filter(one -> one.actual().unneeded(one, seen) != Resource.Unneeded.STAYS)
                .toList();
        var leaving =
                others.stream().filter(one -> one.phase() == Phase.DELETING).findFirst();
        if (leaving.isPresent() && !type.generation() && type.uniqueness() == AwsType.Uniqueness.NAME) {
            return new Step.Wait(key, leaving.get().id() + " is still being deleted");
        }
        var awaited = awaited(want);
        if (type.generation() && !awaited.isEmpty()) return Step.Blocked.on(key, awaited);
        var name = type.nameLength() == 0
                ? ""
                : stack.identity().physical(key.role(), type.nameLength(), type.generation() ? generation(want) : "");
        // Before anything is said to be gone: while ElastiCache changes a cache it hides whose it is.
        var taken = taken(key, want, name);
        if (taken.isPresent()) return taken.get();
        if (!awaited.isEmpty()) return Step.Blocked.on(key, awaited);
        var unread = want.witnesses().stream()
                .filter(witness -> !seen.isRead(witness))
                .findFirst();
        if (unread.isPresent())
            return new Step.Wait(
                    key,
                    "whether it was there before is not known, as "
                            + unread.get().getSimpleName() + " could not be read");
        var again = !type.data().isEmpty() && (builtUpon(key) || want.remembered(name, seen));
        if (again && !data.mayComeAgain(key, want)) return new Step.Refuse(key, data.gone(key, want), List.of());
        var old = others.stream().filter(one -> one.phase() != Phase.DELETING).findFirst();
        if (old.isPresent() && type.replacement() == AwsType.Replacement.DELETE_FIRST) {
            return new Step.Wait(key, "its predecessor " + old.get().id() + " goes first");
        }
        var tags = type.tagged() ? stack.tagsOf(key) : Map.<String, String>of();
        var because = old.map(one -> replacing(want, one)).orElseGet(() -> data.because(key, want, again));
        var loss = data.loss(key, want, again);
        var felt = loss.compareTo(type.creation()) > 0 ? loss : type.creation();
        var create = new Step.Create(key, want, name, token(key, want), tags, because, felt);
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

    /** The references that a create needs. */
    private static Set<Ref.Output<?>> awaited(Resource want) {
        return Refs.open(early(want));
    }

    /** The record's fields without those that are set later. */
    static List<Object> early(Resource want) {
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
}
