package africa.mycandidate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class CallBudgetTest {
    private static final Port.Effect READ = Port.Effect.of("Ec2", "describeVpcs");
    private static final Port.Effect WRITE = Port.Effect.of("Ec2", "createVpc");
    /** As many as EC2's bucket holds, all at the same moment. */
    private static final int BURST = 100;

    private int calls;
    private int pauses;
    private final CallBudget budget = new CallBudget(() -> Instant.EPOCH, () -> pauses++);

    private Object throttled(int times) {
        if (++calls > times) return "an answer";
        throw Ec2Exception.builder()
                .statusCode(503)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("RequestLimitExceeded")
                        .errorMessage("Request limit exceeded.")
                        .build())
                .build();
    }

    @Test
    void aThrottledReadIsAskedOnceMoreAfterAPause() throws Throwable {
        assertThat(budget.pass(READ, () -> throttled(1))).isEqualTo("an answer");
        assertThat(calls).isEqualTo(2);
        assertThat(pauses).isEqualTo(1);
    }

    @Test
    void butNotTwice() {
        assertThatThrownBy(() -> budget.pass(READ, () -> throttled(9))).isInstanceOf(Ec2Exception.class);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void aWriteIsNeverAskedAgain() {
        assertThatThrownBy(() -> budget.pass(WRITE, () -> throttled(1))).isInstanceOf(Ec2Exception.class);
        assertThat(calls).isEqualTo(1);
        assertThat(pauses).isZero();
    }

    @Test
    void anEmptyBucketRefusesAtOnce() throws Throwable {
        for (var i = 0; i < BURST; i++) budget.pass(READ, () -> "an answer");
        assertThatThrownBy(() -> budget.pass(READ, () -> throttled(0))).isInstanceOf(CallRefused.class);
        assertThat(calls).isZero();
        assertThat(pauses).isZero();
    }

    @Test
    void eachThrottledCallHalvesWhatIsLeft() throws Throwable {
        assertThatThrownBy(() -> budget.pass(WRITE, () -> throttled(1))).isInstanceOf(Ec2Exception.class);
        var passed = 0;
        try {
            for (; passed < BURST; passed++) budget.pass(READ, () -> "an answer");
        } catch (CallRefused refused) {
            assertThat(passed).isEqualTo(BURST / 2 - 1);
            return;
        }
        throw new AssertionError("nothing was refused");
    }
}
