package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Secret;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Yields;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.AuthTokenUpdateStrategyType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * The AUTH token that a Redis replication group takes. ElastiCache never shows it, so tags of the token's secret remember which version was set, and which one is on
 * its way. A new one goes in beside the old (ROTATE), the tasks are rolled, and when none of them uses the old one any more, it goes (SET): nobody is locked out
 * (ElastiCache user guide, "Modifying an existing AUTH token"). The tags stand on the secret, because ElastiCache hides those of a group while it is at work on it.
 * Outputs: {@code acceptedFrom} ({@code valueFrom} of the newest version that the group takes).
 */
@AwsType(replacement = Replacement.NEVER, tagged = false, aged = true)
public record CacheToken(
        @Immutable Ref<ReplicationGroup> group,

        @Secret @Interrupts(Interruption.RESTART) @Yields("acceptedFrom")
        Ref<SecretValue> token,

        @Late @Initial Ref<SecretValue> url)
        implements Resource {
    /** What is seen of one while ElastiCache takes the older token out. */
    static final String SETTING = "setting";

    /** It takes some minutes, and the date of the last change moves then (DescribeReplicationGroups); should it not, that is not waited for any longer. */
    private static final Duration SET_BY_THEN = Duration.ofMinutes(15);

    /**
     * The old token goes only once every task that runs was started with the URL that holds the new one. A group takes two tokens, and a third
     * drives out the oldest (ElastiCache user guide, "Rotating the AUTH token"), with which tasks may still run: a rotation that is asked for in the middle of another
     * waits until that is through.
     */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        var accepted = have.outputs().get("acceptedFrom");
        var set = ((CacheToken) have.actual()).token();
        if (!(token instanceof Ref.Known<SecretValue>)) return this;
        if (have.outputs().containsKey(SETTING) && seen.age(have).compareTo(SET_BY_THEN) < 0)
            return new CacheToken(group, set, url);
        if (accepted.equals(set.value())) return this;
        return new CacheToken(group, everyTaskHas(seen) ? Ref.of(accepted) : set, url);
    }

    private boolean everyTaskHas(Snapshot seen) {
        if (!(url instanceof Ref.Known<SecretValue> current)) return false;
        if (!seen.isRead(EcsService.class, TaskDefinition.class, EcsTask.class)) return false;
        var secret = ValueFrom.parse(current.value()).arn();
        var definitions = seen.ours(TaskDefinition.class).stream()
                .collect(Collectors.toMap(Observed::id, Function.identity(), (one, other) -> one));
        for (var service : seen.ours(EcsService.class)) {
            if (service.phase() != Phase.READY) return false;
            var used = new HashSet<>(service.uses());
            if (service.actual().taskDefinition() != null)
                used.add(service.actual().taskDefinition().value());
            used.removeIf(id -> !id.contains(":task-definition/"));
            for (var id : used) {
                if (!definitions.containsKey(id) || !holds(definitions.get(id), secret, current.value())) return false;
            }
        }
        return seen.ours(EcsTask.class).stream()
                .flatMap(run -> run.uses().stream())
                .allMatch(id -> definitions.containsKey(id) && holds(definitions.get(id), secret, current.value()));
    }

    private static boolean holds(Observed<TaskDefinition> definition, String secret, String valueFrom) {
        return definition.actual().secrets().values().stream()
                .map(Ref::value)
                .filter(value -> ValueFrom.parse(value).arn().equals(secret))
                .allMatch(valueFrom::equals);
    }

    @Override
    public String effect(Set<String> fields, Observed<?> have) {
        return "the old and the new token are both valid until every task uses the new one";
    }
}

final class CacheTokenHandler implements Handler<CacheToken> {
    private static final String ROLE = "main";
    private static final String PREFIX = "mycandidate.africa/auth-token";
    /** The version that was set, and that the group takes alone or beside the next. */
    private static final String SET = PREFIX;
    /** The version that is on its way in. */
    private static final String NEXT = PREFIX + "-next";
    /**
     * When the token had last changed before: once that moves, the next one is in, or the older one is out. A crash between note and call is seen by it, and a change
     * that AWS does not show yet.
     */
    private static final String BEFORE = PREFIX + "-before";
    /** The group. */
    private static final String GROUP = PREFIX + "-group";

    private final ElastiCacheClient cache;
    private final SecretsManagerClient secrets;
    private final CacheTags groupTags;

    CacheTokenHandler(Clients clients) {
        this.cache = clients.of(ElastiCacheClient.class);
        this.secrets = clients.of(SecretsManagerClient.class);
        this.groupTags = new CacheTags(cache);
    }

    @Override
    public Class<CacheToken> type() {
        return CacheToken.class;
    }

