package africa.mycandidate.operator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was seen in AWS: for each place of a type, the resources there, or why it could not be read. What could not be read is unknown, never absent. */
public final class Snapshot {
    private final String stack;
    private final Map<Where, Reading> readings;
    private final Instant at;
    /** A plan asks for the same types again and again. */
    private final Map<Class<? extends Resource>, List<Observed<?>>> all = new LinkedHashMap<>();

    private final Map<Class<?>, List<Observed<?>>> ours = new ConcurrentHashMap<>();
    private final Map<String, Duration> ages;

    /**
     * @param stack namespace/name of the stack that is being looked at
     * @param readings by type and place, in the order in which they are to be gone through
     * @param at when it was seen, by the clock that the operator has of AWS
     */
    public Snapshot(String stack, Map<Where, Reading> readings, Instant at) {
        this(stack, readings, at, Map.of());
    }

    private Snapshot(String stack, Map<Where, Reading> readings, Instant at, Map<String, Duration> ages) {
        this.ages = Map.copyOf(ages);
        this.stack = stack;
        this.at = at;
        this.readings = Collections.unmodifiableMap(new LinkedHashMap<>(readings));
        for (var where : readings.keySet()) all.computeIfAbsent(where.type(), this::listed);
    }

    public String stack() {
        return stack;
    }

    /** The same with the ages of some of what was seen, by {@link #aged}. */
    public Snapshot with(Map<String, Duration> others) {
        return new Snapshot(stack, readings, at, others);
    }

    /** By what an age is kept. */
    public static String aged(Observed<?> one) {
        return one.type().getSimpleName() + " " + one.id();
    }

    /** For how long it has been seen as it is: at least so long it has been so. Zero where nobody looked before. */
    public Duration age(Observed<?> one) {
        return ages.getOrDefault(aged(one), Duration.ZERO);
    }

    /** When it was seen: what takes too long can be told only by it. */
    public Instant at() {
        return at;
    }

    public Map<Where, Reading> readings() {
        return readings;
    }

    /**
     * A type, and the place of it ({@link Resource#place}).
     *
     * @param id the one resource that is looked for there, which no list shows as it is not ours yet; empty for all that the list shows
     */
    public record Where(Class<? extends Resource> type, String place, String id) {
        public Where(Class<? extends Resource> type, String place) {
            this(type, place, "");
        }

        @Override
        public String toString() {
            if (!id.isEmpty()) return type.getSimpleName() + " " + id;
            return place.isEmpty() ? type.getSimpleName() : type.getSimpleName() + " in " + place;
        }
    }

    /** The result of listing one place. */
    public sealed interface Reading {
        record Read(List<? extends Observed<?>> found) implements Reading {
            public Read {
                found = List.copyOf(found);
            }
        }

        /**
         * @param error what AWS said, for people
         * @param denied whether the operator may not read it, which only the user can change
         */
        record Unread(String error, boolean denied) implements Reading {}
    }

    /** Why a place of this type could not be read, if one could not. */
    public Optional<String> unread(Class<? extends Resource> type) {
        for (var entry : readings.entrySet()) {
            if (entry.getKey().type() == type && entry.getValue() instanceof Reading.Unread unread)
                return Optional.of(unread.error());
        }
        return Optional.empty();
    }

    /** Whether all of these could be read: only then is one that is not seen not there. */
    @SafeVarargs
    public final boolean isRead(Class<? extends Resource>... types) {
        return Stream.of(types).noneMatch(type -> unread(type).isPresent());
    }

    /** Whether a place of this type may not be read. */
    public boolean denied(Class<? extends Resource> type) {
        return readings.entrySet().stream()
                .anyMatch(entry -> entry.getKey().type() == type
                        && entry.getValue() instanceof Reading.Unread unread
                        && unread.denied());
    }

    /** Whether everything that was to be read was read. Only then does "not seen" mean "not there". */
    public boolean complete() {
        return readings.values().stream().allMatch(Reading.Read.class::isInstance);
    }

    private List<Observed<?>> listed(Class<? extends Resource> type) {
        var found = new ArrayList<Observed<?>>();
        var named = new ArrayList<Observed<?>>();
        for (var entry : readings.entrySet()) {
            if (entry.getKey().type() != type || !(entry.getValue() instanceof Reading.Read read)) continue;
            (entry.getKey().id().isEmpty() ? found : named).addAll(read.found());
        }
        // What was looked up by its id may be listed as well, though with less detail where it is not ours.
        var ids = named.stream().map(Observed::id).collect(Collectors.toSet());
        found.removeIf(one -> ids.contains(one.id()));
        found.addAll(named);
        return List.copyOf(found);
    }

    /** Each type of which something was to be read, in the order of the readings. */
    public Set<Class<? extends Resource>> types() {
        return Collections.unmodifiableSet(all.keySet());
    }

    /** All resources of a type, whosever they are. */
    public <R extends Resource> List<Observed<R>> all(Class<R> type) {
        return cast(all.getOrDefault(type, List.of()));
    }

    /** Those of this stack, tombstones included, with the tags' word on whose they are resolved through parents. */
    public <R extends Resource> List<Observed<R>> ours(Class<R> type) {
        return cast(ours.computeIfAbsent(type, any -> {
            var found = new ArrayList<Observed<?>>();
            for (var one : all(type)) {
                var owner = owner(one);
                if (!(owner instanceof Owner.Stack of) || !of.stack().equals(stack)) continue;
                found.add(owner == one.owner() ? one : one.withOwner(owner));
            }
            return List.copyOf(found);
        }));
    }

    /** Those of this stack in the given role. */
    public <R extends Resource> List<Observed<R>> ours(Class<R> type, String role) {
        return ours(type).stream()
                .filter(one -> ((Owner.Stack) one.owner()).role().equals(role))
                .toList();
    }

    /** The owner of a resource; a child's is its parent's. */
    public Owner owner(Observed<?> one) {
        if (!(one.owner() instanceof Owner.Child child)) return one.owner();
        for (var parent : all(child.parent())) {
            if (!child.value().equals(parent.outputs().get(child.output()))) continue;
            return owner(parent) instanceof Owner.Stack of
                    ? new Owner.Stack(of.stack(), of.uid(), child.role(), of.version())
                    : new Owner.Nobody();
        }
        return new Owner.Nobody();
    }

    /** Whether nobody knows whose it is, because a parent, or a parent's parent, could not be read. */
    public boolean isOwnerUnread(Observed<?> one) {
        return one.owner() instanceof Owner.Child child
                && (unread(child.parent()).isPresent()
                        || all(child.parent()).stream()
                                .filter(parent ->
                                        child.value().equals(parent.outputs().get(child.output())))
                                .anyMatch(this::isOwnerUnread));
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> List<Observed<R>> cast(List<?> observed) {
        return (List<Observed<R>>) observed;
    }
}
