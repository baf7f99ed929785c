package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.aws.CallBudget;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.reconcile.Annotations;
import africa.mycandidate.operator.reconcile.Answers;
import africa.mycandidate.operator.reconcile.Bystanders;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.sim.Holdings;
import africa.mycandidate.operator.stack.Defaults;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * One life of a stack, by a script: created among other people's resources, changed, tampered with, crashed and starved; then left in peace, watched in silence,
 * and perhaps deleted. {@link Guard} looks on at each step.
 */
final class Rehearsal {
    private static final Duration LONGEST = Duration.ofHours(12);
    /** How long nobody looks while AWS stands still. */
    private static final Duration STILL = Duration.ofHours(2);
    /** The same between two deeds. */
    private static final Duration LINGERED = Duration.ofMinutes(10);
    /** For how long a settled stack's every pass is watched. */
    private static final Duration WATCHED = Duration.ofMinutes(6);
    /** Within that time: when AWS was verified, twice, and that a backup of its own began and ended. */
    private static final int MOST_WRITES = 4;
    /** AWS's work that ends later than this is not what the operator waits for: a secret's recovery window, a backup by night. */
    private static final Duration UNDER_WAY = Duration.ofHours(2);
    /** What the operator may take for itself once all trouble is over, AWS's own time aside. */
    private static final Duration OWN_TIME = Duration.ofSeconds(150);
    /** The same for a deletion, in which more has to wait for something else to be gone. */
    private static final Duration OWN_TIME_LEAVING = Duration.ofMinutes(10);
    /** How often it tries what RDS takes only six hours after the last change: a thirtieth of that. */
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(12);
    /** The longest that the operator leaves alone what AWS takes back again and again. */
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** How long an informer may show what was before the last change. */
    private static final Duration LATE = Duration.ofMinutes(1);
    /** After how long the old values of rotated secrets are taken out of force. */
    private static final Duration LAST_STAGE = Duration.ofMinutes(20);
    /** How long a crowd is there before more tasks must be. */
    private static final Duration CROWDED = Duration.ofMinutes(15);

    private final Script script;
    private final Random random;
    private final Simulation simulation;
    private final CallBudget budget;
    private final Trace trace = new Trace();
    private final List<String> story = new ArrayList<>();
    private final TreeMap<String, String> lines = new TreeMap<>();
    private final Deque<TreeMap<String, String>> before = new ArrayDeque<>();
    private final Deque<MyCandidateDeployment> views = new ArrayDeque<>();
    private final Sabotage sabotage;
    private Guard guard;
    private Holdings others;
    private String zone;
    /** What somebody made beside the stack, which is not ours to delete. */
    private final Set<String> madeByHand = new HashSet<>();

    private Instant begin;
    private boolean deleting;
    private boolean rotated;
    private int votes;
    /** At which length of the trace a pass was last interrupted, or saw an older object. */
    private int interrupted = -1;

    private int staleness;
    /** Until when the process has the object as it was before its last change. */
    private Instant stale = Instant.MIN;

    private int starts;
    /** When AWS's trouble is over. */
    private Instant calm = Instant.MIN;

    private Duration idle = Duration.ZERO;
    private Duration recovery = Duration.ZERO;

    Rehearsal(Script script) {
        this(script, Sabotage.NONE);
    }

    Rehearsal(Script script, Sabotage sabotage) {
        this.script = script;
        this.sabotage = sabotage;
        this.random = new Random(script.seed() * 31 + 7);
        this.simulation = new Simulation(script.seed(), this::guarded, new Watched(sabotage, () -> guard));
        this.budget = new CallBudget(simulation.clock, () -> {});
    }

    private Clients guarded(Clients clients) {
        return new Clients() {
            private Clients made;

            @Override
            public <C extends SdkClient> C of(Class<C> service) {
                if (guard == null) return clients.of(service);
                if (made == null) made = guard.guarding(clients);
                return made.of(service);
            }

            @Override
            public Clients global() {
                return guarded(clients.global());
            }
        };
    }

