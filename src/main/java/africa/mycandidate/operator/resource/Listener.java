package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;

/** A port of the load balancer and what happens there. Its port makes it unique. Output: {@code arn}. */
@AwsType(replacement = Replacement.DELETE_FIRST)
public record Listener(
        @Immutable Ref<LoadBalancer> loadBalancer,
        @Immutable Integer port,
        String protocol,
        String sslPolicy,
        Ref<Certificate> certificate,
        Action action)
        implements Resource {

    /** What the listener does with a request that no rule takes. */
    public sealed interface Action {
        record Forward(Ref<TargetGroup> targetGroup) implements Action {}

        /** To the same host, path and query, over another protocol. */
        record Redirect(String protocol, int port, int status) implements Action {}
    }
}
