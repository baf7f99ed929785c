package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.api.Endpoints;
import africa.mycandidate.operator.api.Intent;
import africa.mycandidate.operator.api.Progress;
import africa.mycandidate.operator.api.Resolved;
import africa.mycandidate.operator.api.Rollout;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.api.Summary;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.Distribution;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.Quotas;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.stack.Blueprint;
import africa.mycandidate.operator.stack.Defaults;
import africa.mycandidate.operator.stack.ElectionCalendar;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Derives the whole status from what a pass saw and did. A pure function: the same pass gives the same status. */
final class StatusWriter {

    private final Spec spec;
    private final Long generation;
    private final Status before;
    private final Cycle.Result result;
    private final Mode mode;
    private final boolean deleting;
    private final Times times;
    private final Instant now;
    private final Instant lastComplete;
    private final boolean asked;
    private final Standing standing;
    private final RunViews runs;

    /**
     * @param before the status until now, which gives transition times and what was applied; may be null
     */
    StatusWriter(Spec spec, Long generation, Status before, Cycle.Result result, Mode mode, Times times) {
        this.times = times;
        this.now = times.now();
        this.lastComplete = times.lastComplete();
        this.asked = times.asked();
        this.spec = spec;
        this.generation = generation;
        this.before = before;
        this.result = result;
        this.mode = mode;
        this.deleting = mode.deletes();
        this.standing = Standing.of(result, mode);
        this.runs = new RunViews(result, standing, spec.image(), output(LogGroup.class, "name"));
    }

    /**
     * The time as people read it; a simulated AWS may have another one.
     *
     * @param lastComplete when all of AWS could be read last
     * @param asked whether the user asked for this look
     * @param readLag how long AWS may hide something, by this clock
     */
    record Times(Instant now, Instant lastComplete, boolean asked, Duration readLag) {}

    /** @param quotas read only where an election is near */
    Status status(Facts facts, Optional<Quotas> quotas) {
        if (glimpse() && !unbelievable()) return before;
        var service = only(EcsService.class);
        var applied = Applied.in(before, result.stack(), now);
        var drift = deleting ? List.<DriftEntry>of() : new DriftReport(result, applied).list();
        var serving = Serving.of(result.seen());
        var elections = elections(serving, drift, quotas);
        var conditions = conditions(serving, drift, applied, elections);
        var cost = deleting ? null : Costs.of(stack(facts, spec, Costs.NO_ELECTION), result.seen());
        var state = deleting || !standing.state().isEmpty() ? standing.state() : serving.settledWords();
        return new Status(
                generation,
                conditions,
                "https://" + spec.domain().name(),
                new Summary(
                        state,
                        service.map(StatusWriter::tasks).orElse("0/0"),
                        drift.size(),
                        cost == null ? null : cost.brief()),
                rollout(service),
                deleting ? null : runs.jobs(),
                endpoints(),
                deleting ? List.of() : RecordsToAdd.of(spec.domain(), result.seen()),
                progress(),
                new ResourceRows(result, standing, applied, times).list(deleting),
                drift,
                PlanViews.of(result.plan()),
                deleting ? null : elections.list(),
                cost == null
                        ? null
                        : Costs.view(
                                cost,
                                Costs.elections(
                                        spec,
                                        result.at(),
                                        (alone, moment) -> Costs.of(stack(facts, alone, moment), result.seen()))),
                new Resolved(facts.account(), facts.zones(), Defaults.applied(spec)),
                intents(),
                verified());
    }

