package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Answers;
import africa.mycandidate.operator.reconcile.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * In a creation, an adoption, each kind of update, a rotation and a deletion, something goes wrong at each write in turn, to AWS or to Kubernetes: the process dies
 * before it; it dies after the effect; or the effect happens and its answer is lost, while the process lives. In the end AWS holds what it holds without that, and
 * voters were answered all the time. A crash at a read is the same as one at the next write, and one after the answer leaves the same world as one before it: what
 * the process knew is gone in both.
 */
class CrashCampaign {
    private static final long SEED = 31;
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final Duration RESTART = Duration.ofSeconds(5);

    private enum Way {
        DIES_BEFORE,
        DIES_AFTER,
        LOSES_THE_ANSWER
    }

    private final Recording life = new Recording();
    private Recording.Moment serving;

    /** A world, with what goes wrong in it. */
    private final class Run {
        private final Chapter chapter;
        private final Simulation simulation;
        private final String zone;
        private Guard guard;

        Run(Chapter chapter, Recording recording) {
            this.chapter = chapter;
            var self = new Simulation[1];
            this.simulation = new Simulation(
                    SEED,
                    clients -> self[0] == null
                            ? clients
                            : guarding(recording == null ? clients : recording.recording(clients, self[0])));
            self[0] = simulation;
            this.zone = simulation.zone();
            this.guard = new Guard(simulation);
            simulation.start();
        }

        private Clients guarding(Clients clients) {
            return guard == null ? clients : guard.guarding(clients);
        }

        void begin() {
            if (chapter.created()) {
                life.restore(serving, simulation);
                simulation.pass();
                guard.vote("a vote");
            }
            guard.excused = chapter.interrupts();
            guard.leaving = chapter.leaves();
            simulation.effects.clear();
            chapter.begins().accept(new Chapter.Stand(simulation, zone));
        }

        /** Until it has what it should, and for some time after. */
        void finish() {
            var end = simulation.clock.instant().plus(LONGEST);
            while (!isDone()) {
                if (simulation.clock.instant().isAfter(end)) throw new Violation("not done; " + simulation.describe());
                step();
            }
            if (simulation.resource == null) return;
            // A rotation comes in stages, and is Ready between them.
            for (var quiet = simulation.clock.instant(); quiet.plus(QUIET).isAfter(simulation.clock.instant()); ) {
                step();
                if (!isDone()) quiet = simulation.clock.instant();
                if (simulation.clock.instant().isAfter(end)) throw new Violation("not quiet; " + simulation.describe());
            }
        }

        private boolean isDone() {
            if (simulation.resource == null) return true;
            var status = simulation.resource.getStatus();
            return !chapter.leaves()
                    && simulation.ready()
                    && Objects.equals(
                            status.observedGeneration(),
                            simulation.resource.getMetadata().getGeneration())
                    && (status.plan() == null || status.plan().steps().isEmpty());
        }

        private void step() {
            if (!chapter.leaves()) {
                var starts = simulation.starts();
                var next = simulation.look(simulation.resource);
                if (starts == simulation.starts() && !unwritten) guard.pass();
                unwritten = false;
                simulation.rest(next);
                return;
            }
            var answer = simulation.depart();
            if (answer instanceof Answers.Gone) simulation.resource = null;
            else simulation.rest(answer.next());
        }

        private boolean unwritten;

        /** Keeps each moment before and after a write. */
        List<Recording.Moment> moments(Recording recording) {
            var moments = new ArrayList<Recording.Moment>();
            simulation.port = (effect, call) -> {
                if (!effect.mutating()) return call.run();
                moments.add(recording.now(simulation));
                try {
                    return call.run();
                } finally {
                    moments.add(recording.now(simulation));
                }
            };
            return moments;
        }

        /** The process died at that moment; soon there is another one. */
        void resume(Recording recording, Recording.Moment moment) {
            recording.restore(moment, simulation);
            simulation.rest(RESTART);
        }

        /** The answer to the write of that number is lost, and the process lives. */
        void loses(int point) {
            simulation.port = new Port() {
                private int count;

                @Override
                public Object pass(Effect effect, Call call) throws Throwable {
                    if (!effect.mutating() || count++ != point) {
                        var answer = call.run();
                        guard.after(effect);
                        return answer;
                    }
                    call.run();
                    unwritten = effect.service().equals("Kubernetes");
                    throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
                }
            };
        }

        Map<String, Long> census() {
            var census = new TreeMap<>(simulation.holdings().census());
            // Whose end depends on the moment.
            census.keySet().removeIf(name -> name.equals("Scheduled secret"));
            return census;
        }
    }

    @TestFactory
    Stream<DynamicTest> eachWriteOfEachChapter() {
        var creation = new Run(Chapter.all().getFirst(), life);
        creation.begin();
        creation.finish();
        creation.simulation.run(Duration.ofMinutes(20));
        serving = life.now(creation.simulation);
        return Chapter.all().stream()
                .map(chapter -> DynamicTest.dynamicTest(chapter.name(), () -> everywhere(chapter)));
    }

    private void everywhere(Chapter chapter) {
        var recording = new Recording();
        var undisturbed = new Run(chapter, recording);
        undisturbed.begin();
        var moments = undisturbed.moments(recording);
        undisturbed.finish();
        var writes = undisturbed.simulation.effects.stream()
                .filter(Port.Effect::mutating)
                .toList();
        var wanted = undisturbed.census();
        var began = System.nanoTime();
        var wrong = IntStream.range(0, writes.size() * Way.values().length)
                .parallel()
                .mapToObj(number -> {
                    var point = number / Way.values().length;
                    var way = Way.values()[number % Way.values().length];
                    var run = new Run(chapter, null);
                    Runnable trouble = () -> {
                        run.begin();
                        switch (way) {
                            case DIES_BEFORE -> run.resume(recording, moments.get(2 * point));
                            case DIES_AFTER -> run.resume(recording, moments.get(2 * point + 1));
                            case LOSES_THE_ANSWER -> run.loses(point);
                        }
                    };
                    var what = wrong(run, trouble, wanted);
                    return what.isEmpty() ? "" : "write " + point + ", " + writes.get(point) + ": " + way + ": " + what;
                })
                .filter(one -> !one.isEmpty())
                .toList();
        System.out.printf(
                "%s: %d writes × %d ways, all of them; %d wrong; %.1f s%n",
                chapter.name(), writes.size(), Way.values().length, wrong.size(), (System.nanoTime() - began) / 1e9);
        assertThat(wrong).isEmpty();
    }

    private static String wrong(Run run, Runnable trouble, Map<String, Long> wanted) {
        try {
            trouble.run();
            run.finish();
        } catch (Violation violation) {
            return violation.getMessage();
        }
        var census = run.census();
        if (census.equals(wanted)) return "";
        var differs = new ArrayList<String>();
        for (var name : Stream.concat(wanted.keySet().stream(), census.keySet().stream())
                .distinct()
                .toList())
            if (!Objects.equals(wanted.get(name), census.get(name)))
                differs.add(name + " " + wanted.get(name) + " → " + census.get(name));
        return "AWS holds " + differs;
    }
}
