package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/**
 * Sets the bounds of autoscaling at a moment, whether the operator runs then or not. It takes no tags and belongs to its scalable target. One whose time has come
 * is not part of the stack any more, and is taken away where AWS still lists it.
 *
 * @param name unique within the target; also its role. It begins with {@link #PREFIX}: others may have schedules of their own
 * @param schedule {@code at(yyyy-mm-ddThh:mm:ss)} in UTC (Application Auto Scaling API reference, PutScheduledAction)
 */
@AwsType(replacement = Replacement.DELETE_FIRST, tagged = false)
public record ScheduledAction(
        @Immutable Ref<ScalableTarget> target,
        @Immutable String name,
        String schedule,
        Integer minTasks,
        Integer maxTasks)
        implements Resource {
    /** What our names begin with. */
    public static final String PREFIX = "mycandidate-";
}

final class ScheduledActionHandler implements Handler<ScheduledAction> {
    private final ApplicationAutoScalingClient scaling;

    ScheduledActionHandler(Clients clients) {
        this.scaling = clients.of(ApplicationAutoScalingClient.class);
    }

    /** Whether a scheduled action of this name may be one of ours. */
    static boolean names(String name) {
        return name != null && name.startsWith(ScheduledAction.PREFIX);
    }

    @Override
    public Class<ScheduledAction> type() {
        return ScheduledAction.class;
    }

    @Override
    public List<Observed<ScheduledAction>> list(String place) {
        return scaling
                .describeScheduledActionsPaginator(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .stream()
                .flatMap(page -> page.scheduledActions().stream())
                .filter(action -> ScalableTargetHandler.names(action.resourceId()))
                .filter(action -> names(action.scheduledActionName()))
                .map(ScheduledActionHandler::observed)
                .toList();
    }

    private static Observed<ScheduledAction> observed(
            software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction action) {
        var id = id(action.resourceId(), action.scheduledActionName());
        var bounds = action.scalableTargetAction();
        var actual = new ScheduledAction(
                Ref.of(action.resourceId()),
                action.scheduledActionName(),
                schedule(action),
                bounds == null ? null : bounds.minCapacity(),
                bounds == null ? null : bounds.maxCapacity());
        var role = action.scheduledActionName().substring(ScheduledAction.PREFIX.length());
        return Observed.of(actual, id, id, Phase.READY, Map.of(), Map.of())
                .withOwner(new Owner.Child(ScalableTarget.class, "resourceId", action.resourceId(), role));
    }

    /** With what changes its meaning: another time zone than UTC, and an end before its time. */
    private static String schedule(
            software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction action) {
        var zone = action.timezone() == null || action.timezone().equals("UTC") ? "" : " " + action.timezone();
        var bounded = action.startTime() == null && action.endTime() == null ? "" : " (with a start or an end)";
        return action.schedule() + zone + bounded;
    }

    private static String id(String resourceId, String name) {
        return resourceId + "/" + name;
    }

    @Override
    public String create(ScheduledAction want, Creation creation) {
        put(want);
        return id(want.target().value(), want.name());
    }

    @Override
    public void update(Observed<ScheduledAction> have, ScheduledAction goal, Set<String> fields) {
        var had = have.actual();
        put(new ScheduledAction(
                had.target(),
                had.name(),
                goal.schedule(),
                goal.minTasks() == null ? had.minTasks() : goal.minTasks(),
                goal.maxTasks() == null ? had.maxTasks() : goal.maxTasks()));
    }

    /** Without a start and an end: what a request leaves out of them is deleted (API reference, PutScheduledAction). */
    private void put(ScheduledAction action) {
        scaling.putScheduledAction(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(action.target().value())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .scheduledActionName(action.name())
                .schedule(action.schedule())
                .timezone("UTC")
                .scalableTargetAction(
                        bounds -> bounds.minCapacity(action.minTasks()).maxCapacity(action.maxTasks())));
    }

    @Override
    public void delete(Observed<ScheduledAction> have, Deletion deletion) {
        scaling.deleteScheduledAction(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(have.actual().target().value())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .scheduledActionName(have.actual().name()));
    }

    @Override
    public void tag(Observed<ScheduledAction> have, Map<String, String> set, Set<String> remove) {
        throw new UnsupportedOperationException("a scheduled action takes no tags");
    }
}
