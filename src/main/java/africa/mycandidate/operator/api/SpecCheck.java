package africa.mycandidate.operator.api;

import java.time.ZoneId;
import java.util.List;

/** What is wrong with a spec that the API server let through, because neither its schema nor CEL can say it. */
public final class SpecCheck {

    /** A sentence for each problem, to be shown as Stalled; none when all is well. */
    public static List<String> problems(Spec spec) {
        var zone = spec.timeZone();
        if (zone == null || ZoneId.getAvailableZoneIds().contains(zone)) return List.of();
        return List.of(
                "spec.timeZone: there is no time zone " + zone + "; write an IANA name, such as Africa/Johannesburg");
    }

    private SpecCheck() {}
}
