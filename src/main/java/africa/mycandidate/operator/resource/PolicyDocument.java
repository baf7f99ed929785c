package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A policy document as JSON, and as the statements that it means: the order of keys, and lists of one element, make no difference. */
final class PolicyDocument {
    private static final String VERSION = "2012-10-17";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyDocument() {}

    /** The same statements always give the same text. */
    static String write(Role.Policy policy) {
        var document = JSON.createObjectNode().put("Version", VERSION);
        var statements = document.putArray("Statement");
        policy.statements().stream()
                .map(PolicyDocument::write)
                .sorted(Comparator.comparing(JsonNode::toString))
                .forEach(statements::add);
        return document.toString();
    }

    private static ObjectNode write(Role.Statement statement) {
        var node = JSON.createObjectNode().put("Effect", statement.effect());
        if (!statement.principal().isEmpty()) node.putObject("Principal").put("Service", statement.principal());
        if (!statement.actions().isEmpty()) {
            var actions = node.putArray("Action");
            new TreeSet<>(statement.actions()).forEach(actions::add);
        }
        if (!statement.resources().isEmpty()) {
            var resources = node.putArray("Resource");
            statement.resources().stream().map(Ref::value).sorted().forEach(resources::add);
        }
        if (!statement.rest().isEmpty()) node.setAll((ObjectNode) parse(statement.rest()));
        return node;
    }

    /** @param text JSON, URL-encoded as IAM gives it or not */
    static Role.Policy read(String text) {
        var json = text.stripLeading().startsWith("{") ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
        var statements = new HashSet<Role.Statement>();
        for (var statement : elements(parse(json).path("Statement"))) statements.add(statement((ObjectNode) statement));
        return new Role.Policy(statements);
    }

    private static Role.Statement statement(ObjectNode node) {
        var rest = node.deepCopy();
        // A statement's id changes nothing that it allows.
        rest.remove("Sid");
        rest.remove("Effect");
        var service = elements(node.path("Principal").path("Service"));
        var alone = node.path("Principal").size() == 1 && service.size() == 1;
        if (alone) rest.remove("Principal");
        var actions = new TreeSet<String>();
        for (var action : elements(node.path("Action"))) actions.add(action.asText());
        rest.remove("Action");
        var resources = new HashSet<Ref<? extends Resource>>();
        for (var resource : elements(node.path("Resource"))) resources.add(Ref.of(resource.asText()));
        rest.remove("Resource");
        return new Role.Statement(
                node.path("Effect").asText(),
                alone ? service.getFirst().asText() : "",
                Set.copyOf(actions),
                Set.copyOf(resources),
                rest.isEmpty() ? "" : canonical(rest).toString());
    }

    private static ArrayList<JsonNode> elements(JsonNode node) {
        var elements = new ArrayList<JsonNode>();
        if (node.isArray()) node.forEach(elements::add);
        else if (!node.isMissingNode() && !node.isNull()) elements.add(node);
        return elements;
    }

    /** Keys in order, lists in order, a list of one element as the element: in policies neither order nor such a list means anything. */
    static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var sorted = new TreeMap<String, JsonNode>();
                object.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
                yield JSON.createObjectNode().setAll(sorted);
            }
            case ArrayNode list when list.size() == 1 -> canonical(list.get(0));
            case ArrayNode list -> {
                var sorted = JSON.createArrayNode();
                elements(list).stream()
                        .map(PolicyDocument::canonical)
                        .sorted(Comparator.comparing(JsonNode::toString))
                        .forEach(sorted::add);
                yield sorted;
            }
            default -> node;
        };
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy document is not JSON", e);
        }
    }
}
