package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Ref;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Values as people read them in a plan: short, and in the same order every time. */
final class Words {
    static final String NONE = "(none)";

    private Words() {}

    static String of(Object value) {
        return switch (value) {
            case null -> NONE;
            case String text -> text.isEmpty() ? NONE : text;
            case Ref<?> ref -> ref.toString().isEmpty() ? NONE : ref.toString();
            case Set<?> set ->
                set.isEmpty() ? NONE : set.stream().map(Words::of).sorted().collect(Collectors.joining(", "));
            case List<?> list ->
                list.isEmpty() ? NONE : list.stream().map(Words::of).collect(Collectors.joining(", "));
            case Collection<?> other -> of(List.copyOf(other));
            case Map<?, ?> map ->
                map.isEmpty()
                        ? NONE
                        : map.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + of(entry.getValue()))
                                .sorted()
                                .collect(Collectors.joining(", "));
            case Record record when overridesToString(record) -> record.toString();
            case Record record ->
                Fields.of(record).values().stream()
                        .filter(Objects::nonNull)
                        .map(Words::of)
                        .filter(word -> !word.equals(NONE))
                        .collect(Collectors.joining(" "));
            default -> Canonical.text(value);
        };
    }

    private static boolean overridesToString(Record record) {
        try {
            return !java.lang.reflect.Modifier.isFinal(
                    record.getClass().getMethod("toString").getModifiers());
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every object has toString", e);
        }
    }
}
