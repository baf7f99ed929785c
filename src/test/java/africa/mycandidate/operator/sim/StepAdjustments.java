package africa.mycandidate.operator.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;

/** The rules for steps (API reference, StepAdjustment) and what they come to. */
final class StepAdjustments {
    private StepAdjustments() {}

    static void validate(StepScalingPolicyConfiguration config) {
        if (config.adjustmentType() == null)
            throw SimScaling.invalid("AdjustmentType is required for step scaling policies");
        if (config.stepAdjustments().isEmpty()) throw SimScaling.invalid("At least one StepAdjustment is required");
        for (var step : config.stepAdjustments()) {
            if (step.scalingAdjustment() == null)
                throw SimScaling.invalid("ScalingAdjustment is required for each StepAdjustment");
            if (step.metricIntervalLowerBound() == null && step.metricIntervalUpperBound() == null)
                throw SimScaling.invalid("StepAdjustment interval can't have null LowerBound and null UpperBound");
            if (lower(step) >= upper(step))
                throw SimScaling.invalid("StepAdjustment LowerBound must be less than its UpperBound");
        }
        gaps(config.stepAdjustments());
    }

    private static void gaps(List<StepAdjustment> steps) {
        var sorted = new ArrayList<>(steps);
        sorted.sort(Comparator.comparingDouble(StepAdjustments::lower));
        for (var i = 1; i < sorted.size(); i++) {
            if (upper(sorted.get(i - 1)) > lower(sorted.get(i)))
                throw SimScaling.invalid("StepAdjustment intervals can't overlap");
            if (upper(sorted.get(i - 1)) < lower(sorted.get(i)))
                throw SimScaling.invalid("There is a gap between StepAdjustment intervals");
        }
        var lowest = lower(sorted.getFirst());
        if (lowest < 0 && !Double.isInfinite(lowest))
            throw SimScaling.invalid("With a negative LowerBound, some StepAdjustment must have a null LowerBound");
        var highest = upper(sorted.getLast());
        if (highest > 0 && !Double.isInfinite(highest))
            throw SimScaling.invalid("With a positive UpperBound, some StepAdjustment must have a null UpperBound");
    }

    /** The count that the steps ask for; the current one where no step matches. */
    static int next(StepScalingPolicyConfiguration config, int current, double overThreshold) {
        for (var step : config.stepAdjustments()) {
            if (!matches(step, overThreshold)) continue;
            return switch (config.adjustmentType()) {
                case CHANGE_IN_CAPACITY -> current + step.scalingAdjustment();
                case EXACT_CAPACITY -> step.scalingAdjustment();
                case PERCENT_CHANGE_IN_CAPACITY -> current + percent(config, current, step.scalingAdjustment());
                default -> throw new UnsupportedOperationException(config.adjustmentTypeAsString());
            };
        }
        return current;
    }

    /** Above the threshold the lower bound belongs to the step, below it the upper bound does (user guide, step scaling). */
    private static boolean matches(StepAdjustment step, double over) {
        if (over >= 0) return lower(step) <= over && over < upper(step);
        return lower(step) < over && over <= upper(step);
    }

    private static int percent(StepScalingPolicyConfiguration config, int current, int percent) {
        var exact = current * percent / 100.0;
        var whole = Math.abs(exact) < 1 ? (int) Math.signum(exact) : (int) exact;
        var least = config.minAdjustmentMagnitude() == null ? 0 : config.minAdjustmentMagnitude();
        return Math.abs(whole) < least ? Integer.signum(percent) * least : whole;
    }

    private static double lower(StepAdjustment step) {
        return step.metricIntervalLowerBound() == null ? Double.NEGATIVE_INFINITY : step.metricIntervalLowerBound();
    }

    private static double upper(StepAdjustment step) {
        return step.metricIntervalUpperBound() == null ? Double.POSITIVE_INFINITY : step.metricIntervalUpperBound();
    }
}
