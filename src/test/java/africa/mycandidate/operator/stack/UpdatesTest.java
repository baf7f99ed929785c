package africa.mycandidate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of the spec changes the resources that it should, and nothing else. */
class UpdatesTest {
    private static final String SECRET = "arn:aws:secretsmanager:af-south-1:111122223333:secret:mail-AbCdEf";

    static Stream<Arguments> updates() {
        return Stream.of(
                update("image", "example.org/mycandidate:1.5.0", "TaskDefinition/app"),
                update(
                        "image",
                        "111122223333.dkr.ecr.af-south-1.amazonaws.com/mycandidate:1",
                        "TaskDefinition/app",
                        "Role/execution"),
                update("imagePullSecretArn", SECRET, "TaskDefinition/app", "Role/execution"),
                update("container.cpu", 1024, "TaskDefinition/app"),
                update("container.memory", 2048, "TaskDefinition/app"),
                update("container.user", "2000", "TaskDefinition/app"),
                update("container.readOnlyRootFilesystem", false, "TaskDefinition/app"),
                update("container.environment", Map.of("LOG_LEVEL", "debug"), "TaskDefinition/app"),
                update("container.secrets", Map.of("MAIL", SECRET), "TaskDefinition/app", "Role/execution"),
                update("container.healthCheck.path", "/health", "TargetGroup/app"),
                update("container.healthCheck.codes", "200", "TargetGroup/app"),
                update("container.databaseConnections", 5),
                update(
                        "container.port",
                        8000,
                        "TaskDefinition/app",
                        "TargetGroup/app",
                        "EcsService/app",
                        "SecurityGroup/load-balancer",
                        "SecurityGroup/tasks"),
                update("scaling.minTasks", 3, "EcsService/app", "ScalableTarget/app"),
                update("scaling.maxTasks", 12, "ScalableTarget/app"),
                update("scaling.scaleOutCpuPercent", 60, "Alarm/cpu-high"),
                update("scaling.scaleInCpuPercent", 20, "Alarm/cpu-low"),
                update("database.instanceClass", "db.t3.medium", "DbInstance/main"),
                update("database.engineVersion", "16.9", "DbInstance/main"),
                update("database.engineVersion", "17", "DbInstance/main", "DbParameterGroup/database"),
                update("database.multiAz", false, "DbInstance/main"),
                update("database.storageGiB", 40, "DbInstance/main"),
                update("database.storageGiB", 200, "DbInstance/main"),
                update("database.maxStorageGiB", 200, "DbInstance/main"),
                update("database.backupRetentionDays", 14, "DbInstance/main"),
                update("database.deletionProtection", false, "DbInstance/main"),
                update("cache.nodeType", "cache.t3.small", "ReplicationGroup/main"),
                update("cache.engineVersion", "7.0", "ReplicationGroup/main"),
                update("cache.replicas", 1, "ReplicationGroup/main"),
                update("logs.retentionDays", 90, "LogGroup/app"),
                update("tags", Map.of("team", "civic")),
                update("timeZone", "Africa/Johannesburg"));
    }

    private static Arguments update(String field, Object value, String... changed) {
        return Arguments.of(field, value, List.of(changed));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("updates")
    void eachFieldChangesWhatItShould(String field, Object value, List<String> changed) {
        var differing = BlueprintTest.differing(Specs.stack(Specs.minimal()), Specs.stack(Specs.with(field, value)));
        assertThat(differing).isEqualTo(new TreeSet<>(changed));
    }
}
