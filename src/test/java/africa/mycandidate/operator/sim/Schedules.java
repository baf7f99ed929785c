package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.applicationautoscaling.model.*;

/** Scheduled actions: one-shot {@code at(…)} and {@code rate(…)}. Cron expressions are not modelled and throw. */
final class Schedules {
    private static final Pattern AT = Pattern.compile("at\\(([^)]+)\\)");
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

    private final SimAws aws;
    private final SimScaling scaling;
    private final Table<ScheduledAction> actions;

    Schedules(SimAws aws, SimScaling scaling) {
        this.aws = aws;
        this.scaling = scaling;
        this.actions = new Table<>(aws.world);
    }

    PutScheduledActionResponse put(PutScheduledActionRequest r) {
        var id = EcsTargetId.of(r.serviceNamespaceAsString(), r.resourceId(), r.scalableDimensionAsString());
        scaling.target(id);
        var key = key(id, r.scheduledActionName());
        var before = actions.truth(key);
        var schedule = r.schedule() != null
                ? r.schedule()
                : before.map(ScheduledAction::schedule).orElse(null);
        if (schedule == null) throw SimScaling.invalid("Schedule is required for a new scheduled action");
        var timezone = r.timezone() != null
                ? r.timezone()
                : before.map(ScheduledAction::timezone).orElse(null);
        first(schedule, timezone, r.startTime());
        var action = before.orElseGet(() -> fresh(id, r.scheduledActionName())).toBuilder()
                .schedule(schedule)
                .timezone(timezone)
                // Times that are left out delete the old ones (BC PutScheduledAction).
                .startTime(r.startTime())
                .endTime(r.endTime())
                .scalableTargetAction(
                        r.scalableTargetAction() != null
                                ? r.scalableTargetAction()
                                : before.map(ScheduledAction::scalableTargetAction)
                                        .orElse(null))
                .build();
        if (action.scalableTargetAction() == null) throw SimScaling.invalid("ScalableTargetAction is required");
        actions.put(key, action);
        plan(id, action, first(schedule, timezone, r.startTime()));
        return PutScheduledActionResponse.builder().build();
    }

    private ScheduledAction fresh(EcsTargetId id, String name) {
        if (name == null || name.isEmpty())
            throw SimScaling.invalid("1 validation error detected: Value at 'scheduledActionName' must not be null");
        return ScheduledAction.builder()
                .scheduledActionName(name)
                .scheduledActionARN(aws.arn(
                        "autoscaling",
                        "scheduledAction:" + aws.world.hex(32) + ":resource/ecs/" + id.resourceId()
                                + ":scheduledActionName/" + name))
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId(id.resourceId())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .creationTime(aws.world.now())
                .build();
    }

    /** When the schedule fires first. One {@code at()} in the past is refused, as EC2 Auto Scaling does (TF#3033). */
    private Instant first(String schedule, String timezone, Instant start) {
        var zone = timezone == null ? ZoneOffset.UTC : ZoneId.of(timezone);
        var at = AT.matcher(schedule);
        if (at.matches()) {
            try {
                var moment = LocalDateTime.parse(at.group(1)).atZone(zone).toInstant();
                if (moment.isBefore(aws.world.now()))
                    throw SimScaling.invalid("Given schedule is in the past: " + schedule);
                return moment;
            } catch (DateTimeParseException e) {
                throw SimScaling.invalid("Invalid schedule expression: " + schedule);
            }
        }
        var rate = rate(schedule);
        if (rate != null)
            return start != null && start.isAfter(aws.world.now())
                    ? start
                    : aws.world.now().plus(rate);
        if (schedule.startsWith("cron(")) throw new UnsupportedOperationException("cron schedules");
        throw SimScaling.invalid("Invalid schedule expression: " + schedule);
    }

    private static Duration rate(String schedule) {
        var rate = RATE.matcher(schedule);
        if (!rate.matches()) return null;
        var count = Long.parseLong(rate.group(1));
        return switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private void plan(EcsTargetId id, ScheduledAction action, Instant when) {
        if (action.endTime() != null && when.isAfter(action.endTime())) return;
        aws.world.after(Duration.between(aws.world.now(), when), () -> {
            // Another put or a delete in the meantime has replaced this plan.
            if (actions.truth(key(id, action.scheduledActionName()))
                    .filter(current -> current == action)
                    .isEmpty()) return;
            var bounds = action.scalableTargetAction();
            if (!scaling.target(id).suspendedState().scheduledScalingSuspended())
                scaling.bound(id, bounds.minCapacity(), bounds.maxCapacity());
            var rate = rate(action.schedule());
            if (rate != null) plan(id, action, aws.world.now().plus(rate));
        });
    }

    DescribeScheduledActionsResponse describe(DescribeScheduledActionsRequest r) {
        EcsTargetId.namespace(r.serviceNamespaceAsString());
        var found = actions.seen().stream()
                .filter(action ->
                        !r.hasScheduledActionNames() || r.scheduledActionNames().contains(action.scheduledActionName()))
                .filter(action -> r.resourceId() == null || r.resourceId().equals(action.resourceId()))
                .sorted(Comparator.comparing(ScheduledAction::resourceId)
                        .thenComparing(ScheduledAction::scheduledActionName))
                .toList();
        var page = Page.of(found, r.nextToken(), SimScaling.size(r.maxResults(), 50), 50);
        return DescribeScheduledActionsResponse.builder()
                .scheduledActions(page.items())
                .nextToken(page.marker())
                .build();
    }

    DeleteScheduledActionResponse delete(DeleteScheduledActionRequest r) {
        var id = EcsTargetId.of(r.serviceNamespaceAsString(), r.resourceId(), r.scalableDimensionAsString());
        if (actions.truth(key(id, r.scheduledActionName())).isEmpty())
            throw SimScaling.notFound("No scheduled action found for " + id.sentence() + ", scheduled action name: "
                    + r.scheduledActionName());
        actions.remove(key(id, r.scheduledActionName()));
        return DeleteScheduledActionResponse.builder().build();
    }

    void forget(EcsTargetId id) {
        for (var action : actions.truths())
            if (action.resourceId().equals(id.resourceId())) actions.remove(key(id, action.scheduledActionName()));
    }

    List<String> arns() {
        return actions.truths().stream()
                .map(ScheduledAction::scheduledActionARN)
                .toList();
    }

    private static String key(EcsTargetId id, String name) {
        return id.resourceId() + " " + name;
    }
}
