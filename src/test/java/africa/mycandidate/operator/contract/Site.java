package africa.mycandidate.operator.contract;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.aws.PortedClients;
import africa.mycandidate.operator.converge.Executor;
import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Memory;
import africa.mycandidate.operator.converge.Notes;
import africa.mycandidate.operator.converge.Outcome;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Leaving;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.resource.FactsReader;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One account in which the stack is built up resource by resource, by the engine, and its calls counted. */
final class Site {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(2);
    private static final int SOON_LOOKS = 8;

    final Backend backend;
    final PortedClients clients;
    final Facts facts;
    private final List<Port.Effect> effects = new ArrayList<>();
    private final Inventory inventory;
    private final Executor executor;
    private final Memory memory = new Memory(new Random(1));
    private Instant wholeLook = Instant.MIN;

    Site(Backend backend) {
        this.backend = backend;
        this.clients = new PortedClients(backend.clients(), (effect, call) -> {
            effects.add(effect);
            return call.run();
        });
        this.facts = new FactsReader(clients, Backend.REGION).read();
        this.inventory = new Inventory(Handlers.all(clients, new Random(1)), backend.clock(), new Serial());
        this.executor = new Executor(inventory, backend.clock(), new Serial());
    }

    /** Looks at everything. */
    Snapshot look(Stack stack) {
        // A reading of the same moment would be taken for fresh.
        backend.pause(Duration.ofMillis(1));
        wholeLook = backend.clock().instant();
        return inventory.look(stack.identity().stack(), stack.places(), where -> wholeLook);
    }

    /** Looks at some types; the others are as they were at the last look at everything. */
    private Snapshot look(Stack stack, Set<Class<?>> fresh) {
        backend.pause(Duration.ofMillis(1));
        var now = backend.clock().instant();
        return inventory.look(
                stack.identity().stack(), stack.places(), where -> fresh.contains(where.type()) ? now : wholeLook);
    }

    /** Everything of the stack as it should be, by a look at everything in the end. Returns what was done on the way. */
    List<Outcome> converge(Stack stack) {
        var done = new ArrayList<Outcome>();
        insist(stack, snapshot -> Planner.plan(stack, snapshot), step -> true, Plan::settled, null, done);
        return done;
    }

    /** One resource as it should be; what others do on its account is done too. Only its type is looked at, the others stand still. */
    List<Outcome> converge(Stack stack, Key key, Predicate<Step> which) {
        var done = new ArrayList<Outcome>();
        insist(
                stack,
                snapshot -> Planner.plan(stack, snapshot),
                which,
                plan -> plan.of(Step.Keep.class).stream()
                        .anyMatch(step -> step.key().equals(key)),
                key,
                done);
        return done;
    }

    /** Nothing left. */
    List<Outcome> remove(Stack stack) {
        var done = new ArrayList<Outcome>();
        insist(
                stack,
                snapshot -> Leaving.plan(stack, snapshot),
                step -> true,
                plan -> plan.complete() && plan.steps().isEmpty(),
                null,
                done);
        return done;
    }

    private void insist(
            Stack stack,
            Function<Snapshot, Plan> planner,
            Predicate<Step> which,
            Predicate<Plan> finished,
            Key only,
            List<Outcome> done) {
        var moving = new HashSet<Class<?>>();
        if (only != null) moving.add(only.type());
        var pause = SOON;
        Plan plan = null;
        for (var look = 0; look < backend.patience(); look++) {
            plan = planner.apply(look(stack, moving));
            if (finished.test(plan)) {
                if (only != null) return;
                plan = planner.apply(look(stack));
                if (finished.test(plan)) return;
            }
            if (only == null) moving.addAll(moving(plan));
            var chosen = new Plan(plan.steps().stream().filter(which).toList(), plan.complete());
            done.addAll(executor.run(chosen, memory, Notes.NONE, new Deletion(true), Instant.MIN));
            backend.pause(pause);
            if (look > SOON_LOOKS && pause.compareTo(LATER) < 0) pause = pause.multipliedBy(2);
        }
        throw new AssertionError("it does not come about: " + told(plan, only) + "; " + failures(done));
    }

    private static Set<Class<?>> moving(Plan plan) {
        var types = new HashSet<Class<?>>();
        for (var step : plan.steps()) {
            if (step instanceof Step.Keep) continue;
            types.add(step.key().type());
            if (step instanceof Step.Blocked blocked) blocked.by().forEach(key -> types.add(key.type()));
        }
        return types;
    }

    private static String told(Plan plan, Key only) {
        return plan.steps().stream()
                .filter(step ->
                        only == null ? !(step instanceof Step.Keep) : step.key().equals(only))
                .map(step -> step.getClass().getSimpleName() + " " + step.key() + " (" + step.because() + ") "
                        + (step instanceof Step.Act act ? act.changes() : ""))
                .collect(Collectors.joining("; "));
    }

    private static String failures(List<Outcome> done) {
        return done.stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(outcome -> outcome.key() + ": "
                        + ((Outcome.Failed) outcome).failure().toString())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** What the plan says of one resource and of its predecessor, on the last looks. */
    List<Step> steps(Stack stack, Key key) {
        return Planner.plan(stack, look(stack, Set.of())).steps().stream()
                .filter(step -> step.key().equals(key))
                .toList();
    }

    /** What is there of it, and not a tombstone. */
    List<Observed<?>> found(Stack stack, Key key) {
        var seen = look(stack, Set.of(key.type()));
        var found = new ArrayList<Observed<?>>(seen.ours(key.type(), key.role()));
        seen.all(key.type()).stream()
                .filter(one -> one.owner() instanceof Owner.Shared)
                .forEach(found::add);
        found.removeIf(one -> one.phase() == Phase.GONE || one.phase() == Phase.RESTORABLE);
        return List.copyOf(found);
    }

    Handler<?> handler(Key key) {
        return inventory.handler(key.type());
    }

    long mutations() {
        return effects.stream().filter(Port.Effect::mutating).count();
    }

    int calls() {
        return effects.size();
    }
}
