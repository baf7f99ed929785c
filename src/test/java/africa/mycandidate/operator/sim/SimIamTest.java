package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.iam.model.Tag;

class SimIamTest extends EdgeFixture {
    private static final String EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
    private static final String ROLE = "arn:aws:iam::123456789012:role/mycandidate/app";
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": ["ecs-tasks.amazonaws.com"]}, "Action": "sts:AssumeRole",
              "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}, "ArnLike": {"aws:SourceArn": "arn:aws:ecs:af-south-1:123456789012:*"}}}]}
            """;
    private static final String SECRETS = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": ["secretsmanager:Get*"], "Resource": "arn:aws:secretsmanager:af-south-1:123456789012:secret:app-*"},
              {"Effect": "Deny", "Action": "secretsmanager:GetSecretValue", "Resource": ["arn:aws:secretsmanager:af-south-1:123456789012:secret:app-root"]}]}
            """;

    private final SimIam iam = aws.iam;

    @BeforeEach
    void role() {
        iam.createRole(call -> call.roleName("app")
                .path("/mycandidate/")
                .assumeRolePolicyDocument(TRUST)
                .tags(Tag.builder().key("stack").value("a").build()));
        settle();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        iam.attachRolePolicy(call -> call.roleName("app").policyArn(EXECUTION));
        iam.createServiceLinkedRole(call -> call.awsServiceName("ecs.amazonaws.com"));
        iam.createRole(call -> call.roleName("inline").assumeRolePolicyDocument(TRUST));
        iam.putRolePolicy(call -> call.roleName("inline").policyName("secrets").policyDocument(SECRETS));
        settle();
        var large = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::"
                + "x".repeat(10_240) + "\"}}";
        return refusals(
                iam::existing,
                refusal(
                        "a taken name",
                        "EntityAlreadyExists",
                        409,
                        () -> iam.createRole(call -> call.roleName("app").assumeRolePolicyDocument(TRUST))),
                refusal(
                        "a name with a blank",
                        "ValidationError",
                        400,
                        () -> iam.createRole(call -> call.roleName("a b").assumeRolePolicyDocument(TRUST))),
                refusal(
                        "a path without slash",
                        "ValidationError",
                        400,
                        () -> iam.createRole(
                                call -> call.roleName("x").path("x").assumeRolePolicyDocument(TRUST))),
                refusal(
                        "a session of a minute",
                        "ValidationError",
                        400,
                        () -> iam.createRole(call ->
                                call.roleName("x").maxSessionDuration(60).assumeRolePolicyDocument(TRUST))),
                refusal(
                        "a trust policy that is no JSON",
                        "MalformedPolicyDocument",
                        400,
                        () -> iam.createRole(call -> call.roleName("x").assumeRolePolicyDocument("{"))),
                refusal(
                        "a principal that does not exist",
                        "MalformedPolicyDocument",
                        400,
                        () -> iam.createRole(call -> call.roleName("x")
                                .assumeRolePolicyDocument(TRUST.replace(
                                        "\"Service\": [\"ecs-tasks.amazonaws.com\"]",
                                        "\"AWS\": \"arn:aws:iam::123456789012:role/nobody\"")))),
                refusal(
                        "a service that is none",
                        "MalformedPolicyDocument",
                        400,
                        () -> iam.updateAssumeRolePolicy(call ->
                                call.roleName("app").policyDocument(TRUST.replace("amazonaws.com", "example.org")))),
                trust("a trust policy with a resource", "\"Action\"", "\"Resource\": \"*\", \"Action\""),
                trust("a trust policy without principal", "Principal", "Sid"),
                trust("a trust policy for S3", "sts:AssumeRole", "s3:GetObject"),
                permissions("no effect", "Effect", "Sid"),
                permissions("no action", "\"Action\"", "\"Sid\""),
                permissions("no resource", "Resource", "Sid"),
                permissions("no statement", "Statement", "Sid"),
                permissions("a version of its own", "2012-10-17", "2020-01-01"),
                permissions("no object", SECRETS, "[]"),
                refusal(
                        "a trust policy as permissions",
                        "MalformedPolicyDocument",
                        400,
                        () -> iam.putRolePolicy(
                                call -> call.roleName("app").policyName("p").policyDocument(TRUST))),
                refusal(
                        "a resource that is no ARN",
                        "MalformedPolicyDocument",
                        400,
                        () -> iam.putRolePolicy(call ->
                                call.roleName("app").policyName("p").policyDocument(SECRETS.replace("arn:aws:", "")))),
                refusal(
                        "an action without vendor",
                        "MalformedPolicyDocument",
                        400,
                        () -> iam.putRolePolicy(call -> call.roleName("app")
                                .policyName("p")
                                .policyDocument(SECRETS.replace("secretsmanager:Get", "Get")))),
                refusal(
                        "an inline policy that is too large",
                        "LimitExceeded",
                        409,
                        () -> iam.putRolePolicy(
                                call -> call.roleName("app").policyName("p").policyDocument(large))),
                refusal(
                        "more than 50 tags",
                        "LimitExceeded",
                        409,
                        () -> iam.tagRole(call -> call.roleName("app")
                                .tags(IntStream.range(0, 51)
                                        .mapToObj(i -> Tag.builder()
                                                .key("k" + i)
                                                .value("")
                                                .build())
                                        .toList()))),
                refusal(
                        "a tag of AWS",
                        "InvalidInput",
                        400,
                        () -> iam.tagRole(call -> call.roleName("app")
                                .tags(Tag.builder().key("aws:x").value("").build()))),
                refusal("an unknown role", "NoSuchEntity", 404, () -> iam.getRole(call -> call.roleName("none"))),
                refusal(
                        "an unknown role to delete",
                        "NoSuchEntity",
                        404,
                        () -> iam.deleteRole(call -> call.roleName("none"))),
                refusal(
                        "an unknown inline policy",
                        "NoSuchEntity",
                        404,
                        () -> iam.getRolePolicy(call -> call.roleName("app").policyName("none"))),
                refusal(
                        "an unknown inline policy to delete",
                        "NoSuchEntity",
                        404,
                        () -> iam.deleteRolePolicy(call -> call.roleName("app").policyName("none"))),
                refusal(
                        "an unknown managed policy",
                        "NoSuchEntity",
                        404,
                        () -> iam.attachRolePolicy(
                                call -> call.roleName("app").policyArn("arn:aws:iam::aws:policy/None"))),
                refusal(
                        "a policy that is not attached",
                        "NoSuchEntity",
                        404,
                        () -> iam.detachRolePolicy(
                                call -> call.roleName("inline").policyArn(EXECUTION))),
                refusal(
                        "a role with an attached policy",
                        "DeleteConflict",
                        409,
                        () -> iam.deleteRole(call -> call.roleName("app"))),
                refusal(
                        "a role with an inline policy",
                        "DeleteConflict",
                        409,
                        () -> iam.deleteRole(call -> call.roleName("inline"))),
                refusal(
                        "a service-linked role",
                        "UnmodifiableEntity",
                        400,
                        () -> iam.deleteRole(call -> call.roleName("AWSServiceRoleForECS"))),
                refusal(
                        "a service-linked role that exists",
                        "InvalidInput",
                        400,
                        () -> iam.createServiceLinkedRole(call -> call.awsServiceName("ecs.amazonaws.com"))),
                refusal(
                        "a service without linked role",
                        "InvalidInput",
                        400,
                        () -> iam.createServiceLinkedRole(call -> call.awsServiceName("example.org"))));
    }

