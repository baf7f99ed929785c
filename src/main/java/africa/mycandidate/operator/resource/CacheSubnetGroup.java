package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Set;

/** The subnets in which ElastiCache may place nodes. Outputs: {@code name}. */
@AwsType(nameLength = 255, generation = true)
public record CacheSubnetGroup(@Immutable Ref<Vpc> vpc, String description, Set<Ref<Subnet>> subnets) implements Resource {}
