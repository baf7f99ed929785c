package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.resource.Run;
import africa.mycandidate.operator.stack.Stack;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was last seen applied of each field, as the status remembers it by a short hash for each: it tells a change of the spec from drift. Where the status was
 * lost, every difference of what exists is drift.
 */
record Applied(Stack stack, Map<String, ResourceStatus> rows, List<DriftEntry> drift, Instant now)
        implements Policy.Origin {
    private static final int EACH = 6;
    private static final String NEVER = "-".repeat(EACH);
    /** Stands for neither the old value nor the new one: whichever the spec wants next is its change. */
    private static final String CHANGING = "~".repeat(EACH);

    /** @param before the status until now; may be null */
    static Applied in(Status before, Stack stack, Instant now) {
        if (before == null || before.resources() == null) return new Applied(stack, Map.of(), List.of(), now);
        return new Applied(
                stack,
                before.resources().stream()
                        .collect(Collectors.toMap(
                                row -> row.type() + "/" + row.role(), Function.identity(), (one, other) -> one)),
                before.drift() == null ? List.of() : before.drift(),
                now);
    }

    @Override
    public String since(Key key, String field) {
        return known(key.toString(), field).orElse(Standing.time(now));
    }

    /** When this drift was first told, if it was. */
    Optional<String> known(String resource, String field) {
        return drift.stream()
                .filter(one -> one.resource().equals(resource) && field.equals(one.field() == null ? "" : one.field()))
                .map(DriftEntry::since)
                .findFirst();
    }

    /** The row of the status until now, or null. */
    ResourceStatus row(Key key) {
        return rows.get(key.toString());
    }

    @Override
    public boolean isDrift(Key key, Resource want, String field) {
        // How a run ended is the operator's to write, and believed of others.
        if (Fields.of((Record) want).get(field) instanceof Run) return false;
        var row = row(key);
        var wanted = wanted(want);
        // The operator's own mark, such as that a rollout failed: nobody else took it off.
        if (NEVER.equals(wanted.get(field))) return false;
        if (row == null) return rows.isEmpty();
        if (row.applied() == null) return false;
        var recorded = recorded(row, wanted);
        // A type that had other fields in an older operator: nobody knows, so nothing that interrupts is done for it.
        return recorded.isEmpty() || recorded.get(field).equals(wanted.get(field));
    }

    @Override
    public boolean isGone(Key key, Resource want) {
        var row = row(key);
        if (row == null || row.applied() == null) return false;
        var wanted = wanted(want);
        var recorded = recorded(row, wanted);
        return !recorded.isEmpty()
                && Fields.of((Record) want).entrySet().stream()
                        .filter(field -> Refs.open(field.getValue()).isEmpty())
                        .allMatch(field -> recorded.get(field.getKey()).equals(wanted.get(field.getKey())));
    }

    @Override
    public boolean isAdded(Key key) {
        var row = row(key);
        return !rows.isEmpty()
                && (row == null || row.applied() == null)
                && !stack.resources().containsKey(key);
    }

    /**
     * What the next status remembers.
     *
     * @param match how the resource compares with what is wanted; null where it was not seen
     * @param moving whether AWS is still at it: what it accepted it may yet take back, and that is nobody's change
     */
    String next(Key key, Plan.Match match, boolean moving) {
        var row = row(key);
        var old = row == null ? null : row.applied();
        if (match == null) return old;
        var wanted = wanted(match.want());
        var recorded = old == null ? Map.<String, String>of() : recorded(row, wanted);
        var hashes = new StringBuilder(shape(wanted)).append(':');
        wanted.forEach((field, hash) -> {
            var had = recorded.getOrDefault(field, NEVER);
            var changing = moving && !had.equals(NEVER) && !had.equals(hash);
            hashes.append(match.unmet().contains(field) ? had : changing ? CHANGING : hash);
        });
        return hashes.toString();
    }

    /** The hash of each wanted field, by name. */
    private Map<String, String> wanted(Resource want) {
        var hashes = new TreeMap<String, String>();
        Fields.of((Record) want).forEach((field, value) -> hashes.put(field, hash(value)));
        hashes.put(Change.TAGS, hash(stack.tags()));
        return hashes;
    }

    private static String hash(Object value) {
        return value == null ? NEVER : Canonical.hash(value).substring(0, EACH);
    }

    /** The hashes of the row by field; none where the type had other fields when it was written. */
    private static Map<String, String> recorded(ResourceStatus row, Map<String, String> wanted) {
        var shape = shape(wanted) + ":";
        if (!row.applied().startsWith(shape) || row.applied().length() != shape.length() + EACH * wanted.size())
            return Map.of();
        var hashes = new HashMap<String, String>();
        var at = shape.length();
        for (var field : wanted.keySet()) {
            hashes.put(field, row.applied().substring(at, at + EACH));
            at += EACH;
        }
        return hashes;
    }

    private static String shape(Map<String, String> hashes) {
        return Canonical.hash(List.copyOf(hashes.keySet())).substring(0, EACH);
    }
}
