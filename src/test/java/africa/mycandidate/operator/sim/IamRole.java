package africa.mycandidate.operator.sim;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A role with everything that is read by calls of its own.
 *
 * @param trust the trust policy as it was sent
 * @param inline documents by policy name
 * @param attached names by policy ARN
 */
record IamRole(
        Role shown,
        String trust,
        SortedMap<String, String> inline,
        SortedMap<String, String> attached,
        Map<String, String> tags) {

    IamRole(Role shown, String trust, Map<String, String> tags) {
        this(shown, trust, new TreeMap<>(), new TreeMap<>(), Map.copyOf(tags));
    }

    IamRole trust(String document) {
        return new IamRole(shown, document, inline, attached, tags);
    }

    IamRole tags(Map<String, String> next) {
        return new IamRole(shown, trust, inline, attached, Map.copyOf(next));
    }

    /** @param document null removes the policy */
    IamRole inline(String name, String document) {
        var next = new TreeMap<>(inline);
        if (document == null) next.remove(name);
        else next.put(name, document);
        return new IamRole(shown, trust, next, attached, tags);
    }

    /** @param name null detaches the policy */
    IamRole attached(String arn, String name) {
        var next = new TreeMap<>(attached);
        if (name == null) next.remove(arn);
        else next.put(arn, name);
        return new IamRole(shown, trust, inline, next, tags);
    }

    boolean serviceLinked() {
        return shown.path().startsWith("/aws-service-role/");
    }
}
