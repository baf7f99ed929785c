package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Judging;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Takes a resource through its life by its handler alone, looking again where AWS is not ready, as the engine does. */
final class Life {
    private static final int LOOKS = 400;

    private final List<Handler<?>> handlers;
    private final Runnable pause;

    /** @param pause lets time pass between two looks */
    Life(List<Handler<?>> handlers, Runnable pause) {
        this.handlers = handlers;
        this.pause = pause;
    }

    void pause() {
        pause.run();
    }

    @SuppressWarnings("unchecked")
    <R extends Resource> Handler<R> handler(Class<R> type) {
        return (Handler<R>)
                handlers.stream().filter(one -> one.type() == type).findFirst().orElseThrow();
    }

    /** Creates it and waits until AWS shows it without a difference. */
    <R extends Resource> Observed<R> create(R want, String role) {
        var type = type(want);
        var creation = creation(type, role);
        var id = insist(() -> Optional.of(handler(type).create(want, creation)));
        return converge(want, id);
    }

    static Creation creation(Class<?> type, String role) {
        var token = Canonical.hash(type.getSimpleName() + role);
        return new Creation("mcd-test-" + role + "-1234567", token, tags(type, role), Instant.EPOCH);
    }

    static Map<String, String> tags(Class<?> type, String role) {
        return new TreeMap<>(Map.of(
                Tags.STACK,
                "test/site",
                Tags.OWNER,
                "uid-1",
                Tags.RESOURCE,
                type.getSimpleName() + "/" + role,
                Tags.VERSION,
                "1"));
    }

    /** Updates it, as often as that takes, until nothing differs and it has settled. */
    <R extends Resource> Observed<R> converge(R want, String id) {
        var type = type(want);
        return insist(() -> {
            var have = find(type, want.place(), id).orElse(null);
            if (have == null || !have.phase().mutable()) return Optional.empty();
            var fields = differing(want, have);
            if (fields.isEmpty()) return Optional.of(have);
            handler(type).update(have, want, fields);
            return Optional.empty();
        });
    }

    <R extends Resource> Observed<R> await(Class<R> type, String place, String id, Predicate<Observed<R>> state) {
        return insist(() -> find(type, place, id).filter(state));
    }

    /** Empties what holds it back, deletes it and waits until AWS has forgotten it. */
    @SuppressWarnings("unchecked")
    <R extends Resource> void delete(Observed<R> have) {
        var type = have.type();
        var place = have.actual().place();
        have.actual().leaving().ifPresent(leaving -> converge((R) leaving, have.id()));
        insist(() -> {
            var now = find(type, place, have.id());
            if (now.filter(one -> one.phase() != Phase.GONE && one.phase() != Phase.RESTORABLE)
                    .isEmpty()) return Optional.of(true);
            if (now.get().phase() != Phase.DELETING) handler(type).delete(now.get(), new Deletion(false));
            return Optional.empty();
        });
    }

    <R extends Resource> Optional<Observed<R>> find(Class<R> type, String place, String id) {
        return handler(type).list(place).stream()
                .filter(one -> one.id().equals(id))
                .findFirst();
    }

    /** The fields that differ for certain, by the rules of the planner. */
    static Set<String> differing(Resource want, Observed<?> have) {
        var fields = new TreeSet<String>();
        for (var component : Fields.components(want.getClass())) {
            var wanted = Fields.value(component, want);
            if (wanted == null || component.isAnnotationPresent(Initial.class)) continue;
            if (have.unread().contains(component.getName())) continue;
            if (!same(component, wanted, Fields.value(component, have.actual()))) fields.add(component.getName());
        }
        return fields;
    }

    private static boolean same(RecordComponent component, Object wanted, Object actual) {
        if (wanted instanceof Judging judging && actual != null) return judging.accepts(actual);
        if (component.isAnnotationPresent(Declared.class) && actual instanceof Map<?, ?> map) {
            return map.entrySet().containsAll(((Map<?, ?>) wanted).entrySet());
        }
        return wanted.equals(actual);
    }

    private <T> T insist(Attempt<T> attempt) {
        AwsServiceException last = null;
        for (var look = 0; look < LOOKS; look++) {
            try {
                var result = attempt.run();
                if (result.isPresent()) return result.get();
            } catch (AwsServiceException e) {
                last = e;
            }
            pause.run();
        }
        throw new AssertionError("nothing came of it in " + LOOKS + " looks", last);
    }

    private interface Attempt<T> {
        Optional<T> run();
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> Class<R> type(R resource) {
        return (Class<R>) resource.getClass();
    }
}
