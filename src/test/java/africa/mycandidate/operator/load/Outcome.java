package africa.mycandidate.operator.load;

import java.util.Comparator;
import java.util.List;

/**
 * What a step of load did.
 *
 * @param back seconds from the beginning of the step until the 95th percentile was good for good; 0 when it was never lost, infinite when it did not come back
 * @param worst the worst 95th percentile of ten seconds
 * @param failed share of the pages since then that ended in an error
 * @param firstScaled seconds until the first task was asked for
 * @param serving tasks that serve in the end
 */
record Outcome(double back, double worst, double failed, double firstScaled, int serving) {
    static Outcome of(Latencies latencies, int began, int lasted, double firstScaled, int serving) {
        var p95 = latencies.p95();
        var first = began / Latencies.WINDOW_SECONDS;
        // Whoever came in the last minute may not have been answered yet.
        var end = (began + lasted - (int) Latencies.IDLE_TIMEOUT) / Latencies.WINDOW_SECONDS;
        var lastBad = -1;
        var worst = 0.0;
        for (var window = first; window < end; window++) {
            worst = Math.max(worst, p95[window]);
            if (p95[window] > LoadStep.GOOD_SECONDS) lastBad = window - first;
        }
        var back = lastBad == end - first - 1 ? Double.POSITIVE_INFINITY : (lastBad + 1.0) * Latencies.WINDOW_SECONDS;
        return new Outcome(back, worst, latencies.failedShare(), firstScaled, serving);
    }

    /** The middle of several, in each respect. */
    static Outcome median(List<Outcome> outcomes) {
        return pick(outcomes, outcomes.size() / 2);
    }

    static Outcome worst(List<Outcome> outcomes) {
        return pick(outcomes, outcomes.size() - 1);
    }

    private static Outcome pick(List<Outcome> outcomes, int rank) {
        return new Outcome(
                sorted(outcomes, Comparator.comparing(Outcome::back)).get(rank).back(),
                sorted(outcomes, Comparator.comparing(Outcome::worst)).get(rank).worst(),
                sorted(outcomes, Comparator.comparing(Outcome::failed))
                        .get(rank)
                        .failed(),
                sorted(outcomes, Comparator.comparing(Outcome::firstScaled))
                        .get(rank)
                        .firstScaled(),
                sorted(outcomes, Comparator.comparing(Outcome::serving))
                        .get(rank)
                        .serving());
    }

    private static List<Outcome> sorted(List<Outcome> outcomes, Comparator<Outcome> by) {
        return outcomes.stream().sorted(by).toList();
    }
}
