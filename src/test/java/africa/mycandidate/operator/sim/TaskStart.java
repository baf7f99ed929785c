package africa.mycandidate.operator.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.*;

/** What must be in order before the containers of a task can start. */
final class TaskStart {
    private static final String TASKS = "ecs-tasks.amazonaws.com";

    private final SimAws aws;
    private final TaskLaunch launch;

    TaskStart(SimAws aws, TaskLaunch launch) {
        this.aws = aws;
        this.launch = launch;
    }

    /** Why the task cannot start, as DescribeTasks words it, or empty. */
    Optional<String> obstacle() {
        var definition = launch.definition();
        for (var role : new String[] {definition.executionRoleArn(), definition.taskRoleArn()})
            if (role != null && !aws.iam.assumable(role, TASKS))
                return Optional.of(
                        "ECS was unable to assume the role '" + role
                                + "' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.");
        return definition.containerDefinitions().stream()
                .flatMap(container -> obstacle(container).stream())
                .findFirst();
    }

    private Optional<String> obstacle(ContainerDefinition container) {
        for (var valueFrom : secrets(container)) {
            var problem = secretProblem(valueFrom);
            if (problem.isPresent()) return problem;
        }
        var log = container.logConfiguration();
        if (log != null
                && !"true".equals(log.options().get("awslogs-create-group"))
                && !aws.logs.exists(log.options().get("awslogs-group")))
            return Optional.of(
                    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.");
        if (!online())
            return Optional.of(
                    "CannotPullContainerError: The task cannot pull " + container.image()
                            + " from the registry. There is a connection issue between the task and the registry. Check your task network configuration.");
        if (aws.incidents.registryDown || !Application.pullable(container.image()))
            return Optional.of(
                    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
                            + container.image() + ": not found");
        return Optional.empty();
    }

    private static List<String> secrets(ContainerDefinition container) {
        var all = new java.util.ArrayList<String>();
        if (container.repositoryCredentials() != null)
            all.add(container.repositoryCredentials().credentialsParameter());
        container.secrets().forEach(secret -> all.add(secret.valueFrom()));
        return all;
    }

    private Optional<String> secretProblem(String valueFrom) {
        var prefix = "ResourceInitializationError: unable to pull secrets or registry auth: ";
        if (!online())
            return Optional.of(
                    prefix
                            + "unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration.");
        if (!aws.iam.allows(
                launch.definition().executionRoleArn(), "secretsmanager:GetSecretValue", secretArn(valueFrom)))
            return Optional.of(prefix
                    + "execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: not authorized to perform: secretsmanager:GetSecretValue on resource: "
                    + secretArn(valueFrom));
        if (aws.secrets.value(valueFrom).isEmpty())
            return Optional.of(prefix
                    + "execution resource retrieval failed: unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret value for "
                    + secretArn(valueFrom));
        return Optional.empty();
    }

    /** The ARN without JSON key, version stage and version id. */
    private static String secretArn(String valueFrom) {
        var parts = valueFrom.split(":");
        return String.join(":", List.of(parts).subList(0, Math.min(7, parts.length)));
    }

    private boolean online() {
        var network = launch.network();
        if (network.assignPublicIp() == AssignPublicIp.ENABLED && aws.ec2.isPublic(launch.subnet())) return true;
        return aws.ec2.outbound(launch.subnet(), network.securityGroups());
    }

    /** The variables of a container, its secrets resolved now: a later version does not reach a running task. */
    Map<String, String> environment(ContainerDefinition container) {
        var all = new HashMap<String, String>();
        container.environment().forEach(variable -> all.put(variable.name(), variable.value()));
        container
                .secrets()
                .forEach(secret -> all.put(
                        secret.name(), aws.secrets.value(secret.valueFrom()).orElseThrow()));
        launch.override()
                .map(ContainerOverride::environment)
                .orElse(List.of())
                .forEach(variable -> all.put(variable.name(), variable.value()));
        return all;
    }
}
