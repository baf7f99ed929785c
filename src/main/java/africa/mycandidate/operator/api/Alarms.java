package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Who is told when the stack is in trouble. */
@Block
@ValidationRule(
        value = "has(self.email) || has(self.topicArn)",
        message = "alarms that nobody gets wake nobody; write alarms.email or alarms.topicArn, or remove spec.alarms")
@ValidationRule(
        value = "!has(self.email) || !has(self.topicArn)",
        message = "write alarms.email or alarms.topicArn, not both: a topic of yours has the subscribers that you give "
                + "it; subscribe the address there and remove alarms.email")
@ValidationRule(
        value = "!has(self.email) || " + "self.email.matches('^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$')",
        message = "write one e-mail address, such as on-call@example.org",
        fieldPath = ".email")
@ValidationRule(
        value = "!has(self.topicArn) || "
                + "self.topicArn.matches('^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}([.]fifo)?$')",
        message = "write the ARN of an SNS topic, such as arn:aws:sns:af-south-1:123456789012:on-call",
        fieldPath = ".topicArn")
@ValidationRule(
        value = "!has(self.topicArn) || !self.topicArn.endsWith('.fifo')",
        message = "CloudWatch cannot notify a FIFO topic; write the ARN of a standard topic",
        fieldPath = ".topicArn")
public record Alarms(
        @Size(max = 320)
        @JsonPropertyDescription(
                "Address that gets the alarms by mail, from an SNS topic of the stack, once its owner has confirmed by the "
                        + "mail that AWS sends, such as on-call@example.org. Absent: none; then write topicArn.")
        String email,

        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of an SNS topic of yours that gets the alarms, in the stack's region and account, such as "
                        + "arn:aws:sns:af-south-1:123456789012:on-call. Absent: none; then write email.")
        String topicArn) {}
