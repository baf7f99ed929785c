package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What became of a command that runs once. */
@Block
public record RunStatus(
        @JsonPropertyDescription("Name of the job, or release.")
        String name,

        @JsonPropertyDescription("Image that it runs.") String image,

        @JsonPropertyDescription(
                "Waiting, Running, Succeeded, Failed, or Unknown where AWS has forgotten how it ended.")
        String state,

        @JsonPropertyDescription("Exit code of the command. Absent where it did not come to one.")
        Integer exitCode,

        @JsonPropertyDescription("Log group and log stream of what it wrote, as CloudWatch Logs names them.")
        String log,

        @JsonPropertyDescription("When it began, or ended.") String since,

        @JsonPropertyDescription("What happened, and what can be done about it.")
        String message) {}
