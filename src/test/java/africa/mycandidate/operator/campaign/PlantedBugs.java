package africa.mycandidate.operator.campaign;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes of operators, from the literature, from other projects' issues ({@code lessons}) and from the design's own warnings ({@code design}). */
final class PlantedBugs {
    private PlantedBugs() {}

    static List<PlantedBug> all() {
        return Stream.of(
                        LookingBugs.all(),
                        DataBugs.all(),
                        ServingBugs.all(),
                        ReleaseBugs.all(),
                        ManneredBugs.all(),
                        TellingBugs.all())
                .flatMap(List::stream)
                .toList();
    }
}
