package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;

/** A subnet in one zone. Its CIDR makes it unique within the VPC. Output: {@code id}. */
@AwsType(replacement = Replacement.NEVER)
public record Subnet(@Immutable Ref<Vpc> vpc, @Immutable String cidr, @Immutable String zone, @Late Boolean mapPublicIp) implements Resource {}
