package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One field of one resource that somebody else changed. */
@Block
public record DriftEntry(
        @JsonPropertyDescription("Type and role, such as DbInstance/main.")
        String resource,

        @JsonPropertyDescription("Name of the field.") String field,
        @JsonPropertyDescription("What the spec comes to.") String desired,
        @JsonPropertyDescription("What AWS has.") String actual,
        @JsonPropertyDescription("When it was first seen.") String since,

        @JsonPropertyDescription("What the operator does about it, and when.")
        String action) {}
