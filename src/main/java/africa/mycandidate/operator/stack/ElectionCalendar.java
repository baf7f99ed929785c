package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Cache;
import africa.mycandidate.operator.api.Database;
import africa.mycandidate.operator.api.Election;
import africa.mycandidate.operator.api.MaintenanceWindow;
import africa.mycandidate.operator.api.Scaling;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.WeeklyWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the elections of a spec ask for at each moment. Outside them, the spec's own values stand. */
public final class ElectionCalendar {
    /** How long before more tasks run a larger database or cache is asked for: its failover is over by then, and a day is left to see it work. */
    public static final Duration RESIZED_BEFORE = Duration.ofHours(24);
    /** A change of the class takes 5 to 15 minutes, more when it has to wait for a backup: later than this it would fail over among voters. */
    public static final Duration TOO_LATE_BEFORE = Duration.ofHours(1);

    /**
     * How long before more tasks run the load balancer's capacity is reserved. AWS mostly fulfils a request within minutes and may take a few hours (ELB User
     * Guide, "Request Load balancer Capacity Unit reservation"); what it refuses then, people can still settle, or do without, in the working day before.
     */
    private static final Duration RESERVED_BEFORE = Duration.ofHours(12);

    /** How long before more tasks run AWS's maintenance is moved out of the way: more than the week for which a window comes once. */
    private static final Duration UNDISTURBED_FROM = Duration.ofDays(8);

    /** The bounds of autoscaling. */
    public record Bounds(int minTasks, int maxTasks) {}

    private final Scaling usual;
    private final String usualClass;
    private final String usualNodeType;
    private final MaintenanceWindow maintenance;
    private final ZoneId zone;
    private final List<ElectionWindow> windows;

    private ElectionCalendar(Spec spec) {
        this.usual = spec.scaling();
        this.usualClass = spec.database().instanceClass();
        this.usualNodeType = spec.cache().nodeType();
        this.maintenance = spec.maintenanceWindow();
        this.zone = ZoneId.of(spec.timeZone());
        this.windows = spec.elections() == null
                ? List.of()
                : spec.elections().stream()
                        .map(election -> ElectionWindow.of(election, zone))
                        .sorted(Comparator.comparing(ElectionWindow::from))
                        .toList();
    }

    /** @param spec with its defaults filled in */
    public static ElectionCalendar of(Spec spec) {
        return new ElectionCalendar(spec);
    }

    public List<ElectionWindow> windows() {
        return windows;
    }

    public ZoneId zone() {
        return zone;
    }

    /** The election that is on, or the next one. */
    public Optional<ElectionWindow> next(Instant now) {
        return windows.stream().filter(window -> !window.isPast(now)).findFirst();
    }

    /** The highest floor and ceiling of all that are on; one election's lead may begin while another lasts. */
    public Bounds bounds(Instant now) {
        var on = windows.stream().filter(window -> window.isRaised(now)).toList();
        if (on.isEmpty()) return new Bounds(usual.minTasks(), usual.maxTasks());
        var min = on.stream()
                .mapToInt(window -> window.election().minTasks())
                .max()
                .getAsInt();
        var max = on.stream()
                .mapToInt(window -> window.election().maxTasks())
                .max()
                .getAsInt();
        return new Bounds(min, Math.max(min, max));
    }

    /** The spec as it stands at a moment: where an election wants more, that stands in it. */
    Spec applied(Spec spec, Instant now) {
        var sized = spec;
        var bounds = bounds(now);
        if (!bounds.equals(new Bounds(usual.minTasks(), usual.maxTasks())))
            sized = with(sized, "scaling", bounded(bounds));
        if (!databaseClass(now).equals(usualClass))
            sized = with(sized, "database", with(database(spec), "instanceClass", databaseClass(now)));
        if (!cacheNodeType(now).equals(usualNodeType))
            sized = with(sized, "cache", with(cache(spec), "nodeType", cacheNodeType(now)));
        return sized;
    }

    private Scaling bounded(Bounds bounds) {
        return new Scaling(bounds.minTasks(), bounds.maxTasks(), usual.scaleOutCpuPercent(), usual.scaleInCpuPercent());
    }

