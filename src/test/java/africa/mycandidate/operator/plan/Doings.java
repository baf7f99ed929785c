package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Resource;
import java.util.Set;

/**
 * What somebody else did, as a test says it.
 *
 * @param drifted fields that they changed, of whatever resource
 * @param gone what they deleted
 * @param added what they made
 * @param when since when it is so
 */
record Doings(Set<String> drifted, Set<Key> gone, Set<Key> added, String when) implements Policy.Origin {
    static final Doings NONE = new Doings(Set.of(), Set.of(), Set.of(), "Monday");

    static Doings drift(String... fields) {
        return new Doings(Set.of(fields), Set.of(), Set.of(), "Monday");
    }

    static Doings gone(Key... keys) {
        return new Doings(Set.of(), Set.of(keys), Set.of(), "Monday");
    }

    static Doings added(Key... keys) {
        return new Doings(Set.of(), Set.of(), Set.of(keys), "Monday");
    }

    Doings since(String other) {
        return new Doings(drifted, gone, added, other);
    }

    /** Drift is reported, and left as it is. */
    Policy leftAlone() {
        return new Policy(
                this, "driftPolicy is Report", false, new Policy.Window(true, ""), Policy.Freeze.NONE, Set.of());
    }

    /** Drift is put back at once only where nobody feels it. */
    Policy outsideTheWindow(String... approved) {
        return new Policy(this, "", false, new Policy.Window(false, "Sun 02:00"), Policy.Freeze.NONE, Set.of(approved));
    }

    Policy inTheWindow() {
        return new Policy(this, "", false, new Policy.Window(true, "Sun 02:00"), Policy.Freeze.NONE, Set.of());
    }

    /** What users feel waits for an approval, whoever asked for it. */
    Policy approval(String... approved) {
        return new Policy(this, "", true, new Policy.Window(true, ""), Policy.Freeze.NONE, Set.of(approved));
    }

    /** An election is on. @param repairs whether nobody is answered any more */
    Policy frozen(boolean repairs, String... approved) {
        var freeze = new Policy.Freeze(Interruption.RESTART, Set.of(), repairs, "the election national");
        return new Policy(this, "", false, new Policy.Window(true, ""), freeze, Set.of(approved));
    }

    /** An election is near or on that has a class of its own, and freezes nothing else. */
    Policy keepingSizes(String... approved) {
        var freeze = new Policy.Freeze(null, Set.of("instanceClass"), false, "the election national");
        return new Policy(this, "", false, new Policy.Window(true, ""), freeze, Set.of(approved));
    }

    @Override
    public boolean isDrift(Key key, Resource want, String field) {
        return drifted.contains(field);
    }

    @Override
    public boolean isGone(Key key, Resource want) {
        return gone.contains(key);
    }

    @Override
    public boolean isAdded(Key key) {
        return added.contains(key);
    }

    @Override
    public String since(Key key, String field) {
        return when;
    }
}
