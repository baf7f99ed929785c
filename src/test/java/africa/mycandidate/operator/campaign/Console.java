package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.drift.Tampering;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.resource.Handlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.exception.SdkException;

/** Somebody's hand in the AWS console: anything that can be changed or deleted of a stack, but for the data themselves. */
final class Console {
    private record Slip(Key key, String field, Tampering.Deed deed) {
        @Override
        public String toString() {
            return key + (field.isEmpty() ? "" : " " + field) + ", " + deed.what();
        }
    }

    private Console() {}

    /** Changes something. Returns what, and what became of it. */
    static String slip(Simulation simulation, Random random) {
        var slips = slips(simulation);
        return commit(simulation, slips.get(random.nextInt(slips.size())));
    }

    /** Makes the slip whose description begins so. */
    static String slip(Simulation simulation, String what) {
        return commit(
                simulation,
                slips(simulation).stream()
                        .filter(one -> one.toString().startsWith(what))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nobody does this: " + what)));
    }

    private static List<Slip> slips(Simulation simulation) {
        var slips = new ArrayList<Slip>();
        var stack = simulation.stack();
        for (var key : stack.resources().keySet()) {
            for (var field : Tampering.fields(stack.resources().get(key)))
                deeds(key, field).forEach(deed -> slips.add(new Slip(key, field, deed)));
            if (key.type().getAnnotation(AwsType.class).data().isEmpty())
                Tampering.wholly(key.type()).forEach(deed -> slips.add(new Slip(key, "", deed)));
        }
        slips.sort(Comparator.comparing(Slip::toString));
        return slips;
    }

    private static String commit(Simulation simulation, Slip slip) {
        var stack = simulation.stack();
        var inventory = new Inventory(Handlers.all(simulation.clients(), new Random(1)), simulation::now, new Serial());
        var seen = inventory.look(stack.identity().stack(), stack.places(), where -> simulation.now());
        var have = seen.ours(slip.key().type(), slip.key().role()).stream()
                .filter(one -> one.phase() != Phase.GONE && one.phase() != Phase.RESTORABLE)
                .findFirst();
        if (have.isEmpty()) return slip + ": it is not there";
        try {
            slip.deed().commit(simulation.clients(), have.get());
            return slip.toString();
        } catch (SdkException | IndexOutOfBoundsException | java.util.NoSuchElementException refused) {
            return slip + ": it cannot be done now";
        }
    }

    private static List<Tampering.Deed> deeds(Key key, String field) {
        try {
            return Tampering.of(key.type(), field);
        } catch (AssertionError nobodyTampersWithIt) {
            return List.of();
        }
    }
}
