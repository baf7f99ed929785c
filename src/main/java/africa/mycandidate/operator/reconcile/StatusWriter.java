package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DnsRecordToAdd;
import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.api.Endpoints;
import africa.mycandidate.operator.api.Intent;
import africa.mycandidate.operator.api.PlanView;
import africa.mycandidate.operator.api.Progress;
import africa.mycandidate.operator.api.Resolved;
import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.api.Rollout;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.api.StepView;
import africa.mycandidate.operator.api.Summary;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.stack.Defaults;
import africa.mycandidate.operator.stack.Stack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Derives the whole status from what a pass saw and did. A pure function: the same pass gives the same status. */
final class StatusWriter {
    private static final int MOST_STEPS = 60;

    private final Spec spec;
    private final Long generation;
    private final Status before;
    private final Cycle.Result result;
    private final boolean deleting;
    private final Instant now;
    private final Instant lastComplete;
    private final Standing standing;

    /**
     * @param before the status until now, which gives transition times and what was applied; may be null
     */
    StatusWriter(Spec spec, Long generation, Status before, Cycle.Result result, boolean deleting, Times times) {
        this.now = times.now();
        this.lastComplete = times.lastComplete();
        this.spec = spec;
        this.generation = generation;
        this.before = before;
        this.result = result;
        this.deleting = deleting;
        this.standing = Standing.of(result, deleting);
    }

    /**
     * The time as people read it; a simulated AWS may have another one.
     *
     * @param lastComplete when all of AWS could be read last
     */
    record Times(Instant now, Instant lastComplete) {}

    Status status(Facts facts) {
        if (glimpse() && !unbelievable()) return before;
        var service = only(EcsService.class);
        var drift = deleting ? List.<DriftEntry>of() : drift();
        var serving = serving();
        var conditions = conditions(serving, drift);
        var state = deleting || !standing.state().isEmpty() ? standing.state() : serving.settledWords();
        return new Status(
                generation,
                conditions,
                "https://" + spec.domain().name(),
                new Summary(state, service.map(StatusWriter::tasks).orElse("0/0"), drift.size(), null),
                service.map(this::rollout).orElse(null),
                endpoints(),
                dnsRecords(),
                progress(),
                resources(),
                drift,
                planView(),
                null,
                null,
                new Resolved(facts.account(), facts.zones(), Defaults.applied(spec)),
                intents(),
                verified());
    }