    private static Database database(Spec spec) {
        return spec.database() == null
                ? new Database(null, null, null, null, null, null, null, null, null)
                : spec.database();
    }

    private static Cache cache(Spec spec) {
        return spec.cache() == null ? new Cache(null, null, null) : spec.cache();
    }

    private static <T extends Record> T with(T record, String field, Object replacement) {
        return Fields.map(record, (component, value) -> component.getName().equals(field) ? replacement : value);
    }

    /** When the bounds change after a moment, and to what. */
    SortedMap<Instant, Bounds> changes(Instant after) {
        var changes = new TreeMap<Instant, Bounds>();
        var before = bounds(after);
        for (var moment : new TreeSet<>(windows.stream()
                .flatMap(window -> Stream.of(window.raise(), window.to()))
                .filter(moment -> moment.isAfter(after))
                .toList())) {
            var bounds = bounds(moment);
            if (!bounds.equals(before)) changes.put(moment, bounds);
            before = bounds;
        }
        return changes;
    }

    /** The election for which disruptive changes wait now. */
    public Optional<ElectionWindow> frozen(Instant now) {
        return windows.stream()
                .filter(window -> window.election().freeze() && window.isRaised(now))
                .max(Comparator.comparing(ElectionWindow::to));
    }

    /** The election for which it is too late now to change a class, or that is on. */
    public Optional<ElectionWindow> keepsClasses(Instant now) {
        return windows.stream()
                .filter(window -> isResized(window) && !window.isPast(now))
                .filter(window -> !now.isBefore(window.raise().minus(TOO_LATE_BEFORE)))
                .findFirst();
    }

    private boolean isResized(ElectionWindow window) {
        return !window.election().databaseClass().equals(usualClass)
                || !window.election().cacheNodeType().equals(usualNodeType);
    }

    /** When AWS is to maintain database and cache, so that it does not do so in an election that is near; null where none is, and where an election leaves no time. */
    WeeklyWindow maintenance(Instant now) {
        var near = windows.stream()
                .filter(window ->
                        !window.isPast(now) && !now.isBefore(window.raise().minus(UNDISTURBED_FROM)))
                .map(ElectionWindow::span)
                .toList();
        return WeeklyWindow.clearOf(near, now).orElse(null);
    }

    /** The class of the database that is wanted now. */
    public String databaseClass(Instant now) {
        return resized(now, Election::databaseClass, usualClass);
    }

    /** The node type of the cache that is wanted now. */
    public String cacheNodeType(Instant now) {
        return resized(now, Election::cacheNodeType, usualNodeType);
    }

    private String resized(Instant now, Function<Election, String> field, String otherwise) {
        return windows.stream()
                .filter(window -> !now.isBefore(resizedFrom(window)) && now.isBefore(resizedUntil(window)))
                .map(window -> field.apply(window.election()))
                .filter(value -> !value.equals(otherwise))
                .reduce((earlier, later) -> later)
                .orElse(otherwise);
    }

    /** How many load balancer capacity units are to be reserved now: the most that an election wants whose time it is, else none. */
    public int capacityUnits(Instant now) {
        return windows.stream()
                .filter(window -> !window.isPast(now) && !now.isBefore(reservedFrom(window)))
                .mapToInt(ElectionWindow::capacityUnits)
                .max()
                .orElse(0);
    }

    /** From when the capacity units of an election are wanted; until its end. */
    public static Instant reservedFrom(ElectionWindow window) {
        return window.raise().minus(RESERVED_BEFORE);
    }

    /** From when the classes of an election are wanted. */
    public Instant resizedFrom(ElectionWindow window) {
        return window.raise().minus(RESIZED_BEFORE);
    }

    /** Until when: the change back fails over too, and waits for the next maintenance window. */
    public Instant resizedUntil(ElectionWindow window) {
        return nextMaintenance(window.to());
    }

    private Instant nextMaintenance(Instant after) {
        var day = DayOfWeek.of(maintenance.day().ordinal() + 1);
        var at = after.atZone(zone).with(TemporalAdjusters.nextOrSame(day)).with(LocalTime.parse(maintenance.from()));
        return (at.toInstant().isBefore(after) ? at.plusWeeks(1) : at).toInstant();
    }
}
