package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Reading;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.stack.Stack;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What could not be read is unknown, never absent: in no moment of any chapter does reading less make the operator do more. */
class UnreadTest {
    @TestFactory
    Stream<DynamicTest> readingLessNeverMeansDoingMore() {
        var creation = Creation.lived();
        return Chapter.all().stream()
                .map(chapter -> DynamicTest.dynamicTest(chapter.name(), () -> {
                    var compared = new Compared();
                    var run = new CrashRun(chapter, null, compared);
                    run.begin(creation);
                    run.finish();
                    System.out.printf("%s: %d plans, each without each type%n", chapter.name(), compared.plans);
                    assertThat(compared.more).isEmpty();
                }));
    }

    /** Plans each time once more for each type, as if that type could not be read. */
    private static final class Compared implements Sabotage {
        private final TreeSet<String> more = new TreeSet<>();
        private int plans;

        @Override
        public Plan plan(Stack stack, Snapshot seen, Policy policy) {
            var plan = Planner.plan(stack, seen, policy);
            plans++;
            var acts = plan.of(Step.Act.class).stream().flatMap(Compared::words).collect(Collectors.toSet());
            for (var type : seen.types()) {
                Planner.plan(stack, without(type, seen), policy).of(Step.Act.class).stream()
                        .flatMap(Compared::words)
                        .filter(words -> !acts.contains(words))
                        .forEach(words -> more.add("without " + type.getSimpleName() + ": " + words));
            }
            return plan;
        }

        private static Snapshot without(Class<? extends Resource> type, Snapshot seen) {
            var less = new LinkedHashMap<Snapshot.Where, Reading>();
            seen.readings()
                    .forEach((where, reading) ->
                            less.put(where, where.type() == type ? new Reading.Unread("timed out", false) : reading));
            return new Snapshot(seen.stack(), less, seen.at());
        }

        private static Stream<String> words(Step.Act act) {
            var step = act.getClass().getSimpleName() + " " + act.key();
            return Stream.concat(Stream.of(step), act.changes().stream().map(change -> step + " " + change));
        }
    }
}
