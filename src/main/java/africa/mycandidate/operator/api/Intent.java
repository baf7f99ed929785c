package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A creation that was about to begin. */
@Block
public record Intent(
        @JsonPropertyDescription("Type and role, such as Vpc/main.")
        String resource,

        @JsonPropertyDescription("When it was noted.") String since) {}
