package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The Redis cache. */
@Block
@ValidationRule(
        value = "!has(self.nodeType) || self.nodeType.matches('^cache[.][a-z0-9-]+[.][a-z0-9]+$')",
        message = "write an ElastiCache node type, such as cache.t3.micro",
        fieldPath = ".nodeType")
@ValidationRule(
        value = "!has(self.nodeType) || !self.nodeType.matches('^cache[.](t1|m1|m2|c1)[.]')",
        message = "this node type cannot encrypt what it sends; write a newer one, such as cache.t3.micro",
        fieldPath = ".nodeType")
@ValidationRule(
        value = "!has(self.engineVersion) || self.engineVersion in ['7.0', '7.1']",
        message =
                "write the Redis version \"7.0\" or \"7.1\": the site is made for Redis 7, and later versions are Valkey",
        fieldPath = ".engineVersion")
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
