package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import java.util.List;

/** What the defaults came to, and what AWS chose. */
@Block
public record Resolved(
        @JsonPropertyDescription("AWS account of the stack, twelve digits.")
        String account,

        @JsonPropertyDescription("Availability zones that the subnets are in.")
        List<String> zones,

        @PreserveUnknownFields
        @SchemaFrom(type = Object.class)
        @JsonPropertyDescription("The spec with every default written out.")
        Spec spec) {}
