package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Set;

/**
 * The routes of one subnet, beside the local one. Outputs: {@code id}, and {@code subnet}, the id of the associated subnet, once it has an active default
 * route: who needs the way out refers to that.
 */
@AwsType(uniqueness = Uniqueness.TOKEN)
public record RouteTable(@Immutable Ref<Vpc> vpc, @Late Ref<Subnet> subnet, @Late Set<Route> routes) implements Resource {

    /** @param target an internet gateway or a NAT gateway */
    public record Route(String destination, Ref<? extends Resource> target) {}
}
