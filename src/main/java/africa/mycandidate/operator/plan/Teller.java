package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Secret;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Yields;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Works out what a plan comes to: what follows from what, round after round, until nothing new follows, and then an entry for each resource that does not stay as it
 * is.
 */
final class Teller {
    /** Longer ones are policies and descriptions, not what somebody decides on. */
    private static final int SHORT = 64;

    private final Stack stack;
    private final Plan plan;
    private final Claims claims;
    private final Map<Key, List<Change>> changing = new TreeMap<>();
    /** Those that will be others than now, so that everything that names them changes too. */
    private final Set<Key> fresh = new HashSet<>();

    Teller(Stack stack, Snapshot seen, Plan plan) {
        this.stack = stack;
        this.plan = plan;
        this.claims = new Claims(stack, seen);
    }

    Forecast tell() {
        boolean more;
        do more = follow();
        while (more);
        var entries = new ArrayList<Entry>();
        var kept = 0;
        for (var key : stack.resources().keySet()) {
            var own = entries(key);
            if (own.isEmpty()) kept++;
            entries.addAll(own);
        }
        for (var step : plan.steps()) {
            if (isLeftover(step)) leftover(step).ifPresent(entries::add);
        }
        return new Forecast(entries, kept);
    }

    /** One more round of what follows from what; whether it found anything. */
    private boolean follow() {
        var found = false;
        for (var key : stack.resources().keySet()) {
            var step = step(key);
            if (step instanceof Step.Refuse || isHeld(step)) continue;
            var have = claims.of(key);
            if (have.isEmpty() || step instanceof Step.Replace) {
                found |= fresh.add(key);
                continue;
            }
            var changes = changes(key, have.get(), step);
            found |= !changes.equals(changing.put(key, changes));
            if (changes.stream().anyMatch(change -> isImmutable(key, change.field()))) found |= fresh.add(key);
        }
        return found;
    }

    private List<Change> changes(Key key, Observed<?> have, Step step) {
        var want =
                Refs.resolve(stack.resources().get(key), ref -> isComing(ref) ? Optional.empty() : claims.output(ref));
        var changes = new ArrayList<>(Diff.inTheEnd(want, have, this::isComing));
        // Tags, and marks that are set on the way.
        for (var change : PlanText.changes(step))
            if (changes.stream().noneMatch(one -> one.field().equals(change.field()))) changes.add(change);
        var held = held(key).stream()
                .flatMap(one -> one.act().changes().stream().map(Change::field))
                .toList();
        changes.removeIf(change -> held.contains(change.field()));
        return changes;
    }

    /** Whether what the reference stands for will be another one. */
    private boolean isComing(Ref.Output<?> ref) {
        if (fresh.contains(ref.key())) return true;
        var fields = changing.getOrDefault(ref.key(), List.of()).stream()
                .map(Change::field)
                .collect(Collectors.toSet());
        return Fields.components(ref.type()).stream()
                .filter(component -> fields.contains(component.getName()))
                .map(component -> component.getAnnotation(Yields.class))
                .anyMatch(yields ->
                        yields != null && Arrays.asList(yields.value()).contains(ref.output()));
    }

    private List<Entry> entries(Key key) {
        var step = step(key);
        var entries = new ArrayList<Entry>();
        for (var held : held(key))
            entries.add(entry(Action.HELD, key, held.because(), held.act().changes(), Optional.of(held)));
        if (step instanceof Step.Refuse refuse)
            entries.add(entry(Action.REFUSED, key, refuse.because(), refuse.changes(), Optional.empty()));
        else if (claims.of(key).isEmpty() || step instanceof Step.Replace)
            made(key, step).ifPresent(entries::add);
        else changed(key, step).ifPresent(entries::add);
        return entries;
    }

    private Optional<Entry> made(Key key, Step step) {
        if (isHeld(step)) return Optional.empty();
        var old = predecessor(key);
        if (old.isPresent()) {
            var changes = step instanceof Step.Replace replace ? replace.changes() : List.<Change>of();
            var fields = changes.stream().map(Change::field).collect(Collectors.joining(", "));
            var because = fields.isEmpty() || old.get().phase() == Phase.FAILED
                    ? step.because()
                    : "AWS cannot change its " + fields + "; a new one takes its place";
            return Optional.of(entry(Action.REPLACE, key, because, changes, Optional.empty()));
        }
        return Optional.of(new Entry(Action.CREATE, key, "", "", List.of(), mainFields(key), Optional.empty()));
    }

    private Optional<Entry> changed(Key key, Step step) {
        var changes = changing.getOrDefault(key, List.of());
        if (changes.isEmpty() && step instanceof Step.Adopt)
            return Optional.of(entry(Action.ADOPT, key, "is only tagged", List.of(), Optional.empty()));
        if (changes.isEmpty()) {
            return step instanceof Step.Keep || isHeld(step)
                    ? Optional.empty()
                    : Optional.of(entry(Action.WAIT, key, step.because(), List.of(), Optional.empty()));
        }
        var action = fresh.contains(key) ? Action.REPLACE : Action.UPDATE;
        return Optional.of(entry(action, key, because(key, step), changes, Optional.empty()));
    }

