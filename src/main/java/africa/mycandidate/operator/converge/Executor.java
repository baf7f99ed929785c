package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Creation;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.resource.Handler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Runs the steps of a plan that can be run now, each on its own. No step waits: what it started is seen by a later look. A step that fails holds up nothing but
 * what refers to it.
 */
public final class Executor {
    private final Inventory inventory;
    private final InstantSource clock;
    private final Parallel parallel;

    public Executor(Inventory inventory, InstantSource clock, Parallel parallel) {
        this.inventory = inventory;
        this.clock = clock;
        this.parallel = parallel;
    }

    /** @param sureFrom when what looks unneeded may be deleted */
    public List<Outcome> run(Plan plan, Memory memory, Notes notes, Deletion deletion, Instant sureFrom) {
        var now = clock.instant();
        var outcomes = new ArrayList<Outcome>();
        var due = new ArrayList<Step.Act>();
        for (var act : plan.of(Step.Act.class)) {
            var postponed = memory.attempts.postponed(act, now).or(() -> unsure(act, memory, notes, sureFrom));
            postponed.ifPresentOrElse(outcomes::add, () -> due.add(act));
        }
        intend(due, memory, notes);
        outcomes.addAll(parallel.all(due.stream()
                .<Callable<Outcome>>map(act -> () -> run(act, memory, deletion))
                .toList()));
        return List.copyOf(outcomes);
    }

    private Optional<Outcome.Postponed> unsure(Step.Act act, Memory memory, Notes notes, Instant sureFrom) {
        return switch (act) {
            case Step.Create create -> unsure(create, memory, notes);
            case Step.Delete delete
            when clock.instant().isBefore(sureFrom) ->
                Optional.of(new Outcome.Postponed(
                        delete, sureFrom, "it goes once AWS has shown for a minute that nothing uses it"));
            default -> Optional.empty();
        };
    }

    /** A create that might be a second one: it waits until AWS can no longer be hiding the first. */
    private Optional<Outcome.Postponed> unsure(Step.Create create, Memory memory, Notes notes) {
        var key = create.key();
        var uncertain = !memory.noted.contains(key) && (notes.intents().contains(key) || notes.lost());
        return memory.sightings
                .notBefore(create, uncertain, clock.instant())
                .map(until -> new Outcome.Postponed(
                        create, until, "it is made once AWS has shown for a minute that there is none"));
    }

    private static void intend(List<Step.Act> due, Memory memory, Notes notes) {
        var nameless = new HashSet<Key>();
        for (var act : due) {
            if (act instanceof Step.Create create && isNameless(create) && !memory.noted.contains(create.key()))
                nameless.add(create.key());
        }
        if (nameless.isEmpty()) return;
        notes.intend(Set.copyOf(nameless));
        memory.noted.addAll(nameless);
    }

    private static boolean isNameless(Step.Create create) {
        return create.key().type().getAnnotation(AwsType.class).uniqueness() == AwsType.Uniqueness.NEITHER;
    }

    private Outcome run(Step.Act act, Memory memory, Deletion deletion) {
        try {
            var id = call(act, deletion);
            memory.attempts.done(act, clock.instant());
            if (act instanceof Step.Create || act instanceof Step.Replace) memory.sightings.created(act.key());
            return new Outcome.Done(act, id);
        } catch (RuntimeException e) {
            var failure = AwsFailure.of(act.key().type().getSimpleName(), e);
            if (act instanceof Step.Delete delete && failure.kind() == AwsFailure.Kind.ABSENT) {
                memory.attempts.done(act, clock.instant());
                return new Outcome.Done(act, delete.have().id());
            }
            if (act instanceof Step.Create create && isNameless(create) && failure.kind() == AwsFailure.Kind.TRANSIENT)
                memory.sightings.perhapsCreated(create.key(), clock.instant());
            memory.attempts.failed(act, failure, clock.instant());
            return new Outcome.Failed(act, failure);
        }
    }

    private String call(Step.Act act, Deletion deletion) {
        return switch (act) {
            case Step.Create create -> create(create);
            case Step.Replace replace -> create(replace.create());
            case Step.Update update -> update(update);
            case Step.Adopt adopt -> adopt(adopt);
            case Step.Delete delete -> delete(delete, deletion);
        };
    }

    private <R extends Resource> String create(Step.Create create) {
        Handler<R> handler = handler(create.key());
        return handler.create(
                cast(create.want()), new Creation(create.name(), create.token(), create.tags(), clock.instant()));
    }

    private <R extends Resource> String update(Step.Update update) {
        Handler<R> handler = handler(update.key());
        Observed<R> have = observed(update.have());
        var fields = update.needed().fields();
        if (!fields.isEmpty()) handler.update(have, cast(update.goal()), fields);
        if (!update.setTags().isEmpty() || !update.removeTags().isEmpty())
            handler.tag(have, update.setTags(), update.removeTags());
        return have.id();
    }

    private <R extends Resource> String adopt(Step.Adopt adopt) {
        Handler<R> handler = handler(adopt.key());
        handler.tag(observed(adopt.have()), adopt.tags(), Set.of());
        return adopt.have().id();
    }

    private <R extends Resource> String delete(Step.Delete delete, Deletion deletion) {
        Handler<R> handler = handler(delete.key());
        handler.delete(observed(delete.have()), deletion);
        return delete.have().id();
    }

    @SuppressWarnings("unchecked")
    private <R extends Resource> Handler<R> handler(Key key) {
        return (Handler<R>) inventory.handler(key.type());
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> R cast(Resource resource) {
        return (R) resource;
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> Observed<R> observed(Observed<?> one) {
        return (Observed<R>) one;
    }
}
