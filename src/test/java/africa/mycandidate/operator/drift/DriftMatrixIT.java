package africa.mycandidate.operator.drift;

import africa.mycandidate.operator.contract.Exceptions;
import africa.mycandidate.operator.contract.OverTheWire;
import africa.mycandidate.operator.reconcile.Bench;
import africa.mycandidate.operator.resource.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The same on moto, over the wire: one change on a resource of each type at a time. What moto cannot do is tried alone, and has to fail as it always has. */
class DriftMatrixIT extends DriftMatrix {
    private final OverTheWire wire = new OverTheWire();
    private Bench bench;
    private final Exceptions exceptions = Exceptions.ofMoto();

    @Override
    Bench open() {
        if (bench == null) bench = new MotoBench(wire);
        return bench;
    }

    @Override
    Exceptions exceptions() {
        return exceptions;
    }

    @Override
    boolean isHiddenWhileChanging(Case one) {
        return false;
    }

    @Override
    Duration afterwork() {
        return Duration.ofMinutes(2);
    }

    /** In moto a task runs for ever, and what a distribution serves is not looked at. */
    @Override
    List<String> more() {
        return List.of();
    }

    @Override
    Duration patience() {
        return Duration.ofMinutes(20);
    }

    @Override
    List<List<Case>> rounds(List<Case> cases) {
        var rounds = new ArrayList<List<Case>>();
        var left = new LinkedHashSet<Case>();
        for (var one : cases) {
            // What waits for the bucket's policy is not told beside it.
            var alone = one.isGone() || one.key().type() == Bucket.class;
            if (alone || exceptions.of(one.type(), one.what()).isPresent()) rounds.add(List.of(one));
            else left.add(one);
        }
        while (!left.isEmpty()) {
            var types = new HashSet<String>();
            var round = left.stream().filter(one -> types.add(one.type())).toList();
            left.removeAll(round);
            rounds.add(round);
        }
        return rounds;
    }

    @AfterAll
    void close() {
        wire.close();
    }
}
