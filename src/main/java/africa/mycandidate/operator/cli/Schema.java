package africa.mycandidate.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/**
 * The custom resource definition that ships, applied to a file as the API server would: types, bounds, unknown fields, and the CEL rules. Rules that compare with the
 * object before the change are left out, as a file has none; Kubernetes skips them for a new object too.
 */
final class Schema {
    /** Generated from the classes in api/ at each build. */
    private static final String DEFINITION = "/crds/mycandidatedeployments.deploy.mycandidate.africa-v1.yml";

    /** Kubernetes knows these of itself, and checks them itself. */
    private static final Set<String> EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

    private static final String BEFORE = "oldSelf";
    private static final int A_TYPO = 3;

    /** @param path dotted, such as {@code spec.image}; empty for the whole object */
    record Problem(String path, String words) {
        @Override
        public String toString() {
            return path.isEmpty() ? words : path + ": " + words;
        }
    }

    private static final Map<String, Cel.Expression> PARSED = new ConcurrentHashMap<>();

    private final List<Problem> problems = new ArrayList<>();

    private Schema() {}

    /** What is wrong with an object; none where the API server would take it as a new one. */
    static List<Problem> problems(Map<String, Object> object) {
        var schema = read().at("/spec/versions/0/schema/openAPIV3Schema");
        var check = new Schema();
        check.shape("", object, schema);
        if (check.problems.isEmpty()) check.rules("", object, schema);
        return List.copyOf(check.problems);
    }

    /** The definition; a file may have many documents. */
    static JsonNode read() {
        return Shipped.DEFINITION;
    }

    private static final class Shipped {
        static final JsonNode DEFINITION = load();
    }

    private static JsonNode load() {
        try (InputStream file = Schema.class.getResourceAsStream(DEFINITION)) {
            return Serialization.unmarshal(file, JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shape(String path, Object value, JsonNode schema) {
        var type = schema.path("type").asText();
        if (!type.equals(type(value)) && !(type.equals("number") && value instanceof Long)) {
            report(path, "Invalid value: \"" + type(value) + "\": must be of type " + type);
            return;
        }
        switch (value) {
            case Map<?, ?> map -> {
                bounds(path, map.size(), schema, "Properties", "entries");
                map.forEach((name, inner) -> member(path, String.valueOf(name), inner, schema));
                for (var required : schema.path("required"))
                    if (map.get(required.asText()) == null) report(join(path, required.asText()), "Required value");
            }
            case List<?> list -> {
                bounds(path, list.size(), schema, "Items", "items");
                for (var at = 0; at < list.size(); at++)
                    shape(path + "[" + at + "]", list.get(at), schema.path("items"));
            }
            case String text -> {
                bounds(path, text.codePointCount(0, text.length()), schema, "Length", "characters");
                supported(path, text, schema);
            }
            case Number number -> range(path, number, schema);
            default -> {}
        }
    }

    private void member(String path, String name, Object value, JsonNode schema) {
        var here = join(path, name);
        var properties = schema.path("properties");
        if (properties.has(name)) {
            var required = StreamSupport.stream(schema.path("required").spliterator(), false)
                    .anyMatch(one -> one.asText().equals(name));
            if (value != null || !required) shape(here, value, properties.get(name));
        } else if (schema.has("additionalProperties")) shape(here, value, schema.get("additionalProperties"));
        else if (!properties.isMissingNode() && !(path.isEmpty() && EVERY_OBJECT.contains(name)))
            report(here, "unknown field \"" + here + "\"" + meant(name, properties));
    }

    /** The field whose name is nearest, if one is near. */
    private static String meant(String name, JsonNode properties) {
        return StreamSupport.stream(((Iterable<String>) properties::fieldNames).spliterator(), false)
                .filter(field -> distance(name, field) < Math.min(A_TYPO, field.length()))
                .min(Comparator.comparing(field -> distance(name, field)))
                .map(field -> "; did you mean " + field + "?")
                .orElse("");
    }

    /** How many letters to put in, take out, exchange or swap with the next (optimal string alignment). */
    private static int distance(String one, String other) {
        var rows = new int[one.length() + 1][other.length() + 1];
        for (var i = 0; i <= one.length(); i++)
            for (var j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                var same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                rows[i][j] =
                        Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1))
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        return rows[one.length()][other.length()];
    }

    private void bounds(String path, int size, JsonNode schema, String of, String words) {
        var least = schema.path("min" + of);
        var most = schema.path("max" + of);
        if (least.isNumber() && size < least.asInt()) {
            var chars = of.equals("Length");
            report(
                    path,
                    chars
                            ? "should be at least " + least + " chars long"
                            : "must have at least " + least + " " + words);
        }
        if (most.isNumber() && size > most.asInt()) report(path, "must have at most " + most + " " + words);
    }

    private void range(String path, Number number, JsonNode schema) {
        var least = schema.path("minimum");
        var most = schema.path("maximum");
        if (least.isNumber() && number.doubleValue() < least.asDouble())
            report(path, "Invalid value: " + number + ": should be greater than or equal to " + least.asLong());
        if (most.isNumber() && number.doubleValue() > most.asDouble())
            report(path, "Invalid value: " + number + ": should be less than or equal to " + most.asLong());
    }

    private void supported(String path, String text, JsonNode schema) {
        var values = schema.path("enum");
        if (values.isMissingNode()) return;
        for (var one : values) if (one.asText().equals(text)) return;
        var names = StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::toString)
                .sorted()
                .toList();
        report(path, "Unsupported value: \"" + text + "\": supported values: " + String.join(", ", names));
    }

    /** The rules of a level, then of the levels below. */
    private void rules(String path, Object value, JsonNode schema) {
        if (value == null) return;
        for (var rule : schema.path("x-kubernetes-validations")) rule(path, value, rule);
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, inner) -> rules(
                        join(path, String.valueOf(name)),
                        inner,
                        schema.path("properties").path(String.valueOf(name))));
            case List<?> list -> {
                for (var at = 0; at < list.size(); at++)
                    rules(path + "[" + at + "]", list.get(at), schema.path("items"));
            }
            default -> {}
        }
    }

    private void rule(String path, Object value, JsonNode rule) {
        var source = rule.path("rule").asText();
        if (source.contains(BEFORE)) return;
        Map<String, Object> self = Map.of("self", value);
        if (parsed(source).holds(self)) return;
        var words = rule.has("messageExpression")
                ? parsed(rule.path("messageExpression").asText()).in(self).toString()
                : rule.path("message").asText();
        report(path + rule.path("fieldPath").asText(), words);
    }

    static Cel.Expression parsed(String source) {
        return PARSED.computeIfAbsent(source, Cel::parse);
    }

    private void report(String path, String words) {
        problems.add(new Problem(path, words));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String type(Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "object";
            case List<?> list -> "array";
            case Long whole -> "integer";
            case Number number -> "number";
            case Boolean yes -> "boolean";
            default -> "string";
        };
    }
}
