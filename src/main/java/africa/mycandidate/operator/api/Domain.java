package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The name that voters type. */
@Block
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
