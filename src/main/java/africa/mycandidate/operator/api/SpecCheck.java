package africa.mycandidate.operator.api;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a spec that the API server let through, because neither its schema nor CEL can say it. */
public final class SpecCheck {

    /** A sentence for each problem, to be shown as Stalled; none when all is well. */
    public static List<String> problems(Spec spec) {
        var problems = new ArrayList<String>();
        var zone = spec.timeZone();
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            problems.add("spec.timeZone: there is no time zone " + zone
                    + "; write an IANA name, such as Africa/Johannesburg");
        }
        var from = spec.database() == null ? null : spec.database().restoreFrom();
        if (from != null && from.time() != null && !isTime(from.time())) {
            problems.add("spec.database.restoreFrom.time: there is no time " + from.time()
                    + "; write one as YYYY-MM-DDTHH:MM, such as 2029-05-28T06:30");
        }
        for (var election : spec.elections() == null ? List.<Election>of() : spec.elections()) {
            for (var time : List.of(election.from(), election.to()))
                if (!isTime(time))
                    problems.add("spec.elections, " + election.name() + ": there is no time " + time
                            + "; write one as YYYY-MM-DDTHH:MM, such as 2029-05-28T06:00");
        }
        return List.copyOf(problems);
    }

    private static boolean isTime(String text) {
        try {
            LocalDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private SpecCheck() {}
}
