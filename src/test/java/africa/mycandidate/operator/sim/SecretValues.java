package africa.mycandidate.operator.sim;

import java.util.Optional;

/** What ECS asks of Secrets Manager when a task starts. */
interface SecretValues {
    /** @param valueFrom {@code arn} or {@code arn:json-key:version-stage:version-id} as in a task definition; empty where there is no such version or it is scheduled for deletion */
    Optional<String> value(String valueFrom);
}
