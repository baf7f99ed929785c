package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What one election adds to the cost of the months that it lies in. */
@Block
public record ElectionCost(
        @JsonPropertyDescription("Name of the election.") String name,

        @JsonPropertyDescription(
                "What it adds in all: more tasks from the lead on, larger classes and reserved capacity for longer.")
        String extra,

        @JsonPropertyDescription("What a whole month would cost at the election's fewest tasks and classes.")
        String monthlyRate) {}
