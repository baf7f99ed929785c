package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.ElectionCheck;
import africa.mycandidate.operator.api.ElectionStatus;
import africa.mycandidate.operator.stack.ElectionCalendar;
import africa.mycandidate.operator.stack.ElectionWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the status says of the elections.
 *
 * @param checks of the election that is near; empty where none is
 */
record ElectionReport(ElectionCalendar calendar, Instant now, List<ElectionCheck> checks) {
    /** How long before the stack is scaled up it is checked: time to ask AWS for a quota, and to correct what is wrong. */
    static final Duration CHECKED_BEFORE = Duration.ofHours(48);

    /** The election whose needs are checked now: one that is on, or begins within 48 hours. */
    static Optional<ElectionWindow> near(ElectionCalendar calendar, Instant now) {
        return calendar.next(now).filter(window -> !now.isBefore(window.raise().minus(CHECKED_BEFORE)));
    }

    /** Null where the spec has none. */
    List<ElectionStatus> list() {
        if (calendar.windows().isEmpty()) return null;
        var near = near(calendar, now);
        return calendar.windows().stream()
                .map(window -> new ElectionStatus(
                        window.election().name(),
                        state(window),
                        Standing.time(window.raise()),
                        Standing.time(window.from()),
                        Standing.time(window.to()),
                        near.filter(window::equals).isPresent() ? checks : List.of()))
                .toList();
    }

    private String state(ElectionWindow window) {
        if (!now.isBefore(window.to())) return "Past";
        if (!now.isBefore(window.from())) return "Active";
        return now.isBefore(window.raise()) ? "Upcoming" : "Raised";
    }

    /** Says it as a condition while an election is near. */
    void say(Conditions conditions) {
        var near = near(calendar, now);
        if (near.isEmpty()) return;
        var failed = checks.stream().filter(check -> !check.passed()).toList();
        var name = near.get().election().name();
        conditions.set(
                Conditions.ELECTION_READY,
                failed.isEmpty(),
                failed.isEmpty() ? "AllChecksPass" : "ChecksFail",
                failed.isEmpty()
                        ? "ready for " + name + ": " + checks.size() + " checks pass"
                        : "not ready for " + name + ": "
                                + failed.stream()
                                        .map(check -> check.name() + ": " + check.message())
                                        .collect(Collectors.joining("; ")));
    }
}