    private Refusal trust(String name, String part, String wrong) {
        return refusal(
                name,
                "MalformedPolicyDocument",
                400,
                () -> iam.updateAssumeRolePolicy(
                        call -> call.roleName("app").policyDocument(TRUST.replace(part, wrong))));
    }

    private Refusal permissions(String name, String part, String wrong) {
        return refusal(
                name,
                "MalformedPolicyDocument",
                400,
                () -> iam.putRolePolicy(
                        call -> call.roleName("app").policyName("p").policyDocument(SECRETS.replace(part, wrong))));
    }

    @Test
    void aFreshRoleIsKnownElsewhereOnlyLater() {
        iam.createRole(call -> call.roleName("fresh").assumeRolePolicyDocument(TRUST));
        var arn = "arn:aws:iam::123456789012:role/fresh";
        assertThat(iam.assumable(arn, "ecs-tasks.amazonaws.com")).isFalse();
        settle();
        assertThat(iam.assumable(arn, "ecs-tasks.amazonaws.com")).isTrue();
        assertThat(iam.assumable(arn, "rds.amazonaws.com")).isFalse();
        iam.putRolePolicy(call -> call.roleName("fresh").policyName("secrets").policyDocument(SECRETS));
        var secret = "arn:aws:secretsmanager:af-south-1:123456789012:secret:app-url-AbCdEf";
        assertThat(iam.allows(arn, "secretsmanager:GetSecretValue", secret)).isFalse();
        settle();
        assertThat(iam.allows(arn, "secretsmanager:GetSecretValue", secret)).isTrue();
    }

