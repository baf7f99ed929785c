package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A snapshot, or an instance and a time. */
@Block
@ValidationRule(
        value = "has(self.snapshot) != has(self.instance)",
        message = "write either snapshot: the name of one, or instance: the identifier of one with a time")
@ValidationRule(
        value = "!has(self.time) || has(self.instance)",
        message = "a snapshot has its own time; take time out, or write instance in place of snapshot",
        fieldPath = ".time")
@ValidationRule(
        value =
                "!has(self.time) || self.time.matches('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$')",
        message =
                "write the time as YYYY-MM-DDTHH:MM in spec.timeZone and in quotes, such as \"2029-05-28T06:30\", without an offset",
        fieldPath = ".time")
@ValidationRule(
        value =
                "!has(self.snapshot) || self.snapshot.matches('^(arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:snapshot:)?([a-z]+:)?[A-Za-z](-?[A-Za-z0-9])*$')",
        message = "write the name of a snapshot, such as southafrica-final, or its ARN",
        fieldPath = ".snapshot")
@ValidationRule(
        value = "!has(self.instance) || self.instance.matches('^[A-Za-z](-?[A-Za-z0-9])*$')",
        message =
                "write the identifier of the instance, such as mcd-southafrica-main, not its ARN and not its endpoint",
        fieldPath = ".instance")
public record RestoreFrom(
        @Size(max = 512) @JsonPropertyDescription("Name or ARN of the snapshot. Absent: instance and time are used.")
        String snapshot,

        @Size(max = 63)
        @JsonPropertyDescription(
                "Identifier of the instance whose automated backups are used; it may be gone if they were kept. Absent: "
                        + "snapshot is used.")
        String instance,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Moment to restore, as YYYY-MM-DDTHH:MM in spec.timeZone. Absent: the latest there is.")
        String time) {}
