package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Answers;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.reconcile.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A chapter in a world of its own, in which something may go wrong. {@link Guard} looks on. */
final class CrashRun {
    /** Another process takes over while AWS may still hide what the one before it wrote: after the longest lag there would be no doubt left to resolve. */
    static final Duration RESTART = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofHours(6);
    /** The longest for which the operator leaves alone what is under way: looks at what does not change are left out up to it. */
    private static final Duration SELDOM = Duration.ofSeconds(30);

    final Simulation simulation;
    private final Chapter chapter;
    private final String zone;
    private final Guard guard;
    /** Whether the pass that runs has changed AWS, or was interrupted. */
    private boolean stirred;
    /** Whether it could not tell Kubernetes. */
    private boolean unwritten;

    /** @param recording of what is done to AWS, or null */
    CrashRun(Chapter chapter, Recording recording) {
        this(chapter, recording, Sabotage.NONE);
    }

    CrashRun(Chapter chapter, Recording recording, Sabotage sabotage) {
        this.chapter = chapter;
        var self = new CrashRun[1];
        this.simulation = new Simulation(
                Creation.SEED, clients -> self[0] == null ? clients : self[0].between(clients, recording), sabotage);
        this.zone = simulation.zone();
        this.guard = new Guard(simulation);
        self[0] = this;
        suffers(Port.OPEN);
        simulation.start();
    }

    private Clients between(Clients clients, Recording recording) {
        return guard.guarding(recording == null ? clients : recording.recording(clients, simulation));
    }

    /** @param creation of the stack to which this happens; null for the creation itself */
    void begin(Creation creation) {
        if (chapter.created()) {
            creation.recording().restore(creation.serving(), simulation, guard.guarding(simulation.aws));
            simulation.pass();
            guard.vote("a vote");
            guard.pass();
        }
        guard.excused = chapter.interrupts();
        guard.leaving = chapter.leaves();
        simulation.effects.clear();
        chapter.begins().accept(new Chapter.Stand(simulation, zone));
    }

    /** Keeps each moment before and after a write. */
    List<Recording.Moment> moments(Recording recording) {
        var moments = new ArrayList<Recording.Moment>();
        suffers((effect, call) -> {
            if (!effect.mutating()) return call.run();
            moments.add(recording.now(simulation));
            try {
                return call.run();
            } finally {
                moments.add(recording.now(simulation));
            }
        });
        return moments;
    }

    /** The process died at that moment; soon there is another one. */
    void resume(Recording recording, Recording.Moment moment) {
        recording.restore(moment, simulation, guard.guarding(simulation.aws));
        simulation.rest(RESTART);
    }

    /** From here on something goes wrong. */
    void suffers(Port trouble) {
        simulation.port = (effect, call) -> {
            try {
                var answer = trouble.pass(effect, call);
                if (effect.mutating() && !effect.service().equals("Kubernetes")) stirred = true;
                guard.after(effect);
                return answer;
            } catch (Throwable thrown) {
                if (effect.service().equals("Kubernetes")) unwritten = true;
                stirred = true;
                throw thrown;
            }
        };
    }

    /** Until it has what it should, and for some time after. */
    void finish() {
        var end = simulation.clock.instant().plus(LONGEST);
        var quiet = simulation.clock.instant();
        while (simulation.resource != null) {
            step();
            var now = simulation.clock.instant();
            if (!isDone()) quiet = now;
            else if (!quiet.plus(chapter.quiet()).isAfter(now)) return;
            if (now.isAfter(end)) throw new Violation("not done; " + simulation.describe());
        }
    }

    private boolean isDone() {
        if (chapter.leaves() || simulation.resource == null) return simulation.resource == null;
        var status = simulation.resource.getStatus();
        return simulation.ready()
                && Objects.equals(
                        status.observedGeneration(),
                        simulation.resource.getMetadata().getGeneration())
                && (status.plan() == null || status.plan().steps().isEmpty());
    }

    private void step() {
        var starts = simulation.starts();
        stirred = false;
        unwritten = false;
        var next = look();
        if (simulation.resource == null) return;
        if (starts != simulation.starts()) next = RESTART;
        else if (!unwritten) guard.pass();
        simulation.rest(stirred || next.compareTo(SELDOM) > 0 ? next : SELDOM);
    }

    private Duration look() {
        if (!chapter.leaves()) return simulation.look(simulation.resource);
        var answer = simulation.depart();
        if (answer instanceof Answers.Gone) simulation.resource = null;
        return answer.next();
    }

    Map<String, Long> census() {
        var census = new TreeMap<>(simulation.holdings().census());
        // Whose end depends on the moment.
        census.keySet().removeIf(name -> name.equals("Scheduled secret"));
        return census;
    }
}
