package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.stack.Defaults;
import java.time.Instant;

/** What the spec and the annotations say of holding steps back. */
final class Policies {
    private Policies() {}

    /** @param now by which the maintenance window is open or not */
    static Policy of(MyCandidateDeployment resource, Mode mode, Policy.Origin origin, Instant now) {
        var spec = Defaults.applied(resource.getSpec());
        var leftAlone = !mode.writes()
                ? mode.words()
                : spec.driftPolicy() == Spec.DriftPolicy.REPORT ? "driftPolicy is Report" : "";
        return new Policy(
                origin,
                leftAlone,
                spec.approval() == Spec.Approval.DISRUPTIVE,
                Maintenance.window(spec, now),
                Annotations.asked(resource).approved());
    }
}
