package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.List;

/**
 * What an alarm does to the number of tasks. Always put in place: a new one has a new ARN, and the alarm's action would dangle. It takes no tags and belongs to
 * its scalable target. Output: {@code arn}.
 *
 * @param name unique within the target; also its role
 */
@AwsType(replacement = Replacement.DELETE_FIRST, tagged = false)
public record ScalingPolicy(@Immutable Ref<ScalableTarget> target, @Immutable String name, Integer cooldownSeconds, List<Adjustment> adjustments)
        implements Resource {

    /**
     * @param lower lower bound relative to the alarm's threshold; null for none
     * @param upper upper bound; null for none
     * @param tasks tasks to add (negative: to remove)
     */
    public record Adjustment(Double lower, Double upper, int tasks) {}
}
