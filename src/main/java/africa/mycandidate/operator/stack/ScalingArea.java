package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.ScalingPolicy.Adjustment;
import africa.mycandidate.operator.resource.ScheduledAction;
import africa.mycandidate.operator.stack.ElectionCalendar.Bounds;
import africa.mycandidate.operator.stack.Parts.Part;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two policies and the alarms that set them off: out quickly, in slowly. */
final class ScalingArea {
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int OUT_COOLDOWN_SECONDS = 60;
    private static final int IN_COOLDOWN_SECONDS = 300;
    private static final int OUT_AFTER_MINUTES = 2;
    private static final int IN_AFTER_MINUTES = 5;
    /** Percentage points above the threshold from which more is added at once. */
    private static final double STEEP = 15;

    private ScalingArea() {}

    static void of(Spec spec, ElectionCalendar calendar, Instant now, ComputeArea compute, Parts parts) {
        var scaling = spec.scaling();
        var target = parts.add(
                "app",
                new ScalableTarget(
                        compute.service().output("resourceId"), scaling.minTasks(), scaling.maxTasks(), Set.of()));
        calendar.changes(now).forEach((moment, then) -> scheduled(target, moment, then, parts));
        var out = parts.add(
                "scale-out",
                new ScalingPolicy(
                        target.output("resourceId"),
                        "scale-out",
                        OUT_COOLDOWN_SECONDS,
                        List.of(new Adjustment(0.0, STEEP, 1), new Adjustment(STEEP, null, 3))));
        var in = parts.add(
                "scale-in",
                new ScalingPolicy(
                        target.output("resourceId"),
                        "scale-in",
                        IN_COOLDOWN_SECONDS,
                        List.of(new Adjustment(null, 0.0, -1))));
        parts.add(
                "cpu-high",
                alarm(
                        compute,
                        "CPU is high: tasks are added",
                        OUT_AFTER_MINUTES,
                        "GreaterThanThreshold",
                        scaling.scaleOutCpuPercent(),
                        out));
        parts.add(
                "cpu-low",
                alarm(
                        compute,
                        "CPU is low: tasks are taken away",
                        IN_AFTER_MINUTES,
                        "LessThanThreshold",
                        scaling.scaleInCpuPercent(),
                        in));
    }

    /** AWS changes the bounds at that moment by itself; the operator, which wants the same from then on, looks whether it did. */
    private static void scheduled(Part<ScalableTarget> target, Instant moment, Bounds then, Parts parts) {
        var role = "election-" + COMPACT.format(moment);
        parts.add(
                role,
                new ScheduledAction(
                        target.output("resourceId"),
                        ScheduledAction.PREFIX + role,
                        "at(" + SECONDS.format(moment) + ")",
                        then.minTasks(),
                        then.maxTasks()));
    }

    private static Alarm alarm(
            ComputeArea compute,
            String description,
            int minutes,
            String comparison,
            int percent,
            Part<ScalingPolicy> action) {
        Map<String, Ref<? extends Resource>> dimensions = Map.of(
                "ClusterName",
                compute.cluster().name(),
                "ServiceName",
                compute.service().name());
        return new Alarm(
                description,
                "AWS/ECS",
                "CPUUtilization",
                dimensions,
                "Average",
                60,
                minutes,
                comparison,
                (double) percent,
                "missing",
                Set.of(action.arn()));
    }
}
