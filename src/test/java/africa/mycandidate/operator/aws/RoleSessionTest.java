package africa.mycandidate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.aws.Port.Effect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** When a role is assumed, and when it is not. */
class RoleSessionTest {
    private static final AccountRole ROLE =
            new AccountRole("arn:aws:iam::210987654321:role/mycandidate-operator", "kenya-7");

    private Instant now = Instant.parse("2029-05-29T06:00:00Z");
    private final Endpoint sts = new Endpoint();
    private final RoleSession session = new RoleSession(ROLE, "mycandidate-operator-6d4cf56db6-x7k2p", () -> now);

    /** STS, with sessions of an hour. */
    private final class Endpoint implements StsClient {
        private final List<AssumeRoleRequest> asked = new ArrayList<>();
        private AwsServiceException refusal;

        @Override
        public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
            synchronized (asked) {
                asked.add(request);
            }
            if (refusal != null) throw refusal;
            return AssumeRoleResponse.builder()
                    .credentials(given -> given.accessKeyId("ASIA" + asked.size())
                            .secretAccessKey("secret")
                            .sessionToken("token")
                            // AWS's clock is some minutes behind.
                            .expiration(now.minus(Duration.ofMinutes(20)).plusSeconds(request.durationSeconds())))
                    .build();
        }

        @Override
        public String serviceName() {
            return "sts";
        }

        @Override
        public void close() {}
    }

    private static AwsServiceException error(String code) {
        return AwsServiceException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("not authorized")
                        .build())
                .build();
    }

    private String key() {
        return session.credentials(sts).accessKeyId();
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void oneSessionServesUntilShortlyBeforeItsEnd() {
        for (var minute = 0; minute < 55; minute++) {
            assertThat(key()).isEqualTo("ASIA1");
            later(Duration.ofMinutes(1));
        }
        assertThat(key()).isEqualTo("ASIA2");
        assertThat(sts.asked).hasSize(2);
    }

    @Test
    void itSaysWhoAsksAndForWhat() {
        key();
        assertThat(sts.asked.getFirst().roleArn()).isEqualTo(ROLE.arn());
        assertThat(sts.asked.getFirst().externalId()).isEqualTo("kenya-7");
        assertThat(sts.asked.getFirst().durationSeconds()).isEqualTo(3600);
        for (var operator :
                List.of("mycandidate-operator-6d4cf56db6-x7k2p", "local", "a".repeat(250) + "-x7k2p", "ä b")) {
            new RoleSession(ROLE, operator, () -> now).credentials(sts);
            assertThat(sts.asked.getLast().roleSessionName())
                    .matches("[\\w+=,.@-]{2,64}")
                    .endsWith(operator.substring(operator.length() - 2).replace(' ', '-'));
        }
        assertThat(sts.asked.getFirst().roleSessionName())
                .isEqualTo("mycandidate-operator@mycandidate-operator-6d4cf56db6-x7k2p");
    }

    @Test
    void aRefusedRenewalIsRepeatedWhileTheSessionStillLasts() {
        key();
        later(Duration.ofMinutes(56));
        sts.refusal = error("AccessDenied");
        for (var second = 0; second < 120; second += 5) {
            assertThat(key()).isEqualTo("ASIA1");
            later(Duration.ofSeconds(5));
        }
        assertThat(sts.asked).as("every half minute").hasSize(5);
        later(Duration.ofMinutes(1));
        assertThatThrownBy(this::key).isSameAs(sts.refusal);
        sts.refusal = null;
        later(Duration.ofSeconds(30));
        assertThat(key()).isEqualTo("ASIA" + sts.asked.size());
    }

    @Test
    void whoIsRefusedDoesNotAskWithEveryCall() {
        sts.refusal = error("AccessDenied");
        for (var call = 0; call < 60; call++) assertThatThrownBy(this::key).isSameAs(sts.refusal);
        assertThat(sts.asked).hasSize(1);
    }

    @Test
    void callersAtTheSameTimeShareOneAnswer() throws Exception {
        var gate = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callers = new ArrayList<Callable<String>>();
            for (var i = 0; i < 200; i++)
                callers.add(() -> {
                    gate.await();
                    return key();
                });
            var running = callers.stream().map(threads::submit).toList();
            gate.countDown();
            var keys = new HashSet<String>();
            for (var one : running) keys.add(one.get());
            assertThat(keys).containsExactly("ASIA1");
        }
        assertThat(sts.asked).hasSize(1);
    }

    @Test
    void aSessionThatAwsDoesNotTakeAnyMoreIsGivenUp() {
        for (var code : List.of(
                "ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId", "AuthFailure")) {
            var before = key();
            later(Duration.ofMinutes(1));
            fails(code);
            assertThat(key()).as(code).isNotEqualTo(before);
            var fresh = key();
            fails(code);
            assertThat(key())
                    .as("calls that were on their way say the same of the old one")
                    .isEqualTo(fresh);
        }
        var kept = key();
        later(Duration.ofMinutes(1));
        fails("AccessDenied");
        assertThat(key()).isEqualTo(kept);
    }

    private void fails(String code) {
        var error = error(code);
        assertThatThrownBy(() -> session.pass(Effect.of("Rds", "describeDBInstances"), () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    /** Who is not let in finds it in the exception of the call that wanted in, as AWS said it. */
    @Test
    void theSdkPassesARefusalOnAsItIs() {
        var refusal = error("AccessDenied");
        var ec2 = new RealCloud(Clock.systemUTC())
                .clients("af-south-1", ROLE, () -> {
                    throw refusal;
                })
                .of(Ec2Client.class);
        assertThatThrownBy(ec2::describeVpcs).isSameAs(refusal);
        assertThat(AwsFailure.of("Ec2", refusal).kind()).isEqualTo(AwsFailure.Kind.DENIED);
    }
}
