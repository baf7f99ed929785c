package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A DNS record that the owner of the zone has to add. */
@Block
public record DnsRecordToAdd(
        @JsonPropertyDescription("Full name of the record.") String name,

        @JsonPropertyDescription("Type of the record, such as CNAME.")
        String type,

        @JsonPropertyDescription("Value of the record.") String value,
        @JsonPropertyDescription("What the record is for.") String why) {}
