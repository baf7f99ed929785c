package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets of references as AWS takes and gives them: lists of strings, in an order without meaning. */
final class RefSets {
    private RefSets() {}

    static <T extends Resource> Set<Ref<T>> of(Stream<String> values) {
        return values.map(Ref::<T>of).collect(Collectors.toUnmodifiableSet());
    }

    /** References to resources of more than one type. */
    static Set<Ref<? extends Resource>> mixed(Stream<String> values) {
        return values.map(Ref::<Resource>of).collect(Collectors.toUnmodifiableSet());
    }

    /** The strings, sorted; null for a field that is not managed. */
    static List<String> values(Collection<? extends Ref<?>> refs) {
        return refs == null ? null : refs.stream().map(Ref::value).sorted().toList();
    }

    /** The string of one reference; null for a field that is not managed. */
    static String value(Ref<?> ref) {
        return ref == null ? null : ref.value();
    }

    /** The reference, where AWS shows one. */
    static <T extends Resource> Ref<T> ref(String value) {
        return value == null || value.isEmpty() ? null : Ref.of(value);
    }
}
