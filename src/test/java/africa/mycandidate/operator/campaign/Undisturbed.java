package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A chapter in which nothing goes wrong, as the measure of those in which something does.
 *
 * @param moments two for each write: before and after it
 * @param wanted what AWS holds in the end
 * @param ran what ran once in tasks of its own
 */
record Undisturbed(
        Creation creation,
        Chapter chapter,
        Recording recording,
        List<Port.Effect> writes,
        List<Recording.Moment> moments,
        Map<String, Long> wanted,
        List<String> ran) {

    static Undisturbed of(Creation creation, Chapter chapter) {
        var recording = new Recording();
        var run = new CrashRun(chapter, recording);
        run.begin(creation);
        var moments = run.moments(recording);
        run.finish();
        var writes =
                run.simulation.effects.stream().filter(Port.Effect::mutating).toList();
        assertThat(moments).hasSize(2 * writes.size());
        var end = recording.now(run.simulation);
        var again = new CrashRun(chapter, null);
        again.begin(creation);
        again.resume(recording, end);
        run.simulation.rest(CrashRun.RESTART);
        assertThat(again.simulation.holdings().changesSince(run.simulation.holdings()))
                .as("the writes made again lead to the same world")
                .isEmpty();
        return new Undisturbed(
                creation, chapter, recording, writes, moments, run.census(), run.simulation.aws.commands());
    }

    /** A world in which the chapter is about to happen. */
    CrashRun begun() {
        var run = new CrashRun(chapter, null);
        run.begin(creation);
        return run;
    }

    /** What was wrong in the rest of a chapter; empty where all came out as it does undisturbed. */
    String wrong(CrashRun run) {
        try {
            run.finish();
        } catch (Violation violation) {
            return violation.getMessage();
        }
        var census = run.census();
        if (!run.simulation.aws.commands().equals(ran))
            return "there ran " + run.simulation.aws.commands() + ", not " + ran;
        var names = new TreeSet<>(wanted.keySet());
        names.addAll(census.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(wanted.get(name), census.get(name)))
                .map(name -> "AWS holds " + census.get(name) + " × " + name + ", not " + wanted.get(name))
                .collect(Collectors.joining("; "));
    }
}
