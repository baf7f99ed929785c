package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An AWS account other than the operator's own. */
@Block
public record Account(
        @Required
        @Size(max = 512)
        @JsonPropertyDescription("ARN of the role in that account that the operator assumes.")
        String roleArn,

        @Size(max = 1224) @JsonPropertyDescription("External id that the role's trust policy asks for. Absent: none.")
        String externalId) {}
