package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.*;

/** Task definitions. Each registration makes a revision, also for equal input, and its number is never given again (BC RegisterTaskDefinition). */
final class TaskDefinitions {
    private final SimAws aws;
    private final Table<TaskDefinition> definitions;
    private final Map<String, EcsTags> tags = new HashMap<>();
    private final Map<String, Integer> lastRevision = new HashMap<>();
    private final Map<String, Instant> refusedFrom = new HashMap<>();

    TaskDefinitions(SimAws aws) {
        this.aws = aws;
        this.definitions = new Table<>(aws.world);
    }

    RegisterTaskDefinitionResponse register(RegisterTaskDefinitionRequest r) {
        ContainerRules.validate(r);
        var given = new EcsTags(r.tags());
        var revision = lastRevision.merge(r.family(), 1, Integer::sum);
        var arn = aws.arn("ecs", "task-definition/" + r.family() + ":" + revision);
        var definition = TaskDefinition.builder()
                .taskDefinitionArn(arn)
                .family(r.family())
                .revision(revision)
                .status(TaskDefinitionStatus.ACTIVE)
                .taskRoleArn(r.taskRoleArn())
                .executionRoleArn(r.executionRoleArn())
                .networkMode(r.networkMode())
                .cpu(String.valueOf(FargateSize.cpu(r.cpu())))
                .memory(String.valueOf(FargateSize.memory(r.memory())))
                .runtimePlatform(r.runtimePlatform())
                .ephemeralStorage(r.ephemeralStorage())
                .containerDefinitions(r.containerDefinitions().stream()
                        .map(ContainerRules::normal)
                        .toList())
                .volumes(r.volumes())
                .placementConstraints(List.of())
                .requiresAttributes(List.of())
                .compatibilities(Compatibility.EC2, Compatibility.FARGATE)
                .requiresCompatibilities(r.requiresCompatibilities())
                .registeredAt(aws.world.now())
                .registeredBy("arn:aws:iam::" + aws.account + ":root")
                .build();
        tags.put(arn, given);
        definitions.put(arn, definition);
        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .tags(given.tags())
                .build();
    }

    /** The ARN for an ARN, {@code family:revision} or {@code family}, the last for its newest active revision. */
    private String arn(String reference) {
        var name = reference.substring(reference.lastIndexOf('/') + 1);
        if (name.contains(":")) return aws.arn("ecs", "task-definition/" + name);
        return definitions.truths().stream()
                .filter(definition ->
                        definition.family().equals(name) && definition.status() == TaskDefinitionStatus.ACTIVE)
                .max(Comparator.comparing(TaskDefinition::revision))
                .map(TaskDefinition::taskDefinitionArn)
                .orElse("");
    }

    /** A definition for a new deployment or task. An inactive one is refused up to 10 minutes after it was deregistered (BC DeregisterTaskDefinition). */
    TaskDefinition usable(String reference) {
        if (reference == null) throw EcsRefusal.invalid("TaskDefinition can not be blank.");
        var arn = arn(reference);
        var definition = definitions.truth(arn).orElseThrow(() -> EcsRefusal.client("TaskDefinition not found."));
        var refused = refusedFrom.get(arn);
        if (refused != null && !refused.isAfter(aws.world.now())) throw EcsRefusal.client("TaskDefinition is inactive");
        return definition;
    }

    /** A definition that is in use already; it stays usable there when inactive. */
    TaskDefinition inUse(String arn) {
        return definitions.truth(arn).orElseThrow();
    }

    DescribeTaskDefinitionResponse describe(DescribeTaskDefinitionRequest r) {
        var arn = arn(r.taskDefinition());
        var definition = definitions.seen(arn).orElseThrow(TaskDefinitions::undescribable);
        return DescribeTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .tags(
                        r.include().contains(TaskDefinitionField.TAGS)
                                ? tags.get(arn).tags()
                                : List.of())
                .build();
    }

    ListTaskDefinitionsResponse list(ListTaskDefinitionsRequest r) {
        var status = r.status() == null ? TaskDefinitionStatus.ACTIVE : r.status();
        var order = Comparator.comparing(TaskDefinition::family).thenComparing(TaskDefinition::revision);
        var found = definitions.seen().stream()
                .filter(definition -> definition.status() == status)
                .filter(definition ->
                        r.familyPrefix() == null || definition.family().equals(r.familyPrefix()))
                .sorted(r.sort() == SortOrder.DESC ? order.reversed() : order)
                .map(TaskDefinition::taskDefinitionArn)
                .toList();
        var page = Page.of(found, r.nextToken(), size(r.maxResults()), 100);
        return ListTaskDefinitionsResponse.builder()
                .taskDefinitionArns(page.items())
                .nextToken(page.marker())
                .build();
    }

