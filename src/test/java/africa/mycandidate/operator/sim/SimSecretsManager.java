package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.sim.StoredSecret.Version;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.*;

/** Secrets Manager. Reads lag a little; a secret that is scheduled for deletion is still described, but neither read nor written. */
final class SimSecretsManager implements SecretsManagerClient, SecretValues {
    /** A version is pruned only when it is a day old (User Guide, quotas). */
    private static final int VERSIONS = 100;

    private final SimAws aws;
    private final Table<StoredSecret> secrets;

    SimSecretsManager(SimAws aws) {
        this.aws = aws;
        this.secrets = new Table<>(aws.world);
    }

    @Override
    public String serviceName() {
        return "secretsmanager";
    }

    @Override
    public void close() {}

    /** The tags of each secret that is not scheduled for deletion, by ARN. */
    Map<String, Map<String, String>> existing() {
        return tags(false);
    }

    /** The tags of each secret within its recovery window, by ARN. */
    Map<String, Map<String, String>> scheduled() {
        return tags(true);
    }

    /** Each value of each secret, long enough to be recognised. */
    Set<String> values() {
        return secrets.truths().stream()
                .flatMap(secret -> secret.versions().values().stream())
                .map(StoredSecret.Version::value)
                .filter(value -> value != null && value.length() >= 16)
                .collect(Collectors.toSet());
    }

    private Map<String, Map<String, String>> tags(boolean deleted) {
        return secrets.truths().stream()
                .filter(secret -> deleted == (secret.deleted() != null))
                .collect(Collectors.toMap(StoredSecret::arn, StoredSecret::tags, (a, b) -> a, TreeMap::new));
    }

    @Override
    public CreateSecretResponse createSecret(CreateSecretRequest request) {
        return aws.world.call(() -> {
            SecretRules.name(request.name());
            if (request.secretString() != null && request.secretBinary() != null)
                throw SecretRules.parameter(
                        "You can't specify both a binary secret value and a string secret value in the same secret.");
            var token = token(request.clientRequestToken());
            var have = secrets.truth(request.name());
            if (have.isPresent()) return again(have.get(), token, request);
            var now = aws.world.now();
            var arn = aws.arn("secretsmanager", "secret:" + request.name() + "-" + aws.world.hex(6));
            var tags = new TreeMap<String, String>();
            request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            var secret = new StoredSecret(
                    arn,
                    request.name(),
                    request.description(),
                    request.kmsKeyId(),
                    tags,
                    Map.of(),
                    now,
                    now,
                    null,
                    false);
            var value = SecretRules.value(request.secretString(), request.secretBinary());
            if (value != null) secret = secret.add(token, value, List.of(StoredSecret.CURRENT), now);
            secrets.put(request.name(), secret);
            return created(secret, value == null ? null : token);
        });
    }

    /** The same name, token and value again is a success (API reference, CreateSecret). */
    private static CreateSecretResponse again(StoredSecret have, String token, CreateSecretRequest request) {
        if (have.deleted() != null)
            throw SecretRules.state(
                    "You can't create this secret because a secret with this name is already scheduled for deletion.");
        var version = have.versions().get(token);
        if (version == null)
            throw SecretRules.exists("The operation failed because the secret " + request.name() + " already exists.");
        if (!version.value().equals(SecretRules.value(request.secretString(), request.secretBinary())))
            throw SecretRules.tokenInUse(token, have.arn());
        return created(have, token);
    }

    private static CreateSecretResponse created(StoredSecret secret, String version) {
        return CreateSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(version)
                .build();
    }

    /** The SDK fills an empty token with a random one. */
    private String token(String given) {
        var token = given == null
                ? new UUID(Long.parseLong(aws.world.hex(15), 16), Long.parseLong(aws.world.hex(15), 16)).toString()
                : given;
        if (token.length() < 32 || token.length() > 64)
            throw SecretRules.parameter("ClientRequestToken must be 32-64 characters long.");
        return token;
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
        return aws.world.call(() -> {
            var secret = writable(request.secretId());
            var token = token(request.clientRequestToken());
            var value = SecretRules.value(request.secretString(), request.secretBinary());
            if (value == null) throw SecretRules.parameter("You must provide either SecretString or SecretBinary.");
            var have = secret.versions().get(token);
            if (have != null && !have.value().equals(value)) throw SecretRules.tokenInUse(token, secret.arn());
            if (have == null) {
                var stages =
                        request.versionStages().isEmpty() ? List.of(StoredSecret.CURRENT) : request.versionStages();
                secret = pruned(secret).add(token, value, stages, aws.world.now());
                secrets.put(secret.name(), secret);
            }
            return PutSecretValueResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .versionId(token)
                    .versionStages(secret.versions().get(token).stages())
                    .build();
        });
    }

