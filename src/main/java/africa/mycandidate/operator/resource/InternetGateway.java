package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Optional;

/**
 * The way to the internet of the public subnets. Found by its tag, never by its attachment: one that was made and not yet attached must be found too. An empty
 * reference means: attached to nothing. Outputs: {@code id}, and {@code attachedId} once it is attached.
 */
@AwsType(uniqueness = Uniqueness.NEITHER)
public record InternetGateway(@Late Ref<Vpc> vpc) implements Resource {
    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new InternetGateway(Ref.of("")));
    }
}
