package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Application Load Balancer. Creating one with the name and settings of an existing one succeeds and returns somebody else's: names are looked up first.
 * Attributes are a call of their own; only declared ones are compared. Outputs: {@code arn}, {@code name}, {@code dnsName}, {@code zoneId}, and
 * {@code activeArn} once it serves.
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 32, usually = "3 min")
public record LoadBalancer(
        @Immutable String scheme, Set<Ref<Subnet>> subnets, Set<Ref<SecurityGroup>> securityGroups, @Late @Declared Map<String, String> attributes)
        implements Resource {
    public static final String DELETION_PROTECTION = "deletion_protection.enabled";

    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new LoadBalancer(null, null, null, Map.of(DELETION_PROTECTION, "false")));
    }
}