    private StoredSecret pruned(StoredSecret secret) {
        if (secret.versions().size() < VERSIONS) return secret;
        var dayAgo = aws.world.now().minus(Duration.ofDays(1));
        var kept = new LinkedHashMap<String, Version>();
        secret.versions().forEach((id, version) -> {
            if (!version.stages().isEmpty() || version.created().isAfter(dayAgo)) kept.put(id, version);
        });
        if (kept.size() >= VERSIONS)
            throw SecretRules.error(
                    LimitExceededException.builder(),
                    "LimitExceededException",
                    "The secret has reached the quota of 100 versions.");
        return secret.keeping(kept);
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        return aws.world.call(() -> {
            var secret = readable(request.secretId());
            if (secret.deleted() != null) throw SecretRules.markedForDeletion();
            var stage = request.versionStage() == null ? StoredSecret.CURRENT : request.versionStage();
            var id = request.versionId() != null
                    ? request.versionId()
                    : secret.holder(stage).orElse(null);
            var version = id == null ? null : secret.versions().get(id);
            if (version == null
                    || request.versionStage() != null && !version.stages().contains(stage))
                throw SecretRules.notFound("Secrets Manager can't find the specified secret value for "
                        + (request.versionId() == null
                                ? "staging label: " + stage
                                : "VersionId: " + request.versionId()));
            return GetSecretValueResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .versionId(id)
                    .secretString(version.value())
                    .versionStages(version.stages())
                    .createdDate(version.created())
                    .build();
        });
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
        return aws.world.call(() -> SecretRules.described(readable(request.secretId())));
    }

    @Override
    public ListSecretsResponse listSecrets(ListSecretsRequest request) {
        return aws.world.call(() -> {
            var found = secrets.seen().stream()
                    .filter(secret -> secret.deleted() == null
                            || Boolean.TRUE.equals(request.includePlannedDeletion()) && !secret.forced())
                    .filter(secret ->
                            request.filters().stream().allMatch(filter -> SecretRules.matches(secret, filter)))
                    .map(SecretRules::entry)
                    .toList();
            var page = Page.of(found, request.nextToken(), request.maxResults(), 100);
            return ListSecretsResponse.builder()
                    .secretList(page.items())
                    .nextToken(page.marker())
                    .build();
        });
    }

    @Override
    public ListSecretVersionIdsResponse listSecretVersionIds(ListSecretVersionIdsRequest request) {
        return aws.world.call(() -> {
            var secret = readable(request.secretId());
            var found = secret.versions().entrySet().stream()
                    .filter(version -> Boolean.TRUE.equals(request.includeDeprecated())
                            || !version.getValue().stages().isEmpty())
                    .map(version -> SecretVersionsListEntry.builder()
                            .versionId(version.getKey())
                            .versionStages(version.getValue().stages())
                            .createdDate(version.getValue().created())
                            .build())
                    .toList();
            var page = Page.of(found, request.nextToken(), request.maxResults(), 100);
            return ListSecretVersionIdsResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .versions(page.items())
                    .nextToken(page.marker())
                    .build();
        });
    }

    /** A stage leaves the version that has it only where the caller names that version (API reference, UpdateSecretVersionStage). */
    @Override
    public UpdateSecretVersionStageResponse updateSecretVersionStage(UpdateSecretVersionStageRequest request) {
        return aws.world.call(() -> {
            var secret = writable(request.secretId());
            if (request.moveToVersionId() == null)
                throw new UnsupportedOperationException("A stage that is only taken off is not modelled.");
            if (!secret.versions().containsKey(request.moveToVersionId()))
                throw SecretRules.notFound("Secrets Manager can't find the specified secret version.");
            var holder = secret.holder(request.versionStage());
            if (holder.isPresent() && !holder.get().equals(request.removeFromVersionId()))
                throw SecretRules.parameter("The parameter RemoveFromVersionId can't be empty. Staging label "
                        + request.versionStage() + " is currently attached to version " + holder.get()
                        + ", so you must explicitly reference that version in RemoveFromVersionId.");
            secrets.put(
                    secret.name(), secret.moved(request.versionStage(), request.moveToVersionId(), aws.world.now()));
            return UpdateSecretVersionStageResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .build();
        });
    }

