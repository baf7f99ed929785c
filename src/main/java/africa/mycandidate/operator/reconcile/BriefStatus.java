package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.api.Summary;
import africa.mycandidate.operator.model.Fields;
import java.time.InstantSource;

/** What a status says where no pass came to one: it keeps what the last one said, with other conditions and words. */
record BriefStatus(InstantSource wall) {
    static final Status EMPTY = new Status(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** What is said at first sight, before anything was looked at. */
    Status unknown(MyCandidateDeployment resource) {
        var words = "AWS has not been looked at yet";
        return brief(
                resource,
                null,
                words,
                new Conditions(null, generation(resource), wall.instant())
                        .set(Conditions.READY, null, "FirstSight", words)
                        .set(Conditions.RECONCILING, true, "FirstSight", words)
                        .set(Conditions.STALLED, false, "NotStalled", "nothing waits for the user"));
    }

    Status refused(MyCandidateDeployment resource, Status before, String why) {
        var conditions =
                new Conditions(before == null ? null : before.conditions(), generation(resource), wall.instant());
        return brief(
                resource,
                before,
                why,
                conditions
                        .set(Conditions.READY, false, "InvalidSpec", why)
                        .set(Conditions.RECONCILING, false, "InvalidSpec", why)
                        .set(Conditions.STALLED, true, "InvalidSpec", why));
    }

    Status unreachable(MyCandidateDeployment resource, Status before, Unreachable obstacle) {
        var stalled = obstacle.needsUser();
        var conditions =
                new Conditions(before == null ? null : before.conditions(), generation(resource), wall.instant());
        return brief(
                resource,
                before,
                obstacle.words(),
                conditions
                        .set(Conditions.READY, null, obstacle.reason(), obstacle.words())
                        .set(Conditions.RECONCILING, !stalled, obstacle.reason(), obstacle.words())
                        .set(
                                Conditions.STALLED,
                                stalled,
                                stalled ? obstacle.reason() : "NotStalled",
                                stalled ? obstacle.advice() : "nothing waits for the user"));
    }

    /** Of a deletion that may not begin. */
    Status notBegun(MyCandidateDeployment resource, Status before, Mode mode) {
        var words = "deletion waits: " + mode.words();
        return brief(
                resource,
                before,
                words,
                new Conditions(before == null ? null : before.conditions(), generation(resource), wall.instant())
                        .set(Conditions.RECONCILING, false, mode.reason(), words)
                        .set(Conditions.STALLED, true, mode.reason(), words));
    }

    /** The status until now with other conditions and words. */
    private static Status brief(MyCandidateDeployment resource, Status before, String words, Conditions conditions) {
        var summary = before == null || before.summary() == null
                ? new Summary(words, null, null, null)
                : new Summary(
                        words,
                        before.summary().tasks(),
                        before.summary().drift(),
                        before.summary().costPerMonth());
        var base = before == null ? EMPTY : before;
        return Fields.map(base, (component, value) -> switch (component.getName()) {
            case "observedGeneration" -> generation(resource);
            case "conditions" -> conditions.list();
            case "summary" -> summary;
            default -> value;
        });
    }

    static Long generation(MyCandidateDeployment resource) {
        return resource.getMetadata().getGeneration();
    }
}