    Verdict run() {
        var violation = "";
        begin = simulation.clock.instant();
        try {
            LogTap.drain();
            open();
            for (var scene : script.scenes()) play(scene);
            peace();
            silence();
            fresh();
            if (script.farewell()) farewell();
            guard.told.secrets(simulation.metrics.scrape() + String.join("\n", simulation.events));
            othersAreUntouched();
        } catch (Violation found) {
            violation = found.getMessage();
            tell("wrong: " + violation);
        } catch (RuntimeException | AssertionError defect) {
            // Of the rehearsal itself: the seeds after it are lived all the same.
            violation = "the rehearsal broke off: " + defect;
            tell(violation
                    + Arrays.stream(defect.getStackTrace())
                            .limit(12)
                            .map(at -> "\n    at " + at)
                            .collect(Collectors.joining()));
        }
        return new Verdict(
                script.seed(),
                violation,
                List.copyOf(story),
                trace.toString(),
                Duration.between(begin, simulation.clock.instant()),
                recovery,
                idle,
                trace.length());
    }

    private void tell(String what) {
        var minutes = Duration.between(begin, simulation.clock.instant()).toSeconds() / 60.0;
        story.add("minute %.1f: %s".formatted(minutes, what));
    }

    private void open() {
        zone = simulation.zone();
        Bystanders.moveIn(simulation, zone);
        others = simulation.holdings();
        guard = new Guard(simulation);
        simulation.start();
        simulation.port = through(Port.OPEN);
        begin = simulation.clock.instant();
        lines.put("database", "database: {deletionProtection: false}");
    }

    /** The operator's own limit, then what looks on, then trouble, then AWS. */
    private Port through(Port trouble) {
        Port limit = (effect, call) -> effect.service().equals("Kubernetes") ? call.run() : budget.pass(effect, call);
        Port watching = (effect, call) -> {
            guard.before(effect);
            var answer = call.run();
            guard.after(effect);
            return answer;
        };
        return Port.chain(sabotage.limit(limit), this::traced, watching, trouble);
    }

    private Object traced(Port.Effect effect, Port.Call call) throws Throwable {
        try {
            var answer = call.run();
            trace.note(simulation.clock.instant(), effect.toString());
            if (trace.length() > script.effects())
                throw new Violation("no end after " + trace.length() + " effects; " + simulation.describe());
            return answer;
        } catch (Violation violation) {
            throw violation;
        } catch (Throwable thrown) {
            if (thrown instanceof Simulation.Crash || effect.service().equals("Kubernetes"))
                interrupted = trace.length();
            trace.note(
                    simulation.clock.instant(), effect + "!" + thrown.getClass().getSimpleName());
            throw thrown;
        }
    }

    private void play(Script.Scene scene) {
        if (scene.settled() && simulation.resource != null) peace();
        staleness = scene.staleness();
        var trouble = new ArrayList<Port>();
        if (scene.crashes() > 0) trouble.add(new Chaos(random, scene.crashes(), this::tell));
        if (scene.fault() != null) {
            tell(scene.fault().story());
            if (scene.fault() instanceof CloudFault) guard.excused = true;
            calm = simulation.clock.instant().plus(scene.fault().span().end());
            scene.fault().arm(simulation.world, simulation.aws);
            trouble.add(scene.fault().port(simulation.clock, random));
        }
        simulation.port = through(Port.chain(trouble.toArray(Port[]::new)));
        act(scene.deed());
        var lasts = scene.fault() == null || scene.fault().span().end().compareTo(scene.lasts()) < 0
                ? scene.lasts()
                : scene.fault().span().end();
        if (scene.crashes() > 0 || scene.staleness() > 0) run(lasts);
        else linger(lasts);
        simulation.port = through(Port.OPEN);
        staleness = 0;
        stale = Instant.MIN;
        if (scene.fault() != null && simulation.resource != null) {
            var remedied = scene.fault().remedied(simulation.resource.getSpec());
            if (!remedied.equals(simulation.resource.getSpec())) {
                lines.remove("image");
                simulation.apply(remedied);
            }
        }
    }

