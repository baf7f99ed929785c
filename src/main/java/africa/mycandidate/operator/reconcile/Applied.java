package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was last applied to each resource, as the status remembers it: it tells a change of the spec from drift. */
record Applied(Stack stack, Map<String, ResourceStatus> rows) {

    /** @param before the status until now; may be null */
    static Applied in(Status before, Stack stack) {
        if (before == null || before.resources() == null) return new Applied(stack, Map.of());
        return new Applied(
                stack,
                before.resources().stream()
                        .collect(Collectors.toMap(
                                row -> row.type() + "/" + row.role(), Function.identity(), (one, other) -> one)));
    }

    /** The row of the status until now, or null. */
    ResourceStatus row(Key key) {
        return rows.get(key.toString());
    }

    /** A hash of the record that is wanted; null for what is not in the stack. */
    String hash(Key key) {
        var want = stack.resources().get(key);
        return want == null ? null : Canonical.hash(List.of(want, stack.tags())).substring(0, 12);
    }

    /** Whether what is wanted was applied already, so that a difference is somebody else's doing. Where the status was lost, every difference is. */
    boolean already(Key key) {
        var row = row(key);
        return row == null
                ? rows.isEmpty()
                : row.applied() != null && row.applied().equals(hash(key));
    }
}
