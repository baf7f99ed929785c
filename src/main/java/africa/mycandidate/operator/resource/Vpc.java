package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Resource;

/** The private network of the stack. EC2 gives it neither a unique name nor a client token: a repeated create makes a second one. Output: {@code id}. */
@AwsType(replacement = Replacement.NEVER, uniqueness = Uniqueness.NEITHER)
public record Vpc(@Immutable String cidr, @Late Boolean dnsSupport, @Late Boolean dnsHostnames) implements Resource {}
