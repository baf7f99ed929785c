package africa.mycandidate.operator.sim;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.*;

/** ECS's errors. All of them are HTTP 400 (BC:ecs). */
final class EcsRefusal {
    private EcsRefusal() {}

    static AwsServiceException invalid(String message) {
        return of(InvalidParameterException.builder(), "InvalidParameterException", message);
    }

    static AwsServiceException client(String message) {
        return of(ClientException.builder(), "ClientException", message);
    }

    static AwsServiceException clusterNotFound() {
        return of(ClusterNotFoundException.builder(), "ClusterNotFoundException", "Cluster not found.");
    }

    static AwsServiceException serviceNotFound() {
        return of(ServiceNotFoundException.builder(), "ServiceNotFoundException", "Service not found.");
    }

    static AwsServiceException serviceNotActive() {
        return of(ServiceNotActiveException.builder(), "ServiceNotActiveException", "Service was not ACTIVE.");
    }

    static AwsServiceException notFound(String what) {
        return of(
                ResourceNotFoundException.builder(),
                "ResourceNotFoundException",
                "The specified " + what + " was not found.");
    }

    static AwsServiceException of(AwsServiceException.Builder builder, String code, String message) {
        return Errors.of(builder, "ECS", code, 400, message);
    }
}
