package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Judging;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Secret;
import africa.mycandidate.operator.model.Together;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The difference between a desired record and what AWS has, field by field. A field is the same, different, or unknown: only a definite difference is a
 * {@link Change}.
 *
 * @param changes fields that differ for certain
 * @param awaited references whose value is not known yet
 * @param unread fields that AWS did not show
 */
record Diff(List<Change> changes, Set<Ref.Output<?>> awaited, Set<String> unread) {

    static Diff between(Resource goal, Observed<?> have) {
        return over(goal, have, false);
    }

    /** The difference in the immutable fields only: a definite one asks for a replacement. */
    static Diff immutable(Resource goal, Observed<?> have) {
        return over(goal, have, true);
    }

    /** Names of the fields that differ, whose value is not known yet, or that AWS did not show. */
    static Set<String> unmet(Resource want, Observed<?> have) {
        var unmet = new LinkedHashSet<String>();
        for (var component : Fields.components(want.getClass())) {
            if (component.isAnnotationPresent(Initial.class)) continue;
            var wanted = Fields.value(component, want);
            if (wanted == null) continue;
            var known = !have.unread().contains(component.getName())
                    && Refs.open(wanted).isEmpty();
            if (!known || !same(component, wanted, Fields.value(component, have.actual())))
                unmet.add(component.getName());
        }
        return unmet;
    }

    private static Diff over(Resource goal, Observed<?> have, boolean immutableOnly) {
        var changes = new ArrayList<Change>();
        var awaited = new LinkedHashSet<Ref.Output<?>>();
        var unread = new LinkedHashSet<String>();
        for (var component : Fields.components(goal.getClass())) {
            if (component.isAnnotationPresent(Initial.class)) continue;
            if (immutableOnly && !component.isAnnotationPresent(Immutable.class)) continue;
            var wanted = Fields.value(component, goal);
            if (wanted == null) continue;
            var actual = Fields.value(component, have.actual());
            var open = Refs.open(wanted);
            if (have.unread().contains(component.getName())) unread.add(component.getName());
            else if (!open.isEmpty()) awaited.addAll(open);
            else if (!same(component, wanted, actual)) changes.add(change(component, wanted, actual));
        }
        var apart = immutableOnly || awaited.isEmpty() ? Set.<String>of() : unjumpable(goal);
        changes.removeIf(change -> apart.contains(change.field()));
        return new Diff(List.copyOf(changes), Set.copyOf(awaited), Set.copyOf(unread));
    }

    /** The fields that only change together, while one of them is not known. */
    private static Set<String> unjumpable(Resource goal) {
        var together = Fields.components(goal.getClass()).stream()
                .filter(component -> component.isAnnotationPresent(Together.class))
                .toList();
        var known = together.stream()
                .allMatch(component -> Refs.open(Fields.value(component, goal)).isEmpty());
        return known
                ? Set.of()
                : together.stream().map(RecordComponent::getName).collect(Collectors.toSet());
    }

    boolean definite() {
        return !changes.isEmpty();
    }

    private static boolean same(RecordComponent component, Object wanted, Object actual) {
        if (actual == null) return false;
        if (wanted instanceof Judging judging) return judging.accepts(actual);
        if (component.isAnnotationPresent(Declared.class))
            return ((Map<?, ?>) actual).entrySet().containsAll(((Map<?, ?>) wanted).entrySet());
        return wanted.equals(actual);
    }

    private static Change change(RecordComponent component, Object wanted, Object actual) {
        var interrupts = component.getAnnotation(Interrupts.class);
        var interruption = interrupts != null
                ? interrupts.value()
                : component.isAnnotationPresent(Immutable.class) ? Interruption.REPLACEMENT : Interruption.NONE;
        if (component.isAnnotationPresent(Secret.class)) {
            return new Change(
                    component.getName(),
                    "(secret, current)",
                    actual == null ? "(none)" : "(secret, differs)",
                    interruption);
        }
        if (component.isAnnotationPresent(Declared.class)
                && actual instanceof Map<?, ?> have
                && wanted instanceof Map<?, ?> want) {
            return declared(component.getName(), want, have, interruption);
        }
        return new Change(component.getName(), Words.of(wanted), Words.of(actual), interruption);
    }

    private static Change declared(String field, Map<?, ?> want, Map<?, ?> have, Interruption interruption) {
        var differing = want.keySet().stream()
                .filter(key -> !want.get(key).equals(have.get(key)))
                .sorted()
                .toList();
        return new Change(field, pairs(differing, want), pairs(differing, have), interruption);
    }

    private static String pairs(List<?> keys, Map<?, ?> values) {
        var words = new ArrayList<String>();
        for (var key : keys) words.add(key + "=" + Words.of(values.get(key)));
        return String.join(", ", words);
    }
}
