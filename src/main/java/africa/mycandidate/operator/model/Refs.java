package africa.mycandidate.operator.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The references inside a value, however deep in records, lists, sets and maps they stand. */
public final class Refs {
    private Refs() {}

    /** The same value with every reference known that {@code lookup} knows. */
    @SuppressWarnings("unchecked")
    public static <T> T resolve(T value, Function<Ref.Output<?>, Optional<String>> lookup) {
        return (T)
                switch (value) {
                    case null -> null;
                    case Ref.Output<?> output -> lookup.apply(output).<Ref<?>>map(Ref::of).orElse(output);
                    case Ref.Known<?> known -> known;
                    case List<?> list -> list.stream().map(one -> resolve(one, lookup)).toList();
                    case Set<?> set -> set.stream().map(one -> resolve(one, lookup)).collect(Collectors.toSet());
                    case Map<?, ?> map -> {
                        var resolved = new TreeMap<Object, Object>();
                        map.forEach((key, one) -> resolved.put(key, resolve(one, lookup)));
                        yield resolved;
                    }
                    case Record record when !Fields.components(record.getClass()).isEmpty() ->
                        Fields.map(record, (component, one) -> resolve(one, lookup));
                    default -> value;
                };
    }

    /** The references that are not known yet. */
    public static Set<Ref.Output<?>> open(Object value) {
        var open = new LinkedHashSet<Ref.Output<?>>();
        walk(value, ref -> {
            if (ref instanceof Ref.Output<?> output) open.add(output);
        });
        return open;
    }

    /** The strings of the references that are known. */
    public static Set<String> known(Object value) {
        var known = new LinkedHashSet<String>();
        walk(value, ref -> {
            if (ref instanceof Ref.Known<?>(String text)) known.add(text);
        });
        return known;
    }

    private static void walk(Object value, Consumer<Ref<?>> visit) {
        switch (value) {
            case null -> {}
            case Ref<?> ref -> visit.accept(ref);
            case Collection<?> many -> new ArrayList<>(many).forEach(one -> walk(one, visit));
            case Map<?, ?> map -> map.values().forEach(one -> walk(one, visit));
            case Record record -> Fields.of(record).values().forEach(one -> walk(one, visit));
            default -> {}
        }
    }
}
