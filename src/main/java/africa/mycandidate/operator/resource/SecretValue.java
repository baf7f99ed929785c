package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Judging;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.model.Yields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * A secret value in Secrets Manager. The id of its version is the fingerprint of what it was made from, so a listing shows whether it is current and nobody
 * reads a value to compare it. A secret is never deleted at once: it is scheduled for deletion and {@code released}, and the same stack may restore it.
 * AWS may list it only after minutes (API reference, ListSecrets: "might not reflect changes from the last five minutes").
 * Outputs: {@code arn}, {@code name}, {@code valueFrom} ({@code arn:::version-id}, as a task definition takes it), also for each version that AWS keeps.
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 200)
public record SecretValue(
        String description,

        @africa.mycandidate.operator.model.Secret @Yields("valueFrom")
        Content content,

        @Late Boolean scheduledForDeletion)
        implements Resource {
    /** One that somebody else made and changes: its current version counts. */
    public static SecretValue ofOthers() {
        return new SecretValue(null, null, null);
    }

    /** The output that is there only once the version made from this very content is. */
    public static final String MADE = "made";

    /** The version that was made from this content, as long as AWS keeps it: a value that somebody else put in goes no further. */
    @Override
    public Optional<String> output(String name, Observed<?> have) {
        if (content == null || !Refs.open(content).isEmpty())
            return Optional.ofNullable(name.equals(MADE) ? null : have.outputs().get(name));
        var actual = have.actual() instanceof SecretValue stored ? stored.content() : null;
        var made = have.outputs().get("valueFrom " + fingerprint(lasting(content, actual)));
        if (name.equals(MADE) || name.equals("valueFrom") && made != null) return Optional.ofNullable(made);
        return Optional.ofNullable(have.outputs().get(name));
    }

    @Override
    public String effect(Set<String> fields, Observed<?> have) {
        return fields.contains("content") ? "a new version of: " + description : "";
    }

    /** What the value is made from. */
    public sealed interface Content {}

    /**
     * Random letters and digits, made once and never again.
     *
     * @param rotation a mark that asks for a new value when it changes; empty at first
     */
    public record Generated(int length, String rotation) implements Content, Judging {
        @Override
        public boolean accepts(Object actual) {
            return isCurrent(this, actual);
        }
    }

    /**
     * A text with {@code {name}} where a value goes.
     *
     * @param values plain values by name
     * @param secrets {@code valueFrom} of the secrets whose values go in, by name
     */
    public record Template(
            String text, Map<String, Ref<? extends Resource>> values, Map<String, Ref<SecretValue>> secrets)
            implements Content, Judging {
        @Override
        public boolean accepts(Object actual) {
            return isCurrent(this, actual);
        }
    }

    /**
     * The current version as AWS has it.
     *
     * @param rotation the mark of the last rotation, which stands in a tag: it outlives the annotation that asked for it
     */
    public record Stored(String version, String rotation) implements Content {}

    /** The version id and client token of a value made from this content, 64 hexadecimal digits. */
    public static String fingerprint(Content content) {
        return content instanceof Stored stored ? stored.version() : Canonical.hash(content);
    }

    private static boolean isCurrent(Content wanted, Object actual) {
        return actual instanceof Stored stored && stored.version().equals(fingerprint(lasting(wanted, stored)));
    }

    /** Where nobody asks for a rotation now, the last one stays. */
    static Content lasting(Content wanted, Content actual) {
        return wanted instanceof Generated(int length, String rotation)
                        && rotation.isEmpty()
                        && actual instanceof Stored stored
                ? new Generated(length, stored.rotation())
                : wanted;
    }
}

final class SecretValueHandler implements Handler<SecretValue> {
    private static final String ROTATION_TAG = "mycandidate.africa/rotation";
    private static final String CURRENT = "AWSCURRENT";
    private static final long RECOVERY_DAYS = 30;
    /** The beginning of the name. */
    private static final Filter NAMED =
            Filter.builder().key(FilterNameStringType.NAME).values("mcd-").build();

    private final SecretsManagerClient secrets;
    private final SecretText text;

    SecretValueHandler(Clients clients, RandomGenerator random) {
        this.secrets = clients.of(SecretsManagerClient.class);
        this.text = new SecretText(secrets, random);
    }

    @Override
    public Class<SecretValue> type() {
        return SecretValue.class;
    }

    @Override
    public List<Observed<SecretValue>> list(String place) {
        return secrets
                .listSecretsPaginator(request ->
                        request.includePlannedDeletion(true).filters(NAMED).maxResults(100))
                .stream()
                .flatMap(page -> page.secretList().stream())
                .filter(secret -> secret.name().startsWith("mcd-"))
                .map(SecretValueHandler::observed)
                .toList();
    }

    @Override
    public List<Observed<SecretValue>> find(String id) {
        // The filter takes names only, and the end of an ARN is not one (API reference, Filter).
        return secrets
                .listSecretsPaginator(
                        request -> request.includePlannedDeletion(true).maxResults(100))
                .stream()
                .flatMap(page -> page.secretList().stream())
                .filter(secret -> secret.arn().equals(id))
                .map(SecretValueHandler::observed)
                .toList();
    }

