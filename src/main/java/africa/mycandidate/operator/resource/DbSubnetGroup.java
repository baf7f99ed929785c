package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Set;

/** The subnets in which RDS may place a database. Outputs: {@code name}. */
@AwsType(nameLength = 255, generation = true)
public record DbSubnetGroup(@Immutable Ref<Vpc> vpc, String description, Set<Ref<Subnet>> subnets) implements Resource {}
