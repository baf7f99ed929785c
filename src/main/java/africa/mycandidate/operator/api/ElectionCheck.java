package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One thing that an election needs. */
@Block
public record ElectionCheck(
        @JsonPropertyDescription("What was checked.") String name,

        @JsonPropertyDescription("Whether it is well.") Boolean passed,

        @JsonPropertyDescription("What was found, and what to do where it is not well.")
        String message) {}
