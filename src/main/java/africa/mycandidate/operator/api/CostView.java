package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Estimated cost by list prices. */
@Block
public record CostView(
        @JsonPropertyDescription("Currency of the amounts, USD.")
        String currency,

        @JsonPropertyDescription("Cost of a month of 730 hours without an election.")
        String monthly,

        @JsonPropertyDescription("What it is made of.") List<CostItem> items,

        @JsonPropertyDescription("Which prices these are, and what is not in the sum.")
        String basis,

        @JsonPropertyDescription("What each coming election adds. Absent where there is none.")
        List<ElectionCost> elections) {}
