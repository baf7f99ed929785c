package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Map;

/**
 * The tasks behind the load balancer; ECS registers them. Its name carries its generation, so a successor can live beside it. Outputs: {@code arn},
 * {@code attachedArn} once a listener forwards to it, {@code healthy} and {@code unhealthy}, the counts of targets.
 */
@AwsType(nameLength = 32, generation = true)
public record TargetGroup(
        @Immutable Ref<Vpc> vpc,
        @Immutable Integer port,
        @Immutable String protocol,
        @Immutable String targetType,
        String healthPath,
        String healthCodes,
        Integer healthIntervalSeconds,
        Integer healthTimeoutSeconds,
        Integer healthyThreshold,
        Integer unhealthyThreshold,
        @Late @Declared Map<String, String> attributes)
        implements Resource {}
