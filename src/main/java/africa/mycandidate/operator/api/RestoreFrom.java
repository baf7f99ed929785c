package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** A snapshot, or an instance and a time. */
@Block
public record RestoreFrom(
        @Size(max = 512) @JsonPropertyDescription("Name or ARN of the snapshot. Absent: instance and time are used.")
        String snapshot,

        @Size(max = 63)
        @JsonPropertyDescription("Identifier of the instance whose backups are used. Absent: snapshot is used.")
        String instance,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Moment to restore, as YYYY-MM-DDTHH:MM in spec.timeZone. Absent: the latest there is.")
        String time) {}
