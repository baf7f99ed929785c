package africa.mycandidate.operator.campaign;

import java.util.ArrayList;
import java.util.List;

/** What is sailed in one world: leaf after leaf from the base and back, or one way where there is none back. */
record Route(String base, Document start, List<List<Case>> leaves, boolean reversed) {
    /** So many values that AWS refuses are tried of a leaf, once one is found that it takes; the most telling come first. */
    private static final int ENOUGH = 1;

    /**
     * One apply and what it came to.
     *
     * @param sequence such as {@code S0→S1→S0}
     * @param from the case that it is about
     * @param toBase whether it goes back to the base
     */
    record Leg(String sequence, Case from, boolean toBase, Voyage.Landing landing) {}

    /** @param fresh what the start came to */
    record Log(Route route, Voyage.Landing fresh, List<Leg> legs) {}

    static Route there(String base, Document start, List<List<Case>> leaves) {
        return new Route(base, start, leaves, false);
    }

    Log sail() {
        var voyage = new Voyage();
        var legs = new ArrayList<Leg>();
        if (reversed) {
            var only = leaves.getFirst().getFirst();
            var fresh = voyage.to(only.after());
            legs.add(new Leg("S1→S0", only, true, voyage.to(only.before())));
            return new Log(this, fresh, legs);
        }
        var fresh = voyage.to(start);
        for (var cases : leaves) leaf(voyage, cases, legs);
        return new Log(this, fresh, legs);
    }

    private void leaf(Voyage voyage, List<Case> cases, List<Leg> legs) {
        Case good = null;
        var bad = 0;
        for (var one : cases) {
            if (bad >= ENOUGH && good != null) return;
            var there = voyage.to(one.after());
            if (there.end() == Voyage.End.READY) {
                legs.add(new Leg("S0→S1", one, false, there));
                if (good == null) good = one;
            } else {
                bad++;
                legs.add(new Leg("S0→bad", one, false, there));
                if (good != null && good.returns())
                    legs.add(new Leg("S0→bad→S1", good, false, voyage.to(good.after())));
            }
            if (one.returns())
                legs.add(new Leg(
                        there.end() == Voyage.End.READY ? "S0→S1→S0" : "S0→bad→S0", one, true, voyage.to(start)));
        }
    }
}
