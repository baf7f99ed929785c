package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.reconcile.Sabotage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A mistake that some operator made.
 *
 * @param source where it was described
 * @param script the life that brings it out
 * @param rule words of the violation that it must come to: a mistake that breaks another law than its own is not caught
 * @param sabotage puts it into one rehearsal
 */
record PlantedBug(String name, String source, BugScript script, String rule, Supplier<Sabotage> sabotage) {
    boolean isShownBy(Verdict verdict) {
        return Pattern.compile(rule, Pattern.DOTALL)
                .matcher(verdict.violation())
                .find();
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
