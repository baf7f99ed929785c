package africa.mycandidate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A field of the spec that is no block of others: a number, a word, a list or a map of words, or a block without fields.
 *
 * @param path names from the spec downwards; {@link #ITEM} stands for an item of a list
 * @param rules CEL rules of this level and those above that mention it, with their sentences
 */
record Leaf(List<String> path, JsonNode schema, boolean required, List<Rule> rules) {
    static final String ITEM = "[]";

    record Rule(String source, String words) {}

    /** Every leaf of the spec, as the schema has them. */
    static List<Leaf> of(JsonNode spec) {
        var leaves = new ArrayList<Leaf>();
        walk(List.of(), spec, true, List.of(), leaves);
        return List.copyOf(leaves);
    }

    /** A block on the way down. */
    private record Level(int depth, JsonNode rules) {}

    private static void walk(
            List<String> path, JsonNode schema, boolean required, List<Level> above, List<Leaf> leaves) {
        var levels = new ArrayList<>(above);
        levels.add(new Level(path.size(), schema.path("x-kubernetes-validations")));
        var items = schema.path("items");
        if (items.has("properties")) walk(down(path, ITEM), items, required, levels, leaves);
        else if (schema.path("properties").isEmpty())
            leaves.add(new Leaf(path, schema, required, mentioning(path, levels)));
        for (var name : (Iterable<String>) schema.path("properties")::fieldNames)
            walk(down(path, name), schema.path("properties").path(name), requires(schema, name), levels, leaves);
    }

    private static List<String> down(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private static boolean requires(JsonNode schema, String name) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .anyMatch(one -> one.asText().equals(name));
    }

    private static List<Rule> mentioning(List<String> path, List<Level> levels) {
        var rules = new ArrayList<Rule>();
        for (var level : levels) {
            var name = "self." + String.join(".", path.subList(level.depth(), path.size()));
            for (var rule : level.rules()) {
                var source = rule.path("rule").asText();
                if (source.contains(name) && !source.contains("oldSelf"))
                    rules.add(new Rule(source, rule.path("message").asText()));
            }
        }
        return rules;
    }

    String type() {
        return schema.path("type").asText();
    }

    /** As people write it, such as {@code container.healthCheck.path} or {@code elections[].name}. */
    @Override
    public String toString() {
        return String.join(".", path).replace("." + ITEM, ITEM);
    }
}
