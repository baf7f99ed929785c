package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Certain writes go wrong, to AWS or to Kubernetes, one after the other. */
final class Mishaps implements Port {
    enum Way {
        DIES_BEFORE,
        /** After the effect, before the answer. */
        DIES_AFTER,
        /** The effect happens, and the process lives on without the answer. */
        LOSES_THE_ANSWER
    }

    /** @param after how many writes since the last one */
    record Mishap(int after, Way way) {}

    private final Deque<Mishap> left;
    private int count;

    Mishaps(Mishap... all) {
        this.left = new ArrayDeque<>(List.of(all));
    }

    /** Whether some of them did not come to happen. */
    boolean isUnfinished() {
        return !left.isEmpty();
    }

    @Override
    public Object pass(Effect effect, Call call) throws Throwable {
        if (!effect.mutating() || left.isEmpty() || count++ < left.peek().after()) return call.run();
        count = 0;
        var way = left.pop().way();
        if (way == Way.DIES_BEFORE) throw new Simulation.Crash();
        call.run();
        if (way == Way.DIES_AFTER) throw new Simulation.Crash();
        throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
    }
}
