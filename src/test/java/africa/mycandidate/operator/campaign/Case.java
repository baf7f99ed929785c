package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.SpecCheck;
import africa.mycandidate.operator.cli.Door;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.stack.Asked;
import africa.mycandidate.operator.stack.Blueprint;
import africa.mycandidate.operator.stack.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A leaf with a value that a new object may have.
 *
 * @param base which base it stands on
 * @param before the base, with what the leaf needs beside it
 * @param there why an object with {@code before} may not come to have {@code after}; empty where it may
 * @param back the same for the way back
 * @param stack what it comes to, by the blueprint; null where the operator itself refuses it
 * @param touches resources whose records differ, by the blueprint
 */
record Case(
        Leaf leaf,
        Values.Value value,
        String base,
        Document before,
        Document after,
        List<String> there,
        List<String> back,
        Stack stack,
        Set<Key> touches) {
    static Case of(Leaf leaf, Values.Value value, String base, Document before, Document after) {
        var stack = SpecCheck.problems(after.spec()).isEmpty() ? stack(after) : null;
        return new Case(
                leaf,
                value,
                base,
                before,
                after,
                Door.refusals(before.content(), after.content()),
                Door.refusals(after.content(), before.content()),
                stack,
                stack == null ? Set.of() : differing(stack(before), stack));
    }

    /** The resources whose records or tags differ. */
    private static Set<Key> differing(Stack one, Stack other) {
        var keys = new TreeSet<>(one.resources().keySet());
        keys.addAll(other.resources().keySet());
        if (one.tags().equals(other.tags()) && one.adopted().equals(other.adopted()))
            keys.removeIf(key ->
                    Objects.equals(one.resources().get(key), other.resources().get(key)));
        return keys;
    }

    /** As the operator draws it up, in the account and region of the spec. */
    static Stack stack(Document document) {
        var spec = document.spec();
        var account = spec.account() == null
                ? Simulation.ACCOUNT
                : spec.account().roleArn().split(":")[4];
        var zones =
                Stream.of("a", "b", "c").map(letter -> spec.region() + letter).toList();
        return Blueprint.of(
                new Identity(account, spec.region(), "mycandidate", "southafrica"),
                "uid",
                spec,
                Asked.NOTHING,
                new Facts("aws", account, spec.region(), zones),
                Instant.parse("2026-01-05T00:00:00Z"));
    }

    boolean goes() {
        return there.isEmpty();
    }

    boolean returns() {
        return back.isEmpty() && !Exceptions.STAYS.containsKey(leaf.toString());
    }

    /** Its value in a line. */
    String words() {
        var text = String.valueOf(value.value());
        return text.length() <= 60 ? text : text.substring(0, 40) + "… (" + text.length() + " characters)";
    }

    @Override
    public String toString() {
        return leaf + " = " + words();
    }
}
