package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Outcome;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.EcsService;
import java.util.ArrayList;
import java.util.List;

/** The fields that somebody else changed, and what is done about each. */
record DriftReport(Cycle.Result result, Applied applied) {

    List<DriftEntry> list() {
        var entries = new ArrayList<DriftEntry>();
        for (var step : result.plan().steps()) entries.addAll(entries(step));
        applied.drift().stream().filter(old -> isUnknown(old, entries)).forEach(entries::add);
        return List.copyOf(entries);
    }

    /** Drift of a field that AWS does not show now has not gone away. */
    private boolean isUnknown(DriftEntry old, List<DriftEntry> told) {
        return told.stream()
                        .noneMatch(one -> one.resource().equals(old.resource())
                                && one.field().equals(old.field()))
                && result.plan().matches().entrySet().stream()
                        .anyMatch(match -> match.getKey().toString().equals(old.resource())
                                && match.getValue().unmet().contains(old.field()));
    }

    private List<DriftEntry> entries(Step step) {
        return switch (step) {
            case Step.Update update ->
                fields(update.key(), update.changes(), action(update)).stream()
                        .filter(entry -> !justDone(update)
                                || applied.known(entry.resource(), entry.field())
                                        .isPresent())
                        .toList();
            case Step.Create create
            when applied.isGone(create.key(), create.want()) ->
                List.of(gone(create.key(), "is made again once AWS has shown for a minute that it is gone"));
            case Step.Replace replace -> replaced(replace, "is replaced");
            case Step.Delete delete when applied.isAdded(delete.key()) -> List.of(added(delete.key(), "is taken away"));
            case Step.Held held when held.drift() -> held(held);
            case Step.Wait wait -> fields(wait.key(), wait.changes(), "is put back: " + wait.because());
            case Step.Refuse refuse
            when refuse.changes().isEmpty() ->
                isLost(refuse.key()) ? List.of(gone(refuse.key(), refuse.because())) : List.of();
            case Step.Refuse refuse
            when !isFailedRollout(refuse) ->
                fields(refuse.key(), refuse.changes(), "is left alone: " + refuse.because());
            default -> List.of();
        };
    }

    private List<DriftEntry> held(Step.Held held) {
        var action = held.waits() == Step.Held.For.CORRECT
                ? held.because()
                : held.because() + " (" + Annotations.APPROVE + ": " + held.hash() + ")";
        return switch (held.act()) {
            case Step.Create create -> List.of(gone(held.key(), action));
            case Step.Delete delete -> List.of(added(held.key(), action));
            case Step.Act act ->
                act.changes().stream()
                        .map(change -> entry(held.key(), change, action))
                        .toList();
        };
    }

    private List<DriftEntry> replaced(Step.Replace replace, String action) {
        return replace.changes().stream()
                .filter(change ->
                        applied.isDrift(replace.key(), replace.create().want(), change.field()))
                .map(change -> entry(replace.key(), change, action))
                .toList();
    }

    /** Those of the changes that nobody asked for in the spec. */
    private List<DriftEntry> fields(Key key, List<Change> changes, String action) {
        var match = result.plan().matches().get(key);
        return changes.stream()
                .filter(change -> match != null && applied.isDrift(key, match.want(), change.field()))
                .map(change -> entry(key, change, action))
                .toList();
    }

    private String action(Step.Update update) {
        var failing = result.failing().get(update.key());
        return failing == null
                ? "is put back"
                : "is to be put back, and cannot be yet: "
                        + Standing.clipped(failing.failure().toString());
    }

    private DriftEntry gone(Key key, String action) {
        return dated(new DriftEntry(key.toString(), "", "exists", "gone", null, action));
    }

    private DriftEntry added(Key key, String action) {
        return dated(new DriftEntry(key.toString(), "", "absent", "exists", null, action));
    }

    private DriftEntry entry(Key key, Change change, String action) {
        return dated(new DriftEntry(key.toString(), change.field(), change.desired(), change.actual(), null, action));
    }

    private DriftEntry dated(DriftEntry entry) {
        return new DriftEntry(
                entry.resource(),
                entry.field(),
                entry.desired(),
                entry.actual(),
                applied.known(entry.resource(), entry.field()).orElse(Standing.time(applied.now())),
                entry.action());
    }

    /** A data resource that was there, and is not. */
    private boolean isLost(Key key) {
        var row = applied.row(key);
        return row != null
                && row.applied() != null
                && result.seen().unread(key.type()).isEmpty()
                && result.seen().ours(key.type(), key.role()).stream()
                        .allMatch(one -> one.phase() == Phase.GONE || one.phase() == Phase.RESTORABLE);
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
    private static boolean isFailedRollout(Step.Refuse refuse) {
        return refuse.key().type() == EcsService.class
                && refuse.changes().stream().allMatch(change -> change.field().equals("taskDefinition"));
    }
}
