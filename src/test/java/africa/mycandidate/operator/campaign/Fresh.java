package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.SpecCheck;
import africa.mycandidate.operator.cli.Door;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a stack made of nothing with a spec comes to. Two specs share one new world where neither changes a record of the other: a thing in AWS follows from its
 * record, and what that refers to is compared by the part that it plays.
 */
final class Fresh {
    private static final Pattern TAGGED = Pattern.compile("[A-Z][A-Za-z]+/.*");

    private final Map<String, Shapes> bases;
    private final Map<Case, Voyage.Landing> worlds;

    /** Cases that are made together. */
    private static final class Pack {
        private Document document;
        private final List<Case> cases = new ArrayList<>();

        private Pack(Case first) {
            document = first.after();
            cases.add(first);
        }

        /** Whether the case found a place in which its records are as it asks for, and those of the others too. */
        private boolean takes(Case one) {
            if (!one.base().equals(cases.getFirst().base()) || alone(one) || alone(cases.getFirst())) return false;
            if (cases.stream().anyMatch(other -> clash(one, other))) return false;
            var together = one.value().value() == Values.OMITTED
                    ? document.without(one.leaf().path())
                    : document.with(one.leaf().path(), one.value().value());
            if (!Door.refusals(together.content()).isEmpty()
                    || !SpecCheck.problems(together.spec()).isEmpty()) return false;
            var stack = Case.stack(together);
            if (!keeps(one, stack) || !cases.stream().allMatch(other -> keeps(other, stack))) return false;
            document = together;
            cases.add(one);
            return true;
        }

        private static boolean clash(Case one, Case other) {
            return one.touches().stream()
                    .anyMatch(key -> other.touches().contains(key)
                            && !Objects.equals(
                                    one.stack().resources().get(key),
                                    other.stack().resources().get(key)));
        }

        private static boolean alone(Case one) {
            return Exceptions.UNSERVED.containsKey(one.toString());
        }

        private static boolean keeps(Case one, Stack stack) {
            return one.stack().tags().equals(stack.tags())
                    && one.touches().stream()
                            .allMatch(key -> Objects.equals(
                                    one.stack().resources().get(key),
                                    stack.resources().get(key)));
        }
    }

    private Fresh(Map<String, Shapes> bases, Map<Case, Voyage.Landing> worlds) {
        this.bases = bases;
        this.worlds = worlds;
    }

    /** @param bases what each base came to, made of nothing */
    static Fresh of(Map<String, Shapes> bases, List<Case> cases) {
        var packs = new ArrayList<Pack>();
        for (var one : cases) if (packs.stream().noneMatch(pack -> pack.takes(one))) packs.add(new Pack(one));
        var made = packs.parallelStream()
                .map(pack -> new Voyage().made(pack.document))
                .toList();
        var worlds = new LinkedHashMap<Case, Voyage.Landing>();
        for (var i = 0; i < packs.size(); i++) for (var one : packs.get(i).cases) worlds.put(one, made.get(i));
        return new Fresh(bases, worlds);
    }

    int worlds() {
        return (int) worlds.values().stream().distinct().count();
    }

    /** How what an apply came to differs from a fresh base. */
    Map<String, String> differences(String base, Shapes actual) {
        return differences(actual, bases.get(base), Set.of(), bases.get(base));
    }

    /** How what an apply came to differs from the case made of nothing. */
    Map<String, String> differences(Case one, Shapes actual) {
        var touched = one.touches().stream().map(Key::toString).collect(Collectors.toSet());
        return differences(
                actual, bases.get(one.base()), touched, worlds.get(one).shapes());
    }

    /** The cases that never serve when made of nothing. */
    List<Case> unserved() {
        return worlds.entrySet().stream()
                .filter(entry -> entry.getValue().end() != Voyage.End.READY)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What carries no tag of ours has no record to go by: it is as in either. */
    private static Map<String, String> differences(Shapes actual, Shapes base, Set<String> touched, Shapes fresh) {
        var names = actual.differing(fresh);
        names.addAll(actual.differing(base));
        var differences = new TreeMap<String, String>();
        for (var name : names) {
            var asBase = actual.difference(base, name);
            var asFresh = actual.difference(fresh, name);
            var tagged = TAGGED.matcher(name).matches();
            if (touched.contains(name)) {
                if (!asFresh.isEmpty()) differences.put(name, asFresh);
            } else if (!asBase.isEmpty()
                    && !Exceptions.stays(name, fresh)
                    && !(asFresh.isEmpty() && Exceptions.FOLLOWS.contains(name))
                    && (tagged || !asFresh.isEmpty())) differences.put(name, asBase);
        }
        return differences;
    }
}
