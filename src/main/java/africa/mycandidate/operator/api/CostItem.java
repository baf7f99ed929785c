package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One line of the estimate. */
@Block
public record CostItem(
        @JsonPropertyDescription("What is paid for.") String name,

        @JsonPropertyDescription("Cost of a month of 730 hours.")
        String monthly,

        @JsonPropertyDescription("Price and quantity that the cost comes from.")
        String basis) {}
