package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The names that voters type. */
@Block
@ValidationRule(
        value = "(!self.name.contains('/') && !self.name.contains(':'))",
        message = "write the domain name alone, such as southafrica.mycandidate.africa, without https:// and "
                + "without a path",
        fieldPath = ".name")
@ValidationRule(
        value = "self.name.contains('.')",
        message = "write the full domain name with its dots, such as southafrica.mycandidate.africa",
        fieldPath = ".name")
@ValidationRule(
        value = "self.name == self.name.lowerAscii()",
        message = "write the domain name in lower case, such as southafrica.mycandidate.africa",
        fieldPath = ".name")
@ValidationRule(
        value = "!self.name.endsWith('.')",
        message = "write the domain name without a dot at the end, such as southafrica.mycandidate.africa",
        fieldPath = ".name")
@ValidationRule(
        value = "(!self.name.contains('_') && !self.name.contains('*'))",
        message = "a site's name has no underscore and no asterisk; write one full name, such as "
                + "southafrica.mycandidate.africa",
        fieldPath = ".name")
@ValidationRule(
        value = "self.name.matches('[/:_*A-Z]') || self.name.endsWith('.') || "
                + "!self.name.contains('.') || "
                + "self.name.matches('^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z][a-z0-9-]{0,61}[a-z0-9]$')",
        message = "write a domain name of labels of letters, digits and hyphens with dots between them, such as "
                + "southafrica.mycandidate.africa",
        fieldPath = ".name")
@ValidationRule(
        value = AlternativeNames.ALONE,
        message = AlternativeNames.ALONE_MESSAGE,
        fieldPath = ".alternativeNames")
@ValidationRule(value = AlternativeNames.FULL, message = AlternativeNames.FULL_MESSAGE, fieldPath = ".alternativeNames")
@ValidationRule(
        value = AlternativeNames.LOWER,
        message = AlternativeNames.LOWER_MESSAGE,
        fieldPath = ".alternativeNames")
@ValidationRule(
        value = AlternativeNames.NO_LAST_DOT,
        message = AlternativeNames.NO_LAST_DOT_MESSAGE,
        fieldPath = ".alternativeNames")
@ValidationRule(
        value = AlternativeNames.NO_SIGNS,
        message = AlternativeNames.NO_SIGNS_MESSAGE,
        fieldPath = ".alternativeNames")
@ValidationRule(
        value = AlternativeNames.LABELS,
        message = AlternativeNames.LABELS_MESSAGE,
        fieldPath = ".alternativeNames")
@ValidationRule(value = AlternativeNames.ONCE, message = AlternativeNames.ONCE_MESSAGE, fieldPath = ".alternativeNames")
@ValidationRule(
        value = AlternativeNames.NOT_THE_NAME,
        message = AlternativeNames.NOT_THE_NAME_MESSAGE,
        fieldPath = ".alternativeNames")
@ValidationRule(
        value = "!has(self.hostedZoneId) || self.hostedZoneId.matches('^[A-Z0-9]{6,32}$')",
        message = "write the id of the hosted zone, such as Z0123456789, not its name and not /hostedzone/Z0123456789",
        fieldPath = ".hostedZoneId")
@ValidationRule(
        value = "self.name == oldSelf.name",
        message = "the domain name cannot change: its DNS record would stay behind; apply a second resource with the "
                + "new name, and delete this one once voters use it",
        fieldPath = ".name")
@ValidationRule(
        value = "!has(oldSelf.hostedZoneId) || (has(self.hostedZoneId) && self.hostedZoneId == oldSelf.hostedZoneId)",
        message = "the hosted zone can be added, but not changed or taken out: the DNS record in it would stay behind",
        fieldPath = ".hostedZoneId")
@ValidationRule(
        value = "!has(self.hostedZoneRoleArn) || has(self.hostedZoneId)",
        message = "hostedZoneRoleArn is the way to a hosted zone of another account: write domain.hostedZoneId too, or "
                + "remove domain.hostedZoneRoleArn",
        fieldPath = ".hostedZoneRoleArn")
@ValidationRule(
        value = "!has(self.hostedZoneRoleArn) || self.hostedZoneRoleArn.matches("
                + "'^arn:aws[a-z-]*:iam::[0-9]{12}:role/mycandidate-operator[A-Za-z0-9_+=,.@/-]*$')",
        message =
                "write the ARN of an IAM role whose path and name begin with mycandidate-operator, as the operator's "
                        + "policy allows it to assume no other, such as arn:aws:iam::210987654321:role/mycandidate-operator-dns",
        fieldPath = ".hostedZoneRoleArn")
@ValidationRule(
        value = "!has(self.certificateArn) || "
                + "self.certificateArn.matches('^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$')",
        message = "write the ARN of an ACM certificate, such as "
                + "arn:aws:acm:af-south-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
        fieldPath = ".certificateArn")
public record Domain(
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Full domain name of the site in lower case, such as southafrica.mycandidate.africa.")
        String name,

        @Size(max = 9)
        @JsonPropertyDescription("Further domain names of the same site, each served as the first one is, such as "
                + "\"www.southafrica.mycandidate.africa\". Default: none.")
        List<@Size(max = 253) String> alternativeNames,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Id of the Route 53 hosted zone that all the names are in, such as Z0123456789. Absent: the status shows "
                        + "the DNS records to add by hand.")
        String hostedZoneId,

        @Size(max = 512)
        @JsonPropertyDescription("ARN of a role to assume for the hosted zone when it is in another account, such as "
                + "arn:aws:iam::210987654321:role/mycandidate-operator-dns. Absent: none.")
        String hostedZoneRoleArn,

        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of an existing ACM certificate for all the names, in the stack's region. Absent: the operator "
                        + "requests one.")
        String certificateArn) {}