    private List<io.fabric8.kubernetes.api.model.Condition> conditions(
            Serving serving, List<DriftEntry> drift, Applied applied, ElectionReport elections) {
        var settled = !deleting && result.plan().complete() && unasked(applied);
        var quiet = settled && (result.plan().quiet() || !standing.moving());
        var stalled = !standing.obstacles().isEmpty() && !standing.moving();
        var state = standing.state().isEmpty() ? serving.settledWords() : standing.state();
        var conditions = new Conditions(before == null ? null : before.conditions(), generation, now);
        if (unbelievable()) {
            conditions.set(Conditions.READY, null, "NotSeen", "AWS could not be read for some time: " + state);
        } else {
            var ready = settled && serving.answers();
            var reason = ready ? "Serving" : settled && !stalled ? "NotServing" : doing(stalled);
            conditions.set(Conditions.READY, ready, reason, ready ? serving.settledWords() : state);
        }
        conditions.set(
                Conditions.RECONCILING,
                !quiet && !stalled && mode.writes(),
                quiet && !stalled ? "Settled" : doing(stalled),
                state);
        conditions.set(
                Conditions.STALLED,
                stalled,
                stalled ? standing.obstacles().getFirst().reason() : "NotStalled",
                stalled ? obstacles() : "nothing waits for the user");
        conditions.set(
                Conditions.PROVISIONED,
                settled,
                settled ? "Settled" : "Outstanding",
                settled ? "every resource exists and is settled" : outstanding());
        conditions.set(
                Conditions.SERVING,
                serving.known() ? serving.answers() : null,
                serving.answers() ? "HealthyTargets" : "NoHealthyTarget",
                serving.words());
        if (!deleting) {
            conditions.set(
                    Conditions.IN_SYNC,
                    drift.isEmpty(),
                    drift.isEmpty() ? "NoDrift" : "Drift",
                    drift.isEmpty()
                            ? "AWS is as it was left"
                            : drift.size() + (drift.size() == 1 ? " difference" : " differences")
                                    + ", see status.drift: " + differences(drift));
        }
        if (!deleting) elections.say(conditions);
        return conditions.list();
    }

    /** What a spec asks for at another moment. */
    private Stack stack(Facts facts, Spec of, Instant moment) {
        var stack = result.stack();
        return Blueprint.of(stack.identity(), stack.uid(), of, stack.asked(), facts, moment);
    }

    private ElectionReport elections(Serving serving, List<DriftEntry> drift, Optional<Quotas> quotas) {
        var full = Defaults.applied(spec);
        var calendar = ElectionCalendar.of(full);
        var checks = ElectionReport.near(calendar, result.at())
                .flatMap(window ->
                        quotas.map(limits -> new ElectionChecks(full, window, result, serving, drift, limits).list()))
                .orElse(List.of());
        return new ElectionReport(calendar, result.at(), checks);
    }

    /** Whether nothing is outstanding that the spec needs: what somebody else changed, and is just put back, makes no site unready, nor what it is whole without. */
    private boolean unasked(Applied applied) {
        return result.plan().steps().stream().allMatch(step -> switch (step) {
            case Step.Keep keep -> true;
            case Step.Held held -> held.harmless();
            case Step.Update update -> {
                var match = result.plan().matches().get(update.key());
                yield match != null
                        && update.changes().stream()
                                .allMatch(change -> update.isDispensable(change)
                                        || applied.isDrift(update.key(), match.want(), change.field()));
            }
            default -> false;
        });
    }

    private static String differences(List<DriftEntry> drift) {
        return drift.stream()
                        .limit(4)
                        .map(one ->
                                one.resource() + (one.field().isEmpty() ? "" : " " + one.field()) + " " + one.action())
                        .collect(Collectors.joining("; "))
                + (drift.size() > 4 ? " and more" : "");
    }

    private String doing(boolean stalled) {
        if (deleting) return "Deleting";
        if (stalled) return "Stalled";
        return mode.writes() ? "Progressing" : mode.reason();
    }

    /** Nothing is known but that some of AWS could not be read: for a while the last answer stands. */
    private boolean glimpse() {
        return !deleting
                && !result.plan().complete()
                && before != null
                && generation.equals(before.observedGeneration())
                && Conditions.is(before.conditions(), Conditions.PROVISIONED)
                && unseen().containsAll(result.plan().steps().stream()
                        .filter(step -> !(step instanceof Step.Keep))
                        .map(Step::key)
                        .toList());
    }

    /** What could not be read, and what only waits for that: nobody knows that any of it is another than before. */
    private Set<Key> unseen() {
        var unseen = new HashSet<Key>();
        for (var step : result.plan().steps())
            if (result.seen().unread(step.key().type()).isPresent()) unseen.add(step.key());
        var blocked = result.plan().of(Step.Blocked.class);
        while (blocked.stream().anyMatch(step -> unseen.containsAll(step.by()) && unseen.add(step.key()))) {}
        return unseen;
    }

