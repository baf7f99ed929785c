package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Spec;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** What is wrong with a spec that neither schema nor CEL can see. Each complaint is a sentence for the user. */
final class SpecCheck {
    private SpecCheck() {}

    static List<String> complaints(Spec spec) {
        if (spec.timeZone() == null || isZone(spec.timeZone())) return List.of();
        return List.of("spec.timeZone: '" + spec.timeZone() + "' is no IANA time zone; write one such as Africa/Johannesburg");
    }

    private static boolean isZone(String name) {
        try {
            return ZoneId.of(name) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
