package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** The Redis cache. */
@Block
public record Cache(
        @Size(max = 64)
        @JsonPropertyDescription("ElastiCache node type, such as cache.t3.micro. Default cache.t3.micro.")
        String nodeType,
        @Size(max = 8)
        @JsonPropertyDescription("Redis version, \"7.0\" or \"7.1\"; never lower than before. Default \"7.1\".")
        String engineVersion,
        @Min(0)
        @Max(5)
        @JsonPropertyDescription(
                "Replicas beside the primary node, 0 to 5. From 1 on a replica takes over by itself. Default 0.")
        Integer replicas) {}