    @Test
    void policiesAllowWhatTheySay() {
        iam.putRolePolicy(call -> call.roleName("app").policyName("secrets").policyDocument(SECRETS));
        iam.attachRolePolicy(call -> call.roleName("app").policyArn(EXECUTION));
        settle();
        var secrets = "arn:aws:secretsmanager:af-south-1:123456789012:secret:";
        assertThat(iam.allows(ROLE, "secretsmanager:GetSecretValue", secrets + "app-url"))
                .isTrue();
        assertThat(iam.allows(ROLE, "secretsmanager:GetSecretValue", secrets + "app-root"))
                .isFalse();
        assertThat(iam.allows(ROLE, "secretsmanager:GetSecretValue", secrets + "other"))
                .isFalse();
        assertThat(iam.allows(ROLE, "secretsmanager:PutSecretValue", secrets + "app-url"))
                .isFalse();
        assertThat(iam.allows(ROLE, "logs:PutLogEvents", "arn:aws:logs:af-south-1:123456789012:log-group:x"))
                .isTrue();
        assertThat(iam.allows(ROLE, "logs:CreateLogGroup", "arn:aws:logs:af-south-1:123456789012:log-group:x"))
                .isFalse();
        assertThat(iam.allows("arn:aws:iam::123456789012:role/app", "logs:PutLogEvents", "*"))
                .isFalse();
    }

    @Test
    void readsShowWhatWasWritten() {
        var role = iam.getRole(call -> call.roleName("app")).role();
        assertThat(role.arn()).isEqualTo(ROLE);
        assertThat(role.assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A%20%222012");
        assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(TRUST);
        assertThat(iam.listRoles(call -> call.pathPrefix("/mycandidate/")).roles())
                .singleElement()
                .satisfies(listed -> assertThat(listed.tags()).isEmpty());
        assertThat(iam.listRoles(call -> call.pathPrefix("/other/")).roles()).isEmpty();
        iam.tagRole(call ->
                call.roleName("app").tags(Tag.builder().key("owner").value("b").build()));
        iam.untagRole(call -> call.roleName("app").tagKeys("stack"));
        settle();
        assertThat(iam.listRoleTags(call -> call.roleName("app")).tags())
                .containsExactly(Tag.builder().key("owner").value("b").build());
    }

    @Test
    void listsComeInPages() {
        for (var i = 0; i < 3; i++) {
            var name = "page" + i;
            iam.createRole(call -> call.roleName(name).path("/pages/").assumeRolePolicyDocument(TRUST));
        }
        settle();
        assertThat(iam.listRoles(call -> call.pathPrefix("/pages/").maxItems(2)).isTruncated())
                .isTrue();
        assertThat(iam.listRolesPaginator(call -> call.pathPrefix("/pages/").maxItems(2))
                        .roles())
                .hasSize(3);
    }

    @Test
    void aRoleGoesOnceItIsEmpty() {
        iam.putRolePolicy(call -> call.roleName("app").policyName("secrets").policyDocument(SECRETS));
        iam.attachRolePolicy(call -> call.roleName("app").policyArn(EXECUTION));
        settle();
        assertThat(iam.listRolePolicies(call -> call.roleName("app")).policyNames())
                .containsExactly("secrets");
        assertThat(iam.listAttachedRolePolicies(call -> call.roleName("app")).attachedPolicies())
                .singleElement()
                .satisfies(policy -> assertThat(policy.policyArn()).isEqualTo(EXECUTION));
        iam.deleteRolePolicy(call -> call.roleName("app").policyName("secrets"));
        iam.detachRolePolicy(call -> call.roleName("app").policyArn(EXECUTION));
        iam.deleteRole(call -> call.roleName("app"));
        assertThat(iam.existing()).isEmpty();
        pass(Duration.ofSeconds(10));
        refused("NoSuchEntity", 404, () -> iam.getRole(call -> call.roleName("app")));
    }

    @Test
    void theCallerIsTheAccount() {
        assertThat(aws.sts.getCallerIdentity().account()).isEqualTo("123456789012");
    }
}
