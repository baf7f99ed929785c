package africa.mycandidate.operator.load;

import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.ScalingPolicy.Adjustment;
import java.util.List;
import java.util.Random;

/**
 * An alarm and what it does to the number of tasks.
 *
 * @param periods newest datapoints that must all be beyond the threshold
 */
record Rule(
        Metric metric,
        Resolution resolution,
        int periods,
        boolean above,
        double threshold,
        Policy policy,
        int cooldown) {
    enum Metric {
        /** Of what the tasks have, so never above 100 %, however many voters wait (ECS developer guide, "Amazon ECS service utilization metrics"). */
        CPU_PERCENT,
        /** Requests of one period for each healthy target: grows with the voters (ELB user guide, "CloudWatch metrics for your Application Load Balancer"). */
        REQUESTS_PER_TARGET
    }

    /**
     * How often a metric is measured, and how long it takes until an alarm can see it. AWS measured 363 s from a load until target tracking (three minutes in a
     * row, github.com/aws/containers-roadmap/issues/1208) asked for more tasks, and 86 s with metrics of 20 s ("Amazon ECS introduces new high-resolution metrics
     * for faster service auto scaling", AWS News Blog, June 2026). AWS does not publish the delay: these are what its figures leave for it, with a spread. Users
     * saw from one to two minutes to a first step (containers-roadmap/issues/76) up to five or six with target tracking (issues/2113).
     */
    enum Resolution {
        MINUTE(60, 80, 200),
        TWENTY_SECONDS(20, 4, 20);

        final int seconds;
        private final int soonest;
        private final int latest;

        Resolution(int seconds, int soonest, int latest) {
            this.seconds = seconds;
            this.soonest = soonest;
            this.latest = latest;
        }

        double delay(Random random) {
            return soonest + random.nextDouble() * (latest - soonest);
        }
    }

    sealed interface Policy {
        /** The number of tasks that it wants where there are so many. */
        int wanted(int tasks, double value, double threshold);
    }

    /** Step scaling; in percent of the present tasks, rounded down but by one at least, where {@code percent} is set. */
    record Steps(List<Adjustment> adjustments, boolean percent) implements Policy {
        @Override
        public int wanted(int tasks, double value, double threshold) {
            var over = value - threshold;
            for (var step : adjustments) {
                var lower = step.lower() == null ? Double.NEGATIVE_INFINITY : step.lower();
                var upper = step.upper() == null ? Double.POSITIVE_INFINITY : step.upper();
                // Above the threshold the lower bound belongs to the step, below it the upper one does.
                if (over >= 0 ? lower <= over && over < upper : lower < over && over <= upper)
                    return tasks + (percent ? Math.max(1, tasks * step.tasks() / 100) : step.tasks());
            }
            return tasks;
        }
    }

    /** Target tracking: as many as would bring the metric to its target (Application Auto Scaling user guide, "How target tracking works"). */
    record Track() implements Policy {
        @Override
        public int wanted(int tasks, double value, double threshold) {
            return (int) Math.ceil(tasks * value / threshold);
        }
    }

    /** The rule that an alarm and its policy in the stack make. */
    static Rule of(Alarm alarm, ScalingPolicy policy) {
        if (!alarm.metric().equals("CPUUtilization") || alarm.periodSeconds() != Resolution.MINUTE.seconds)
            throw new UnsupportedOperationException("scaling by " + alarm);
        return new Rule(
                Metric.CPU_PERCENT,
                Resolution.MINUTE,
                alarm.evaluationPeriods(),
                alarm.comparison().equals("GreaterThanThreshold"),
                alarm.threshold(),
                new Steps(policy.adjustments(), false),
                policy.cooldownSeconds());
    }

    /** Target tracking has alarms of its own: three periods in a row (containers-roadmap/issues/1208). */
    static Rule tracking(Metric metric, Resolution resolution, double target, int cooldown) {
        return new Rule(metric, resolution, 3, true, target, new Track(), cooldown);
    }

    Rule after(int datapoints, Resolution each) {
        return new Rule(metric, each, datapoints, above, threshold, policy, cooldown);
    }

    Rule with(Policy other, int otherCooldown) {
        return new Rule(metric, resolution, periods, above, threshold, other, otherCooldown);
    }

    boolean beyond(double value) {
        return above ? value > threshold : value < threshold;
    }
}
