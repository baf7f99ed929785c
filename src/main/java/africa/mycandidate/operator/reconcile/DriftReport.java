package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Outcome;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.EcsService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields that somebody else changed, and what is done about each. */
record DriftReport(Cycle.Result result, Applied applied, Status before, Instant now) {

    List<DriftEntry> list() {
        var entries = new ArrayList<DriftEntry>();
        for (var step : result.plan().steps()) {
            if (!applied.already(step.key()) || applied.rows().isEmpty() && !(step instanceof Step.Update)) continue;
            if (justDone(step) || isFailedRollout(step)) continue;
            switch (step) {
                case Step.Update update ->
                    update.changes()
                            .forEach(change -> entries.add(entry(
                                    step.key(), change.field(), change.desired(), change.actual(), "is put back")));
                case Step.Create create ->
                    entries.add(entry(
                            step.key(),
                            "",
                            "exists",
                            "gone",
                            "is made again once AWS has shown for a minute that it is gone"));
                case Step.Replace replace ->
                    replace.changes()
                            .forEach(change -> entries.add(entry(
                                    step.key(), change.field(), change.desired(), change.actual(), "is replaced")));
                case Step.Refuse refuse
                when refuse.changes().isEmpty() ->
                    entries.add(entry(step.key(), "", "exists", "gone", refuse.because()));
                case Step.Refuse refuse ->
                    refuse.changes()
                            .forEach(change -> entries.add(entry(
                                    step.key(),
                                    change.field(),
                                    change.desired(),
                                    change.actual(),
                                    "is left alone: " + refuse.because())));
                default -> {}
            }
        }
        return List.copyOf(entries);
    }

    private DriftEntry entry(Key key, String field, String desired, String actual, String action) {
        var since = before == null || before.drift() == null
                ? Optional.<String>empty()
                : before.drift().stream()
                        .filter(one -> one.resource().equals(key.toString())
                                && field.equals(one.field() == null ? "" : one.field()))
                        .map(DriftEntry::since)
                        .findFirst();
        return new DriftEntry(key.toString(), field, desired, actual, since.orElse(Standing.time(now)), action);
    }

    /** What was just set is no drift while AWS still shows the old value. */
    private boolean justDone(Step step) {
        return !result.failing().containsKey(step.key())
                && result.outcomes().stream()
                        .anyMatch(outcome -> outcome instanceof Outcome.Postponed
                                && outcome.key().equals(step.key())
                                && outcome.step() instanceof Step.Update);
    }

    /** The circuit breaker went back to the last good revision: nobody changed anything. */
    private static boolean isFailedRollout(Step step) {
        return step instanceof Step.Refuse refuse
                && step.key().type() == EcsService.class
                && refuse.changes().stream().allMatch(change -> change.field().equals("taskDefinition"));
    }
}
