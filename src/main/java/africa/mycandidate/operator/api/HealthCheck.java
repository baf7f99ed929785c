package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The load balancer's check of a task. */
@Block
public record HealthCheck(
        @Size(max = 1024)
        @JsonPropertyDescription("Path that is asked for, beginning with a slash. Default /.")
        String path,
        @Size(max = 64)
        @JsonPropertyDescription(
                "HTTP status codes that count as healthy, from 200 to 499: a code, a range, or several with commas. "
                        + "Default 200-399.")
        String codes) {}
