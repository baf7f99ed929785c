package africa.mycandidate.operator.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A bucket policy, as far as the simulation asks what it lets through. */
record S3Policy(JsonNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static S3Policy of(String text, String bucket) {
        try {
            var policy = new S3Policy(JSON.readTree(text));
            if (policy.statements().isEmpty()) throw malformed("Missing required field Statement");
            for (var statement : policy.statements()) {
                if (!statement.has("Principal")) throw malformed("Missing required field Principal");
                for (var resource : texts(statement.path("Resource")))
                    if (!resource.matches("arn:aws[a-z-]*:s3:::" + Pattern.quote(bucket) + "(/.*)?"))
                        throw malformed("Policy has invalid resource");
            }
            return policy;
        } catch (JsonProcessingException e) {
            throw malformed("This policy contains invalid Json");
        }
    }

    private static RuntimeException malformed(String why) {
        return S3Errors.of(400, "MalformedPolicy", why);
    }

    /** S3 User Guide, "The meaning of public". */
    boolean isPublic() {
        return statements().stream()
                .anyMatch(statement -> statement.path("Effect").asText().equals("Allow")
                        && !statement.has("Condition")
                        && (statement.path("Principal").asText().equals("*")
                                || texts(statement.path("Principal").path("AWS"))
                                        .contains("*")));
    }

    /**
     * Whether somebody may write below a place, over TLS.
     *
     * @param writer {@code AWS} or {@code Service}, and who of them
     */
    boolean lets(String[] writer, String place) {
        return statements().stream()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .filter(statement -> !statement.has("Condition"))
                .filter(statement ->
                        texts(statement.path("Principal").path(writer[0])).contains(writer[1]))
                .filter(statement -> texts(statement.path("Action")).stream()
                        .anyMatch(action -> List.of("s3:PutObject", "s3:*").contains(action)))
                .anyMatch(statement -> texts(statement.path("Resource")).stream()
                        .anyMatch(resource -> matches(resource, "arn:aws:s3:::" + place + "a")));
    }

    private static boolean matches(String pattern, String arn) {
        var regex = pattern.chars()
                .mapToObj(letter -> letter == '*' ? ".*" : Pattern.quote(Character.toString(letter)))
                .collect(Collectors.joining());
        return arn.matches(regex);
    }

    private List<JsonNode> statements() {
        return elements(document.path("Statement"));
    }

    private static List<String> texts(JsonNode node) {
        return elements(node).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> elements(JsonNode node) {
        var elements = new ArrayList<JsonNode>();
        if (node.isArray()) node.forEach(elements::add);
        else if (!node.isMissingNode() && !node.isNull()) elements.add(node);
        return elements;
    }
}
