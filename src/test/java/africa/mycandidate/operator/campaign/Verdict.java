package africa.mycandidate.operator.campaign;

import java.time.Duration;
import java.util.List;

/**
 * How a rehearsal went.
 *
 * @param violation what must never be so, and was; empty where all was well
 * @param story what happened, a line each
 * @param trace the hash of everything that the operator did
 * @param simulated how much time passed in it
 * @param recovery from the end of all trouble until Ready
 * @param idle of that, the time in which AWS had nothing under way
 */
record Verdict(
        long seed,
        String violation,
        List<String> story,
        String trace,
        Duration simulated,
        Duration recovery,
        Duration idle,
        int effects) {
    boolean clean() {
        return violation.isEmpty();
    }
}
