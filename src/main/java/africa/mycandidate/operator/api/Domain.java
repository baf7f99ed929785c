package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The name that voters type. */
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
        value = "!has(self.alternativeNames) || size(self.alternativeNames) == 0",
        message = "alternativeNames are not supported yet; remove spec.domain.alternativeNames",
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
        value = "!has(self.hostedZoneRoleArn)",
        message = "hostedZoneRoleArn is not supported yet; remove spec.domain.hostedZoneRoleArn",
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

        @Size(max = 20)
        @JsonPropertyDescription("Further domain names of the same site. Default: none. Not supported yet.")
        List<@Size(max = 253) String> alternativeNames,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Id of the Route 53 hosted zone that the name is in, such as Z0123456789. Absent: the status shows "
                        + "the DNS records to add by hand.")
        String hostedZoneId,

        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of a role to assume for the hosted zone when it is in another account. Absent: none. Not "
                        + "supported yet.")
        String hostedZoneRoleArn,

        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of an existing ACM certificate for the name, in the stack's region. Absent: the operator "
                        + "requests one.")
        String certificateArn) {}