    private String because(Key key, Step step) {
        if (step instanceof Step.Update update) return update.because().equals(Planner.DIFFERS) ? "" : update.because();
        var from = Refs.open(stack.resources().get(key)).stream()
                .filter(this::isComing)
                .map(Ref.Output::key)
                .distinct()
                .sorted()
                .toList();
        if (from.isEmpty()) return step.because();
        // What is only changed may come out with the output that it has: a secret that is put back has its old version
        // again.
        var surely = from.stream().anyMatch(fresh::contains);
        return (surely ? "follows from " : "may follow from ")
                + from.stream().map(Key::toString).collect(Collectors.joining(", "));
    }

    private Entry entry(Action action, Key key, String because, List<Change> changes, Optional<Step.Held> held) {
        var id = claims.of(key).or(() -> predecessor(key)).map(Observed::id).orElse("");
        return new Entry(action, key, id, because, changes, Map.of(), held);
    }

    private Optional<Observed<?>> predecessor(Key key) {
        return claims.candidates(key).stream()
                .filter(one ->
                        Claims.exists(one) && one.phase() != Phase.DELETING && !(one.owner() instanceof Owner.Shared))
                .findFirst();
    }

    /** What stands in AWS for nothing in the stack. A predecessor's end is part of its replacement. */
    private Optional<Entry> leftover(Step step) {
        var held = step instanceof Step.Held one ? Optional.of(one) : Optional.<Step.Held>empty();
        var have =
                switch (held.<Step>map(Step.Held::act).orElse(step)) {
                    case Step.Delete delete -> delete.have().id();
                    case Step.Update update -> update.have().id();
                    default -> "";
                };
        var action =
                switch (step) {
                    case Step.Delete delete -> Action.DELETE;
                    case Step.Update emptied -> Action.DELETE;
                    case Step.Wait wait when wait.idle() -> Action.DELETE;
                    case Step.Refuse refuse -> Action.REFUSED;
                    case Step.Held allowed -> Action.HELD;
                    default -> Action.WAIT;
                };
        if (action == Action.DELETE && (fresh.contains(step.key()) || isSuccessorHeld(step.key())))
            return Optional.empty();
        return Optional.of(new Entry(action, step.key(), have, step.because(), List.of(), Map.of(), held));
    }

    /** Then the old one stays, and nothing of it is to be told but that. */
    private boolean isSuccessorHeld(Key key) {
        return stack.resources().containsKey(key)
                && step(key) instanceof Step.Held held
                && held.act() instanceof Step.Replace;
    }

    private boolean isLeftover(Step step) {
        if (!stack.resources().containsKey(step.key())) return true;
        return switch (step) {
            case Step.Delete delete -> true;
            case Step.Wait wait -> wait.idle();
            case Step.Update update ->
                claims.of(step.key()).stream()
                        .noneMatch(one -> one.id().equals(update.have().id()));
            default -> false;
        };
    }

    /** The step of what is desired; where part of it is held back, the part that is not. */
    private Step step(Key key) {
        return plan.steps().stream()
                .filter(step -> step.key().equals(key) && !isLeftover(step))
                .min(Comparator.comparing(Teller::isHeld).thenComparing(Step.Wait.class::isInstance))
                .orElseThrow();
    }

    private List<Step.Held> held(Key key) {
        return plan.of(Step.Held.class).stream()
                .filter(held -> held.key().equals(key))
                .toList();
    }

    private static boolean isHeld(Step step) {
        return step instanceof Step.Held;
    }

    private static boolean isImmutable(Key key, String field) {
        return Claims.type(key.type()).replacement() != AwsType.Replacement.NEVER
                && Fields.components(key.type()).stream()
                        .anyMatch(component ->
                                component.getName().equals(field) && component.isAnnotationPresent(Immutable.class));
    }

    /** What somebody would ask about first: sizes, versions, names; not what it is wired to. */
    private Map<String, String> mainFields(Key key) {
        Resource want = stack.resources().get(key);
        var fields = new LinkedHashMap<String, String>();
        for (var component : Fields.components(want.getClass())) {
            var value = Fields.value(component, want);
            if (value == null
                    || component.isAnnotationPresent(Secret.class)
                    || component.isAnnotationPresent(Initial.class)) continue;
            if (value instanceof Ref<?> || value instanceof Collection<?> || value instanceof Map<?, ?>) continue;
            if (!Refs.open(value).isEmpty()) continue;
            var words = Words.of(value);
            if (!words.equals(Words.NONE) && words.length() <= SHORT) fields.put(component.getName(), words);
        }
        return fields;
    }
}
