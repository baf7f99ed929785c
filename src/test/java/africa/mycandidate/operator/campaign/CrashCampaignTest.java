package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.campaign.Mishaps.Mishap;
import africa.mycandidate.operator.campaign.Mishaps.Way;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * In a creation, an adoption, each kind of update, a rotation and a deletion, something goes wrong at each write in turn, to AWS or to Kubernetes: the process dies
 * before it; it dies after the effect; or the effect happens and its answer is lost, while the process lives. In the end AWS holds what it holds without that, and
 * voters were answered all the time. A crash at a read is the same as one at the next write, and one after the answer leaves the same world as one before it: what
 * the process knew is gone in both. So is a death after one write the same as a death before the next one of the same pass: such points are lived through once.
 */
class CrashCampaignTest {
    /** {@code -Dsimulation.chapter=<pattern>} takes some. */
    private static final String ONLY = System.getProperty("simulation.chapter", ".*");

    /** One write, and how it goes wrong. */
    private record Point(int write, Way way) {
        static Stream<Point> all(int writes) {
            return IntStream.range(0, writes).boxed().flatMap(write -> Stream.of(Way.values())
                    .map(way -> new Point(write, way)));
        }

        /** Where the process dies. */
        private Recording.Moment moment(Undisturbed chapter) {
            return chapter.moments().get(2 * write + (way == Way.DIES_AFTER ? 1 : 0));
        }

        /** The same for two points that are one. */
        Object world(Undisturbed chapter) {
            return way == Way.LOSES_THE_ANSWER ? this : moment(chapter).place();
        }

        /** What comes of it. */
        String wrong(Undisturbed chapter) {
            var run = chapter.begun();
            if (way != Way.LOSES_THE_ANSWER) {
                run.resume(chapter.recording(), moment(chapter));
                return chapter.wrong(run);
            }
            var mishaps = new Mishaps(new Mishap(write, way));
            run.suffers(mishaps);
            var wrong = chapter.wrong(run);
            return mishaps.isUnfinished() ? "the write was not reached; " + wrong : wrong;
        }
    }

    @TestFactory
    Stream<DynamicTest> eachWriteOfEachChapter() {
        var creation = Creation.lived();
        return Chapter.all().stream()
                .filter(chapter -> chapter.name().matches(ONLY))
                .map(chapter -> DynamicTest.dynamicTest(chapter.name(), () -> everywhere(creation, chapter)));
    }

    private static void everywhere(Creation creation, Chapter chapter) {
        var began = System.nanoTime();
        var undisturbed = Undisturbed.of(creation, chapter);
        var writes = undisturbed.writes();
        var worlds = List.copyOf(Point.all(writes.size())
                .collect(Collectors.groupingBy(point -> point.world(undisturbed)))
                .values());
        var done = new AtomicInteger();
        var wrong = worlds.parallelStream()
                .flatMap(points -> {
                    var what = points.getFirst().wrong(undisturbed);
                    done.addAndGet(points.size());
                    return points.stream()
                            .filter(point -> !what.isEmpty())
                            .map(point -> "write " + point.write() + ", " + writes.get(point.write()) + ": "
                                    + point.way() + ": " + what);
                })
                .toList();
        System.out.printf(
                "%s: %d writes × %d ways = %d points, all of them, in %d different worlds; %d wrong; %.1f s%n",
                chapter.name(),
                writes.size(),
                Way.values().length,
                done.get(),
                worlds.size(),
                wrong.size(),
                (System.nanoTime() - began) / 1e9);
        assertThat(done).hasValue(writes.size() * Way.values().length);
        assertThat(wrong).isEmpty();
    }
}
