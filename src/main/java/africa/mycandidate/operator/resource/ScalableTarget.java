package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTargetAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;

/**
 * The bounds within which the service scales. Registering is an upsert; AWS deletes it together with its service, so it belongs to the stack whose service it
 * is. Its tags say the same, for people: they are given at its creation, and not read, which would cost a call for each target. Output: {@code resourceId}.
 *
 * @param service the service's {@code resourceId}
 */
@AwsType(replacement = Replacement.DELETE_FIRST, tagsShown = false)
public record ScalableTarget(
        @Immutable Ref<EcsService> service,
        Integer minTasks,
        Integer maxTasks,
        @Late Set<String> suspended) implements Resource {
    /** A scheduled action of somebody else's rewrites the bounds; putting them back would undo the schedule. */
    @Override
    public boolean tolerates(String field, Observed<?> have) {
        var actual = String.valueOf(Fields.of((Record) have.actual()).get(field));
        return List.of(have.outputs().getOrDefault("scheduled " + field, "").split(" "))
                .contains(actual);
    }
}

final class ScalableTargetHandler implements Handler<ScalableTarget> {
    /** A service has one scalable target. */
    private static final String ROLE = "app";

    private static final String IN = "scaling in";
    private static final String OUT = "scaling out";
    private static final String SCHEDULED = "scheduled scaling";

    private final ApplicationAutoScalingClient scaling;

    ScalableTargetHandler(Clients clients) {
        this.scaling = clients.of(ApplicationAutoScalingClient.class);
    }

    /** Whether a resource id, {@code service/cluster/name}, may be one of ours. */
    static boolean names(String resourceId) {
        var parts = resourceId == null ? new String[0] : resourceId.split("/");
        return parts.length == 3 && Identity.names(parts[1]);
    }

    @Override
    public Class<ScalableTarget> type() {
        return ScalableTarget.class;
    }

    @Override
    public List<Observed<ScalableTarget>> list(String place) {
        var found = new ArrayList<Observed<ScalableTarget>>();
        var targets = scaling.describeScalableTargetsPaginator(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT))
                .scalableTargets();
        for (var target : targets) if (names(target.resourceId())) found.add(observed(target));
        return found.isEmpty() ? found : scheduled(found);
    }

    /** With the bounds that scheduled actions of others set. */
    private List<Observed<ScalableTarget>> scheduled(List<Observed<ScalableTarget>> targets) {
        var actions =
                scaling
                        .describeScheduledActionsPaginator(request -> request.serviceNamespace(ServiceNamespace.ECS))
                        .stream()
                        .flatMap(page -> page.scheduledActions().stream())
                        .filter(action -> action.scalableTargetAction() != null)
                        .filter(action -> !ScheduledActionHandler.names(action.scheduledActionName()))
                        .collect(Collectors.groupingBy(ScheduledAction::resourceId));
        return targets.stream()
                .map(target -> actions.containsKey(target.id())
                        ? target.withOutputs(outputs(target, actions.get(target.id())))
                        : target)
                .toList();
    }

    private static Map<String, String> outputs(Observed<ScalableTarget> target, List<ScheduledAction> actions) {
        var outputs = new TreeMap<>(target.outputs());
        outputs.put("scheduled minTasks", bounds(actions, ScalableTargetAction::minCapacity));
        outputs.put("scheduled maxTasks", bounds(actions, ScalableTargetAction::maxCapacity));
        return outputs;
    }

    private static String bounds(List<ScheduledAction> actions, Function<ScalableTargetAction, Integer> bound) {
        return actions.stream()
                .map(action -> bound.apply(action.scalableTargetAction()))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .sorted()
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private Observed<ScalableTarget> observed(
            software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget target) {
        var id = target.resourceId();
        var actual = new ScalableTarget(
                Ref.of(id), target.minCapacity(), target.maxCapacity(), suspended(target.suspendedState()));
        return Observed.of(actual, id, id, Phase.READY, Map.of("resourceId", id), Map.of())
                .withOwner(new Owner.Child(EcsService.class, "resourceId", id, ROLE));
    }

    private static Set<String> suspended(SuspendedState state) {
        var suspended = new TreeSet<String>();
        if (state == null) return suspended;
        if (Boolean.TRUE.equals(state.dynamicScalingInSuspended())) suspended.add(IN);
        if (Boolean.TRUE.equals(state.dynamicScalingOutSuspended())) suspended.add(OUT);
        if (Boolean.TRUE.equals(state.scheduledScalingSuspended())) suspended.add(SCHEDULED);
        return suspended;
    }

    @Override
    public String create(ScalableTarget want, Creation creation) {
        register(want.service().value(), want, creation.tags());
        return want.service().value();
    }

    /** Without tags: on a target that exists they are refused (terraform-provider-aws#31839). */
    @Override
    public void update(Observed<ScalableTarget> have, ScalableTarget goal, Set<String> fields) {
        register(have.id(), goal, Map.of());
    }

    private void register(String resourceId, ScalableTarget goal, Map<String, String> tags) {
        scaling.registerScalableTarget(request -> {
            request.serviceNamespace(ServiceNamespace.ECS)
                    .resourceId(resourceId)
                    .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                    .minCapacity(goal.minTasks())
                    .maxCapacity(goal.maxTasks());
            if (goal.suspended() != null)
                request.suspendedState(state -> state.dynamicScalingInSuspended(
                                goal.suspended().contains(IN))
                        .dynamicScalingOutSuspended(goal.suspended().contains(OUT))
                        .scheduledScalingSuspended(goal.suspended().contains(SCHEDULED)));
            if (!tags.isEmpty()) request.tags(tags);
        });
    }

    @Override
    public void delete(Observed<ScalableTarget> have, Deletion deletion) {
        scaling.deregisterScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(have.id())
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT));
    }

    @Override
    public void tag(Observed<ScalableTarget> have, Map<String, String> set, Set<String> remove) {
        throw new UnsupportedOperationException("the tags of a scalable target are those of its creation");
    }
}
