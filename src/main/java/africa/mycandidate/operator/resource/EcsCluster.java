package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Resource;

/**
 * The ECS cluster; each stack has its own. An inactive one stays described for a while: a tombstone.
 * Outputs: {@code name}, {@code arn}.
 *
 * @param containerInsights {@code enabled}, {@code enhanced} or {@code disabled}
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 255)
public record EcsCluster(String containerInsights) implements Resource {}
