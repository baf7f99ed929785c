package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** One election. */
@Block
public record ElectionStatus(
        @JsonPropertyDescription("Name of the election.") String name,

        @JsonPropertyDescription("Upcoming; Raised: the stack is as large as it needs; Active: it is on; or Past.")
        String state,

        @JsonPropertyDescription("When the stack is scaled up and, with freeze, frozen; ISO 8601 in UTC.")
        String raised,

        @JsonPropertyDescription("When it begins, ISO 8601 in UTC.")
        String from,

        @JsonPropertyDescription("When it ends, ISO 8601 in UTC.")
        String to,

        @JsonPropertyDescription("From 48 hours before: what was checked for it.")
        List<ElectionCheck> checks) {}
