package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** The log group of the containers. */
@Block
@ValidationRule(
        value = "!has(self.retentionDays) || self.retentionDays in [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, "
                + "180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]",
        message = "CloudWatch Logs does not keep logs for that long; write 1, 3, 5, 7, 14, 30, 60, 90, 120, "
                + "150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days",
        fieldPath = ".retentionDays")
public record Logs(
        @JsonPropertyDescription(
                "Days for which log lines are kept, one of the values of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, "
                        + "120, 150, 180, 365 and so on to 3653. Default 30.")
        Integer retentionDays) {}