    private void act(Deed deed) {
        tell(deed.toString());
        switch (deed) {
            case Deed.Change(String line) -> {
                before.push(new TreeMap<>(lines));
                lines.put(line.substring(0, line.indexOf(':')), line);
                if (line.contains("instanceClass") || line.contains("nodeType")) guard.excused = true;
                apply();
            }
            case Deed.ChangeBack back -> {
                if (before.isEmpty()) return;
                lines.clear();
                lines.putAll(before.pop());
                // A job that is taken out is forgotten.
                guard.commands.mayRunAgain();
                guard.excused = true;
                apply();
            }
            case Deed.Rotate rotate -> {
                guard.excused = true;
                rotated = true;
                simulation.annotate(Annotations.ROTATE_SECRETS, "at " + simulation.clock.instant());
            }
            case Deed.ByHand(long chance) -> byHand(() -> Console.slip(simulation, new Random(chance)));
            case Deed.Crowd(double percent) -> {
                var before = guard.tasks();
                for (var cluster :
                        simulation.aws.of(EcsClient.class).listClusters().clusterArns()) {
                    var name = cluster.substring(cluster.lastIndexOf('/') + 1);
                    if (name.startsWith(Simulation.NAMES + "-")) simulation.aws.load(name, percent);
                }
                run(CROWDED);
                if (guard.tasks() <= before) throw new Violation("voters crowd in, and no more tasks are asked for");
            }
            case Deed.Slip(String what) -> byHand(() -> Console.slip(simulation, what));
            case Deed.Recreate recreate -> recreate();
            case Deed.Delete delete -> leave();
            case Deed.Twin twin -> new Rivals(simulation, zone, sabotage).twin();
            case Deed.DomainRival rival -> new Rivals(simulation, zone, sabotage).ofTheDomain();
            case Deed.Restart restart -> simulation.start();
        }
    }

    private void byHand(Supplier<String> slip) {
        // Where a story is being shortened, its creation may be left out.
        if (simulation.resource == null) return;
        guard.excused = true;
        var before = simulation.holdings();
        var slipped = slip.get();
        tell(slipped);
        if (slipped.contains("EcsTask/")) guard.commands.mayRunAgain();
        simulation.holdings().changesSince(before).stream()
                .filter(one -> one.startsWith("+"))
                .forEach(madeByHand::add);
    }

    private void apply() {
        if (simulation.resource != null) views.addLast(Serialization.clone(simulation.resource));
        perhapsStale();
        simulation.apply(Simulation.spec(zone, lines.values().toArray(String[]::new)));
    }

    private void run(Duration time) {
        var end = simulation.clock.instant().plus(time);
        if (simulation.resource == null) simulation.rest(time);
        while (simulation.clock.instant().isBefore(end)) step();
    }

    /** The same, but once all is settled and AWS stands still, time goes on to what AWS does next. */
    private void linger(Duration time) {
        var end = simulation.clock.instant().plus(time);
        if (simulation.resource == null) simulation.rest(time);
        while (simulation.clock.instant().isBefore(end)) {
            step();
            var now = simulation.clock.instant();
            if (now.isBefore(calm) || simulation.resource == null || !settled()) continue;
            var still = stillness(LINGERED);
            var left = Duration.between(now, end);
            if (left.isPositive()) simulation.rest(still.compareTo(left) < 0 ? still : left);
        }
    }

    /** How long AWS stands still from now on, up to the longest that nobody looks. */
    private Duration stillness(Duration longest) {
        var next = simulation.world.nextWork();
        var still = next == null ? longest : Duration.between(simulation.clock.instant(), next);
        return still.compareTo(longest) > 0 ? longest : still.isNegative() ? Duration.ZERO : still;
    }

    /** One pass, and the time until the next. */
    private Duration step() {
        var told = trace.length();
        var next = look();
        guard.told.secrets(LogTap.drain());
        if (!isInterrupted(told)) guard.pass();
        if (random.nextInt(50) == 0) next = Duration.ofMillis(200);
        simulation.rest(next);
        return next;
    }

    /** A pass that did not get to its end has told nothing. */
    private boolean isInterrupted(int since) {
        return interrupted >= since;
    }

    private Duration look() {
        if (deleting) {
            var answer = simulation.depart();
            if (answer instanceof Answers.Gone) {
                simulation.resource = null;
                deleting = false;
                return Duration.ofSeconds(5);
            }
            return answer.next();
        }
        return simulation.look(view());
    }

