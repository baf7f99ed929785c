package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Account;
import africa.mycandidate.operator.aws.AwsFailure;
import java.util.regex.Pattern;

/** Why AWS cannot be asked at all, and what to do about it. Nothing is concluded from it about what there is. */
record Unreachable(AwsFailure failure, Account account) {
    private static final Pattern CALLER = Pattern.compile("User: (\\S+) is not authorized to perform: sts:AssumeRole ");

    boolean needsUser() {
        return failure.needsUser();
    }

    String reason() {
        return needsUser() ? "AccessDenied" : "Unreachable";
    }

    String words() {
        return "AWS cannot be asked: " + failure;
    }

    /** For the user; it is tried again by itself. */
    String advice() {
        var caller = CALLER.matcher(failure.message());
        if (account == null || !caller.find())
            return failure.needsUser() ? words() + ". Give the operator credentials that may" : words();
        var external = account.externalId() == null
                ? "If that policy asks for an external id, write it in spec.account.externalId"
                : "The condition sts:ExternalId in it must be what spec.account.externalId says";
        return words() + ". The trust policy of " + account.roleArn() + " must allow sts:AssumeRole to "
                + caller.group(1) + " (or to its role), and the operator's own policy must allow it on that role. "
                + external + ". It is tried again by itself; docs/operations.md shows both policies";
    }
}
