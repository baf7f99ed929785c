package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;

/**
 * The way out for the private subnets. A create answers 200 and may still end in {@code failed}; a failed or deleted one stays listed for an hour, and the
 * same client token returns it for that long. Output: {@code id}.
 */
@AwsType(uniqueness = Uniqueness.TOKEN, usually = "2 min")
public record NatGateway(@Immutable Ref<Subnet> subnet, @Immutable Ref<ElasticIp> address) implements Resource {}