    /** An informer never goes back, but one may be late, and that of a new process may begin with what was. */
    private void perhapsStale() {
        if (staleness > 0 && random.nextInt(100) < staleness)
            stale = simulation.clock.instant().plusSeconds(1 + random.nextInt((int) LATE.toSeconds()));
    }

    /** The object as the informer has it. */
    private MyCandidateDeployment view() {
        if (starts != simulation.starts()) perhapsStale();
        starts = simulation.starts();
        if (simulation.clock.instant().isBefore(stale) && !views.isEmpty()) {
            var old = views.getLast();
            if (old.getMetadata()
                    .getUid()
                    .equals(simulation.resource.getMetadata().getUid())) {
                interrupted = trace.length();
                trace.note(simulation.clock.instant(), "stale view");
                return Serialization.clone(old);
            }
        }
        return simulation.resource;
    }

    private void recreate() {
        if (simulation.resource == null) return;
        leave();
        apply();
    }

    /** A protected database holds up the deletion until the spec lifts the protection. */
    private void refused() {
        if (!Boolean.TRUE.equals(
                Defaults.applied(simulation.resource.getSpec()).database().deletionProtection())) return;
        simulation.effects.clear();
        for (var i = 0; i < 3; i++) {
            step();
            if (simulation.resource == null || simulation.mutations() > 0)
                throw new Violation("a protected stack is deleted: " + simulation.mutating());
        }
        lines.put("database", "database: {deletionProtection: false}");
        apply();
    }

    private void leave() {
        guard.leaving = true;
        guard.excused = true;
        deleting = true;
        refused();
        var end = simulation.clock.instant().plus(LONGEST);
        var own = Duration.ZERO;
        while (simulation.resource != null) {
            var working = isWorking() || simulation.clock.instant().isBefore(calm);
            var took = step();
            if (!working) own = own.plus(took);
            if (own.compareTo(OWN_TIME_LEAVING) > 0)
                throw new Violation("AWS had nothing under way for " + own.toSeconds()
                        + " s, and the object is not gone; " + simulation.describe());
            if (!simulation.clock.instant().isBefore(end))
                throw new Violation("not deleted within " + LONGEST + "; " + simulation.describe());
        }
        guard.gone();
        guard.leaving = false;
        views.clear();
        before.clear();
    }

    /** All trouble ends. The stack must get there without much time of its own. */
    private void peace() {
        if (simulation.resource == null) return;
        var from = simulation.clock.instant();
        var own = Duration.ZERO;
        while (!settled()) {
            var at = simulation.clock.instant();
            var working = isWorking() || isResting() || isPatient();
            approve();
            var took = step();
            if (!working) own = own.plus(took);
            if (own.compareTo(OWN_TIME) > 0)
                throw new Violation("AWS had nothing under way for " + own.toSeconds()
                        + " s, and the stack is not settled; " + simulation.describe());
            if (Duration.between(from, at).compareTo(LONGEST) > 0)
                throw new Violation(
                        "not settled within " + LONGEST + " of the end of all trouble; " + simulation.describe());
        }
        idle = own.compareTo(idle) > 0 ? own : idle;
        recovery = Duration.between(from, simulation.clock.instant());
        guard.excused = false;
        guard.asked(simulation.resource.getSpec());
        guard.vote("vote " + ++votes);
    }

    /** Whether AWS has something under way that the operator waits for. */
    private boolean isWorking() {
        var next = simulation.world.nextWork();
        return next != null && next.isBefore(simulation.clock.instant().plus(UNDER_WAY));
    }

    /** Whether only the database is left to do, and RDS rests from its last change. */
    private boolean isResting() {
        var status = simulation.resource.getStatus();
        return simulation.clock.instant().isBefore(simulation.world.restsUntil().plus(TRIED_AGAIN))
                && status != null
                && status.plan() != null
                && status.plan().steps().stream()
                        .allMatch(step -> step.resource().startsWith("DbInstance/"));
    }

    /** Whether a change is left that AWS took back again and again: each try may interrupt, so the operator says so and waits for up to an hour. */
    private boolean isPatient() {
        var status = simulation.resource.getStatus();
        return simulation.clock.instant().isBefore(calm.plus(PATIENCE))
                && status != null
                && status.conditions().stream().anyMatch(one -> one.getReason().equals("WithoutEffect"));
    }

