package africa.mycandidate.operator.campaign;

import java.time.Instant;

/** A running hash over everything that an operator did and was told, in order: two runs of one seed have the same. */
final class Trace {
    private long hash = 1_125_899_906_842_597L;
    private int length;

    void note(Instant at, String what) {
        hash = (hash * 31 + at.toEpochMilli()) * 31 + what.hashCode();
        length++;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return "%016x".formatted(hash);
    }
}
