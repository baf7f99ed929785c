package africa.mycandidate.operator.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One resource as AWS shows it.
 *
 * @param actual the record as AWS has it; a component is {@code null} where AWS has none. A value asked for and pending counts as had.
 * @param id the physical id by which AWS's delete and modify calls know it
 * @param name the name that must be unique in its account and region, or the id where it has none
 * @param outputs what others may refer to ({@code id}, {@code arn}, {@code endpoint}); an output exists only once it can be used
 * @param tags all its tags; empty where it takes none
 * @param uses ids and ARNs of resources that it holds beyond the references in {@code actual} (a task definition of a deployment that is still draining)
 * @param unread names of components that could not be read: their difference is unknown
 * @param message what AWS says of its state, for people; may be empty
 */
public record Observed<R extends Resource>(
        R actual,
        String id,
        String name,
        Phase phase,
        Map<String, String> outputs,
        Owner owner,
        Map<String, String> tags,
        Set<String> uses,
        Set<String> unread,
        String message) {

    public Observed {
        outputs = Collections.unmodifiableNavigableMap(new TreeMap<>(outputs));
        tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
        uses = Collections.unmodifiableNavigableSet(new TreeSet<>(uses));
        unread = Collections.unmodifiableNavigableSet(new TreeSet<>(unread));
    }

    /** An observation with the fields that nearly every type has; {@code tags} decide the owner. */
    public static <R extends Resource> Observed<R> of(
            R actual, String id, String name, Phase phase, Map<String, String> outputs, Map<String, String> tags) {
        return new Observed<>(actual, id, name, phase, outputs, Tags.owner(tags), tags, Set.of(), Set.of(), "");
    }

    public Observed<R> withOwner(Owner by) {
        return new Observed<>(actual, id, name, phase, outputs, by, tags, uses, unread, message);
    }

    public Observed<R> withOutputs(Map<String, String> others) {
        return new Observed<>(actual, id, name, phase, others, owner, tags, uses, unread, message);
    }

    public Observed<R> withMessage(String text) {
        return new Observed<>(actual, id, name, phase, outputs, owner, tags, uses, unread, text == null ? "" : text);
    }

    public Observed<R> withUses(Set<String> held) {
        return new Observed<>(actual, id, name, phase, outputs, owner, tags, held, unread, message);
    }

    public Observed<R> withUnread(Set<String> fields) {
        return new Observed<>(actual, id, name, phase, outputs, owner, tags, uses, fields, message);
    }

    @SuppressWarnings("unchecked")
    public Class<R> type() {
        return (Class<R>) actual.getClass();
    }
}
