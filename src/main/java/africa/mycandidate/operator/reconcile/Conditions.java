package africa.mycandidate.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a status in their fixed order; a transition time is kept while the condition's status stays. */
final class Conditions {
    static final String READY = "Ready";
    static final String RECONCILING = "Reconciling";
    static final String STALLED = "Stalled";
    static final String PROVISIONED = "Provisioned";
    static final String SERVING = "Serving";
    static final String IN_SYNC = "InSync";
    static final String ELECTION_READY = "ElectionReady";
    private static final int LONGEST_MESSAGE = 1024;

    private final List<Condition> before;
    private final Long generation;
    private final Instant now;
    private final List<Condition> after = new ArrayList<>();

    /** @param before the conditions of the status until now; may be null */
    Conditions(List<Condition> before, Long generation, Instant now) {
        this.before = before == null ? List.of() : before;
        this.generation = generation;
        this.now = now;
    }

    Conditions set(String type, Boolean status, String reason, String message) {
        var text = status == null ? "Unknown" : status ? "True" : "False";
        var since = find(before, type)
                .filter(old -> old.getStatus().equals(text))
                .map(Condition::getLastTransitionTime)
                .orElse(Standing.time(now));
        after.add(new ConditionBuilder()
                .withType(type)
                .withStatus(text)
                .withReason(reason)
                .withMessage(
                        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…")
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build());
        return this;
    }

    List<Condition> list() {
        return List.copyOf(after);
    }

    static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream().filter(one -> one.getType().equals(type)).findFirst();
    }

    static boolean is(List<Condition> conditions, String type) {
        return find(conditions, type)
                .filter(one -> one.getStatus().equals("True"))
                .isPresent();
    }
}
