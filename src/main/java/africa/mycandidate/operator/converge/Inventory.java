package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Reading;
import africa.mycandidate.operator.model.Snapshot.Where;
import africa.mycandidate.operator.resource.Handler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads AWS for every stack of one account and region. One listing of a type serves all of them, concurrent callers share it, and nobody is given a listing that
 * began before the moment that they name, which is after their last write.
 */
public final class Inventory {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Map<Class<? extends Resource>, Handler<?>> handlers;
    private final InstantSource clock;
    private final Parallel parallel;
    private final Map<Where, Slot> slots = new ConcurrentHashMap<>();

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Dated latest;
        private int throttled;
        private Instant notBefore = Instant.MIN;
    }

    private record Dated(Instant began, Reading reading) {}

    public Inventory(List<Handler<?>> handlers, InstantSource clock, Parallel parallel) {
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(Handler::type, Function.identity()));
        this.clock = clock;
        this.parallel = parallel;
    }

    /**
     * @param places where the stack keeps resources; types that AWS lists for the whole region are always read
     * @param notBefore how old the listing of a place may be
     */
    public Snapshot look(String stack, Set<Where> places, Function<Where, Instant> notBefore) {
        // In the order of their names: what a pass does is to be the same in every JVM.
        var wanted = new TreeMap<String, Where>();
        for (var place : places) wanted.put(place.toString(), place);
        for (var type : handlers.keySet()) {
            var everywhere = new Where(type, "");
            if (!type.getAnnotation(AwsType.class).placed()) wanted.put(everywhere.toString(), everywhere);
        }
        var sorted = List.copyOf(wanted.values());
        var readings = parallel.all(sorted.stream()
                .<Callable<Reading>>map(where -> () -> read(where, notBefore.apply(where)))
                .toList());
        var byPlace = new LinkedHashMap<Where, Reading>();
        for (var i = 0; i < sorted.size(); i++)
            if (!isNoConcern(sorted.get(i), readings.get(i), places)) byPlace.put(sorted.get(i), readings.get(i));
        return new Snapshot(stack, byPlace, clock.instant());
    }

    /** The rights to optional types come in a policy of their own, which nobody needs whose specs do without (deploy/iam-policy-options.json). */
    private static boolean isNoConcern(Where where, Reading reading, Set<Where> places) {
        return where.type().getAnnotation(AwsType.class).optional()
                && reading instanceof Reading.Unread unread
                && unread.denied()
                && places.stream().noneMatch(place -> place.type() == where.type());
    }

    private Reading read(Where where, Instant notBefore) {
        var slot = slots.computeIfAbsent(where, key -> new Slot());
        var latest = slot.latest;
        if (latest != null && !latest.began().isBefore(notBefore)) return latest.reading();
        slot.lock.lock();
        try {
            latest = slot.latest;
            if (latest != null && !latest.began().isBefore(notBefore)) return latest.reading();
            var began = clock.instant();
            if (latest != null && began.isBefore(slot.notBefore)) return latest.reading();
            var reading = list(where, slot);
            slot.latest = new Dated(began, reading);
            return reading;
        } finally {
            slot.lock.unlock();
        }
    }

    private Reading list(Where where, Slot slot) {
        try {
            var handler = handlers.get(where.type());
            var found = where.id().isEmpty() ? handler.list(where.place()) : handler.find(where.id());
            slot.throttled = 0;
            return new Reading.Read(found);
        } catch (RuntimeException e) {
            var failure = AwsFailure.of(where.type().getSimpleName(), e);
            if (failure.kind() == AwsFailure.Kind.THROTTLED)
                slot.notBefore = clock.instant().plus(pause(++slot.throttled));
            return new Reading.Unread(failure.toString(), failure.kind() == AwsFailure.Kind.DENIED);
        }
    }

    /**
     * A listing of many calls that was throttled in its middle is not begun again at once: it would use up what had come back by then, and never get to its end.
     */
    private static Duration pause(int throttled) {
        var pause = Duration.ofSeconds(1L << Math.min(throttled - 1, 5));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    public Handler<?> handler(Class<? extends Resource> type) {
        return handlers.get(type);
    }
}
