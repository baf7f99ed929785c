package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.stack.Defaults;
import africa.mycandidate.operator.stack.ElectionCalendar;
import africa.mycandidate.operator.stack.ElectionWindow;
import java.time.Instant;
import java.util.Set;

/** What the spec and the annotations say of holding steps back. */
final class Policies {
    /** What an election may ask more of. */
    private static final Set<String> SIZES = Set.of("instanceClass", "nodeType");

    private Policies() {}

    /**
     * @param now by which the maintenance window is open or not
     * @param serving whether voters get an answer
     */
    static Policy of(MyCandidateDeployment resource, Mode mode, Policy.Origin origin, Instant now, boolean serving) {
        var spec = Defaults.applied(resource.getSpec());
        var leftAlone = !mode.writes()
                ? mode.words()
                : spec.driftPolicy() == Spec.DriftPolicy.REPORT ? "driftPolicy is Report" : "";
        return new Policy(
                origin,
                leftAlone,
                spec.approval() == Spec.Approval.DISRUPTIVE,
                Maintenance.window(spec, now),
                freeze(ElectionCalendar.of(spec), now, serving),
                Annotations.asked(resource).approved());
    }

    private static Policy.Freeze freeze(ElectionCalendar calendar, Instant now, boolean serving) {
        var frozen = calendar.frozen(now);
        var keeps = calendar.keepsClasses(now);
        if (frozen.isEmpty() && keeps.isEmpty()) return Policy.Freeze.NONE;
        var window = frozen.or(() -> keeps).get();
        return new Policy.Freeze(
                frozen.isPresent() ? Interruption.RESTART : null,
                keeps.isPresent() ? SIZES : Set.of(),
                !serving,
                "the election " + window.election().name() + ", " + ElectionWindow.words(window.to(), calendar.zone()));
    }
}
