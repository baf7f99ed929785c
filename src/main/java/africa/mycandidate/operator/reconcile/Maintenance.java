package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MaintenanceWindow;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.plan.Policy;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** When repairs that interrupt may be made: a weekly time in the time zone of the spec. */
final class Maintenance {
    private Maintenance() {}

    /** @param spec with its defaults filled in */
    static Policy.Window window(Spec spec, Instant now) {
        return window(spec.maintenanceWindow(), ZoneId.of(spec.timeZone()), now);
    }

    private static Policy.Window window(MaintenanceWindow window, ZoneId zone, Instant now) {
        var day = DayOfWeek.of(window.day().ordinal() + 1);
        var from = LocalTime.parse(window.from());
        var here = now.atZone(zone);
        var began = here.with(TemporalAdjusters.previousOrSame(day)).with(from);
        // On its day, before its time: the window that counts is last week's, whose end may lie in this week.
        if (began.isAfter(here)) began = began.minusWeeks(1);
        var open = here.isBefore(began.plusHours(window.hours()));
        var name =
                window.day().name().charAt(0) + window.day().name().substring(1).toLowerCase(Locale.ROOT);
        return new Policy.Window(open, name + " " + window.from() + " " + zone.getId());
    }
}
