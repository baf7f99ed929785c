package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An image that does not serve, and why. */
@Block
public record FailedRollout(
        @JsonPropertyDescription("Image that failed.") String image,

        @JsonPropertyDescription("Release, where its command failed; Rollout, where its tasks did.")
        String stage,

        @JsonPropertyDescription("Exit code of the command. Absent where there is none.")
        Integer exitCode,

        @JsonPropertyDescription("Log group, and the log stream where it is known, of the last that it wrote.")
        String log,

        @JsonPropertyDescription("What happened, and what can be done about it.")
        String message) {}
