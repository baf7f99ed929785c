package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Lets in what carries the origin key ({@link OriginKey}) in its header. While the key is rotated the rule of the new one stands beside that of the old one, until
 * no edge of CloudFront sends the old one any more. A tag remembers which version of the secret a rule was made with, and the digest of its value, so that nobody
 * reads the secret to compare it. Outputs: {@code arn}, {@code digest} and {@code valueFrom} of the key that it lets in.
 *
 * @param key {@code valueFrom} of the secret
 * @param condition in words; there is one good one
 */
@AwsType
public record ListenerRule(
        @Immutable Ref<Listener> listener, @Immutable Ref<SecretValue> key, String condition, Listener.Action action)
        implements Resource {
    /** The words for the one condition, with the value that the rule was made with. */
    public static final String CARRIES_THE_KEY = "requests that carry the origin key";

    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        return have.actual() instanceof ListenerRule now && now.action() != null
                ? new ListenerRule(listener, key, condition, action.towards(now.action(), seen))
                : this;
    }

    @Override
    public String waitsFor() {
        return action.waitsFor();
    }

    @Override
    public Set<Class<? extends Resource>> waitsOn() {
        return Set.of(TargetGroup.class);
    }

    @Override
    public boolean waitsClosely(Snapshot seen) {
        return action.fills(seen);
    }

    /** Requests with an old key go where all others go. */
    @Override
    public Optional<Resource> staying(Observed<?> have, Snapshot seen) {
        if (!seen.isRead(Listener.class)) return Optional.empty();
        var others = seen.ours(ListenerRule.class).stream()
                .filter(one -> !one.id().equals(have.id()))
                .map(one -> one.actual().action());
        var listeners = seen.ours(Listener.class).stream()
                .filter(one -> listener.value().equals(one.id()))
                .map(one -> one.actual().action());
        return Stream.concat(listeners, others)
                .filter(one -> one instanceof Listener.Action.Forward || one instanceof Listener.Action.Handover)
                .findFirst()
                .map(one -> new ListenerRule(null, null, null, one));
    }

    /** Edges send the old key until the change of the distribution is everywhere. */
    @Override
    public Optional<String> lingers(Observed<?> have, Snapshot seen) {
        if (!seen.isRead(Distribution.class)) return Optional.of("it goes once the distribution can be read");
        return seen.ours(Distribution.class).stream().allMatch(one -> one.phase() == Phase.READY)
                ? Optional.empty()
                : Optional.of("it goes once no edge of CloudFront sends its key any more");
    }
}

final class ListenerRuleHandler implements Handler<ListenerRule> {
    private static final String KEY_TAG = "mycandidate.africa/origin-key";
    private static final String DIGEST_TAG = "mycandidate.africa/origin-key-digest";
    /** Priorities go to 50,000 (ELBv2 API reference, CreateRule). */
    private static final int PRIORITIES = 50_000;

    private final ElasticLoadBalancingV2Client elb;
    private final SecretsManagerClient secrets;
    private final ElbTags tags;

    ListenerRuleHandler(Clients clients) {
        this.elb = clients.of(ElasticLoadBalancingV2Client.class);
        this.secrets = clients.of(SecretsManagerClient.class);
        this.tags = new ElbTags(elb);
    }

    @Override
    public Class<ListenerRule> type() {
        return ListenerRule.class;
    }

    /** Those of listeners that carry our tags, whoever made the rules, if they carry our tags too. */
    @Override
    public List<Observed<ListenerRule>> list(String place) {
        var rules = new TreeMap<String, Rule>();
        var listeners = new TreeMap<String, String>();
        for (var listener : tags.ourListeners()) {
            for (var rule : elb.describeRulesPaginator(request -> request.listenerArn(listener.listenerArn()))
                    .rules()) {
                if (Boolean.TRUE.equals(rule.isDefault())) continue;
                rules.put(rule.ruleArn(), rule);
                listeners.put(rule.ruleArn(), listener.listenerArn());
            }
        }
        var tagged = tags.read(List.copyOf(rules.keySet()));
        var found = new ArrayList<Observed<ListenerRule>>();
        rules.forEach((arn, rule) -> {
            var its = tagged.get(arn);
            if (its != null && its.containsKey(KEY_TAG) && ElbTags.ours(its))
                found.add(observed(rule, listeners.get(arn), its));
        });
        return found;
    }

    private static Observed<ListenerRule> observed(Rule rule, String listener, Map<String, String> tags) {
        var key = tags.get(KEY_TAG);
        var digest = tags.getOrDefault(DIGEST_TAG, "");
        var outputs = new TreeMap<>(Map.of("arn", rule.ruleArn(), "valueFrom", key));
        if (!digest.isEmpty()) outputs.put("digest", digest);
        var action = ListenerHandler.action(rule.actions());
        var actual = new ListenerRule(Ref.of(listener), Ref.of(key), words(rule.conditions(), digest), action);
        return Observed.of(actual, rule.ruleArn(), rule.ruleArn(), Phase.READY, outputs, tags)
                .withUses(ListenerHandler.forwardedTo(rule.actions()));
    }

    /** No value stands in the words. */
    private static String words(List<RuleCondition> conditions, String digest) {
        if (conditions.size() != 1) return conditions.size() + " conditions";
        var header = conditions.getFirst().httpHeaderConfig();
        if (header == null || !OriginKey.HEADER.equalsIgnoreCase(header.httpHeaderName()))
            return "a condition on " + conditions.getFirst().field();
        return header.values().stream()
                        .allMatch(value -> OriginKey.digest(value).equals(digest))
                ? ListenerRule.CARRIES_THE_KEY
                : "requests that carry another key";
    }

    /** The priority follows from the key: a repeated create runs into the first one (PriorityInUse) and does not make a second. */
    @Override
    public String create(ListenerRule want, Creation creation) {
        var value = ValueFrom.read(secrets, want.key());
        var all = new TreeMap<>(creation.tags());
        all.put(KEY_TAG, want.key().value());
        all.put(DIGEST_TAG, OriginKey.digest(value));
        return elb.createRule(request -> request.listenerArn(want.listener().value())
                        .priority(1 + Math.floorMod(want.key().value().hashCode(), PRIORITIES))
                        .conditions(condition(value))
                        .actions(ListenerHandler.action(want.action()))
                        .tags(ElbTags.of(all)))
                .rules()
                .getFirst()
                .ruleArn();
    }

    private static RuleCondition condition(String value) {
        return RuleCondition.builder()
                .field("http-header")
                .httpHeaderConfig(
                        header -> header.httpHeaderName(OriginKey.HEADER).values(value))
                .build();
    }

    @Override
    public void update(Observed<ListenerRule> have, ListenerRule goal, Set<String> fields) {
        var value = fields.contains("condition")
                ? Optional.of(ValueFrom.read(secrets, goal.key()))
                : Optional.<String>empty();
        elb.modifyRule(request -> {
            request.ruleArn(have.id());
            value.ifPresent(text -> request.conditions(condition(text)));
            if (fields.contains("action")) request.actions(ListenerHandler.action(goal.action()));
        });
    }

    @Override
    public void delete(Observed<ListenerRule> have, Deletion deletion) {
        elb.deleteRule(request -> request.ruleArn(have.id()));
    }

    @Override
    public void tag(Observed<ListenerRule> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.id(), set, remove);
    }
}
