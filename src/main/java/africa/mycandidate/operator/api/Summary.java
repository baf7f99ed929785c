package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The columns of kubectl get. */
@Block
public record Summary(
        @JsonPropertyDescription("What the stack waits for, in words, or that it is ready.")
        String state,

        @JsonPropertyDescription("Tasks that run and tasks that are wanted, such as 2/2.")
        String tasks,

        @JsonPropertyDescription("Number of differences that somebody else made and that are outstanding.")
        Integer drift,

        @JsonPropertyDescription("Estimated cost of a month of 730 hours in US dollars, such as $173.")
        String costPerMonth) {}
