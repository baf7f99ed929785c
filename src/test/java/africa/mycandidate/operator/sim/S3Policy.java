package africa.mycandidate.operator.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A bucket policy, as far as the simulation asks what it lets through. */
record S3Policy(JsonNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOG_DELIVERY = "delivery.logs.amazonaws.com";

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

    /**
     * Whether CloudWatch Logs may write below a place for a delivery source, over TLS and with the ACL that it names (CloudWatch Logs User Guide, "Logs sent to
     * Amazon S3").
     */
    boolean letsDeliver(String place, String source, String account) {
        return statements().stream()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .filter(statement ->
                        texts(statement.path("Principal").path("Service")).contains(LOG_DELIVERY))
                .filter(statement -> texts(statement.path("Action")).stream()
                        .anyMatch(action -> List.of("s3:PutObject", "s3:*").contains(action)))
                .filter(statement -> delivers(statement.path("Condition"), source, account))
                .anyMatch(statement -> texts(statement.path("Resource")).stream()
                        .anyMatch(resource -> matches(resource, place + "a")));
    }

    private static boolean delivers(JsonNode conditions, String source, String account) {
        var context = Map.of(
                "aws:SourceArn", source,
                "aws:SourceAccount", account,
                "s3:x-amz-acl", "bucket-owner-full-control");
        for (var operator : conditions.properties())
            for (var key : operator.getValue().properties()) {
                var actual = context.getOrDefault(key.getKey(), "");
                var like = operator.getKey().equals("ArnLike");
                if (!like && !operator.getKey().equals("StringEquals"))
                    throw new UnsupportedOperationException(operator.getKey() + " is not modelled.");
                if (texts(key.getValue()).stream()
                        .noneMatch(value -> like ? matches(value, actual) : value.equals(actual))) return false;
            }
        return true;
    }

    /** A policy with the statement that CloudWatch Logs appends. @param policy null for none */
    static String withDelivery(String policy, String resource, String source, String account) {
        try {
            var document = (ObjectNode)
                    JSON.readTree(policy == null ? "{\"Version\":\"2012-10-17\",\"Statement\":[]}" : policy);
            var statements = JSON.createArrayNode();
            elements(document.path("Statement")).forEach(statements::add);
            var statement = statements
                    .addObject()
                    .put("Sid", "AWSLogDeliveryWrite1")
                    .put("Effect", "Allow")
                    .put("Action", "s3:PutObject")
                    .put("Resource", resource);
            statement.putObject("Principal").put("Service", LOG_DELIVERY);
            var condition = statement.putObject("Condition");
            condition
                    .putObject("StringEquals")
                    .put("aws:SourceAccount", account)
                    .put("s3:x-amz-acl", "bucket-owner-full-control");
            condition.putObject("ArnLike").put("aws:SourceArn", source);
            document.set("Statement", statements);
            return document.toString();
        } catch (JsonProcessingException e) {
            throw malformed("This policy contains invalid Json");
        }
    }

    private static boolean matches(String pattern, String arn) {
        var regex = pattern.chars()
                .mapToObj(letter -> switch (letter) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(letter));
                })
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
