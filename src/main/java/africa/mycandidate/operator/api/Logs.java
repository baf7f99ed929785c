package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The log group of the containers. */
@Block
public record Logs(
        @JsonPropertyDescription(
                "Days for which log lines are kept, one of the values of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, "
                        + "120, 150, 180, 365 and so on to 3653. Default 30.")
        Integer retentionDays) {}
