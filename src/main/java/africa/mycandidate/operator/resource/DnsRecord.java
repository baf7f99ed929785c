package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;

/**
 * The alias record of the site, together with the TXT record {@code _mycandidate.<name>} that says whose it is; both are written and deleted in one change
 * batch. Without the TXT record it is ours if it points at our load balancer.
 *
 * @param targetZone the hosted zone of the target's own DNS name, as the load balancer gives it
 */
@AwsType(placed = true, replacement = Replacement.NEVER)
public record DnsRecord(@Immutable String zone, @Immutable String name, Ref<LoadBalancer> target, Ref<LoadBalancer> targetZone) implements Resource {
    @Override
    public String uniqueName() {
        return name;
    }

    @Override
    public String place() {
        return zone + "/" + name;
    }
}
