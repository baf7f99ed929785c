package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.reconcile.Sabotage;
import java.util.function.Supplier;

/**
 * A mistake that some operator made.
 *
 * @param source where it was described
 * @param sabotage puts it into one rehearsal
 */
record PlantedBug(String name, String source, Supplier<Sabotage> sabotage) {
    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
