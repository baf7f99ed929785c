package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.campaign.Mishaps.Mishap;
import africa.mycandidate.operator.campaign.Mishaps.Way;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * {@code make sim PAIRS=200}: in a chapter by chance a write by chance goes wrong, and soon after it a second one. The chances of AWS are always the same, so that each
 * chapter need be lived undisturbed only once.
 */
final class Pairs {
    /** How many writes after the first the second comes at most. */
    private static final int SOON = 30;

    private record Pair(long seed, Undisturbed chapter, Mishap first, Mishap second) {
        static Pair draw(long seed, List<Undisturbed> chapters) {
            var random = new Random(seed * 6151 + 29);
            var chapter = chapters.get(random.nextInt(chapters.size()));
            var first = random.nextInt(chapter.writes().size());
            // Further on there may be no write left that could go wrong.
            var left = Math.clamp(chapter.writes().size() - first - 1, 1, SOON);
            return new Pair(
                    seed, chapter, new Mishap(first, way(random)), new Mishap(random.nextInt(left), way(random)));
        }

        private static Way way(Random random) {
            return Way.values()[random.nextInt(Way.values().length)];
        }

        Outcome live() {
            var run = chapter.begun();
            var mishaps = new Mishaps(first, second);
            run.suffers(mishaps);
            var wrong = chapter.wrong(run);
            return new Outcome(this, !mishaps.isUnfinished(), wrong);
        }

        String story() {
            return "seed %d: %s: at write %d, %s, the process %s; %d writes later it %s"
                    .formatted(
                            seed,
                            chapter.chapter().name(),
                            first.after(),
                            chapter.writes().get(first.after()),
                            first.way(),
                            second.after() + 1,
                            second.way());
        }
    }

    private record Outcome(Pair pair, boolean both, String wrong) {}

    private Pairs() {}

    /** Returns whether nothing was wrong. */
    static boolean live(long first, long count) {
        var began = System.nanoTime();
        var creation = Creation.lived();
        var chapters = Chapter.all().parallelStream()
                .map(chapter -> Undisturbed.of(creation, chapter))
                .toList();
        var outcomes = LongStream.range(first, first + count)
                .parallel()
                .mapToObj(seed -> Pair.draw(seed, chapters).live())
                .toList();
        var wrong = outcomes.stream().filter(one -> !one.wrong().isEmpty()).toList();
        wrong.forEach(one -> System.out.println(one.pair().story() + ": " + one.wrong()));
        if (count == 1) System.out.println(outcomes.getFirst().pair().story());
        System.out.printf(
                "%d pairs in %d chapters: in %d both went wrong, in %d no write came after the first; %d wrong; %.0f s%n",
                count,
                outcomes.stream()
                        .map(one -> one.pair().chapter().chapter().name())
                        .distinct()
                        .count(),
                outcomes.stream().filter(Outcome::both).count(),
                outcomes.stream().filter(one -> !one.both()).count(),
                wrong.size(),
                (System.nanoTime() - began) / 1e9);
        return wrong.isEmpty();
    }
}
