package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Does the campaign catch anything? Every mistake on the list, put into the operator on its own, breaks the law that it is against. */
class PlantedBugsTest {
    /** @param script in whose life it broke its law; null for none */
    private record Caught(PlantedBug bug, BugScript script, String violation) {
        @Override
        public String toString() {
            var where =
                    script == null ? "NOT CAUGHT" : script + (script == bug.script() ? "" : ", not " + bug.script());
            return bug + ": " + where + ": " + violation;
        }
    }

    @Test
    void theOperatorAsItIsPassesEveryScript() {
        var wrong = Arrays.stream(BugScript.values())
                .parallel()
                .flatMap(one -> {
                    var verdict = new Rehearsal(one.script).run();
                    return verdict.clean()
                            ? Stream.<String>empty()
                            : Stream.of(one + ": " + String.join("\n", verdict.story()));
                })
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPlantedBugIsCaught() {
        var bugs = PlantedBugs.all();
        assertThat(bugs).hasSizeGreaterThanOrEqualTo(80);
        assertThat(bugs.stream().map(PlantedBug::name)).doesNotHaveDuplicates();
        var all = bugs.parallelStream().map(PlantedBugsTest::rehearse).toList();
        all.forEach(one -> System.out.println("  " + one));
        var uncaught = all.stream().filter(one -> one.script() == null).toList();
        System.out.println(all.size() - uncaught.size() + " of " + all.size() + " planted bugs caught");
        assertThat(uncaught).isEmpty();
    }

    /** In the life that brings it out, else in the others. */
    private static Caught rehearse(PlantedBug bug) {
        var seen = "";
        for (var script : scripts(bug)) {
            var verdict = new Rehearsal(script.script, bug.sabotage().get()).run();
            if (bug.isShownBy(verdict)) return new Caught(bug, script, brief(verdict));
            if (script == bug.script()) seen = brief(verdict);
        }
        return new Caught(bug, null, seen.isEmpty() ? "breaks no law in " + bug.script() : seen);
    }

    private static List<BugScript> scripts(PlantedBug bug) {
        var others = Arrays.stream(BugScript.values()).filter(one -> one != bug.script());
        return Stream.concat(Stream.of(bug.script()), others).toList();
    }

    private static String brief(Verdict verdict) {
        var line = verdict.violation().replaceAll("\\s+", " ");
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }
}
