package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.Port;
import java.util.Random;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Ports that go wrong. */
public final class Trouble {
    private Trouble() {}

    /** Calls of this kind are answered with an error of AWS and do nothing. */
    static Port refusing(Predicate<Port.Effect> which, int status, String code, String message) {
        return (effect, call) -> {
            if (which.test(effect)) throw error(status, code, message);
            return call.run();
        };
    }

    public static AwsServiceException error(int status, String code, String message) {
        return AwsServiceException.builder()
                .message(message)
                .statusCode(status)
                .requestId("req-4711")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    /** AWS throttles a part of all calls. */
    static Port throttling(long seed, double share) {
        var random = new Random(seed);
        return (effect, call) -> {
            if (!effect.service().equals("Kubernetes") && random.nextDouble() < share)
                throw error(400, "Throttling", "Rate exceeded");
            return call.run();
        };
    }
}
