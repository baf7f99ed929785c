package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A weekly time, in the time zone of the spec. */
@Block
@ValidationRule(
        value = "!has(self.from) || self.from.matches('^([01][0-9]|2[0-3]):[0-5][0-9]$')",
        message = "write the time as 24-hour HH:MM in quotes, such as \"02:00\"",
        fieldPath = ".from")
public record MaintenanceWindow(
        @JsonPropertyDescription("Day of the week: Mon, Tue, Wed, Thu, Fri, Sat or Sun. Default Sun.")
        Day day,

        @Size(max = 5) @JsonPropertyDescription("When it begins, as 24-hour HH:MM in spec.timeZone. Default 02:00.")
        String from,

        @Min(1) @Max(12) @JsonPropertyDescription("How long it lasts, in hours, 1 to 12. Default 2.")
        Integer hours) {
    /** Days as AWS abbreviates them. */
    public enum Day {
        /** Monday. */
        @JsonProperty("Mon")
        MON,
        /** Tuesday. */
        @JsonProperty("Tue")
        TUE,
        /** Wednesday. */
        @JsonProperty("Wed")
        WED,
        /** Thursday. */
        @JsonProperty("Thu")
        THU,
        /** Friday. */
        @JsonProperty("Fri")
        FRI,
        /** Saturday. */
        @JsonProperty("Sat")
        SAT,
        /** Sunday. */
        @JsonProperty("Sun")
        SUN
    }
}
