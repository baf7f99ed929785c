package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;

/**
 * The bounds within which the service scales. Registering is an upsert; AWS deletes it together with its service. Output: {@code resourceId}.
 *
 * @param service the service's {@code resourceId}
 */
@AwsType(replacement = Replacement.DELETE_FIRST)
public record ScalableTarget(@Immutable Ref<EcsService> service, Integer minTasks, Integer maxTasks) implements Resource {}
