package africa.mycandidate.operator.sim;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.iam.model.*;

/** Inline and attached policies of roles. */
final class IamRolePolicies {
    private static final int INLINE_CHARACTERS = 10_240;

    private final SimIam iam;

    IamRolePolicies(SimIam iam) {
        this.iam = iam;
    }

    PutRolePolicyResponse put(PutRolePolicyRequest request) {
        var role = iam.modifiable(request.roleName());
        SimIam.checkName("policyName", request.policyName(), 128);
        IamPolicy.permissions(request.policyDocument());
        var next = role.inline(request.policyName(), request.policyDocument());
        // White space is not counted: IAM and AWS STS quotas.
        var size = next.inline().values().stream()
                .mapToInt(text -> text.replaceAll("\\s", "").length())
                .sum();
        if (size > INLINE_CHARACTERS)
            throw limit(
                    "Maximum policy size of " + INLINE_CHARACTERS + " bytes exceeded for role " + request.roleName());
        iam.put(next);
        return PutRolePolicyResponse.builder().build();
    }

    GetRolePolicyResponse get(GetRolePolicyRequest request) {
        var document = iam.seen(request.roleName()).inline().get(request.policyName());
        if (document == null) throw missing(request.policyName());
        return GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(encoded(document))
                .build();
    }

    ListRolePoliciesResponse list(ListRolePoliciesRequest request) {
        var names = iam.seen(request.roleName()).inline().keySet().stream().toList();
        var page = SimPage.of(names, request.marker(), request.maxItems(), 100);
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .marker(page.next())
                .isTruncated(page.next() != null)
                .build();
    }

    DeleteRolePolicyResponse delete(DeleteRolePolicyRequest request) {
        var role = iam.modifiable(request.roleName());
        if (!role.inline().containsKey(request.policyName())) throw missing(request.policyName());
        iam.put(role.inline(request.policyName(), null));
        return DeleteRolePolicyResponse.builder().build();
    }

    AttachRolePolicyResponse attach(AttachRolePolicyRequest request) {
        var role = iam.modifiable(request.roleName());
        var arn = request.policyArn();
        if (IamManagedPolicies.of(arn).isEmpty())
            throw SimIam.noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
        iam.put(role.attached(arn, arn.substring(arn.lastIndexOf('/') + 1)));
        return AttachRolePolicyResponse.builder().build();
    }

    DetachRolePolicyResponse detach(DetachRolePolicyRequest request) {
        var role = iam.modifiable(request.roleName());
        if (!role.attached().containsKey(request.policyArn()))
            throw SimIam.noSuchEntity("Policy " + request.policyArn() + " was not found.");
        iam.put(role.attached(request.policyArn(), null));
        return DetachRolePolicyResponse.builder().build();
    }

    ListAttachedRolePoliciesResponse attached(ListAttachedRolePoliciesRequest request) {
        var policies = iam.seen(request.roleName()).attached().entrySet().stream()
                .map(policy -> AttachedPolicy.builder()
                        .policyArn(policy.getKey())
                        .policyName(policy.getValue())
                        .build())
                .toList();
        var page = SimPage.of(policies, request.marker(), request.maxItems(), 100);
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items())
                .marker(page.next())
                .isTruncated(page.next() != null)
                .build();
    }

    /** Documents come back URL-encoded (RFC 3986): IAM API Reference, GetRolePolicy. */
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static RuntimeException missing(String policy) {
        return SimIam.noSuchEntity("The role policy with name " + policy + " cannot be found.");
    }

    private static RuntimeException limit(String message) {
        return Errors.of(LimitExceededException.builder(), "Iam", "LimitExceeded", 409, message);
    }
}
