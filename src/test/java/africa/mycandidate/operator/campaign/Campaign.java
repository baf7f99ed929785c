package africa.mycandidate.operator.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * {@code make sim}: many rehearsals. {@code -Dseed=7} begins with that seed, {@code -Dseeds=5000} runs so many; one seed alone is told in full. Of each seed that
 * breaks a law the shortest story is printed. {@code -Dpairs=200} runs {@link Pairs} instead, {@code -Delections=500} {@link ElectionCampaign}. Ends with 1 if something was wrong.
 */
public final class Campaign {
    private static final Duration A_YEAR = Duration.ofDays(365);

    private Campaign() {}

    public static void main(String[] arguments) {
        var first = Long.getLong("seed", 1);
        var pairs = Long.getLong("pairs", 0);
        if (pairs > 0) System.exit(Pairs.live(first, pairs) ? 0 : 1);
        var elections = Long.getLong("elections", 0);
        if (elections > 0) System.exit(ElectionCampaign.live(first, elections) ? 0 : 1);
        var count = Long.getLong("seeds", 1);
        var began = System.nanoTime();
        var done = new AtomicInteger();
        var verdicts = LongStream.range(first, first + count)
                .parallel()
                .mapToObj(seed -> new Rehearsal(Script.draw(seed)).run())
                .peek(verdict -> {
                    // A long run need not be waited for: the shortest story comes at its end, the fact at once.
                    if (!verdict.clean()) System.out.println("seed " + verdict.seed() + ": " + verdict.violation());
                    var so = done.incrementAndGet();
                    if (so % 100 == 0) System.out.println(so + " of " + count + " seeds");
                })
                .toList();
        var seconds = (System.nanoTime() - began) / 1e9;
        var broken = verdicts.stream().filter(verdict -> !verdict.clean()).toList();
        if (count == 1) tell(verdicts.getFirst());
        else broken.forEach(verdict -> tell(shortest(verdict)));
        var all = new Trace();
        verdicts.forEach(verdict -> all.note(Instant.EPOCH, verdict.trace()));
        var simulated = verdicts.stream().map(Verdict::simulated).reduce(Duration.ZERO, Duration::plus);
        System.out.printf(
                "%d seeds, %d violations, trace %s; %.2f stack-years in %.0f s, %.2f seeds a second, %,.0f to 1%n",
                count,
                broken.size(),
                all,
                (double) simulated.toSeconds() / A_YEAR.toSeconds(),
                seconds,
                count / seconds,
                simulated.toSeconds() / seconds);
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    /** Leaves out one thing after the other for as long as the same law is broken. */
    private static Verdict shortest(Verdict broken) {
        var script = Script.draw(broken.seed());
        var best = broken;
        for (var candidates = script.shorter(); !candidates.isEmpty(); ) {
            var found = first(candidates, broken);
            if (found == null) break;
            script = found;
            best = new Rehearsal(script).run();
            candidates = script.shorter();
        }
        return best;
    }

    private static Script first(List<Script> candidates, Verdict broken) {
        return candidates.stream()
                .filter(one -> kind(new Rehearsal(one).run()).equals(kind(broken)))
                .findFirst()
                .orElse(null);
    }

    /** What was wrong, without the ids and numbers in it. */
    private static String kind(Verdict verdict) {
        var words = verdict.violation().replaceAll("[0-9a-f]{6,}|\\d+", "#");
        return words.substring(0, Math.min(40, words.length()));
    }

    private static void tell(Verdict verdict) {
        System.out.println("seed " + verdict.seed() + ", trace " + verdict.trace()
                + (verdict.clean() ? ": clean" : ": a law is broken"));
        verdict.story().forEach(line -> System.out.println("  " + line));
    }
}
