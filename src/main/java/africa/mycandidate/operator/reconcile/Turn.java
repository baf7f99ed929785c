package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Status;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        return turns;
    }
}
