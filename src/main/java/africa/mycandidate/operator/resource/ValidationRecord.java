package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;

/**
 * The CNAME by which ACM sees that a domain is ours. It is shared by every certificate for the domain in the account, so it belongs to nobody and is never
 * changed or deleted. No outputs.
 */
@AwsType(placed = true, replacement = Replacement.NEVER, tagged = false)
public record ValidationRecord(@Immutable String zone, @Immutable String domain, @Immutable Ref<Certificate> name, @Immutable Ref<Certificate> value)
        implements Resource {
    @Override
    public String place() {
        return zone + "/" + domain;
    }
}
