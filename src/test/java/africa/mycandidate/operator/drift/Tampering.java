package africa.mycandidate.operator.drift;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Run;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What people do in the console behind the operator's back, with the plain SDK and without the operator's handlers: at least one change for each field that AWS
 * can change, so that a new field without one fails the tests that go through them.
 */
public final class Tampering {
    /**
     * One change behind the operator's back.
     *
     * @param what a word or two on it
     * @param also other fields that AWS changes with it
     * @param refused whether AWS refuses it, on a stack that is in use
     */
    public record Deed(String what, Set<String> also, boolean refused, BiConsumer<Clients, Observed<?>> how) {
        public void commit(Clients clients, Observed<?> have) {
            how.accept(clients, have);
        }
    }

    private static final Map<String, List<Deed>> DEEDS = new TreeMap<>();

    static {
        NetworkTampering.register();
        DataTampering.register();
        EdgeTampering.register();
        CdnTampering.register();
        ComputeTampering.register();
        StorageTampering.register();
        AlarmTampering.register();
    }

    private Tampering() {}

    /** The changes to try on a field. Throws where there is none. */
    public static List<Deed> of(Class<? extends Resource> type, String field) {
        var deeds = DEEDS.get(type.getSimpleName() + "." + field);
        if (deeds == null)
            throw new AssertionError("nobody tampers with the field " + field + " of " + type.getSimpleName()
                    + " yet: add a change with the plain SDK to the Tampering of its area");
        return deeds;
    }

    /** What is done to a resource as a whole: it is deleted, or something is added to it that stands for itself. */
    public static List<Deed> wholly(Class<? extends Resource> type) {
        return DEEDS.getOrDefault(type.getSimpleName() + ".", List.of());
    }

    /** The fields of a resource that are managed and that AWS can change. What is written down of a run is believed, whoever wrote it: that is no drift. */
    public static List<String> fields(Resource want) {
        return Fields.components(want.getClass()).stream()
                .filter(component -> component.getType() != Run.class)
                .filter(component -> !component.isAnnotationPresent(Immutable.class)
                        && !component.isAnnotationPresent(Initial.class)
                        && Fields.value(component, want) != null)
                .map(RecordComponent::getName)
                .toList();
    }

    /** The managed fields that AWS itself keeps from being changed. */
    public static List<String> fixed(Resource want) {
        return Fields.components(want.getClass()).stream()
                .filter(component ->
                        component.isAnnotationPresent(Immutable.class) && Fields.value(component, want) != null)
                .map(RecordComponent::getName)
                .toList();
    }

    static void on(Class<? extends Resource> type, String field, String what, BiConsumer<Clients, Observed<?>> how) {
        on(type, field, what, Set.of(), how);
    }

    static void on(
            Class<? extends Resource> type,
            String field,
            String what,
            Set<String> also,
            BiConsumer<Clients, Observed<?>> how) {
        DEEDS.computeIfAbsent(type.getSimpleName() + "." + field, any -> new ArrayList<>())
                .add(new Deed(what, also, false, how));
    }

    static void deleted(Class<? extends Resource> type, BiConsumer<Clients, Observed<?>> how) {
        on(type, "", "deleted", how);
    }

    static void refused(
            Class<? extends Resource> type, String field, String what, BiConsumer<Clients, Observed<?>> how) {
        DEEDS.computeIfAbsent(type.getSimpleName() + "." + field, any -> new ArrayList<>())
                .add(new Deed(what, Set.of(), true, how));
    }
}
