package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** Who is told when the stack is in trouble. */
@Block
public record Alarms(
        @Size(max = 320)
        @JsonPropertyDescription("Address that gets the alarms by mail, once it has confirmed. Absent: none.")
        String email,

        @Size(max = 512) @JsonPropertyDescription("ARN of an SNS topic that gets the alarms. Absent: none.")
        String topicArn) {}
