package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CPUArchitecture;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

final class TaskDefinitionHandler implements Handler<TaskDefinition> {
    private static final String TMP = "/tmp";
    private static final String TMP_VOLUME = "tmp";

    private final EcsClient ecs;
    private final EcsTags tags;

    TaskDefinitionHandler(Clients clients) {
        this.ecs = clients.of(EcsClient.class);
        this.tags = new EcsTags(ecs);
    }

    @Override
    public Class<TaskDefinition> type() {
        return TaskDefinition.class;
    }

    /** The active revisions of the family, newest first. */
    @Override
    public List<Observed<TaskDefinition>> list(String place) {
        var found = new ArrayList<Observed<TaskDefinition>>();
        var arns = ecs.listTaskDefinitionsPaginator(request -> request.familyPrefix(place)
                        .status(TaskDefinitionStatus.ACTIVE)
                        .sort(SortOrder.DESC))
                .taskDefinitionArns();
        for (var arn : arns) {
            if (!family(arn).equals(place)) continue;
            found.add(observed(ecs.describeTaskDefinition(
                    request -> request.taskDefinition(arn).include(TaskDefinitionField.TAGS))));
        }
        return found;
    }

    /** The family in {@code arn:aws:ecs:region:account:task-definition/family:revision}. */
    private static String family(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1, arn.lastIndexOf(':'));
    }

    private static Observed<TaskDefinition> observed(DescribeTaskDefinitionResponse response) {
        var revision = response.taskDefinition();
        var arn = revision.taskDefinitionArn();
        var map = EcsTags.map(response.tags());
        var active = revision.status() == TaskDefinitionStatus.ACTIVE;
        var actual = actual(revision, map);
        var outputs =
                active ? Map.of("arn", arn, TaskDefinition.arnWith(actual.image()), arn) : Map.<String, String>of();
        return Observed.of(actual, arn, arn, active ? Phase.READY : Phase.GONE, outputs, map);
    }

    private static TaskDefinition actual(
            software.amazon.awssdk.services.ecs.model.TaskDefinition revision, Map<String, String> tags) {
        var container = revision.containerDefinitions().stream()
                .filter(one -> TaskDefinition.CONTAINER.equals(one.name()))
                .findFirst()
                .orElseGet(() -> ContainerDefinition.builder().build());
        var environment = new TreeMap<String, String>();
        for (var pair : container.environment()) environment.put(pair.name(), pair.value());
        var secrets = new TreeMap<String, Ref<? extends Resource>>();
        for (var secret : container.secrets()) secrets.put(secret.name(), Ref.of(secret.valueFrom()));
        var log = container.logConfiguration() == null
                ? Map.<String, String>of()
                : container.logConfiguration().options();
        var credentials = container.repositoryCredentials();
        return new TaskDefinition(
                revision.family(),
                container.image(),
                number(revision.cpu()),
                number(revision.memory()),
                container.portMappings().isEmpty()
                        ? null
                        : container.portMappings().getFirst().containerPort(),
                container.user(),
                Boolean.TRUE.equals(container.readonlyRootFilesystem()),
                container.mountPoints().stream().anyMatch(mount -> TMP.equals(mount.containerPath())),
                environment,
                secrets,
                credentials == null ? "" : credentials.credentialsParameter(),
                RefSets.ref(revision.executionRoleArn()),
                RefSets.ref(revision.taskRoleArn()),
                RefSets.ref(log.get("awslogs-group")),
                log.get("awslogs-region"),
                tags.getOrDefault(TaskDefinition.FAILED_TAG, ""));
    }

    private static Integer number(String text) {
        return text == null || !text.matches("\\d+") ? null : Integer.valueOf(text);
    }

    @Override
    public String create(TaskDefinition want, Creation creation) {
        return ecs.registerTaskDefinition(request -> {
                    request.family(want.family())
                            .requiresCompatibilities(Compatibility.FARGATE)
                            .networkMode(NetworkMode.AWSVPC)
                            .runtimePlatform(platform -> platform.operatingSystemFamily(OSFamily.LINUX)
                                    .cpuArchitecture(CPUArchitecture.X86_64))
                            .cpu(String.valueOf(want.cpu()))
                            .memory(String.valueOf(want.memory()))
                            .executionRoleArn(RefSets.value(want.executionRole()))
                            .taskRoleArn(RefSets.value(want.taskRole()))
                            .containerDefinitions(container(want))
                            .tags(EcsTags.of(creation.tags()));
                    if (Boolean.TRUE.equals(want.tmpVolume())) request.volumes(volume -> volume.name(TMP_VOLUME));
                })
                .taskDefinition()
                .taskDefinitionArn();
    }

    private static ContainerDefinition container(TaskDefinition want) {
        var container = ContainerDefinition.builder()
                .name(TaskDefinition.CONTAINER)
                .image(want.image())
                .essential(true)
                .user(want.user())
                .readonlyRootFilesystem(want.readOnlyRootFilesystem());
        if (want.port() != null)
            container.portMappings(port -> port.containerPort(want.port()).protocol(TransportProtocol.TCP));
        if (want.environment() != null) container.environment(environment(want.environment()));
        if (want.secrets() != null) container.secrets(secrets(want.secrets()));
        if (want.pullSecretArn() != null && !want.pullSecretArn().isEmpty())
            container.repositoryCredentials(credentials -> credentials.credentialsParameter(want.pullSecretArn()));
        if (Boolean.TRUE.equals(want.tmpVolume()))
            container.mountPoints(
                    mount -> mount.sourceVolume(TMP_VOLUME).containerPath(TMP).readOnly(false));
        if (want.logGroup() != null) {
            var options = Map.of(
                    "awslogs-group", want.logGroup().value(),
                    "awslogs-region", want.logRegion(),
                    "awslogs-stream-prefix", TaskDefinition.CONTAINER);
            container.logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS).options(options));
        }
        return container.build();
    }

    private static List<KeyValuePair> environment(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(entry -> KeyValuePair.builder()
                                .name(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList();
    }

    private static List<software.amazon.awssdk.services.ecs.model.Secret> secrets(
            Map<String, Ref<? extends Resource>> secrets) {
        return new TreeMap<>(secrets)
                .entrySet().stream()
                        .map(entry -> software.amazon.awssdk.services.ecs.model.Secret.builder()
                                .name(entry.getKey())
                                .valueFrom(entry.getValue().value())
                                .build())
                        .toList();
    }

    /** Nothing of a revision changes but the mark that it failed. */
    @Override
    public void update(Observed<TaskDefinition> have, TaskDefinition goal, Set<String> fields) {
        if (!fields.equals(Set.of("failed")))
            throw new IllegalArgumentException("ECS cannot change " + fields + " of a revision");
        tags.change(have.id(), Map.of(TaskDefinition.FAILED_TAG, goal.failed()), Set.of());
    }

    @Override
    public void delete(Observed<TaskDefinition> have, Deletion deletion) {
        ecs.deregisterTaskDefinition(request -> request.taskDefinition(have.id()));
    }

    @Override
    public void tag(Observed<TaskDefinition> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.id(), set, remove);
    }
}
