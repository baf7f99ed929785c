package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Map;
import java.util.Set;

/**
 * An IAM role. Documents come back URL-encoded, with single-element lists collapsed or not, so they are compared as values. Outputs: {@code arn}, and
 * {@code readyArn} once it has a policy.
 */
@AwsType(placed = true, replacement = Replacement.NEVER, nameLength = 64)
public record Role(
        @Immutable String path, String description, Policy trust, @Late Map<String, Policy> policies, @Late Set<String> managedPolicyArns)
        implements Resource {

    /** The statements of a policy document. */
    public record Policy(Set<Statement> statements) {}

    /**
     * @param effect {@code Allow} or {@code Deny}
     * @param principal the service that may assume the role; empty in a permission policy
     * @param resources ARNs or patterns; empty in a trust policy
     * @param rest what else stands in the statement (conditions, other principals), as canonical JSON; empty where there is nothing
     */
    public record Statement(String effect, String principal, Set<String> actions, Set<Ref<? extends Resource>> resources, String rest) {}

    @Override
    public String place() {
        return path;
    }
}
