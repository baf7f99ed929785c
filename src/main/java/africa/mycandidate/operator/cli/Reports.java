package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.plan.Forecast;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.reconcile.Preview.Answer.Planned;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words that every form of a plan has in common. */
final class Reports {
    private static final int FIELDS = 6;
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:(?=[a-z-]+[:/])");

    private Reports() {}

    static String name(Planned planned) {
        return planned.identity().stack();
    }

    static String place(Planned planned) {
        return "account " + planned.identity().account() + ", "
                + planned.identity().region();
    }

    static char sign(Action action) {
        return switch (action) {
            case CREATE -> '+';
            case UPDATE -> '~';
            case REPLACE -> '±';
            case DELETE -> '-';
            case ADOPT -> '=';
            case HELD -> '|';
            case REFUSED -> '!';
            case WAIT -> '.';
        };
    }

    /** {@code 1 to create, 2 to change, 0 to delete; worst interruption: …}. */
    static String summary(Forecast forecast) {
        if (forecast.isEmpty())
            return forecast.kept() + " resources are as they should be"
                    + rest(forecast, Action.WAIT, "still moving in AWS");
        var parts = new ArrayList<String>();
        parts.add(forecast.count(Action.CREATE) + " to create");
        parts.add(forecast.count(Action.UPDATE) + " to change");
        if (forecast.count(Action.REPLACE) > 0) parts.add(forecast.count(Action.REPLACE) + " to replace");
        parts.add(forecast.count(Action.DELETE) + " to delete");
        if (forecast.count(Action.ADOPT) > 0) parts.add(forecast.count(Action.ADOPT) + " to take over");
        return String.join(", ", parts)
                + rest(forecast, Action.HELD, "held back")
                + rest(forecast, Action.REFUSED, "refused")
                + rest(forecast, Action.WAIT, "waiting")
                + (forecast.acts() ? "; worst interruption: " + felt(forecast.worst()) : "");
    }

    private static String rest(Forecast forecast, Action action, String words) {
        var count = forecast.count(action);
        return count == 0 ? "" : ", " + count + " " + words;
    }

    /** {@code Failover (about a minute without …)}. */
    static String felt(Interruption interruption) {
        return interruption.title() + " (" + interruption.words() + ")";
    }

    /** What would be done with it, for the actions that do nothing now. */
    static String because(Entry entry) {
        return entry.held()
                .map(held -> verb(held.act().getClass().getSimpleName()) + " " + entry.because() + ", " + held.hash())
                .orElse(entry.because());
    }

    private static String verb(String step) {
        return switch (step) {
            case "Create" -> "its creation";
            case "Replace" -> "its replacement";
            default -> "its change";
        };
    }

    /** The first of them that say something. */
    static String fields(Entry entry) {
        return entry.fields().entrySet().stream()
                .filter(field -> !field.getValue().equals("false"))
                .limit(FIELDS)
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
    }

    /**
     * A text of AWS's as people read it: an ARN without the account and region, which stand at the top; and nothing that would move the cursor of whoever reads it.
     */
    static String plain(String text) {
        return ARN.matcher(text).replaceAll("").replaceAll("\\p{Cntrl}", " ");
    }
}
