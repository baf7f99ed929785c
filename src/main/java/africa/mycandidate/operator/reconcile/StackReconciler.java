package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.api.SpecCheck;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Memory;
import africa.mycandidate.operator.converge.Notes;
import africa.mycandidate.operator.converge.Outcome;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.resource.Quotas;
import africa.mycandidate.operator.stack.Blueprint;
import africa.mycandidate.operator.stack.Defaults;
import africa.mycandidate.operator.stack.ElectionCalendar;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over one custom resource: reads it, runs the cycle, and writes the whole status where it differs. It knows nothing of the queue that calls it, so the
 * simulation calls it too. Passes over the same resource never run at the same time.
 */
public final class StackReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(StackReconciler.class);
    private static final Duration SLOW = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Regions regions;
    private final Statuses statuses;
    private final InstantSource wall;
    private final RandomGenerator random;
    private final boolean readOnly;
    private final Gauges gauges;
    private final BriefStatus brief;
    private final Map<String, Acquaintance> known = new ConcurrentHashMap<>();

    /** What this process knows of one object. All of it may be lost. */
    private static final class Acquaintance {
        private final Memory memory;
        private Status written;
        private String version = "";
        private String verifyAt;
        private Instant lastComplete;
        private final Map<Key, String> told = new ConcurrentHashMap<>();

        Acquaintance(Memory memory) {
            this.memory = memory;
        }
    }

    /**
     * @param wall the time as people read it in the status
     * @param readOnly whether AWS is left alone, whatever any spec says
     */
    public StackReconciler(
            Regions regions,
            Statuses statuses,
            InstantSource wall,
            RandomGenerator random,
            boolean readOnly,
            Gauges gauges) {
        this.readOnly = readOnly;
        this.gauges = gauges;
        this.brief = new BriefStatus(wall);
        this.regions = regions;
        this.statuses = statuses;
        this.wall = wall;
        this.random = random;
    }

    /**
     * Brings AWS closer to the spec. Returns how long until the next look.
     *
     * @param seen as the queue has it, which may be older than it is
     */
    public Duration reconcile(MyCandidateDeployment seen) {
        var latest = statuses.latest(seen);
        // One that is gone, or about to go, comes again by another way.
        if (latest.isEmpty() || latest.get().isMarkedForDeletion()) return SOON;
        var resource = latest.get();
        var of = acquaintance(resource);
        var before = before(resource, of);
        var problems = SpecCheck.problems(resource.getSpec());
        if (!problems.isEmpty()) {
            show(resource, of, before, brief.refused(resource, before, String.join("; ", problems)));
            return SLOW;
        }
        if (before == null) {
            before = brief.unknown(resource);
            show(resource, of, null, before);
        }
        var region = regions.of(Home.of(resource.getSpec()));
        Facts facts;
        try {
            facts = region.facts();
        } catch (RuntimeException e) {
            var obstacle = unreachable(resource, e);
            show(resource, of, before, brief.unreachable(resource, before, obstacle));
            return obstacle.needsUser() ? SLOW : SOON;
        }
        var few = tooFewZones(resource, facts);
        if (few.isPresent()) {
            show(resource, of, before, brief.refused(resource, before, few.get()));
            return SLOW;
        }
        var verifyAt = Annotations.verifyAt(resource);
        var asked = !Objects.equals(verifyAt, of.verifyAt);
        var known = of.lastComplete != null;
        var mode = Mode.of(resource.getSpec(), readOnly);
        var aim = mode.writes() ? new Cycle.Aim.Converge(asked, left(resource)) : new Cycle.Aim.Observe(asked);
        of.verifyAt = verifyAt;
        var stack = stack(resource, facts, region.now());
        var result = region.cycle()
                .pass(
                        stack,
                        Policies.of(
                                resource,
                                mode,
                                Applied.in(before, stack, wall.instant()),
                                region.now(),
                                serves(before)),
                        aim,
                        of.memory,
                        notes(resource, of, before, stack));
        log(resource, of, result);
        var current = before(resource, of);
        show(
                resource,
                of,
                current,
                new StatusWriter(
                                resource.getSpec(),
                                BriefStatus.generation(resource),
                                current,
                                result,
                                mode,
                                times(of, region, current, result, asked && known))
                        .status(facts, quotas(resource, region)));
        return result.next();
    }

    /**
     * Takes the stack away, as far as its deletion policy says.
     *
     * @param seen as the queue has it; the policy may have been corrected since
     */
    public Answers remove(MyCandidateDeployment seen) {
        var latest = statuses.latest(seen);
        if (latest.isEmpty()) {
            forget(seen);
            return new Answers.Gone();
        }
        var resource = latest.get();
        var of = acquaintance(resource);
        var mode = Mode.of(resource.getSpec(), readOnly);
        if (mode == Mode.OBSERVE) {
            forget(resource);
            return new Answers.Gone();
        }
        if (!mode.writes()) return waiting(resource, of, mode);
        if (!SpecCheck.problems(resource.getSpec()).isEmpty()
                && resource.getStatus() != null
                && nothingMade(resource.getStatus())) {
            forget(resource);
            return new Answers.Gone();
        }
        var before = before(resource, of);
        var region = regions.of(Home.of(resource.getSpec()));
        Facts facts;
        try {
            facts = region.facts();
        } catch (RuntimeException e) {
            var obstacle = unreachable(resource, e);
            var status = brief.unreachable(resource, before, obstacle);
            show(resource, of, before, status);
            return new Answers.Show(status, obstacle.needsUser() ? SLOW : SOON);
        }
        var stack = stack(resource, facts, region.now());
        var notes = notes(resource, of, before, stack);
        var result = region.cycle().pass(stack, Policy.OPEN, farewell(resource), of.memory, notes);
        log(resource, of, result);
        if (region.cycle().gone(result, of.memory)) {
            forget(resource);
            return new Answers.Gone();
        }
        var status = new StatusWriter(
                        resource.getSpec(),
                        BriefStatus.generation(resource),
                        before,
                        result,
                        Mode.DELETE,
                        times(of, region, before, result, false))
                .status(facts, Optional.empty());
        show(resource, of, before, status);
        return new Answers.Show(status, result.next());
    }

    private static Cycle.Aim farewell(MyCandidateDeployment resource) {
        return switch (Defaults.applied(resource.getSpec()).deletionPolicy()) {
            case RETAIN -> new Cycle.Aim.Retain();
            case SNAPSHOT, DELETE -> new Cycle.Aim.Remove(left(resource));
        };
    }

    /** What is left of what is deleted: a final snapshot, unless the spec wants none. */
    private static Deletion left(MyCandidateDeployment resource) {
        return new Deletion(resource.getSpec().deletionPolicy() != Spec.DeletionPolicy.DELETE);
    }

    /** A deletion that may not begin. */
    private Answers waiting(MyCandidateDeployment resource, Acquaintance of, Mode mode) {
        var before = before(resource, of);
        var status = brief.notBegun(resource, before, mode);
        show(resource, of, before, status);
        return new Answers.Show(status, SLOW);
    }

    private StatusWriter.Times times(
            Acquaintance of, Regions.Region region, Status before, Cycle.Result result, boolean asked) {
        var now = wall.instant();
        if (result.plan().complete()) of.lastComplete = now;
        else if (of.lastComplete == null) of.lastComplete = lastComplete(before, now);
        return new StatusWriter.Times(now, of.lastComplete, asked, region.here(Cycle.READ_LAG));
    }

    /** What the account may have, where an election is so near that it matters. */
    private static Optional<Quotas> quotas(MyCandidateDeployment resource, Regions.Region region) {
        var calendar = ElectionCalendar.of(Defaults.applied(resource.getSpec()));
        return ElectionReport.near(calendar, region.now()).map(window -> region.quotas());
    }

    /** Unless it was seen that nobody answers. */
    private static boolean serves(Status before) {
        return before == null
                || Conditions.find(before.conditions(), Conditions.SERVING)
                        .map(one -> !one.getStatus().equals("False"))
                        .orElse(true);
    }

    /** For a process that has not seen all of AWS yet: the latest moment at which the status allows that another one had. */
    private static Instant lastComplete(Status before, Instant now) {
        if (before == null || before.lastVerifiedTime() == null) return now;
        var latest = Instant.parse(before.lastVerifiedTime()).plus(Answers.VERIFIED_EVERY);
        return latest.isBefore(now) ? latest : now;
    }

    /** What was done and what failed, for the log; the same failure of the same resource is told once. */
    private static void log(MyCandidateDeployment resource, Acquaintance of, Cycle.Result result) {
        var stack = resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
        for (var outcome : result.outcomes()) {
            var action = outcome.step().getClass().getSimpleName() + " " + outcome.key();
            switch (outcome) {
                case Outcome.Done done -> {
                    of.told.remove(done.key());
                    LOG.info(
                            "{}: {} {}: {}",
                            stack,
                            action,
                            done.id(),
                            done.step().because());
                }
                case Outcome.Failed failed -> {
                    var code = failed.failure().kind() + failed.failure().code();
                    if (code.equals(of.told.put(failed.key(), code))) continue;
                    if (failed.failure().needsUser()) LOG.warn("{}: {} failed: {}", stack, action, failed.failure());
                    else LOG.info("{}: {} has to wait: {}", stack, action, failed.failure());
                }
                case Outcome.Postponed postponed -> LOG.debug("{}: {} waits: {}", stack, action, postponed.because());
            }
        }
    }

    private static boolean nothingMade(Status status) {
        return status.resources() == null || status.resources().isEmpty();
    }

    /** Drops what is remembered of an object that is gone, or that another instance takes over. */
    public void forget(MyCandidateDeployment resource) {
        known.remove(resource.getMetadata().getUid());
        gauges.gone(resource);
    }

    private Acquaintance acquaintance(MyCandidateDeployment resource) {
        return known.computeIfAbsent(resource.getMetadata().getUid(), uid -> new Acquaintance(new Memory(random)));
    }

    /** The status as it stands: the informer's, unless it is older than what this process wrote. */
    private static Status before(MyCandidateDeployment resource, Acquaintance of) {
        if (of.written != null && isOlder(resource.getMetadata().getResourceVersion(), of.version)) return of.written;
        return resource.getStatus();
    }

    /** Resource versions are whole numbers that grow (KEP-5504). */
    private static boolean isOlder(String version, String than) {
        if (version == null || than.isEmpty() || !version.matches("\\d+") || !than.matches("\\d+")) return false;
        return Long.parseUnsignedLong(version) < Long.parseUnsignedLong(than);
    }

    private void show(MyCandidateDeployment resource, Acquaintance of, Status before, Status after) {
        gauges.show(resource, after);
        if (after.equals(before)) return;
        of.version = Objects.requireNonNullElse(statuses.write(resource, after), "");
        of.written = after;
        Turn.between(before, after)
                .forEach(turn -> statuses.event(resource, turn.warning(), turn.reason(), turn.message()));
    }

    private Notes notes(MyCandidateDeployment resource, Acquaintance of, Status before, Stack stack) {
        return new StatusNotes(
                resource, before, stack.resources().keySet(), wall, after -> show(resource, of, before, after));
    }

    private static Unreachable unreachable(MyCandidateDeployment resource, RuntimeException thrown) {
        return new Unreachable(AwsFailure.of("AWS", thrown), resource.getSpec().account());
    }

    /** @param now by AWS's clock */
    static Stack stack(MyCandidateDeployment resource, Facts facts, Instant now) {
        return Blueprint.of(
                identity(resource, facts),
                resource.getMetadata().getUid(),
                resource.getSpec(),
                Annotations.asked(resource),
                facts,
                now);
    }

    private static Identity identity(MyCandidateDeployment resource, Facts facts) {
        return new Identity(
                facts.account(),
                facts.region(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    /** What is wrong where the region has fewer zones than the spec asks for. */
    static Optional<String> tooFewZones(MyCandidateDeployment resource, Facts facts) {
        var spec = Defaults.applied(resource.getSpec());
        var others = spec.network().existing() != null
                || spec.adopt() != null && spec.adopt().containsKey("Vpc/main");
        if (others || facts.zones().size() >= spec.network().availabilityZones()) return Optional.empty();
        return Optional.of("spec.network.availabilityZones: " + facts.region() + " has only "
                + facts.zones().size() + " zones open to this account");
    }
}
