package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Dashboard.Line;
import africa.mycandidate.operator.resource.Dashboard.Widget;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The body of a dashboard as JSON (CloudWatch API reference, "Dashboard body structure and syntax"): the graphs, and above them the text with its tags. Texts that
 * mean the same are equal once they are read.
 *
 * @param region where the stack lives; empty where nobody says
 */
record DashboardBody(List<Widget> widgets, String region, Map<String, String> tags) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FENCE = "```";
    private static final String WORDS = """
            ### Made by the MyCandidate operator
            Changes that are made here are put back. The lines below say whose it is: without them the operator leaves it alone.
            """;
    private static final int HEAD = 3;
    private static final int WIDE = 24;

    DashboardBody {
        widgets = List.copyOf(widgets);
        tags = Map.copyOf(tags);
    }

    static DashboardBody read(String text) {
        var root = parse(text);
        var widgets = new ArrayList<Widget>();
        var region = "";
        var tags = new TreeMap<String, String>();
        for (var node : root.path("widgets")) {
            var mark = mark(node);
            if (mark == null) {
                widgets.add(widget((ObjectNode) node));
                continue;
            }
            region = mark.path("region").asText();
            mark.path("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        }
        return new DashboardBody(widgets, region, tags);
    }

    /** The tags in the text, or null for any other widget. */
    private static JsonNode mark(JsonNode widget) {
        var text = widget.path("properties").path("markdown").asText();
        var from = text.indexOf(FENCE);
        var to = text.lastIndexOf(FENCE);
        if (!widget.path("type").asText().equals("text") || from < 0 || to <= from) return null;
        try {
            var mark = JSON.readTree(text.substring(from + FENCE.length(), to));
            return mark.path("tags").isObject() ? mark : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Widget widget(ObjectNode node) {
        var rest = node.deepCopy();
        var lines = new ArrayList<Line>();
        var title = node.path("properties").path("title").asText();
        if (rest.path("properties") instanceof ObjectNode properties) {
            properties.remove("title");
            properties.path("metrics").forEach(line -> lines.add(line(line)));
            properties.remove("metrics");
        }
        var place = List.of("x", "y", "width", "height");
        var at = place.stream().map(one -> node.path(one).asInt()).toList();
        rest.remove(place);
        return new Widget(title, at.get(0), at.get(1), at.get(2), at.get(3), lines, text(rest));
    }

    /** Namespace, metric, names and values of its dimensions, and how it is drawn. */
    private static Line line(JsonNode node) {
        var words = new ArrayList<String>();
        var rest = "";
        for (var one : node) {
            if (one.isTextual()) words.add(one.asText());
            else rest = text(one);
        }
        var dimensions = new TreeMap<String, Ref<? extends Resource>>();
        for (var i = 2; i + 1 < words.size(); i += 2) dimensions.put(words.get(i), Ref.of(words.get(i + 1)));
        return new Line(
                words.isEmpty() ? "" : words.getFirst(), words.size() < 2 ? "" : words.get(1), dimensions, rest);
    }

    String json() {
        var root = JSON.createObjectNode();
        var all = root.putArray("widgets");
        if (!tags.isEmpty()) all.add(head());
        for (var widget : widgets) all.add(node(widget));
        return text(root);
    }

    private ObjectNode head() {
        var mark = JSON.createObjectNode();
        mark.put("region", region);
        var all = mark.putObject("tags");
        new TreeMap<>(tags).forEach(all::put);
        var head = JSON.createObjectNode().put("type", "text");
        head.put("x", 0).put("y", 0).put("width", WIDE).put("height", HEAD);
        head.putObject("properties").put("markdown", WORDS + FENCE + "\n" + text(mark) + "\n" + FENCE);
        return head;
    }

    private static ObjectNode node(Widget widget) {
        var node = (ObjectNode) parse(widget.rest());
        node.put("x", widget.x()).put("y", widget.y());
        node.put("width", widget.width()).put("height", widget.height());
        var properties = node.path("properties") instanceof ObjectNode there ? there : node.putObject("properties");
        if (!widget.title().isEmpty()) properties.put("title", widget.title());
        if (!widget.lines().isEmpty()) {
            var lines = properties.putArray("metrics");
            widget.lines().forEach(line -> lines.add(node(line)));
        }
        return node;
    }

    private static ArrayNode node(Line line) {
        var node = JSON.createArrayNode();
        if (!line.namespace().isEmpty()) node.add(line.namespace()).add(line.metric());
        new TreeMap<>(line.dimensions()).forEach((name, ref) -> node.add(name).add(ref.value()));
        if (!line.rest().isEmpty()) node.add(parse(line.rest()));
        return node;
    }

    /** With its keys in order. */
    private static String text(JsonNode node) {
        return sorted(node).toString();
    }

    private static JsonNode sorted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var keys = new TreeMap<String, JsonNode>();
                object.properties().forEach(entry -> keys.put(entry.getKey(), sorted(entry.getValue())));
                yield JSON.createObjectNode().setAll(keys);
            }
            case ArrayNode list -> {
                var items = JSON.createArrayNode();
                list.forEach(item -> items.add(sorted(item)));
                yield items;
            }
            default -> node;
        };
    }

    /** A body that is no JSON cannot be: PutDashboard refuses it. */
    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the body of a dashboard is not JSON", e);
        }
    }
}