    @Override
    public UpdateSecretResponse updateSecret(UpdateSecretRequest request) {
        return aws.world.call(() -> {
            var secret = writable(request.secretId());
            if (request.secretString() != null || request.secretBinary() != null)
                throw new UnsupportedOperationException(
                        "UpdateSecret with a value is not modelled: PutSecretValue is what takes a value.");
            if (request.description() != null)
                secrets.put(secret.name(), secret.described(request.description(), aws.world.now()));
            return UpdateSecretResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .build();
        });
    }

    @Override
    public DeleteSecretResponse deleteSecret(DeleteSecretRequest request) {
        return aws.world.call(() -> {
            var force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
            var days = request.recoveryWindowInDays();
            if (force && days != null)
                throw SecretRules.parameter(
                        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
            if (days != null && (days < 7 || days > 30))
                throw SecretRules.parameter(
                        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
            var now = aws.world.now();
            var found = truth(request.secretId());
            // Forced deletion of a missing secret is a success (API reference, DeleteSecret).
            if (found.isEmpty() && force)
                return DeleteSecretResponse.builder()
                        .name(request.secretId())
                        .deletionDate(now)
                        .build();
            var secret = found.orElseThrow(SecretRules::notFound);
            if (secret.deleted() != null && !force)
                throw SecretRules.state(
                        "You tried to perform the operation on a secret that's currently marked deleted.");
            var gone = secret.deletion(now, force, now);
            secrets.put(gone.name(), gone);
            var wait = force ? aws.world.draw(Duration.ofSeconds(20)) : Duration.ofDays(days == null ? 30 : days);
            aws.world.after(wait, () -> {
                if (secrets.truth(gone.name()).filter(gone::equals).isPresent()) secrets.remove(gone.name());
            });
            return DeleteSecretResponse.builder()
                    .arn(gone.arn())
                    .name(gone.name())
                    .deletionDate(now.plus(wait))
                    .build();
        });
    }

    @Override
    public RestoreSecretResponse restoreSecret(RestoreSecretRequest request) {
        return aws.world.call(() -> {
            var secret =
                    truth(request.secretId()).filter(found -> !found.forced()).orElseThrow(SecretRules::notFound);
            secrets.put(secret.name(), secret.deletion(null, false, aws.world.now()));
            return RestoreSecretResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .build();
        });
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        return aws.world.call(() -> {
            var secret = writable(request.secretId());
            var tags = new TreeMap<>(secret.tags());
            request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            if (tags.size() > 50) throw SecretRules.parameter("A secret can have at most 50 tags.");
            secrets.put(secret.name(), secret.tagged(tags, aws.world.now()));
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        return aws.world.call(() -> {
            var secret = writable(request.secretId());
            var tags = new TreeMap<>(secret.tags());
            request.tagKeys().forEach(tags::remove);
            secrets.put(secret.name(), secret.tagged(tags, aws.world.now()));
            return UntagResourceResponse.builder().build();
        });
    }

    private StoredSecret writable(String id) {
        var secret = truth(id).orElseThrow(SecretRules::notFound);
        if (secret.deleted() != null) throw SecretRules.markedForDeletion();
        return secret;
    }

    private StoredSecret readable(String id) {
        return secrets.seen().stream()
                .filter(secret -> secret.name().equals(id) || secret.arn().equals(id))
                .findFirst()
                .orElseThrow(SecretRules::notFound);
    }

    private Optional<StoredSecret> truth(String id) {
        return secrets.truths().stream()
                .filter(secret -> secret.name().equals(id) || secret.arn().equals(id))
                .findFirst();
    }

    @Override
    public Optional<String> value(String valueFrom) {
        return aws.world.call(() -> {
            var parts = valueFrom.split(":", -1);
            if (parts.length < 7) return Optional.empty();
            var arn = String.join(":", List.of(parts).subList(0, 7));
            var key = part(parts, 7);
            try {
                var value = getSecretValue(GetSecretValueRequest.builder()
                                .secretId(arn)
                                .versionStage(part(parts, 8))
                                .versionId(part(parts, 9))
                                .build())
                        .secretString();
                return key == null ? Optional.of(value) : field(value, key);
            } catch (AwsServiceException absent) {
                return Optional.empty();
            }
        });
    }

    private static String part(String[] parts, int index) {
        return parts.length > index && !parts[index].isEmpty() ? parts[index] : null;
    }

    private static Optional<String> field(String json, String key) {
        try {
            return Optional.ofNullable(new ObjectMapper().readTree(json).get(key))
                    .map(node -> node.asText());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
