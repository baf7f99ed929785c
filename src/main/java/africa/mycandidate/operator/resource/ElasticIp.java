package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Resource;

/** The public address of a NAT gateway. Neither name nor token. Outputs: {@code id} (the allocation id), {@code publicIp}. */
@AwsType(uniqueness = Uniqueness.NEITHER)
public record ElasticIp(@Immutable String domain) implements Resource {}