    private List<io.fabric8.kubernetes.api.model.Condition> conditions(Serving serving, List<DriftEntry> drift) {
        var settled = result.plan().settled() && !deleting;
        var stalled = !settled && !standing.obstacles().isEmpty() && !standing.moving();
        var state = standing.state().isEmpty() ? serving.settledWords() : standing.state();
        var conditions = new Conditions(before == null ? null : before.conditions(), generation, now);
        if (unbelievable()) {
            conditions.set(Conditions.READY, null, "NotSeen", "AWS could not be read for some time: " + state);
        } else {
            var ready = settled && serving.answers();
            var reason = ready
                    ? "Serving"
                    : deleting ? "Deleting" : stalled ? "Stalled" : settled ? "NotServing" : "Progressing";
            conditions.set(Conditions.READY, ready, reason, ready ? serving.settledWords() : state);
        }
        conditions.set(
                Conditions.RECONCILING,
                !settled && !stalled,
                settled ? "Settled" : deleting ? "Deleting" : stalled ? "Stalled" : "Progressing",
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
                    drift.isEmpty() ? "AWS is as it was left" : drift.size() + (drift.size() == 1 ? " field differs" : " fields differ") + ", see status.drift");
        }
        return conditions.list();
    }

    /** Nothing is known but that some of AWS could not be read: for a while the last answer stands. */
    private boolean glimpse() {
        return !deleting
                && !result.plan().complete()
                && before != null
                && generation.equals(before.observedGeneration())
                && Conditions.is(before.conditions(), Conditions.PROVISIONED)
                && result.plan().steps().stream()
                        .allMatch(step -> step instanceof Step.Keep
                                || result.seen().unread(step.key().type()).isPresent());
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

    /** Whether voters get an answer: a target group behind the HTTPS listener of an active load balancer with a healthy target. */
    private record Serving(boolean known, boolean answers, String words) {
        String settledWords() {
            return answers ? "serving" : words;
        }
    }

    private Serving serving() {
        for (var type : List.of(LoadBalancer.class, Listener.class, TargetGroup.class)) {
            var unread = result.seen().unread(type);
            if (unread.isPresent()) return new Serving(false, false, "could not be read: " + unread.get());
        }
        var active = only(LoadBalancer.class)
                .map(one -> one.outputs().containsKey("activeArn"))
                .orElse(false);
        var https = result.seen().ours(Listener.class, "https").stream().findFirst();
        if (!active || https.isEmpty()) return new Serving(true, false, "the load balancer does not serve yet");
        var behind = https.get().actual().action() instanceof Listener.Action.Forward forward
                ? forward.targetGroup().value()
                : "";
        var healthy = result.seen().ours(TargetGroup.class).stream()
                .filter(group -> group.id().equals(behind)
                        || behind.equals(group.outputs().get("arn")))
                .mapToInt(group -> Integer.parseInt(group.outputs().getOrDefault("healthy", "0")))
                .sum();
        return new Serving(
                true,
                healthy > 0,
                healthy > 0 ? "healthy targets answer" : "no healthy target answers behind the load balancer");
    }

    private static String tasks(Observed<EcsService> service) {
        return service.outputs().getOrDefault("running", "0") + "/"
                + service.outputs().getOrDefault("desired", "0");
    }

    private Rollout rollout(Observed<EcsService> service) {
        var arn = service.actual().taskDefinition() == null
                ? ""
                : service.actual().taskDefinition().value();
        var revision = arn.substring(arn.lastIndexOf(':') + 1);
        var image = result.seen().ours(africa.mycandidate.operator.resource.TaskDefinition.class).stream()
                .filter(one -> one.id().equals(arn))
                .findFirst()
                .map(one -> one.actual().image())
                .orElse(null);
        return new Rollout(
                image,
                revision.matches("\\d+") ? Integer.valueOf(revision) : null,
                service.outputs().getOrDefault("rollout", ""),
                Integer.valueOf(service.outputs().getOrDefault("desired", "0")),
                Integer.valueOf(service.outputs().getOrDefault("running", "0")));
    }

    /** Null while there is none: the client writes an empty object as null, and the API server takes no null. */
    private Endpoints endpoints() {
        var endpoints = new Endpoints(
                output(LoadBalancer.class, "dnsName"),
                output(DbInstance.class, "endpoint"),
                output(ReplicationGroup.class, "endpoint"),
                null,
                output(LogGroup.class, "name"));
        return endpoints.equals(new Endpoints(null, null, null, null, null)) ? null : endpoints;
    }

    /** The records that the user has to add where the operator has no zone to write to. */
    private List<DnsRecordToAdd> dnsRecords() {
        if (spec.domain().hostedZoneId() != null || deleting) return List.of();
        var records = new ArrayList<DnsRecordToAdd>();
        only(Certificate.class).ifPresent(certificate -> {
            var outputs = certificate.outputs();
            if (outputs.containsKey("validationName")) {
                records.add(new DnsRecordToAdd(
                        outputs.get("validationName"),
                        "CNAME",
                        outputs.get("validationValue"),
                        "ACM validates the certificate by it; keep it, renewals need it"));
            }
        });
        var target = output(LoadBalancer.class, "dnsName");
        if (target != null)
            records.add(
                    new DnsRecordToAdd(spec.domain().name(), "CNAME", target, "voters reach the load balancer by it"));
        return List.copyOf(records);
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

    private List<ResourceStatus> resources() {
        var rows = new ArrayList<ResourceStatus>();
        var old = old();
        var steps = result.plan().steps().stream()
                .collect(Collectors.toMap(Step::key, Function.identity(), StatusWriter::moreTelling));
        var keys = new TreeSet<>(result.stack().resources().keySet());
        keys.addAll(steps.keySet());
        for (var key : keys) {
            var step = steps.get(key);
            if (step == null && deleting) continue;
            rows.add(row(key, step, old.get(key.toString())));
        }
        return List.copyOf(rows);
    }

    private static Step moreTelling(Step one, Step other) {
        return one instanceof Step.Keep ? other : one;
    }

    private ResourceStatus row(Key key, Step step, ResourceStatus old) {
        var have = observed(key);
        var phase = have.map(one -> phase(one.phase()))
                .orElseGet(() -> step instanceof Step.Blocked ? "Blocked" : "Absent");
        var since = old != null && phase.equals(old.phase()) ? old.since() : Standing.time(now);
        var applied = step instanceof Step.Keep || updated(key) ? hash(key) : old == null ? null : old.applied();
        var words = standing.words().get(key);
        return new ResourceStatus(
                key.type().getSimpleName(),
                key.role(),
                have.map(Observed::id).orElse(null),
                applied,
                phase,
                words == null ? "" : clipped(words),
                since);
    }

    private boolean updated(Key key) {
        return result.outcomes().stream()
                .anyMatch(outcome -> outcome instanceof africa.mycandidate.operator.converge.Outcome.Done done
                        && done.step() instanceof Step.Update
                        && done.key().equals(key));
    }

    private static String clipped(String words) {
        return words.length() <= 500 ? words : words.substring(0, 499) + "…";
    }

    private static String phase(Phase phase) {
        var name = phase.name().toLowerCase(Locale.ROOT);
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private Map<String, ResourceStatus> old() {
        if (before == null || before.resources() == null) return Map.of();
        return before.resources().stream()
                .collect(Collectors.toMap(
                        row -> row.type() + "/" + row.role(), Function.identity(), (one, other) -> one));
    }

    /** What was last applied, as a hash: a difference from it is a change of the spec, any other difference is drift. */
    private String hash(Key key) {
        var want = result.stack().resources().get(key);
        return want == null
                ? null
                : Canonical.hash(List.of(want, result.stack().tags())).substring(0, 12);
    }

    private List<DriftEntry> drift() {
        var entries = new ArrayList<DriftEntry>();
        var old = old();
        for (var step : result.plan().steps()) {
            var row = old.get(step.key().toString());
            var drifted = row == null
                    ? old.isEmpty() && step instanceof Step.Update
                    : row.applied() != null && row.applied().equals(hash(step.key()));
            if (!drifted) continue;
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

    private PlanView planView() {
        return planView(result.plan(), result.stack());
    }

    private static PlanView planView(Plan plan, Stack stack) {
        var steps = plan.steps().stream()
                .filter(step -> !(step instanceof Step.Keep))
                .limit(MOST_STEPS)
                .map(StatusWriter::view)
                .toList();
        return new PlanView(
                Canonical.hash(List.of(stack.identity().stack(), steps)).substring(0, 12), steps);
    }

    private static StepView view(Step step) {
        var changes = step instanceof Step.Act act
                ? act.changes()
                : step instanceof Step.Refuse refuse
                        ? refuse.changes()
                        : List.<africa.mycandidate.operator.plan.Change>of();
        var interruption =
                step instanceof Step.Act act ? phaseName(act.interruption().name()) : null;
        return new StepView(
                step.getClass().getSimpleName(),
                step.key().toString(),
                clipped(step.because()),
                interruption,
                changes.stream()
                        .map(Object::toString)
                        .map(StatusWriter::clipped)
                        .toList());
    }

    private static String phaseName(String name) {
        var words = new StringBuilder();
        for (var word : name.split("_"))
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        return words.toString();
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
        if (old != null && now.isBefore(Instant.parse(old).plus(Answers.VERIFIED_EVERY))) return old;
        return Standing.time(now);
    }

    private Optional<Observed<?>> observed(Key key) {
        var step = result.plan().steps().stream()
                .filter(one -> one.key().equals(key))
                .toList();
        for (var one : step) {
            if (one instanceof Step.Keep keep) return Optional.of(keep.have());
            if (one instanceof Step.Update update) return Optional.of(update.have());
        }
        for (var one : result.seen().ours(key.type(), key.role())) {
            if (one.phase() != Phase.GONE && one.phase() != Phase.RESTORABLE) return Optional.of(one);
        }
        return Optional.empty();
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
