package africa.mycandidate.operator.sim;

import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.*;

/** What Secrets Manager refuses and how it shows a secret. */
final class SecretRules {
    private SecretRules() {}

    /** A hyphen and six characters at the end look like the suffix of an ARN (API reference, CreateSecret). */
    static void name(String name) {
        if (name == null || !name.matches("[A-Za-z0-9/_+=.@-]{1,512}"))
            throw parameter(
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
        if (name.matches(".*-[A-Za-z0-9]{6}"))
            throw parameter("Invalid name. It must not end with a hyphen followed by six characters.");
    }

    static String value(String text, SdkBytes bytes) {
        return text != null ? text : bytes == null ? null : Base64.getEncoder().encodeToString(bytes.asByteArray());
    }

    static AwsServiceException error(AwsServiceException.Builder builder, String code, String message) {
        return Errors.of(builder, "SecretsManager", code, 400, message);
    }

    static AwsServiceException parameter(String message) {
        return error(InvalidParameterException.builder(), "InvalidParameterException", message);
    }

    static AwsServiceException state(String message) {
        return error(InvalidRequestException.builder(), "InvalidRequestException", message);
    }

    static AwsServiceException markedForDeletion() {
        return state("You can't perform this operation on the secret because it was marked for deletion.");
    }

    static AwsServiceException exists(String message) {
        return error(ResourceExistsException.builder(), "ResourceExistsException", message);
    }

    static AwsServiceException tokenInUse(String token, String arn) {
        return exists("You can't use ClientRequestToken " + token
                + " because that value is already in use for a version of secret " + arn + ".");
    }

    static AwsServiceException notFound() {
        return notFound("Secrets Manager can't find the specified secret.");
    }

    static AwsServiceException notFound(String message) {
        return error(ResourceNotFoundException.builder(), "ResourceNotFoundException", message);
    }

    static boolean matches(StoredSecret secret, Filter filter) {
        return switch (filter.key()) {
            case NAME -> starts(filter.values(), List.of(secret.name()));
            case TAG_KEY -> starts(filter.values(), List.copyOf(secret.tags().keySet()));
            case TAG_VALUE -> starts(filter.values(), List.copyOf(secret.tags().values()));
            default -> throw new UnsupportedOperationException("ListSecrets filter " + filter.keyAsString());
        };
    }

    /** Each of these filters matches the beginning (API reference, Filter). */
    private static boolean starts(List<String> wanted, List<String> have) {
        Predicate<String> matches = value -> wanted.stream().anyMatch(value::startsWith);
        return have.stream().anyMatch(matches);
    }

    static DescribeSecretResponse described(StoredSecret secret) {
        return DescribeSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .description(secret.description())
                .kmsKeyId(secret.kmsKeyId())
                .createdDate(secret.created())
                .lastChangedDate(secret.changed())
                .deletedDate(secret.deleted())
                .tags(tags(secret))
                .versionIdsToStages(secret.staged())
                .build();
    }

    static SecretListEntry entry(StoredSecret secret) {
        return SecretListEntry.builder()
                .arn(secret.arn())
                .name(secret.name())
                .description(secret.description())
                .kmsKeyId(secret.kmsKeyId())
                .createdDate(secret.created())
                .lastChangedDate(secret.changed())
                .deletedDate(secret.deleted())
                .tags(tags(secret))
                .secretVersionsToStages(secret.staged())
                .build();
    }

    private static List<Tag> tags(StoredSecret secret) {
        return secret.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
