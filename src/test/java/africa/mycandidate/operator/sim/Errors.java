package africa.mycandidate.operator.sim;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Errors as the SDK throws them: the code as on the wire, an HTTP status, a request id. */
final class Errors {
    private Errors() {}

    /** @param builder of the service's own exception type, {@code Ec2Exception.builder()} or {@code DbInstanceNotFoundException.builder()} */
    static AwsServiceException of(
            AwsServiceException.Builder builder, String service, String code, int status, String message) {
        builder.awsErrorDetails(AwsErrorDetails.builder()
                .serviceName(service)
                .errorCode(code)
                .errorMessage(message)
                .build());
        builder.statusCode(status);
        builder.requestId("00000000-5100-4000-8000-000000000000");
        builder.message(message);
        return builder.build();
    }
}
