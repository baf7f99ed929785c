package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.campaign.Values.Origin;
import africa.mycandidate.operator.cli.Door;
import africa.mycandidate.operator.model.Canonical;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every value of every leaf, sorted by the door: which a new object may have, on which base, and what is said to the others. */
final class Cases {
    private static final Set<Object> EMPTY = Set.of(List.of(), Map.of());

    private final Map<String, Document> bases;
    private final Map<List<String>, Leaf> leaves = new LinkedHashMap<>();
    private final Values values;
    private final Map<Leaf, Sorted> sorted = new LinkedHashMap<>();

    /**
     * @param cases what a new object may have
     * @param refused each other value with what is said to it on the first base
     */
    record Sorted(List<Case> cases, Map<Values.Value, List<String>> refused) {
        /** Whether the door keeps the whole leaf out, with a value that is not at fault itself. */
        boolean unsupported() {
            return cases.stream().allMatch(one -> EMPTY.contains(one.value().value()))
                    && refused.values().stream()
                            .anyMatch(words -> !words.isEmpty()
                                    && words.stream().allMatch(one -> one.contains("not supported yet")));
        }

        /** Values that would change AWS: the least and the most of numbers, else some of each origin. */
        List<Case> telling() {
            var distinct = new LinkedHashMap<String, Case>();
            cases.stream()
                    .filter(one -> !one.touches().isEmpty())
                    .forEach(one -> distinct.putIfAbsent(one.base() + Canonical.hash(one.stack()), one));
            return spread(List.copyOf(distinct.values()));
        }

        private static List<Case> spread(List<Case> cases) {
            var counts = new EnumMap<Origin, Integer>(Origin.class);
            var numbers = cases.stream()
                    .filter(one -> one.value().value() instanceof Long)
                    .collect(Collectors.groupingBy(Case::base));
            var own = cases.stream()
                    .map(one -> one.value().origin())
                    .anyMatch(origin -> origin == Origin.REAL || origin == Origin.EXAMPLE);
            return cases.stream()
                    .filter(one -> {
                        var origin = one.value().origin();
                        if (one.value().value() instanceof Long) {
                            var same = numbers.get(one.base());
                            return one == same.getFirst() || one == same.getLast();
                        }
                        if (origin == Origin.ENUM) return true;
                        if (origin == Origin.ELSEWHERE && own) return false;
                        return counts.merge(origin, 1, Integer::sum) <= (origin == Origin.RAISED ? 2 : 1);
                    })
                    .sorted(Comparator.comparing(one -> one.value().origin()))
                    .toList();
        }
    }

    private Cases(Map<String, Document> bases, List<Leaf> all, Values values) {
        this.bases = bases;
        this.values = values;
        all.forEach(leaf -> leaves.put(leaf.path(), leaf));
    }

    /** @param bases good documents, the shortest first: a value stands on the first that takes it */
    static Map<Leaf, Sorted> of(Map<String, Document> bases, List<Leaf> all, Values values) {
        bases.forEach((name, base) -> {
            var refusals = Door.refusals(base.content());
            if (!refusals.isEmpty()) throw new IllegalStateException("the base " + name + " is refused: " + refusals);
        });
        var cases = new Cases(bases, all, values);
        all.forEach(leaf -> cases.sorted.put(leaf, cases.sort(leaf)));
        return cases.sorted;
    }

    private Sorted sort(Leaf leaf) {
        var good = new ArrayList<Case>();
        var refused = new LinkedHashMap<Values.Value, List<String>>();
        var starts = bases.entrySet().stream()
                .map(base -> start(base.getKey(), base.getValue(), leaf))
                .toList();
        for (var value : Stream.concat(values.of(leaf).stream(), omission(leaf)).toList()) {
            var taken = starts.stream()
                    .filter(start -> start.refusals(value).isEmpty())
                    .findFirst();
            if (taken.isPresent()) good.add(taken.get().with(value));
            else refused.put(value, starts.getFirst().refusals(value));
        }
        return new Sorted(List.copyOf(good), refused);
    }

    /**
     * Where a leaf's sequences begin.
     *
     * @param company the base with what the leaf needs beside it
     */
    private record Start(Leaf leaf, String base, Document before, Document company) {
        Document after(Values.Value value) {
            return value.value() == Values.OMITTED
                    ? company.without(leaf.path())
                    : company.with(leaf.path(), value.value());
        }

        List<String> refusals(Values.Value value) {
            return Door.refusals(after(value).content());
        }

        Case with(Values.Value value) {
            return Case.of(leaf, value, base, before, after(value));
        }
    }

    /** Without a field that its block requires there is no block. */
    private Start start(String name, Document base, Leaf leaf) {
        var company = complete(base, leaf);
        return new Start(leaf, name, leaf.required() ? base : company, company);
    }

    private Stream<Values.Value> omission(Leaf leaf) {
        return bases.values().iterator().next().has(leaf.path())
                ? Stream.of(new Values.Value(Values.OMITTED, Origin.ENUM))
                : Stream.empty();
    }

    /** With the fields that the schema requires beside the leaf, in the blocks that are there for its sake. */
    private Document complete(Document base, Leaf leaf) {
        var document = base.has(leaf.path()) ? base : withBest(base, leaf);
        for (var depth = 1; depth < leaf.path().size(); depth++) {
            var block = leaf.path().subList(0, depth);
            for (var sibling : leaves.values()) {
                var beside = sibling.path().size() == depth + 1
                        && sibling.path().subList(0, depth).equals(block)
                        && sibling.required()
                        && !sibling.equals(leaf);
                if (beside && !document.has(sibling.path())) document = withBest(document, sibling);
            }
        }
        return base.has(leaf.path()) ? document : document.without(leaf.path());
    }

    /** With the value against which least is said. */
    private Document withBest(Document document, Leaf leaf) {
        return values.of(leaf).stream()
                .map(one -> document.with(leaf.path(), one.value()))
                .min(Comparator.comparingInt(one -> Door.refusals(one.content()).size()))
                .orElseThrow();
    }
}
