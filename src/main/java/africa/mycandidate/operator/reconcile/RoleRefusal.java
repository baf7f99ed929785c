package africa.mycandidate.operator.reconcile;

import java.util.Optional;
import java.util.regex.Pattern;

/** AWS does not let somebody assume a role. That the role is not there and that it does not trust the caller are the same answer. */
record RoleRefusal(String caller, String role) {
    private static final Pattern WORDS =
            Pattern.compile("User: (\\S+) is not authorized to perform: sts:AssumeRole on resource: (arn:[^\\s)]+)");

    static Optional<RoleRefusal> in(String message) {
        var words = WORDS.matcher(message);
        return words.find() ? Optional.of(new RoleRefusal(words.group(1), words.group(2))) : Optional.empty();
    }

    /** What is to be done about the role of a hosted zone; that of an account is told of before anything is read. */
    String advice() {
        return "It is needed for the hosted zone (spec.domain.hostedZoneRoleArn). The trust policy of " + role
                + " must allow sts:AssumeRole to " + caller + " (or to its role), without an external id, and the"
                + " operator's own policy must allow it on that role. It is tried again by itself;"
                + " docs/operations.md shows the policies";
    }
}
