package africa.mycandidate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values for a leaf, good and bad, from the schema alone: its enum, bounds and lengths, the literals and regular expressions of its rules, and the examples that
 * its own sentences give ("such as …", "Default …"). Which of them are good is for the door to say.
 *
 * @param everywhere examples of all leaves, for a leaf that gives no second one
 * @param real what stands in the simulated AWS, by how its ARN begins
 */
record Values(Set<String> everywhere, Map<String, String> real) {
    private static final Pattern EXAMPLE = Pattern.compile(
            "(?:such as|Default|[Ww]rite|for) (?:\"([^\"]+)\"|(\\[?[A-Za-z0-9/][^ ,;\"]*))|\"([^\"]+)\"");
    /** Not one of the sentence's own words. */
    private static final Pattern TELLING = Pattern.compile("[^a-z.]");

    private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z0-9_.'-])\\d+(?![A-Za-z0-9_.'])");
    private static final int MANY = 24;
    private static final int LONG = 100;

    /** Where a value comes from, the most telling first. */
    enum Origin {
        ENUM,
        REAL,
        EXAMPLE,
        RAISED,
        RULE,
        ELSEWHERE,
        PATTERN,
        LENGTH,
        NAME,
        WRONG
    }

    /** The value of a field that is taken out. */
    static final Object OMITTED = "(omitted)";

    record Value(Object value, Origin origin) {}

    static Values of(List<Leaf> leaves, Map<String, String> real) {
        return new Values(
                leaves.stream()
                        .flatMap(leaf -> examples(leaf).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                real);
    }

    /** Each value once. */
    List<Value> of(Leaf leaf) {
        var values = new LinkedHashMap<Object, Value>();
        shaped(leaf, values);
        wrong(leaf).forEach(one -> values.putIfAbsent(one, new Value(one, Origin.WRONG)));
        return List.copyOf(values.values());
    }

    private void shaped(Leaf leaf, Map<Object, Value> values) {
        switch (leaf.type()) {
            case "boolean" -> Stream.of(true, false).forEach(one -> values.put(one, new Value(one, Origin.ENUM)));
            case "integer" -> numbers(leaf).forEach(one -> values.put(one, new Value(one, Origin.RULE)));
            case "string" -> words(leaf, leaf.schema()).forEach(one -> values.putIfAbsent(one.value(), one));
            case "array" -> lists(leaf).forEach(one -> values.putIfAbsent(one.value(), one));
            case "object" -> {
                if (leaf.schema().has("additionalProperties"))
                    maps(leaf).forEach(one -> values.putIfAbsent(one.value(), one));
                else values.put(Map.of(), new Value(Map.of(), Origin.ENUM));
            }
            default -> throw new IllegalStateException(leaf + ": no values are known of type " + leaf.type());
        }
    }

    private static List<Object> wrong(Leaf leaf) {
        return switch (leaf.type()) {
            case "boolean" -> List.of("yes", 1L);
            case "integer" -> List.of("many", 1.5, true);
            case "string" -> List.of(1L, true, List.of("a"), "", " ");
            case "array" -> List.of("a", Map.of(), List.of(1L));
            default -> List.of("a", 1L, List.of());
        };
    }

    /** Bounds and every number that a rule or the description names, with its neighbours. */
    private static Set<Long> numbers(Leaf leaf) {
        var numbers = new TreeSet<Long>();
        for (var bound : List.of("minimum", "maximum"))
            if (leaf.schema().has(bound)) around(leaf.schema().path(bound).asLong(), numbers);
        var texts = Stream.concat(leaf.rules().stream().map(Leaf.Rule::source), Stream.of(description(leaf)));
        texts.forEach(text -> {
            var matcher = NUMBER.matcher(text);
            while (matcher.find()) around(Long.parseLong(matcher.group()), numbers);
        });
        return numbers;
    }

    private static void around(long number, Set<Long> numbers) {
        numbers.addAll(List.of(number - 1, number, number + 1));
    }

    private List<Value> words(Leaf leaf, JsonNode schema) {
        var words = new LinkedHashSet<Value>();
        schema.path("enum").forEach(one -> words.add(new Value(one.asText(), Origin.ENUM)));
        var examples = examples(leaf);
        var literals = literals(leaf);
        for (var word : Stream.concat(examples.stream(), literals.stream()).toList())
            real.forEach((start, thing) -> {
                if (word.startsWith(start) || word.startsWith("^" + start.substring(0, start.indexOf(':', 4))))
                    words.add(new Value(thing, Origin.REAL));
            });
        examples.forEach(one -> words.add(new Value(one, Origin.EXAMPLE)));
        examples.forEach(one -> raised(one).forEach(next -> words.add(new Value(next, Origin.RAISED))));
        for (var literal : literals)
            if (literal.startsWith("^")) Regex.words(literal).forEach(one -> words.add(new Value(one, Origin.PATTERN)));
            else words.add(new Value(literal, Origin.RULE));
        for (var bound : List.of("minLength", "maxLength"))
            if (schema.has(bound)) lengths(literals, schema.path(bound).asInt(), words);
        everywhere.forEach(one -> words.add(new Value(one, Origin.ELSEWHERE)));
        return List.copyOf(words);
    }

    /** A bound and its neighbours, by what the patterns take, and by any letters. */
    private static void lengths(Set<String> literals, int bound, Set<Value> words) {
        for (var length : List.of(bound, bound + 1)) {
            for (var literal : literals)
                if (literal.startsWith("^"))
                    Regex.words(literal, length).forEach(one -> words.add(new Value(one, Origin.LENGTH)));
            words.add(new Value("a".repeat(length), Origin.LENGTH));
        }
    }

    /** The same with each of its numbers one higher: the next version, the next size. */
    private static List<String> raised(String word) {
        return Pattern.compile("\\d{1,6}")
                .matcher(word)
                .results()
                .map(found -> word.substring(0, found.start())
                        + (Integer.parseInt(found.group()) + 1)
                        + word.substring(found.end()))
                .toList();
    }

    private List<Value> lists(Leaf leaf) {
        var items = words(leaf, leaf.schema().path("items"));
        var lists = new ArrayList<Value>();
        for (var item : items) lists.add(new Value(List.of(item.value()), item.origin()));
        lists.add(new Value(List.of(), Origin.RULE));
        // Ids that differ: each a letter longer.
        var ids = new ArrayList<Object>();
        for (var literal : literals(leaf))
            if (literal.startsWith("^"))
                for (var length = 8; length < 16; length++) ids.addAll(Regex.words(literal, length));
        for (var at = 0; at + 1 < ids.size(); at += 2)
            lists.add(new Value(List.copyOf(ids.subList(at, at + 2)), Origin.PATTERN));
        for (var first : items.subList(0, Math.min(4, items.size())))
            for (var bound : bounds(leaf, "Items")) {
                var many = new ArrayList<Object>();
                for (var i = 0; i < bound; i++) many.add(first.value() + (i == 0 ? "" : String.valueOf(i)));
                lists.add(new Value(List.copyOf(many), Origin.LENGTH));
            }
        return lists;
    }

    private List<Value> maps(Leaf leaf) {
        var names = names(leaf);
        var values = words(leaf, leaf.schema().path("additionalProperties"));
        var maps = new ArrayList<Value>();
        maps.add(new Value(Map.of(), Origin.RULE));
        for (var name : names)
            if (name.length() > LONG)
                maps.add(new Value(Map.of(name, values.getFirst().value()), Origin.NAME));
        for (var name : names)
            for (var value : values.subList(0, Math.min(MANY, values.size())))
                maps.add(new Value(Map.of(name, value.value()), value.origin()));
        for (var value : values)
            if (value.origin() == Origin.LENGTH || value.origin() == Origin.REAL)
                maps.add(new Value(Map.of(names.getFirst(), value.value()), value.origin()));
        for (var first : values.subList(0, Math.min(4, values.size())))
            for (var bound : bounds(leaf, "Properties")) {
                var many = new LinkedHashMap<String, Object>();
                for (var i = 0; i < bound; i++) many.put("KEY_" + i, first.value());
                maps.add(new Value(Collections.unmodifiableMap(many), Origin.LENGTH));
            }
        return maps;
    }

    private static List<Integer> bounds(Leaf leaf, String of) {
        return Stream.of("min" + of, "max" + of)
                .filter(leaf.schema()::has)
                .map(bound -> leaf.schema().path(bound).asInt())
                .flatMap(bound -> Stream.of(bound - 1, bound, bound + 1))
                .filter(size -> size > 0)
                .toList();
    }

    private static List<String> names(Leaf leaf) {
        var names = new LinkedHashSet<>(examples(leaf));
        for (var literal : literals(leaf)) {
            if (literal.startsWith("^")) {
                names.addAll(Regex.words(literal));
                names.add(Regex.longest(literal));
            } else names.add(literal);
        }
        return names.stream().filter(name -> !name.isEmpty()).limit(2 * MANY).toList();
    }

    private static String description(Leaf leaf) {
        return leaf.schema().path("description").asText();
    }

    private static Set<String> examples(Leaf leaf) {
        var examples = new LinkedHashSet<String>();
        var texts = Stream.concat(
                Stream.of(description(leaf)), leaf.rules().stream().map(Leaf.Rule::words));
        texts.forEach(text -> EXAMPLE.matcher(text).results().forEach(found -> {
            for (var group = 1; group <= 3; group++)
                if (found.group(group) != null
                        && (group == 1
                                || group == 3
                                || TELLING.matcher(found.group(group)).find()))
                    examples.add(found.group(group).replaceAll("[.:]+$", ""));
        }));
        return examples;
    }

    private static Set<String> literals(Leaf leaf) {
        var literals = leaf.rules().stream()
                .flatMap(rule -> LITERAL.matcher(rule.source()).results())
                .map(found -> found.group(1).replace("\\\\", "\\"));
        var pattern = Stream.of("", "items", "additionalProperties")
                .map(of -> of.isEmpty() ? leaf.schema() : leaf.schema().path(of))
                .filter(schema -> schema.has("pattern"))
                .map(schema -> schema.path("pattern").asText());
        return Stream.concat(pattern, literals).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
