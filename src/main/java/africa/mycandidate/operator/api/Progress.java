package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Counts, and no running clock: a clock would change the status for ever. */
@Block
public record Progress(
        @JsonPropertyDescription("Resources that are as they should be.")
        Integer done,

        @JsonPropertyDescription("Resources of the stack.") Integer total,

        @JsonPropertyDescription("When the present work began.")
        String since) {}
