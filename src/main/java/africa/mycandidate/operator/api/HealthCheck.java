package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The load balancer's check of a task. */
@Block
@ValidationRule(
        value = "!has(self.path) || self.path.matches('^/[^ ]*$')",
        message = "write a path that begins with a slash, such as / or /health, and not a whole URL",
        fieldPath = ".path")
@ValidationRule(
        value = "!has(self.codes) || "
                + "self.codes.matches('^[2-4][0-9]{2}(-[2-4][0-9]{2})?(,[2-4][0-9]{2}(-[2-4][0-9]{2})?)*$')",
        message = "write HTTP codes from 200 to 499, such as 200-399 or 200,302",
        fieldPath = ".codes")
public record HealthCheck(
        @Size(max = 1024) @JsonPropertyDescription("Path that is asked for, beginning with a slash. Default /.")
        String path,

        @Size(max = 64)
        @JsonPropertyDescription(
                "HTTP status codes that count as healthy, from 200 to 499: a code, a range, or several with commas. "
                        + "Default 200-399.")
        String codes) {}
