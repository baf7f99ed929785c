package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One AWS resource. */
@Block
public record ResourceStatus(
        @JsonPropertyDescription("Type of the resource, such as DbInstance.")
        String type,

        @JsonPropertyDescription("Its part in the stack, such as main.")
        String role,

        @JsonPropertyDescription("Id by which AWS knows it. Absent while there is none.")
        String id,

        @JsonPropertyDescription(
                "Hash of the record that was last applied. A difference from it is a change of the spec, any other is "
                        + "drift.")
        String applied,

        @JsonPropertyDescription("Creating, Busy, Rolling, Ready, Failed, Deleting, or what it waits for before that.")
        String phase,

        @JsonPropertyDescription("What it is waiting for, or what AWS said, in words.")
        String message,

        @JsonPropertyDescription("When the phase began.") String since) {}