    ListTaskDefinitionFamiliesResponse families(ListTaskDefinitionFamiliesRequest r) {
        // Without a status every family is listed, also one with inactive revisions only (BC
        // ListTaskDefinitionFamilies).
        var activeOnly = r.status() == TaskDefinitionFamilyStatus.ACTIVE;
        if (r.status() == TaskDefinitionFamilyStatus.INACTIVE)
            throw new UnsupportedOperationException("inactive families");
        var found = definitions.seen().stream()
                .filter(definition -> !activeOnly || definition.status() == TaskDefinitionStatus.ACTIVE)
                .map(TaskDefinition::family)
                .filter(family -> r.familyPrefix() == null || family.startsWith(r.familyPrefix()))
                .distinct()
                .sorted()
                .toList();
        var page = Page.of(found, r.nextToken(), size(r.maxResults()), 100);
        return ListTaskDefinitionFamiliesResponse.builder()
                .families(page.items())
                .nextToken(page.marker())
                .build();
    }

    DeregisterTaskDefinitionResponse deregister(DeregisterTaskDefinitionRequest r) {
        if (!r.taskDefinition()
                .substring(r.taskDefinition().lastIndexOf('/') + 1)
                .contains(":")) throw EcsRefusal.invalid("Invalid revision: a revision number must be given.");
        var arn = arn(r.taskDefinition());
        var definition = definitions.truth(arn).orElseThrow(TaskDefinitions::undescribable);
        if (definition.status() != TaskDefinitionStatus.ACTIVE)
            throw EcsRefusal.client("The specified task definition is not ACTIVE.");
        var inactive = definition.toBuilder()
                .status(TaskDefinitionStatus.INACTIVE)
                .deregisteredAt(aws.world.now())
                .build();
        definitions.put(arn, inactive);
        refusedFrom.put(arn, aws.world.now().plusSeconds(aws.world.below(600)));
        return DeregisterTaskDefinitionResponse.builder()
                .taskDefinition(inactive)
                .build();
    }

    DeleteTaskDefinitionsResponse delete(DeleteTaskDefinitionsRequest r) {
        if (r.taskDefinitions().size() > 10)
            throw EcsRefusal.invalid("TaskDefinitions cannot contain more than 10 elements.");
        var deleting = new ArrayList<TaskDefinition>();
        var failures = new ArrayList<Failure>();
        for (var reference : r.taskDefinitions()) {
            var arn = arn(reference);
            problem(arn)
                    .ifPresentOrElse(
                            reason -> failures.add(Failure.builder()
                                    .arn(reference)
                                    .reason(reason)
                                    .build()),
                            () -> {
                                var definition = inUse(arn).toBuilder()
                                        .status(TaskDefinitionStatus.DELETE_IN_PROGRESS)
                                        .build();
                                definitions.put(arn, definition);
                                deleting.add(definition);
                                purge(arn);
                            });
        }
        return DeleteTaskDefinitionsResponse.builder()
                .taskDefinitions(deleting)
                .failures(failures)
                .build();
    }

    private Optional<String> problem(String arn) {
        var definition = definitions.truth(arn);
        if (definition.isEmpty())
            return Optional.of(
                    "The specified task definition does not exist. Specify a valid account, family, revision and try again.");
        if (definition.get().status() != TaskDefinitionStatus.ACTIVE) return Optional.empty();
        return Optional.of(
                "The specified task definition is still in ACTIVE status. Please deregister the target and try again.");
    }

    /** DELETE_IN_PROGRESS until no task and no deployment uses it. */
    private void purge(String arn) {
        aws.world.after(aws.world.draw(Duration.ofMinutes(1)), () -> {
            if (definitions.truth(arn).isEmpty()) return;
            var used = aws.ecs.tasks.alive().stream()
                            .anyMatch(task -> task.definition().equals(arn))
                    || aws.ecs.services.uses(arn);
            if (used) purge(arn);
            else definitions.remove(arn);
        });
    }

    EcsTags tagged(String arn) {
        var definition = definitions.truth(arn).orElseThrow(() -> EcsRefusal.notFound("task definition"));
        if (definition.status() != TaskDefinitionStatus.ACTIVE)
            throw EcsRefusal.invalid(
                    "The specified task definition is inactive. Specify an active task definition and try again.");
        return tags.get(arn);
    }

    /** The tags of a revision in use, whatever its state. */
    List<Tag> tagsOf(String arn) {
        return tags.get(arn).tags();
    }

    void existing(Map<String, Map<String, String>> all) {
        for (var definition : definitions.truths())
            if (definition.status() == TaskDefinitionStatus.ACTIVE)
                all.put(
                        definition.taskDefinitionArn(),
                        tags.get(definition.taskDefinitionArn()).asMap());
    }

    private static int size(Integer asked) {
        return asked == null ? 100 : Math.min(asked, 100);
    }

    private static RuntimeException undescribable() {
        return EcsRefusal.client("Unable to describe task definition.");
    }
}
