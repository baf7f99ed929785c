package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One AWS resource. */
@Block
public record ResourceStatus(
        @JsonPropertyDescription("Type of the resource, such as DbInstance.")
        String type,

        @JsonPropertyDescription("Its part in the stack, such as main.")
        String role,

        @JsonPropertyDescription(
                "Id by which AWS knows it, or knew it where the phase is Unknown. Absent while there is none.")
        String id,

        @JsonPropertyDescription(
                "Hash of the record that was last applied. A difference from it is a change of the spec, any other is "
                        + "drift.")
        String applied,

        @JsonPropertyDescription(
                "Absent, Unknown (could not be read), Blocked (waits for another resource), Creating, Pending (waits for somebody else, such as a DNS record), Busy, Rolling, Running (a task that runs once), Ready, Tended (ready, while AWS makes a backup), Failed or Deleting.")
        String phase,

        @JsonPropertyDescription("What it is waiting for, or what AWS said, in words.")
        String message,

        @JsonPropertyDescription("When the phase began.") String since) {}
