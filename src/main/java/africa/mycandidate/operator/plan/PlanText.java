package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Interruption;
import java.util.ArrayList;
import java.util.List;

/** A plan as text: a line for each step that is not a mere keep, and a line for each field that changes. */
public final class PlanText {
    private PlanText() {}

    public static String of(Plan plan) {
        var lines = new ArrayList<String>();
        for (var step : plan.steps()) {
            if (step instanceof Step.Keep) continue;
            lines.add(line(step));
            for (var change : changes(step)) lines.add("      " + change + mark(change.interruption()));
        }
        var kept = plan.of(Step.Keep.class).size();
        lines.add(kept + " kept, " + (plan.steps().size() - kept) + " to do"
                + (plan.complete() ? "" : "; not everything could be read"));
        return String.join("\n", lines) + "\n";
    }

    private static String line(Step step) {
        var sign =
                switch (step) {
                    case Step.Keep keep -> "  keep   ";
                    case Step.Create create -> "+ create ";
                    case Step.Replace replace -> "± replace";
                    case Step.Update update -> "~ update ";
                    case Step.Adopt adopt -> "= adopt  ";
                    case Step.Delete delete -> "- delete ";
                    case Step.Held held -> "| held   ";
                    case Step.Wait wait -> ". wait   ";
                    case Step.Blocked blocked -> ". blocked";
                    case Step.Refuse refuse -> "! refuse ";
                };
        return sign + " " + step.key() + ": " + step.because();
    }

    /** The fields that a step changes, or would change. */
    public static List<Change> changes(Step step) {
        return switch (step) {
            case Step.Act act -> act.changes();
            case Step.Refuse refuse -> refuse.changes();
            case Step.Held held -> held.act().changes();
            case Step.Wait wait -> wait.changes();
            default -> List.of();
        };
    }

    private static String mark(Interruption interruption) {
        return interruption == Interruption.NONE
                ? ""
                : " [" + interruption.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + "]";
    }
}