    /** Reading has failed for so long that the last answer must not be taken for the present. */
    private boolean unbelievable() {
        return !result.plan().complete() && now.isAfter(lastComplete.plus(Standing.BELIEVABLE));
    }

    private String obstacles() {
        return standing.obstacles().stream()
                .map(one -> one.key() + ": " + one.text())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private String outstanding() {
        var open = result.plan().steps().stream()
                .filter(step -> !(step instanceof Step.Keep))
                .toList();
        return open.size() + " outstanding: "
                + open.stream().limit(6).map(step -> step.key().toString()).collect(Collectors.joining(", "))
                + (open.size() > 6 ? " and more" : "");
    }

    private static String tasks(Observed<EcsService> service) {
        return service.outputs().getOrDefault("running", "0") + "/"
                + service.outputs().getOrDefault("desired", "0");
    }

    /** Null while there is nothing to say: before the first release, too. */
    private Rollout rollout(Optional<Observed<EcsService>> service) {
        var release = deleting ? null : runs.release();
        if (service.isEmpty())
            return release == null ? null : new Rollout(null, null, null, null, null, release, runs.failed());
        var arn = service.get().actual().taskDefinition() == null
                ? ""
                : service.get().actual().taskDefinition().value();
        var revision = arn.substring(arn.lastIndexOf(':') + 1);
        var image = result.seen().ours(africa.mycandidate.operator.resource.TaskDefinition.class).stream()
                .filter(one -> one.id().equals(arn))
                .findFirst()
                .map(one -> one.actual().image())
                .orElse(null);
        return new Rollout(
                image,
                revision.matches("\\d+") ? Integer.valueOf(revision) : null,
                service.get().outputs().getOrDefault("rollout", ""),
                Integer.valueOf(service.get().outputs().getOrDefault("desired", "0")),
                Integer.valueOf(service.get().outputs().getOrDefault("running", "0")),
                release,
                deleting ? null : runs.failed());
    }

    /** Null while there is none: the client writes an empty object as null, and the API server takes no null. */
    private Endpoints endpoints() {
        var endpoints = new Endpoints(
                output(LoadBalancer.class, "dnsName"),
                output(DbInstance.class, "endpoint"),
                output(ReplicationGroup.class, "endpoint"),
                output(Distribution.class, "domainName"),
                output(LogGroup.class, "name"));
        return endpoints.equals(new Endpoints(null, null, null, null, null)) ? null : endpoints;
    }

    private Progress progress() {
        var kept = result.plan().of(Step.Keep.class).size();
        var total = result.stack().resources().size();
        var done = deleting
                ? total
                        - Math.min(total, (int) result.plan().steps().stream()
                                .map(Step::key)
                                .distinct()
                                .count())
                : kept;
        var old = before == null ? null : before.progress();
        var unchanged = old != null
                && old.since() != null
                && old.done() != null
                && (old.done() < old.total()) == (done < total);
        return new Progress(done, total, unchanged ? old.since() : Standing.time(now));
    }

    /** Intents whose resource is not there yet. */
    private List<Intent> intents() {
        if (before == null || before.intents() == null) return List.of();
        var absent = result.plan().of(Step.Create.class).stream()
                .map(step -> step.key().toString())
                .collect(Collectors.toSet());
        return before.intents().stream()
                .filter(intent -> absent.contains(intent.resource()))
                .toList();
    }

    /** The time of the last complete look, renewed only every ten minutes so that nothing is written while nothing happens. */
    private String verified() {
        var old = before == null ? null : before.lastVerifiedTime();
        if (!result.plan().complete()) return old;
        if (old != null && !asked && now.isBefore(Instant.parse(old).plus(Answers.VERIFIED_EVERY))) return old;
        return Standing.time(now);
    }

    private <R extends Resource> Optional<Observed<R>> only(Class<R> type) {
        return result.seen().ours(type).stream()
                .filter(one -> one.phase() != Phase.GONE)
                .findFirst();
    }

    private <R extends Resource> String output(Class<R> type, String name) {
        return only(type).map(one -> one.outputs().get(name)).orElse(null);
    }
}