    @Override
    public List<Observed<CacheToken>> list(String place) {
        var found = secrets
                .listSecretsPaginator(request -> request.filters(filter ->
                                filter.key(FilterNameStringType.TAG_KEY).values(PREFIX))
                        .maxResults(100))
                .stream()
                .flatMap(page -> page.secretList().stream())
                .filter(secret -> tags(secret).containsKey(SET) && secret.deletedDate() == null)
                .toList();
        if (found.isEmpty()) return List.of();
        var groups = new HashMap<String, software.amazon.awssdk.services.elasticache.model.ReplicationGroup>();
        for (var group : cache.describeReplicationGroupsPaginator(request -> {}).replicationGroups())
            groups.put(group.replicationGroupId(), group);
        return found.stream()
                .map(secret -> observed(secret, groups.get(tags(secret).get(GROUP))))
                .toList();
    }

    private static Observed<CacheToken> observed(
            SecretListEntry secret, software.amazon.awssdk.services.elasticache.model.ReplicationGroup group) {
        var tags = tags(secret);
        var set = from(secret.arn(), tags.get(SET));
        var next = tags.get(NEXT);
        var pending = group != null
                && group.pendingModifiedValues() != null
                && group.pendingModifiedValues().authTokenStatus() != null;
        var moved = group != null && !pending && !changed(group).equals(tags.get(BEFORE));
        var isIn = next != null && moved;
        var outputs = new TreeMap<String, String>();
        outputs.put("acceptedFrom", isIn ? from(secret.arn(), next) : set);
        outputs.put("token", secret.arn());
        if (next == null && tags.containsKey(BEFORE) && !moved) outputs.put(CacheToken.SETTING, "true");
        var actual = new CacheToken(Ref.of(tags.get(GROUP)), Ref.of(set), null);
        return Observed.of(actual, secret.arn(), secret.arn(), pending ? Phase.BUSY : Phase.READY, outputs, Map.of())
                .withOwner(new Owner.Child(SecretValue.class, "arn", secret.arn(), ROLE));
    }

    private static String changed(software.amazon.awssdk.services.elasticache.model.ReplicationGroup group) {
        return group.authTokenLastModifiedDate() == null
                ? "never"
                : Long.toString(group.authTokenLastModifiedDate().getEpochSecond());
    }

    private static String from(String arn, String version) {
        return arn + ":::" + version;
    }

    /** The group says with which version it was made: a rotation may have been asked for since. */
    @Override
    public String create(CacheToken want, Creation creation) {
        var token = ValueFrom.parse(want.token().value());
        var madeWith = groupTags.read(group(want.group().value()).arn()).get(ReplicationGroupHandler.TOKEN_TAG);
        var version = madeWith == null ? token.version() : madeWith;
        tag(token.arn(), Map.of(SET, version, GROUP, want.group().value()));
        return token.arn();
    }

    private software.amazon.awssdk.services.elasticache.model.ReplicationGroup group(String id) {
        return cache.describeReplicationGroups(request -> request.replicationGroupId(id))
                .replicationGroups()
                .getFirst();
    }

    @Override
    public void update(Observed<CacheToken> have, CacheToken goal, Set<String> fields) {
        var token = ValueFrom.parse(goal.token().value());
        var group = group(goal.group().value());
        if (goal.token().value().equals(have.outputs().get("acceptedFrom"))) {
            change(goal, AuthTokenUpdateStrategyType.SET);
            tag(token.arn(), Map.of(SET, token.version(), BEFORE, changed(group)));
            secrets.untagResource(request -> request.secretId(have.id()).tagKeys(NEXT));
            return;
        }
        tag(token.arn(), Map.of(NEXT, token.version(), BEFORE, changed(group)));
        change(goal, AuthTokenUpdateStrategyType.ROTATE);
    }

    private void change(CacheToken goal, AuthTokenUpdateStrategyType strategy) {
        var value = ValueFrom.read(secrets, goal.token());
        cache.modifyReplicationGroup(
                request -> request.replicationGroupId(goal.group().value())
                        .authToken(value)
                        .authTokenUpdateStrategy(strategy)
                        .applyImmediately(true));
    }

    @Override
    public void delete(Observed<CacheToken> have, Deletion deletion) {
        secrets.untagResource(request -> request.secretId(have.id()).tagKeys(SET, NEXT, BEFORE, GROUP));
    }

    @Override
    public void tag(Observed<CacheToken> have, Map<String, String> set, Set<String> remove) {
        throw new UnsupportedOperationException("an AUTH token takes no tags");
    }

    private void tag(String secret, Map<String, String> tags) {
        secrets.tagResource(request -> request.secretId(secret)
                .tags(new TreeMap<>(tags)
                        .entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()));
    }

    private static Map<String, String> tags(SecretListEntry secret) {
        var map = new TreeMap<String, String>();
        for (var tag : secret.tags()) map.put(tag.key(), tag.value());
        return map;
    }
}
