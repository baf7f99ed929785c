package africa.mycandidate.operator.sim;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** EC2's refusals. They all are {@link Ec2Exception} with HTTP 400, not-found too: only the code tells them apart. */
final class Ec2Refusal {
    private Ec2Refusal() {}

    static AwsServiceException refuse(String code, String message) {
        return Errors.of(Ec2Exception.builder(), "Ec2", code, 400, message);
    }

    static AwsServiceException invalid(String message) {
        return refuse("InvalidParameterValue", message);
    }

    static AwsServiceException missing(String parameter) {
        return refuse("MissingParameter", "The request must contain the parameter " + parameter);
    }

    /** The message of TF's and CAPA's logs: it does not say what depends. */
    static AwsServiceException dependents(String type, String id) {
        return refuse("DependencyViolation", "The " + type + " '" + id + "' has dependencies and cannot be deleted.");
    }

    static <T> T given(T value, String parameter) {
        if (value == null) throw missing(parameter);
        return value;
    }
}
