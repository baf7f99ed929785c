package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one kind of resource, as AWS's replicas show them: a write is the truth at once, and visible to reads a little later. Values are immutable;
 * a change puts a new one.
 */
final class Table<V> {
    private final World world;
    private final Map<String, List<Row<V>>> rows = new LinkedHashMap<>();

    private record Row<V>(Instant visible, Optional<V> value) {}

    Table(World world) {
        this.world = world;
    }

    /** Writes with the world's usual lag. */
    void put(String id, V value) {
        put(id, value, world.lag());
    }

    void put(String id, V value, Duration lag) {
        write(id, Optional.of(value), lag);
    }

    void remove(String id) {
        write(id, Optional.empty(), world.lag());
        var visible = rows.get(id).getLast().visible();
        world.after(Duration.between(world.now(), visible), () -> forget(id));
    }

    /** Drops a row that no read shows any more: a long simulation would go through more and more of them. */
    private void forget(String id) {
        var history = rows.get(id);
        if (history != null && history.getLast().value().isEmpty()) rows.remove(id);
    }

    private void write(String id, Optional<V> value, Duration lag) {
        var history = rows.computeIfAbsent(id, key -> new ArrayList<>());
        var visible = world.now().plus(lag);
        if (!history.isEmpty() && history.getLast().visible().isAfter(visible))
            visible = history.getLast().visible();
        history.add(new Row<>(visible, value));
        var now = world.now();
        while (history.size() > 1 && !history.get(1).visible().isAfter(now)) history.removeFirst();
    }

    /** What AWS itself knows: decides whether a call is refused. */
    Optional<V> truth(String id) {
        var history = rows.get(id);
        return history == null ? Optional.empty() : history.getLast().value();
    }

    /** Of all rows that are there, or that some read may still show. */
    List<String> ids() {
        return List.copyOf(rows.keySet());
    }

    List<V> truths() {
        return rows.values().stream()
                .flatMap(history -> history.getLast().value().stream())
                .toList();
    }

    /** What a read shows now. */
    Optional<V> seen(String id) {
        var history = rows.getOrDefault(id, List.of());
        var now = world.now();
        Optional<V> value = Optional.empty();
        for (var row : history) if (!row.visible().isAfter(now)) value = row.value();
        return value;
    }

    List<V> seen() {
        return rows.keySet().stream().flatMap(id -> seen(id).stream()).toList();
    }
}
