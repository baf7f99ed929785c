package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.PlanView;
import africa.mycandidate.operator.api.StepView;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.PlanText;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import java.util.Comparator;
import java.util.Optional;

/** A plan as the status shows it: what is still to be done. */
final class PlanViews {
    private static final int MOST_STEPS = 60;

    private PlanViews() {}

    static PlanView of(Plan plan) {
        var steps = plan.steps().stream()
                .filter(step -> !(step instanceof Step.Keep))
                .limit(MOST_STEPS)
                .map(PlanViews::view)
                .toList();
        var hash = Policy.hash(plan);
        return new PlanView(hash.isEmpty() ? null : hash, steps);
    }

    private static StepView view(Step step) {
        var changes = PlanText.changes(step);
        var act = step instanceof Step.Held held ? held.act() : step;
        return new StepView(
                act.getClass().getSimpleName(),
                step.key().toString(),
                Standing.clipped(step.because()),
                felt(act).map(Interruption::title).orElse(null),
                changes.stream().map(Object::toString).map(Standing::clipped).toList(),
                step instanceof Step.Held held ? held.hash() : null);
    }

    /** What a step, or one that is refused, would do to the users. */
    private static Optional<Interruption> felt(Step step) {
        if (step instanceof Step.Act act) return Optional.of(act.interruption());
        return step instanceof Step.Refuse refuse
                ? refuse.changes().stream().map(Change::interruption).max(Comparator.naturalOrder())
                : Optional.empty();
    }
}
