package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** The container that serves the site, one in each Fargate task. */
@Block
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
        HealthCheck healthCheck) {}
