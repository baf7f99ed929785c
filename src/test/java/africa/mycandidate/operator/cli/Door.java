package africa.mycandidate.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the API server says to a spec: the schema that ships, with those of its rules too that compare with the spec before the change. Kubernetes asks such a
 * rule only where its level is there before and after (documentation of CustomResourceDefinitions, "Transition rules").
 */
public final class Door {
    private static final JsonNode OBJECT = Schema.read().at("/spec/versions/0/schema/openAPIV3Schema");

    /** The schema of the spec. */
    public static JsonNode schema() {
        return OBJECT.path("properties").path("spec");
    }

    /** Why no new object may have this spec; empty where it may. */
    public static List<String> refusals(Map<String, Object> spec) {
        var object = Map.of(
                "apiVersion",
                "deploy.mycandidate.africa/v1alpha1",
                "kind",
                "MyCandidateDeployment",
                "metadata",
                Map.of("name", "southafrica"),
                "spec",
                spec);
        return Schema.problems(object).stream().map(Schema.Problem::toString).toList();
    }

    /** Why an object with the first spec may not come to have the second; empty where it may. */
    public static List<String> refusals(Map<String, Object> before, Map<String, Object> after) {
        var refusals = new ArrayList<>(refusals(after));
        if (refusals.isEmpty()) transitions("spec", before, after, schema(), refusals);
        return List.copyOf(refusals);
    }

    private static void transitions(String path, Object before, Object after, JsonNode schema, List<String> refusals) {
        if (!(before instanceof Map<?, ?> old) || !(after instanceof Map<?, ?> now)) return;
        for (var rule : schema.path("x-kubernetes-validations")) {
            var source = rule.path("rule").asText();
            if (!source.contains("oldSelf")) continue;
            Map<String, Object> variables = Map.of("self", after, "oldSelf", before);
            if (Schema.parsed(source).holds(variables)) continue;
            refusals.add(path + rule.path("fieldPath").asText() + ": " + words(rule, variables));
        }
        for (var name : (Iterable<String>) schema.path("properties")::fieldNames)
            if (old.containsKey(name) && now.containsKey(name))
                transitions(
                        path + "." + name,
                        old.get(name),
                        now.get(name),
                        schema.path("properties").path(name),
                        refusals);
    }

    private static String words(JsonNode rule, Map<String, Object> variables) {
        return rule.has("messageExpression")
                ? Schema.parsed(rule.path("messageExpression").asText())
                        .in(variables)
                        .toString()
                : rule.path("message").asText();
    }

    private Door() {}
}
