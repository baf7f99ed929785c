package africa.mycandidate.operator.sim;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.*;

/** What RegisterTaskDefinition refuses for Fargate, and how it fills in what was left out (TF:ecs/container_definitions.go). */
final class ContainerRules {
    private ContainerRules() {}

    static void validate(RegisterTaskDefinitionRequest r) {
        if (r.family() == null || !r.family().matches("[a-zA-Z0-9\\-_]{1,255}"))
            throw EcsRefusal.client("Family contains invalid characters.");
        if (r.containerDefinitions().isEmpty()) throw EcsRefusal.client("Container list cannot be empty.");
        if (!r.requiresCompatibilities().contains(Compatibility.FARGATE))
            throw new UnsupportedOperationException("task definitions for other than Fargate");
        if (r.networkMode() != NetworkMode.AWSVPC)
            throw EcsRefusal.client("Fargate only supports network mode ‘awsvpc’.");
        FargateSize.validate(r.cpu(), r.memory());
        var volumes = r.volumes().stream().map(Volume::name).collect(Collectors.toSet());
        var names = new HashSet<String>();
        for (var container : r.containerDefinitions()) {
            if (container.name() == null || container.name().isEmpty())
                throw EcsRefusal.client("Container.name should not be null or empty.");
            if (!names.add(container.name()))
                throw EcsRefusal.client("Container names must be unique: " + container.name());
            if (container.image() == null || container.image().isEmpty())
                throw EcsRefusal.client("Container.image should not be null or empty.");
            validate(container, r.executionRoleArn());
            for (var mount : container.mountPoints())
                if (!volumes.contains(mount.sourceVolume()))
                    throw EcsRefusal.client("Unknown volume '" + mount.sourceVolume() + "'.");
        }
        if (r.containerDefinitions().stream().allMatch(container -> Boolean.FALSE.equals(container.essential())))
            throw EcsRefusal.client("At least one container in the task definition must be essential.");
    }

    private static void validate(ContainerDefinition container, String executionRole) {
        for (var port : container.portMappings())
            if (port.hostPort() != null
                    && port.hostPort() != 0
                    && !port.hostPort().equals(port.containerPort()))
                throw EcsRefusal.client(
                        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
        if (!container.secrets().isEmpty() && executionRole == null)
            throw EcsRefusal.client(
                    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
        var variables = new HashSet<String>();
        container.environment().forEach(variable -> variables.add(variable.name()));
        for (var secret : container.secrets())
            if (!variables.add(secret.name()))
                throw EcsRefusal.client(
                        "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '"
                                + secret.name() + "'.");
        var log = container.logConfiguration();
        if (log == null) return;
        if (log.logDriver() != LogDriver.AWSLOGS)
            throw new UnsupportedOperationException("log driver " + log.logDriverAsString());
        if (executionRole == null)
            throw EcsRefusal.client(
                    "Fargate requires task definition to have execution role ARN to support log driver awslogs.");
        for (var option : List.of("awslogs-group", "awslogs-region", "awslogs-stream-prefix"))
            if (!log.options().containsKey(option))
                throw EcsRefusal.client("Log driver awslogs requires options: " + option);
    }

    static ContainerDefinition normal(ContainerDefinition given) {
        return given.toBuilder()
                .cpu(given.cpu() == null ? 0 : given.cpu())
                .essential(given.essential() == null || given.essential())
                .portMappings(given.portMappings().stream()
                        .map(port -> port.toBuilder()
                                .hostPort(port.containerPort())
                                .protocol(port.protocol() == null ? TransportProtocol.TCP : port.protocol())
                                .build())
                        .toList())
                .environment(given.environment())
                .mountPoints(given.mountPoints())
                .volumesFrom(given.volumesFrom())
                .systemControls(given.systemControls())
                .secrets(given.secrets().isEmpty() ? null : given.secrets())
                .healthCheck(given.healthCheck() == null ? null : normal(given.healthCheck()))
                .build();
    }

    private static HealthCheck normal(HealthCheck given) {
        return given.toBuilder()
                .interval(given.interval() == null ? 30 : given.interval())
                .timeout(given.timeout() == null ? 5 : given.timeout())
                .retries(given.retries() == null ? 3 : given.retries())
                .build();
    }
}
