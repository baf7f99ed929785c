package africa.mycandidate.operator.model;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The references inside a value, however deep in records, lists, sets and maps they stand. */
public final class Refs {
    private Refs() {}

    /** The same value with every reference known that {@code lookup} knows: this very one where that is none. */
    @SuppressWarnings("unchecked")
    public static <T> T resolve(T value, Function<Ref.Output<?>, Optional<String>> lookup) {
        return (T)
                switch (value) {
                    case null -> null;
                    case Ref.Output<?> output ->
                        lookup.apply(output).<Ref<?>>map(Ref::of).orElse(output);
                    case Ref.Known<?> known -> known;
                    case List<?> list -> {
                        var resolved = new ArrayList<>(list.size());
                        for (var one : list) resolved.add(resolve(one, lookup));
                        yield same(list, resolved) ? list : List.copyOf(resolved);
                    }
                    case Set<?> set -> {
                        var resolved = new ArrayList<>(set.size());
                        for (var one : set) resolved.add(resolve(one, lookup));
                        yield same(set, resolved) ? set : new HashSet<>(resolved);
                    }
                    case Map<?, ?> map -> {
                        var resolved = new TreeMap<Object, Object>();
                        map.forEach((key, one) -> resolved.put(key, resolve(one, lookup)));
                        yield resolved.entrySet().stream().allMatch(one -> map.get(one.getKey()) == one.getValue())
                                ? map
                                : resolved;
                    }
                    case Record record -> Fields.map(record, (component, one) -> resolve(one, lookup));
                    default -> value;
                };
    }

    /** Whether both have the very same elements, in order. */
    private static boolean same(Collection<?> had, List<?> resolved) {
        var next = resolved.iterator();
        for (var one : had) if (one != next.next()) return false;
        return true;
    }

    /** The references that are not known yet. */
    public static Set<Ref.Output<?>> open(Object value) {
        var open = new LinkedHashSet<Ref.Output<?>>();
        walk(value, ref -> {
            if (ref instanceof Ref.Output<?> output) open.add(output);
        });
        return open;
    }

    /**
     * A known reference: the string, and the type that it names by the declaration of its field; {@link Resource} where the declaration leaves it open. Strings
     * alone do not tell resources apart: a cluster, a service and a log group may bear one name.
     */
    public record Pointer(Class<?> type, String value) {
        /** Whether it may name a resource of this type. */
        public boolean mayName(Class<?> other) {
            return type.isAssignableFrom(other);
        }
    }

    /** The references of a record that are known. */
    public static Set<Pointer> known(Record record) {
        var known = new LinkedHashSet<Pointer>();
        Fields.each(record, (component, value) -> known(component.getGenericType(), value, known));
        return known;
    }

    /** The known references in one component of a record. */
    public static Set<Pointer> known(RecordComponent component, Object record) {
        var known = new LinkedHashSet<Pointer>();
        known(component.getGenericType(), Fields.value(component, record), known);
        return known;
    }

    private static void known(Type declared, Object value, Set<Pointer> found) {
        switch (value) {
            case null -> {}
            case Ref.Known<?>(String text) -> found.add(new Pointer(raw(argument(declared, 0)), text));
            case Ref<?> open -> {}
            case Collection<?> many -> many.forEach(one -> known(argument(declared, 0), one, found));
            case Map<?, ?> map -> map.values().forEach(one -> known(argument(declared, 1), one, found));
            case Record record -> found.addAll(known(record));
            default -> {}
        }
    }

    private static Type argument(Type declared, int index) {
        return declared instanceof ParameterizedType type && type.getActualTypeArguments().length > index
                ? type.getActualTypeArguments()[index]
                : Resource.class;
    }

    private static Class<?> raw(Type type) {
        return type instanceof Class<?> plain ? plain : Resource.class;
    }

    private static void walk(Object value, Consumer<Ref<?>> visit) {
        switch (value) {
            case null -> {}
            case Ref<?> ref -> visit.accept(ref);
            case Collection<?> many -> {
                for (var one : many) walk(one, visit);
            }
            case Map<?, ?> map -> {
                for (var one : map.values()) walk(one, visit);
            }
            case Record record -> Fields.each(record, (component, one) -> walk(one, visit));
            default -> {}
        }
    }
}
