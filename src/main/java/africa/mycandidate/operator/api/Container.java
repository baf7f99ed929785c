package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** The container that serves the site, one in each Fargate task. */
@Block
@ValidationRule(
        value = "!has(self.environment) || !has(self.secrets) || self.environment.all(k, !(k in " + "self.secrets))",
        message = "the same name stands in container.environment and in container.secrets; take it out "
                + "of one of them")
@ValidationRule(value = Container.PAIR, messageExpression = Container.PAIR_MESSAGE)
@ValidationRule(
        value = "!has(self.port) || (self.port >= 1024 && self.port <= 65535)",
        message = "write a port from 1024 to 65535: the container does not run as root, and may not listen below 1024",
        fieldPath = ".port")
@ValidationRule(
        value = "!has(self.cpu) || self.cpu in [256, 512, 1024, 2048, 4096, 8192, 16384, 32768]",
        message = "Fargate has no such cpu; write 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 (1024 is one vCPU)",
        fieldPath = ".cpu")
@ValidationRule(
        value = "!has(self.user) || !self.user.matches('^(0+|root)(:.*)?$')",
        message = "the container must not run as root; write another user, such as \"1000\"",
        fieldPath = ".user")
@ValidationRule(
        value = "!has(self.user) || self.user.matches('^([0-9]+|[a-z_][a-z0-9_-]*)(:([0-9]+|[a-z_][a-z0-9_-]*))?$')",
        message = "write a user as a number, a name or number:group, such as \"1000\"",
        fieldPath = ".user")
@ValidationRule(
        value = "!has(self.environment) || self.environment.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_]*$'))",
        message = "write names of letters, digits and underscores that do not begin with a digit, such as FEATURE_MAP",
        fieldPath = ".environment")
@ValidationRule(
        value = "!has(self.environment) || self.environment.all(k, !(k in ['DATABASE_URL', 'REDIS_URL', "
                + "'SECRET_KEY', 'SITE_URL']))",
        message = "DATABASE_URL, REDIS_URL, SECRET_KEY and SITE_URL are set by the operator; take them out of "
                + "container.environment",
        fieldPath = ".environment")
@ValidationRule(
        value = "!has(self.secrets) || self.secrets.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_]*$'))",
        message = "write names of letters, digits and underscores that do not begin with a digit, such as FEATURE_MAP",
        fieldPath = ".secrets")
@ValidationRule(
        value = "!has(self.secrets) || self.secrets.all(k, !(k in ['DATABASE_URL', 'REDIS_URL', 'SECRET_KEY', "
                + "'SITE_URL']))",
        message = "DATABASE_URL, REDIS_URL, SECRET_KEY and SITE_URL are set by the operator; take them out of "
                + "container.secrets",
        fieldPath = ".secrets")
@ValidationRule(
        value = "!has(self.secrets) || self.secrets.all(k, "
                + "self.secrets[k].matches('^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^ "
                + "]+$'))",
        message = "write the ARN of a Secrets Manager secret for each name, such as "
                + "arn:aws:secretsmanager:af-south-1:123456789012:secret:maps-AbCdEf, never the secret itself",
        fieldPath = ".secrets")
public record Container(
        @JsonPropertyDescription("TCP port that the application listens on, 1024 to 65535. Default 5000.")
        Integer port,

        @JsonPropertyDescription(
                "CPU of a task in units of 1/1024 vCPU: 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768. Default "
                        + "512.")
        Integer cpu,

        @JsonPropertyDescription(
                "Memory of a task in MiB. Fargate allows certain values for each cpu; for 512 they are 1024, 2048, "
                        + "3072 and 4096. Default 1024.")
        Integer memory,

        @Size(max = 64)
        @JsonPropertyDescription(
                "User that the process runs as: a number, a name, or number:group. Never root. Default \"1000\".")
        String user,

        @JsonPropertyDescription("true: the container can write to /tmp only. Default true.")
        Boolean readOnlyRootFilesystem,

        @Size(max = 50)
        @JsonPropertyDescription(
                "Plain environment variables, name to value. DATABASE_URL, REDIS_URL, SECRET_KEY and SITE_URL are the "
                        + "operator's own. Put no secret here. Default: none.")
        Map<String, @Size(max = 4096) String> environment,

        @Size(max = 50)
        @JsonPropertyDescription(
                "Secret environment variables, name to the ARN of a Secrets Manager secret in the stack's region. "
                        + "Default: none.")
        Map<String, @Size(max = 512) String> secrets,

        @Min(1)
        @Max(500)
        @JsonPropertyDescription(
                "Most database connections that one task opens, 1 to 500. Times scaling.maxTasks they must fit the "
                        + "database class. Default 10.")
        Integer databaseConnections,

        @JsonPropertyDescription("How the load balancer finds out whether a task can serve.")
        HealthCheck healthCheck) {

    private static final String CPU = "(has(self.cpu) ? self.cpu : 512)";
    private static final String MEMORY = "(has(self.memory) ? self.memory : 1024)";

    /** Fargate's pairs of cpu and memory (Amazon ECS Developer Guide, "Task size"). A cpu that there is not has a rule of its own. */
    static final String PAIR = "!(" + CPU + " in [256, 512, 1024, 2048, 4096, 8192, 16384, 32768])"
            + " || (" + CPU + " == 256 && " + MEMORY + " in [512, 1024, 2048])"
            + " || (" + CPU + " == 512 && " + MEMORY + " in [1024, 2048, 3072, 4096])"
            + " || (" + CPU + " == 1024 && " + MEMORY + " >= 2048 && " + MEMORY + " <= 8192 && " + MEMORY
            + " % 1024 == 0)"
            + " || (" + CPU + " == 2048 && " + MEMORY + " >= 4096 && " + MEMORY + " <= 16384 && " + MEMORY
            + " % 1024 == 0)"
            + " || (" + CPU + " == 4096 && " + MEMORY + " >= 8192 && " + MEMORY + " <= 30720 && " + MEMORY
            + " % 1024 == 0)"
            + " || (" + CPU + " == 8192 && " + MEMORY + " >= 16384 && " + MEMORY + " <= 61440 && " + MEMORY
            + " % 4096 == 0)"
            + " || (" + CPU + " == 16384 && " + MEMORY + " >= 32768 && " + MEMORY + " <= 122880 && " + MEMORY
            + " % 8192 == 0)"
            + " || (" + CPU + " == 32768 && " + MEMORY + " in [61440, 122880, 249856])";

    static final String PAIR_MESSAGE =
            "'Fargate has no task with cpu %d and memory %d; for this cpu write container.memory as %s'"
                    + ".format([" + CPU + ", " + MEMORY
                    + ", {256: '512, 1024 or 2048', 512: '1024, 2048, 3072 or 4096',"
                    + " 1024: '2048 to 8192 in steps of 1024', 2048: '4096 to 16384 in steps of 1024',"
                    + " 4096: '8192 to 30720 in steps of 1024', 8192: '16384 to 61440 in steps of 4096',"
                    + " 16384: '32768 to 122880 in steps of 8192', 32768: '61440, 122880 or 249856'}[" + CPU + "]])";
}
