package africa.mycandidate.operator.sim;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** ELBv2's codes have no suffix {@code Exception}, and its not-found is HTTP 400 (docs/aws-notes.md). */
final class ElbErrors {
    private ElbErrors() {}

    static RuntimeException validation(String message) {
        return of(ElasticLoadBalancingV2Exception.builder(), "ValidationError", message);
    }

    static RuntimeException configuration(String message) {
        return of(InvalidConfigurationRequestException.builder(), "InvalidConfigurationRequest", message);
    }

    static RuntimeException noLoadBalancer() {
        return of(
                LoadBalancerNotFoundException.builder(),
                "LoadBalancerNotFound",
                "One or more load balancers not found");
    }

    static RuntimeException noTargetGroup() {
        return of(TargetGroupNotFoundException.builder(), "TargetGroupNotFound", "One or more target groups not found");
    }

    static RuntimeException noListener() {
        return of(ListenerNotFoundException.builder(), "ListenerNotFound", "One or more listeners not found");
    }

    static RuntimeException noRule() {
        return of(RuleNotFoundException.builder(), "RuleNotFound", "One or more rules not found");
    }

    static RuntimeException notPermitted(String message) {
        return of(OperationNotPermittedException.builder(), "OperationNotPermitted", message);
    }

    static RuntimeException inUse(String message) {
        return of(ResourceInUseException.builder(), "ResourceInUse", message);
    }

    static RuntimeException of(AwsServiceException.Builder builder, String code, String message) {
        return Errors.of(builder, "ElasticLoadBalancingV2", code, 400, message);
    }
}
