package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.SpecCheck;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The MyCandidateDeployments of a file of YAML documents.
 *
 * @param problems what is wrong, each with the file and line; what is no MyCandidateDeployment is passed over
 */
record Documents(List<MyCandidateDeployment> resources, List<String> problems) {
    private static final String KIND = HasMetadata.getKind(MyCandidateDeployment.class);
    static final String NONE = "there is no " + KIND;
    private static final String VERSION = HasMetadata.getApiVersion(MyCandidateDeployment.class);
    private static final String SEPARATORS = "[.\\[\\]]+";
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();
    /** Kubernetes' own rule for the names of most objects (RFC 1123 subdomain) and of namespaces. */
    private static final String NAME = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";

    /**
     * @param source the file's name, for people
     * @param namespace where {@code --namespace} was given; else empty
     */
    static Documents read(String source, String text, String namespace) {
        var resources = new ArrayList<MyCandidateDeployment>();
        var problems = new ArrayList<String>();
        try {
            for (var node : new Compose(SETTINGS).composeAllFromString(text)) {
                var document = new Document(source, node, content(node));
                if (document.content() == null) continue;
                if (document.isKind()) document.read(namespace, problems).ifPresent(resources::add);
            }
        } catch (MarkedYamlEngineException e) {
            var line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            return new Documents(List.of(), List.of(source + line + ": this is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            return new Documents(List.of(), List.of(source + ": this is not YAML: " + e.getMessage()));
        }
        return new Documents(List.copyOf(resources), List.copyOf(problems));
    }

    private static Object content(Node node) {
        return plain(new StandardConstructor(SETTINGS).constructSingleDocument(Optional.of(node)));
    }

    /** As JSON has it: names are strings, and whole numbers are of one kind. */
    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                var plain = new LinkedHashMap<String, Object>();
                map.forEach((name, inner) -> plain.put(String.valueOf(name), plain(inner)));
                yield plain;
            }
            case List<?> list -> {
                var plain = new ArrayList<>();
                list.forEach(inner -> plain.add(plain(inner)));
                yield plain;
            }
            case Integer number -> number.longValue();
            case Number number -> number;
            case Boolean yes -> yes;
            default -> value.toString();
        };
    }

    private record Document(String source, Node node, Object content) {
        boolean isKind() {
            return content instanceof Map<?, ?> map && KIND.equals(map.get("kind"));
        }

        Optional<MyCandidateDeployment> read(String namespace, List<String> problems) {
            var before = problems.size();
            @SuppressWarnings("unchecked")
            var object = new LinkedHashMap<>((Map<String, Object>) content);
            object.remove("status");
            if (!VERSION.equals(object.get("apiVersion")))
                problems.add(at("apiVersion") + "apiVersion: write " + VERSION);
            for (var problem : Schema.problems(named(object))) problems.add(at(problem.path()) + problem);
            if (problems.size() > before) return Optional.empty();
            var resource = new KubernetesSerialization().convertValue(object, MyCandidateDeployment.class);
            for (var problem : SpecCheck.problems(resource.getSpec())) problems.add(at("spec") + problem);
            identify(resource, namespace, problems);
            return problems.size() > before ? Optional.empty() : Optional.of(resource);
        }

        /** Its rules read the name, and Kubernetes has checked that there is one before they are asked. */
        private static Map<String, Object> named(Map<String, Object> object) {
            if (object.get("metadata") instanceof Map<?, ?> metadata && metadata.get("name") instanceof String)
                return object;
            var named = new LinkedHashMap<>(object);
            named.put("metadata", Map.of("name", ""));
            return named;
        }

        private void identify(MyCandidateDeployment resource, String namespace, List<String> problems) {
            var metadata = resource.getMetadata();
            var name = Objects.requireNonNullElse(metadata.getName(), "");
            var written = Objects.requireNonNullElse(metadata.getNamespace(), "");
            if (!name.matches(NAME))
                problems.add(at("metadata.name") + "metadata.name: "
                        + (name.isEmpty() ? "Required value" : "write lower-case letters, digits and hyphens"));
            if (!written.isEmpty() && !namespace.isEmpty() && !written.equals(namespace))
                problems.add(at("metadata.namespace") + "metadata.namespace is " + written + ", and --namespace is "
                        + namespace + "; leave one of them out");
            metadata.setNamespace(!written.isEmpty() ? written : !namespace.isEmpty() ? namespace : "default");
            if (!metadata.getNamespace().matches(NAME))
                problems.add(at("metadata.namespace") + "the namespace " + metadata.getNamespace()
                        + " is none: write lower-case letters, digits and hyphens");
        }

        /** File and line of a field, or of what it would stand in. */
        private String at(String path) {
            var line = line(node, List.of(path.split(SEPARATORS)));
            var first = node.getStartMark().map(Mark::getLine).orElse(0);
            return source + ":" + (Math.max(line, first) + 1) + ": ";
        }

        /** The line of the innermost field on the path that is there; -1 for none. */
        private static int line(Node node, List<String> path) {
            if (path.isEmpty()) return -1;
            if (node instanceof SequenceNode list && path.getFirst().matches("\\d+")) {
                var item = list.getValue().get(Integer.parseInt(path.getFirst()));
                return innermost(item, item, path.subList(1, path.size()));
            }
            if (!(node instanceof MappingNode map)) return -1;
            for (var entry : map.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) continue;
                // A name may have dots in it.
                var parts = List.of(key.getValue().split(SEPARATORS));
                if (parts.size() <= path.size() && path.subList(0, parts.size()).equals(parts))
                    return innermost(key, entry.getValueNode(), path.subList(parts.size(), path.size()));
            }
            return -1;
        }

        private static int innermost(Node here, Node value, List<String> rest) {
            return Math.max(
                    line(value, rest), here.getStartMark().map(Mark::getLine).orElse(-1));
        }
    }
}
