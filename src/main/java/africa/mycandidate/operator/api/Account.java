package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The AWS account of a stack, where it is not the operator's own. */
@Block
@ValidationRule(
        value =
                "self.roleArn.matches('^arn:aws[a-z-]*:iam::[0-9]{12}:role/([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,64}$')",
        message = "write the ARN of an IAM role (not of a user, an instance profile or a session), such as "
                + "arn:aws:iam::210987654321:role/mycandidate-operator",
        fieldPath = ".roleArn")
@ValidationRule(
        value = "!has(self.externalId) || self.externalId.matches('^[A-Za-z0-9_+=,.@:/-]*$')",
        message = "write the external id as the role's trust policy has it: letters, digits and _ + = , . @ : / -, "
                + "without spaces",
        fieldPath = ".externalId")
public record Account(
        @Required
        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of the role in that account that the operator assumes. Its trust policy must allow that to the "
                        + "operator.")
        String roleArn,

        @Size(min = 2, max = 1224)
        @JsonPropertyDescription("External id that the role's trust policy asks for. Absent: none.")
        String externalId) {}
