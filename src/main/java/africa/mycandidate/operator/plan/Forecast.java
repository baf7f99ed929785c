package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.stack.Stack;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan comes to in the end, for the people who decide on it beforehand. A plan has only the steps that can be done now, and the next look has the next;
 * here what is blocked counts as what it becomes, and what follows from a replacement is named before the replacement is made.
 *
 * @param kept how many resources stay as they are
 */
public record Forecast(List<Entry> entries, int kept) {
    /** What becomes of a resource. */
    public enum Action {
        CREATE,
        UPDATE,
        REPLACE,
        DELETE,
        /** Somebody else made it, and it is tagged as this stack's. */
        ADOPT,
        /** It could be done, and somebody has to allow it first. */
        HELD,
        /** Nothing is done to it until somebody changes the spec or AWS. */
        REFUSED,
        /** AWS is at work on it, or something that it needs is refused; nothing else is known to change. */
        WAIT
    }

    /**
     * One resource that does not stay as it is.
     *
     * @param id the physical id of what is there; empty where nothing is
     * @param because the reason, for people; empty where the action says it all
     * @param fields the main fields of what is made, by name
     * @param held what was held back, for that action
     */
    public record Entry(
            Action action,
            Key key,
            String id,
            String because,
            List<Change> changes,
            Map<String, String> fields,
            Optional<Step.Held> held) {
        public Entry {
            changes = List.copyOf(changes);
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** What users feel of it. */
        public Interruption interruption() {
            return held.map(step -> step.act().interruption()).orElseGet(() -> Step.mildestThatCovers(changes));
        }

        /** Whether AWS is changed, now or once it is allowed, or would have to be and is not. */
        public boolean isChange() {
            return action != Action.WAIT;
        }

        private boolean isAct() {
            return isChange() && action != Action.HELD && action != Action.REFUSED;
        }
    }

    public Forecast {
        entries = entries.stream()
                .sorted(Comparator.comparing(Entry::key).thenComparing(Entry::action))
                .toList();
    }

    public long count(Action action) {
        return entries.stream().filter(entry -> entry.action() == action).count();
    }

    /** Whether AWS has what the spec says, and nothing but that. */
    public boolean isEmpty() {
        return entries.stream().noneMatch(Entry::isChange);
    }

    /** Whether anything is changed without further ado. */
    public boolean acts() {
        return entries.stream().anyMatch(Entry::isAct);
    }

    /** The worst that users feel of what is not held back. */
    public Interruption worst() {
        return entries.stream()
                .filter(Entry::isAct)
                .map(Entry::interruption)
                .max(Comparator.naturalOrder())
                .orElse(Interruption.NONE);
    }

    /** @param plan the plan of this stack and snapshot */
    public static Forecast of(Stack stack, Snapshot seen, Plan plan) {
        return new Teller(stack, seen, plan).tell();
    }
}
