package africa.mycandidate.operator.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;

/** A policy document: checked as IAM checks it, and evaluated with wildcards. Conditions are known for a few keys only; any other throws. */
final class IamPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");

    private final List<JsonNode> statements;

    private IamPolicy(List<JsonNode> statements) {
        this.statements = statements;
    }

    /** @throws MalformedPolicyDocumentException where IAM would refuse a role's permission policy */
    static IamPolicy permissions(String document) {
        var policy = new IamPolicy(statements(document));
        for (var statement : policy.statements) {
            if (statement.has("Principal")) throw malformed("Policy document should not specify a principal.");
            for (var action : texts(statement, "Action", "NotAction")) checkAction(action);
            if (!statement.has("Resource") && !statement.has("NotResource"))
                throw malformed("Policy statement must contain resources.");
            for (var resource : texts(statement, "Resource", "NotResource"))
                if (!resource.equals("*") && !resource.startsWith("arn:"))
                    throw malformed("Resource " + resource + " must be in ARN format or \"*\".");
        }
        return policy;
    }

    /** @throws MalformedPolicyDocumentException where IAM would refuse a role's trust policy */
    static IamPolicy trust(String document) {
        var policy = new IamPolicy(statements(document));
        for (var statement : policy.statements) {
            if (statement.has("Resource")) throw malformed("Has prohibited field Resource");
            if (!statement.has("Principal")) throw malformed("Missing required field Principal");
            for (var action : texts(statement, "Action", "NotAction"))
                if (!action.startsWith("sts:"))
                    throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
            for (var service : texts(statement.get("Principal"), "Service"))
                if (!service.endsWith(".amazonaws.com"))
                    throw malformed("Invalid principal in policy: \"SERVICE\":\"" + service + "\"");
        }
        return policy;
    }

    /** Roles of the account that the document names as principals: they must exist (docs/aws-notes.md). */
    List<String> principals() {
        return statements.stream()
                .filter(statement -> statement.path("Principal").isObject())
                .flatMap(statement -> texts(statement.get("Principal"), "AWS").stream())
                .toList();
    }

    enum Effect {
        ALLOW,
        DENY,
        SILENT
    }

    /** What the document says of an action. The context holds condition keys such as {@code aws:SourceAccount}. */
    Effect evaluate(String action, String resource, Map<String, String> context) {
        var effects = statements.stream()
                .filter(statement ->
                        covers(statement, "Action", action, true) && covers(statement, "Resource", resource, false))
                .filter(statement -> holds(statement.path("Condition"), context))
                .map(statement -> statement.get("Effect").asText())
                .collect(Collectors.toSet());
        if (effects.contains("Deny")) return Effect.DENY;
        return effects.contains("Allow") ? Effect.ALLOW : Effect.SILENT;
    }

    boolean trusts(String service, Map<String, String> context) {
        return statements.stream()
                .filter(statement -> statement.get("Effect").asText().equals("Allow"))
                .filter(statement ->
                        texts(statement.path("Principal"), "Service").contains(service))
                .filter(statement -> covers(statement, "Action", "sts:AssumeRole", true))
                .anyMatch(statement -> holds(statement.path("Condition"), context));
    }

    /** Whether a trust policy lets somebody in who answers to one of these names. */
    boolean admits(Set<String> names, Map<String, String> context) {
        var effects = statements.stream()
                .filter(statement -> covers(statement, "Action", "sts:AssumeRole", true))
                .filter(statement -> callers(statement).stream().anyMatch(names::contains))
                .filter(statement -> holds(statement.path("Condition"), context))
                .map(statement -> statement.get("Effect").asText())
                .collect(Collectors.toSet());
        return effects.contains("Allow") && !effects.contains("Deny");
    }

    private static List<String> callers(JsonNode statement) {
        var principal = statement.get("Principal");
        return principal.isTextual() ? List.of(principal.asText()) : texts(principal, "AWS");
    }

    private static boolean covers(JsonNode statement, String field, String value, boolean ignoreCase) {
        if (statement.has("Not" + field)) return !matchesAny(texts(statement, "Not" + field), value, ignoreCase);
        return matchesAny(texts(statement, field), value, ignoreCase);
    }

    private static boolean holds(JsonNode condition, Map<String, String> context) {
        for (var operator : condition.properties()) {
            if (!Set.of("StringEquals", "StringLike", "ArnEquals", "ArnLike").contains(operator.getKey()))
                throw new UnsupportedOperationException(
                        "The condition operator " + operator.getKey() + " is not modelled.");
            for (var key : operator.getValue().properties()) {
                var value = context.get(key.getKey());
                if (value == null)
                    throw new UnsupportedOperationException("The condition key " + key.getKey() + " is not modelled.");
                if (!matchesAny(texts(operator.getValue(), key.getKey()), value, false)) return false;
            }
        }
        return true;
    }

    private static boolean matchesAny(List<String> patterns, String value, boolean ignoreCase) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, value, ignoreCase));
    }

    private static boolean matches(String pattern, String value, boolean ignoreCase) {
        var regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
                .matcher(value)
                .matches();
    }

    private static List<JsonNode> statements(String document) {
        JsonNode root;
        try {
            root = document == null ? null : JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw malformed("This policy contains invalid Json");
        }
        if (root == null || !root.isObject()) throw malformed("Syntax errors in policy.");
        if (root.has("Version") && !VERSIONS.contains(root.get("Version").asText()))
            throw malformed("The policy failed legacy parsing");
        var statement = root.path("Statement");
        var statements = new ArrayList<JsonNode>();
        if (statement.isArray()) statement.forEach(statements::add);
        else if (statement.isObject()) statements.add(statement);
        if (statements.isEmpty()) throw malformed("Syntax errors in policy.");
        for (var each : statements) {
            if (!Set.of("Allow", "Deny").contains(each.path("Effect").asText()))
                throw malformed("Missing required field Effect");
            if (!each.has("Action") && !each.has("NotAction"))
                throw malformed("Policy statement must contain actions.");
        }
        return List.copyOf(statements);
    }

    private static void checkAction(String action) {
        if (!action.equals("*") && !action.matches("[a-z0-9-]+:[A-Za-z0-9*?]+"))
            throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }

    /** A list of one may stand as a single text. */
    private static List<String> texts(JsonNode object, String... fields) {
        var texts = new ArrayList<String>();
        for (var field : fields) {
            var value = object.path(field);
            if (value.isTextual()) texts.add(value.asText());
            else value.forEach(each -> texts.add(each.asText()));
        }
        return texts;
    }

    static RuntimeException malformed(String message) {
        return Errors.of(MalformedPolicyDocumentException.builder(), "Iam", "MalformedPolicyDocument", 400, message);
    }
}
