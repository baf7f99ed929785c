package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The VPC. */
@Block
@ValidationRule(
        value = "!has(self.cidr) || (isCIDR(self.cidr) && cidr(self.cidr).ip().family() == 4)",
        message = "write an IPv4 range, such as 10.0.0.0/16",
        fieldPath = ".cidr")
@ValidationRule(
        value = "!has(self.cidr) || (!isCIDR(self.cidr) || (cidr(self.cidr).prefixLength() >= 16 && "
                + "cidr(self.cidr).prefixLength() <= 24))",
        message = "write a range from /16 to /24: a smaller one has no room for the subnets, and AWS allows no "
                + "larger one",
        fieldPath = ".cidr")
@ValidationRule(
        value = "!has(self.cidr) || !isCIDR(self.cidr) || cidr(self.cidr).ip().family() != 4 || "
                + "cidr(self.cidr).prefixLength() < 16 || cidr('10.0.0.0/8').containsCIDR(self.cidr) || "
                + "cidr('172.16.0.0/12').containsCIDR(self.cidr) || "
                + "cidr('192.168.0.0/16').containsCIDR(self.cidr)",
        message = "write a private range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, such as 10.0.0.0/16",
        fieldPath = ".cidr")
@ValidationRule(
        value = "!has(self.cidr) || !isCIDR(self.cidr) || cidr(self.cidr) == cidr(self.cidr).masked()",
        messageExpression =
                "'the address is not the first of its range; write %s'.format([string(cidr(self.cidr).masked())])",
        fieldPath = ".cidr")
@ValidationRule(
        value = "!has(self.existing) || !(has(self.cidr) || has(self.availabilityZones) || has(self.natGateways))",
        message = "an existing network is used as it is; remove cidr, availabilityZones and natGateways",
        fieldPath = ".existing")
public record Network(
        @Size(max = 18)
        @JsonPropertyDescription(
                "Private IPv4 range of the VPC, /16 to /24, within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16. "
                        + "Cannot be changed later. Default 10.0.0.0/16.")
        String cidr,

        @Min(2)
        @Max(3)
        @JsonPropertyDescription(
                "Availability zones that the subnets are spread over, 2 or 3. Cannot be changed later. Default 2.")
        Integer availabilityZones,

        @JsonPropertyDescription(
                "NAT gateways for what the tasks reach on the internet. Single: one for all zones. PerZone: one in "
                        + "each, so that the loss of a zone leaves the others theirs. None: no way out. Default Single.")
        NatGateways natGateways,

        @JsonPropertyDescription(
                "A VPC that somebody else keeps, used instead of a new one and never changed. Cannot be changed later. "
                        + "Absent: the operator makes one.")
        ExistingNetwork existing) {
    /** How many NAT gateways there are. */
    public enum NatGateways {
        /** One for all zones. */
        @JsonProperty("Single")
        SINGLE,
        /** One in each zone. */
        @JsonProperty("PerZone")
        PER_ZONE,
        /** None: nothing is reached on the internet. */
        @JsonProperty("None")
        NONE
    }
}
