package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where a secret value stands, as a task definition writes it: {@code arn:json-key:version-stage:version-id} (ECS developer guide, "Pass Secrets Manager secrets").
 *
 * @param version empty for the current one
 */
record ValueFrom(String arn, String version) {

    static ValueFrom parse(String text) {
        var end = text.indexOf(":::");
        return end < 0 ? new ValueFrom(text, "") : new ValueFrom(text.substring(0, end), text.substring(end + 3));
    }

    /** Reads the value, for the one call that passes it on. */
    static String read(SecretsManagerClient secrets, Ref<SecretValue> ref) {
        var where = parse(ref.value());
        return secrets.getSecretValue(request -> {
                    request.secretId(where.arn());
                    if (!where.version().isEmpty()) request.versionId(where.version());
                })
                .secretString();
    }
}
