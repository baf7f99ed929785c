package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** One election. */
@Block
public record ElectionStatus(
        @JsonPropertyDescription("Name of the election.") String name,

        @JsonPropertyDescription("Upcoming, Preparing, Active or Past.")
        String state,

        @JsonPropertyDescription("What was checked for it, each with its result.")
        List<String> checks) {}
