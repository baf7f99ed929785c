package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Names under which AWS serves the parts of the stack. */
@Block
public record Endpoints(
        @JsonPropertyDescription("DNS name of the load balancer.")
        String loadBalancer,

        @JsonPropertyDescription("Host name of the database, reachable from the tasks only.")
        String database,

        @JsonPropertyDescription("Host name of the cache, reachable from the tasks only.")
        String cache,

        @JsonPropertyDescription("DNS name of the CloudFront distribution.")
        String cdn,

        @JsonPropertyDescription("Name of the log group of the containers.")
        String logGroup) {}
