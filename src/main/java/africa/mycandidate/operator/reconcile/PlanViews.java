package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.PlanView;
import africa.mycandidate.operator.api.StepView;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Locale;

/** A plan as the status shows it: what is still to be done. */
final class PlanViews {
    private static final int MOST_STEPS = 60;

    private PlanViews() {}

    static PlanView of(Plan plan, Stack stack) {
        var steps = plan.steps().stream()
                .filter(step -> !(step instanceof Step.Keep))
                .limit(MOST_STEPS)
                .map(PlanViews::view)
                .toList();
        return new PlanView(
                Canonical.hash(List.of(stack.identity().stack(), steps)).substring(0, 12), steps);
    }

    private static StepView view(Step step) {
        var changes = step instanceof Step.Act act
                ? act.changes()
                : step instanceof Step.Refuse refuse ? refuse.changes() : List.<Change>of();
        var interruption =
                step instanceof Step.Act act ? phaseName(act.interruption().name()) : null;
        return new StepView(
                step.getClass().getSimpleName(),
                step.key().toString(),
                Standing.clipped(step.because()),
                interruption,
                changes.stream().map(Object::toString).map(Standing::clipped).toList());
    }

    private static String phaseName(String name) {
        var words = new StringBuilder();
        for (var word : name.split("_"))
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        return words.toString();
    }
}
