package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Resource;
import java.util.Set;

/**
 * A TLS certificate of ACM, validated by DNS. ACM shows the validation record some seconds after the request; its idempotency token holds for an hour only, so
 * it is found by tag. Outputs: {@code arn}, {@code validationName} and {@code validationValue} once ACM shows them, {@code issuedArn} once it is issued.
 */
@AwsType(uniqueness = Uniqueness.TOKEN, usually = "2 min after its DNS record exists")
public record Certificate(@Immutable String domain, @Immutable Set<String> alternativeNames) implements Resource {}
