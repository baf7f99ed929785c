package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A VPC that somebody else keeps. */
@Block
@ValidationRule(
        value = "self.vpcId.matches('^vpc-[0-9a-f]+$')",
        message = "write the id of a VPC, such as vpc-0123456789abcdef0",
        fieldPath = ".vpcId")
@ValidationRule(
        value = "(self.publicSubnetIds + self.privateSubnetIds).all(id, id.matches('^subnet-[0-9a-f]+$'))",
        message = "write ids of subnets, such as subnet-0123456789abcdef0")
@ValidationRule(
        value = "!self.publicSubnetIds.exists(id, id in self.privateSubnetIds)",
        message = "a subnet is public or private; name each once")
public record ExistingNetwork(
        @Required @Size(max = 32) @JsonPropertyDescription("Id of the VPC, such as vpc-0123456789abcdef0.")
        String vpcId,

        @Required
        @Size(min = 2, max = 6)
        @JsonPropertyDescription("Ids of public subnets for the load balancer, in at least two zones.")
        List<@Size(max = 32) String> publicSubnetIds,

        @Required
        @Size(min = 2, max = 6)
        @JsonPropertyDescription("Ids of private subnets for tasks, database and cache, in at least two zones.")
        List<@Size(max = 32) String> privateSubnetIds) {}