    private static Observed<SecretValue> observed(SecretListEntry secret) {
        var leaving = secret.deletedDate() != null;
        var version = current(secret);
        var marks = new TreeMap<String, String>();
        for (var tag : secret.tags()) marks.put(tag.key(), tag.value());
        var content = version.map(id -> new SecretValue.Stored(id, marks.getOrDefault(ROTATION_TAG, "")))
                .orElse(null);
        var outputs = new TreeMap<String, String>();
        if (!leaving) {
            outputs.put("arn", secret.arn());
            outputs.put("name", secret.name());
            version.ifPresent(id -> outputs.put("valueFrom", secret.arn() + ":::" + id));
            secret.secretVersionsToStages()
                    .keySet()
                    .forEach(id -> outputs.put("valueFrom " + id, secret.arn() + ":::" + id));
        }
        var actual = new SecretValue(secret.description(), content, leaving);
        var phase = leaving ? Phase.RESTORABLE : Phase.READY;
        return Observed.of(actual, secret.arn(), secret.name(), phase, outputs, marks);
    }

    private static Optional<String> current(SecretListEntry secret) {
        return secret.secretVersionsToStages().entrySet().stream()
                .filter(version -> version.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public String create(SecretValue want, Creation creation) {
        var value = text.of(want.content());
        return secrets.createSecret(request -> request.name(creation.name())
                        .description(want.description())
                        .clientRequestToken(SecretValue.fingerprint(want.content()))
                        .secretString(value)
                        .tags(tags(marked(creation.tags(), want.content()))))
                .arn();
    }

    @Override
    public void update(Observed<SecretValue> have, SecretValue goal, Set<String> fields) {
        // While it is scheduled for deletion it takes no other change (InvalidRequestException).
        if (fields.contains("scheduledForDeletion") && !goal.scheduledForDeletion())
            secrets.restoreSecret(request -> request.secretId(have.id()));
        if (fields.contains("content")) rotate(have, goal.content());
        if (fields.contains("description"))
            secrets.updateSecret(request -> request.secretId(have.id()).description(goal.description()));
    }

    /** The mark first: a crash between the two leaves a rotation that goes on, whether or not somebody still asks for it. */
    private void rotate(Observed<SecretValue> have, SecretValue.Content wanted) {
        var content = SecretValue.lasting(wanted, have.actual().content());
        var mark = marked(Map.of(), content);
        if (!mark.isEmpty() && !have.tags().entrySet().containsAll(mark.entrySet())) tag(have, mark, Set.of());
        put(have, content);
    }

    private static Map<String, String> marked(Map<String, String> tags, SecretValue.Content content) {
        var marked = new TreeMap<>(tags);
        if (content instanceof SecretValue.Generated generated
                && !generated.rotation().isEmpty()) marked.put(ROTATION_TAG, generated.rotation());
        return marked;
    }

    /** A version that is there already is made current again: PutSecretValue with its token leaves the stages alone (API reference, PutSecretValue). */
    private void put(Observed<SecretValue> have, SecretValue.Content content) {
        var version = SecretValue.fingerprint(content);
        var known =
                secrets
                        .listSecretVersionIdsPaginator(
                                request -> request.secretId(have.id()).includeDeprecated(true))
                        .stream()
                        .flatMap(page -> page.versions().stream())
                        .toList();
        if (known.stream().map(SecretVersionsListEntry::versionId).anyMatch(version::equals)) {
            promote(have.id(), version, known);
            return;
        }
        var value = text.of(content);
        secrets.putSecretValue(request ->
                request.secretId(have.id()).clientRequestToken(version).secretString(value));
    }

    private void promote(String secret, String version, List<SecretVersionsListEntry> known) {
        var current = known.stream()
                .filter(one -> one.versionStages().contains(CURRENT))
                .map(SecretVersionsListEntry::versionId)
                .findFirst();
        if (current.filter(version::equals).isPresent()) return;
        secrets.updateSecretVersionStage(request -> request.secretId(secret)
                .versionStage(CURRENT)
                .moveToVersionId(version)
                .removeFromVersionId(current.orElse(null)));
    }

    /** Released first: once it is scheduled for deletion its tags cannot change. A crash between the two leaves a secret that the same stack takes back. */
    @Override
    public void delete(Observed<SecretValue> have, Deletion deletion) {
        tag(have, Map.of(Tags.OWNER, Owner.Stack.RELEASED), Set.of());
        secrets.deleteSecret(request -> request.secretId(have.id()).recoveryWindowInDays(RECOVERY_DAYS));
    }

    @Override
    public void tag(Observed<SecretValue> have, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty())
            secrets.tagResource(request -> request.secretId(have.id()).tags(tags(set)));
        if (!remove.isEmpty())
            secrets.untagResource(request -> request.secretId(have.id()).tagKeys(remove));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
