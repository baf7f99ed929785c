package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.aws.AccountRole;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Sessions of roles: who gets one, where it leads, and how long. */
class SimStsTest {
    private static final String ROLE = "arn:aws:iam::210987654321:role/mycandidate-operator";

    private final VirtualClock clock = new VirtualClock();
    private final SimAws own = new SimAws(new World(3, clock::instant), "123456789012", "af-south-1");
    private final SimAws other = own.neighbour("210987654321", "af-south-1");
    private final StsClient sts = own.of(StsClient.class);
    private final IamClient iam = other.of(IamClient.class);

    static String trust(String principal, String condition) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"sts:AssumeRole\"" + condition + "}]}";
    }

    @BeforeEach
    void role() {
        iam.createRole(request -> request.roleName("mycandidate-operator")
                .assumeRolePolicyDocument(trust(
                        "arn:aws:iam::123456789012:role/mycandidate-operator",
                        ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"kenya-7\"}}")));
        clock.advance(Duration.ofMinutes(1));
    }

    private AwsSessionCredentials session(Consumer<AssumeRoleRequest.Builder> more) {
        var given = sts.assumeRole(request -> more.accept(
                        request.roleArn(ROLE).roleSessionName("test").externalId("kenya-7")))
                .credentials();
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    private static void refused(String code, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refusal.getMessage()).contains(words);
        });
    }

    @Test
    void onlyWhomTheTrustPolicyNamesGetsASession() {
        var denied = "User: arn:aws:sts::123456789012:assumed-role/mycandidate-operator/session is not authorized to"
                + " perform: sts:AssumeRole on resource: ";
        refused("AccessDenied", denied + ROLE, () -> session(request -> request.externalId(null)));
        refused("AccessDenied", denied + ROLE, () -> session(request -> request.externalId("kenya-8")));
        refused("AccessDenied", denied + ROLE + "-2", () -> session(request -> request.roleArn(ROLE + "-2")));
        iam.updateAssumeRolePolicy(request -> request.roleName("mycandidate-operator")
                .policyDocument(trust("arn:aws:iam::123456789012:role/somebody", "")));
        clock.advance(Duration.ofMinutes(1));
        refused("AccessDenied", denied + ROLE, () -> session(request -> {}));
        iam.updateAssumeRolePolicy(request ->
                request.roleName("mycandidate-operator").policyDocument(trust("arn:aws:iam::123456789012:root", "")));
        clock.advance(Duration.ofMinutes(1));
        assertThat(session(request -> request.externalId(null)).accessKeyId()).startsWith("ASIA");
    }

    @Test
    void whatAwsDoesNotTakeIsRefused() {
        refused("ValidationError", "roleSessionName", () -> session(request -> request.roleSessionName("a b")));
        refused(
                "ValidationError",
                "roleSessionName",
                () -> session(request -> request.roleSessionName("a".repeat(65))));
        refused("ValidationError", "externalId", () -> session(request -> request.externalId("a b")));
        refused("ValidationError", "durationSeconds", () -> session(request -> request.durationSeconds(60)));
        refused("ValidationError", "MaxSessionDuration", () -> session(request -> request.durationSeconds(7_200)));
        iam.updateRole(request -> request.roleName("mycandidate-operator").maxSessionDuration(43_200));
        clock.advance(Duration.ofMinutes(1));
        refused("ValidationError", "role chaining", () -> session(request -> request.durationSeconds(7_200)));
        refused("ValidationError", "roleArn", () -> session(request -> request.roleArn("mycandidate")));
    }

    @Test
    void aSessionLeadsToTheOtherAccountUntilItEnds() {
        var session = session(request -> {});
        var clients = own.clients("af-south-1", new AccountRole(ROLE, "kenya-7"), () -> session);
        var caller = clients.of(StsClient.class).getCallerIdentity();
        assertThat(caller.account()).isEqualTo("210987654321");
        assertThat(caller.arn()).isEqualTo("arn:aws:sts::210987654321:assumed-role/mycandidate-operator/test");
        assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
        clients.of(Ec2Client.class).createVpc(request -> request.cidrBlock("10.0.0.0/16"));
        assertThat(other.existing()).anyMatch(one -> one.startsWith("vpc-"));
        assertThat(own.existing()).noneMatch(one -> one.startsWith("vpc-"));

        clock.advance(Duration.ofMinutes(59));
        assertThat(clients.of(Ec2Client.class).describeVpcs().vpcs()).isNotEmpty();
        clock.advance(Duration.ofMinutes(2));
        refused("RequestExpired", "expired", () -> clients.of(Ec2Client.class).describeVpcs());
        refused("ExpiredToken", "expired", () -> clients.of(RdsClient.class).describeDBInstances());
        refused("ExpiredTokenException", "expired", () -> clients.of(EcsClient.class)
                .listClusters());
    }

    @Test
    void theSessionsOfADeletedRoleAreWorthNothing() {
        var session = session(request -> {});
        var clients = own.clients("af-south-1", new AccountRole(ROLE, "kenya-7"), () -> session);
        iam.deleteRole(request -> request.roleName("mycandidate-operator"));
        role();
        refused("AuthFailure", "validate", () -> clients.of(Ec2Client.class).describeVpcs());
        refused("InvalidClientTokenId", "invalid", () -> clients.of(RdsClient.class)
                .describeDBInstances());
    }
}