    private boolean settled() {
        var status = simulation.resource.getStatus();
        return simulation.ready()
                && status.observedGeneration()
                        .equals(simulation.resource.getMetadata().getGeneration())
                && (status.plan() == null || status.plan().steps().isEmpty());
    }

    private void approve() {
        var status = simulation.resource.getStatus();
        if (status != null) guard.commands.retry();
        if (status != null && status.plan() != null && status.plan().hash() != null)
            simulation.annotate(Annotations.APPROVE, status.plan().hash());
    }

    /** For a day nothing is written, and Ready stands. Where AWS stands still too, every pass is like the last: time goes on to the next event. */
    private void silence() {
        if (simulation.resource == null || script.silence().isZero()) return;
        run(Duration.ofMinutes(3));
        if (rotated) lastStage();
        once();
        var end = simulation.clock.instant().plus(script.silence());
        simulation.effects.clear();
        run(WATCHED);
        if (simulation.mutations() > 0) throw new Violation("a settled stack is changed: " + simulation.mutating());
        if (simulation.kubernetesWrites() > MOST_WRITES)
            throw new Violation(
                    simulation.kubernetesWrites() + " writes to Kubernetes for a settled stack within " + WATCHED);
        simulation.effects.clear();
        while (simulation.clock.instant().isBefore(end)) {
            step();
            if (simulation.mutations() > 0) throw new Violation("a settled stack is changed: " + simulation.mutating());
            if (!simulation.ready()) throw new Violation("a settled stack is not Ready: " + simulation.describe());
            if (simulation.kubernetesWrites() > 1)
                throw new Violation("a settled stack's status is written more often than once in ten minutes");
            simulation.effects.clear();
            simulation.rest(stillness(STILL));
        }
    }

    /** A rotation leaves the old token in force until every task has the new one, and Ready stands meanwhile. */
    private void lastStage() {
        run(LAST_STAGE);
        peace();
    }

    private void once() {
        var parts = simulation.stack().resources().keySet().stream()
                .filter(key -> key.type().getAnnotation(AwsType.class).tagged())
                .map(Key::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        var census = simulation.holdings().census();
        others.census().forEach((name, count) -> census.merge(name, -count, Long::sum));
        var all = simulation.stack().resources().keySet().stream()
                .map(Key::toString)
                .collect(Collectors.toSet());
        guard.once(parts, all, census);
    }

    /** AWS is the state: a process that knows nothing, without a status, finds the same stack and nothing to do. */
    private void fresh() {
        if (simulation.resource == null) return;
        var other = new Simulation(simulation, "southafrica", sabotage);
        other.resource = Serialization.clone(simulation.resource);
        other.resource.setStatus(null);
        for (var i = 0; i < 3; i++) other.pass();
        if (other.mutations() > 0)
            throw new Violation("a new process finds a settled stack other than the spec has it: " + other.mutating());
        if (!other.ready()) throw new Violation("a new process does not find the stack Ready: " + other.describe());
    }

    private void farewell() {
        if (simulation.resource != null) {
            tell("the object is deleted");
            leave();
        }
        simulation.rest(Duration.ofMinutes(30));
        var left = simulation.holdings().changesSince(others);
        left.removeIf(name -> name.matches("\\+CNAME _.*|\\+Snapshot|\\+Scheduled secret"));
        left.removeIf(this::mayBefallOthers);
        left.removeAll(madeByHand);
        if (!left.isEmpty()) throw new Violation("left after the deletion: " + left);
    }

    /** What befalls AWS befalls the others too. */
    private boolean mayBefallOthers(String change) {
        return change.equals("~DbInstance") && !script.isUndisturbed();
    }

    private void othersAreUntouched() {
        var changed = simulation.holdings().changesSince(others).stream()
                .filter(one -> !one.startsWith("+"))
                .filter(one -> !mayBefallOthers(one))
                .collect(Collectors.toSet());
        if (!changed.isEmpty()) throw new Violation("what belongs to others was changed: " + changed);
    }
}
