package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.api.Status;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A condition that turned: what an event tells of. Nothing is told while nothing turns. */
record Turn(boolean warning, String reason, String message) {
    private static final Map<String, Boolean> TOLD = Map.of(Conditions.READY, false, Conditions.STALLED, true);

    static List<Turn> between(Status before, Status after) {
        var turns = new ArrayList<Turn>();
        var old = before == null ? List.<Condition>of() : before.conditions();
        for (var condition : after.conditions() == null ? List.<Condition>of() : after.conditions()) {
            if (!TOLD.containsKey(condition.getType()) || !condition.getStatus().equals("True")) continue;
            var was = Conditions.find(old, condition.getType());
            if (was.isPresent()
                    && was.get().getStatus().equals("True")
                    && was.get().getReason().equals(condition.getReason())) continue;
            turns.add(new Turn(
                    TOLD.get(condition.getType()),
                    condition.getType().equals(Conditions.READY) ? "Ready" : condition.getReason(),
                    condition.getMessage()));
        }
        turns.addAll(drift(before, after));
        return turns;
    }

    /** Drift that was not there before, and drift that is not there any more; one event for each resource. */
    private static List<Turn> drift(Status before, Status after) {
        var was = byResource(before);
        var is = byResource(after);
        var turns = new ArrayList<Turn>();
        is.forEach((resource, entries) -> {
            var fresh = entries.stream()
                    .filter(entry -> was.getOrDefault(resource, List.of()).stream()
                            .noneMatch(old -> Objects.equals(old.field(), entry.field())))
                    .toList();
            if (!fresh.isEmpty())
                turns.add(new Turn(true, "Drift", resource + " was changed by somebody else: " + words(fresh)));
        });
        was.forEach((resource, entries) -> {
            if (!is.containsKey(resource))
                turns.add(new Turn(false, "DriftGone", resource + " is as it should be again: " + fields(entries)));
        });
        return turns;
    }

    private static Map<String, List<DriftEntry>> byResource(Status status) {
        if (status == null || status.drift() == null) return Map.of();
        return status.drift().stream()
                .collect(Collectors.groupingBy(DriftEntry::resource, TreeMap::new, Collectors.toList()));
    }

    private static String words(List<DriftEntry> entries) {
        return entries.stream()
                .map(entry -> (entry.field().isEmpty()
                                ? entry.actual()
                                : entry.field() + " is " + entry.actual() + ", not " + entry.desired())
                        + "; it " + entry.action())
                .collect(Collectors.joining("; "));
    }

    private static String fields(List<DriftEntry> entries) {
        return entries.stream()
                .map(entry -> entry.field().isEmpty() ? "exists" : entry.field() + " is " + entry.desired())
                .collect(Collectors.joining(", "));
    }
}
