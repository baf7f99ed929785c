package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Map;

/**
 * What an alarm makes of several metrics.
 *
 * @param expression metric math over the names of {@code metrics} (CloudWatch user guide, "Using math expressions with CloudWatch metrics")
 */
public record AlarmMath(String expression, Map<String, Metric> metrics) {

    /** One metric, as the expression sees it. */
    public record Metric(
            String namespace,
            String metric,
            Map<String, Ref<? extends Resource>> dimensions,
            String statistic,
            Integer periodSeconds) {}
}
