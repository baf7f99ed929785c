package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Tag;

/**
 * An SNS topic, which CloudWatch notifies. CreateTopic of a name that is there gives its ARN, if attributes and tags are the same (SNS API reference, CreateTopic).
 * Its policy is the one that AWS gives it, by which whoever is of its own account may publish, CloudWatch's alarms too. Outputs: {@code arn}.
 *
 * @param displayName whom mails come from
 * @param key the KMS key that encrypts it; empty for none. With AWS's own key for SNS no alarm gets through, as nobody can let CloudWatch use that (SNS developer guide,
 *     "Key management")
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 256, optional = true)
public record Topic(String displayName, String key) implements Resource {}

final class TopicHandler implements Handler<Topic> {
    private static final String DISPLAY_NAME = "DisplayName";
    private static final String KEY = "KmsMasterKeyId";

    private final SnsClient sns;

    TopicHandler(Clients clients) {
        this.sns = clients.of(SnsClient.class);
    }

    @Override
    public Class<Topic> type() {
        return Topic.class;
    }

    @Override
    public List<Observed<Topic>> list(String place) {
        var found = new ArrayList<Observed<Topic>>();
        for (var arn : arns(sns)) {
            try {
                found.add(observed(arn));
            } catch (NotFoundException e) {
                // Deleted since it was listed.
            }
        }
        return found;
    }

    /** Those that may be ours, by their names. */
    static List<String> arns(SnsClient sns) {
        return sns.listTopicsPaginator(request -> {}).topics().stream()
                .map(topic -> topic.topicArn())
                .filter(arn -> Identity.names(name(arn)))
                .toList();
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private Observed<Topic> observed(String arn) {
        var attributes =
                sns.getTopicAttributes(request -> request.topicArn(arn)).attributes();
        var tags = new TreeMap<String, String>();
        for (var tag :
                sns.listTagsForResource(request -> request.resourceArn(arn)).tags()) tags.put(tag.key(), tag.value());
        var actual = new Topic(attributes.getOrDefault(DISPLAY_NAME, ""), attributes.getOrDefault(KEY, ""));
        return Observed.of(actual, arn, name(arn), Phase.READY, Map.of("arn", arn), tags);
    }

    @Override
    public String create(Topic want, Creation creation) {
        return sns.createTopic(request -> request.name(creation.name())
                        .attributes(Map.of(DISPLAY_NAME, want.displayName()))
                        .tags(tags(creation.tags())))
                .topicArn();
    }

    /** Each attribute is a call of its own. */
    @Override
    public void update(Observed<Topic> have, Topic goal, Set<String> fields) {
        if (fields.contains("displayName")) set(have.id(), DISPLAY_NAME, goal.displayName());
        if (fields.contains("key")) set(have.id(), KEY, goal.key());
    }

    private void set(String arn, String attribute, String value) {
        sns.setTopicAttributes(
                request -> request.topicArn(arn).attributeName(attribute).attributeValue(value));
    }

    /** Its subscriptions go with it, those too that wait for somebody's yes (SNS API reference, DeleteTopic). */
    @Override
    public void delete(Observed<Topic> have, Deletion deletion) {
        sns.deleteTopic(request -> request.topicArn(have.id()));
    }

    @Override
    public void tag(Observed<Topic> have, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty())
            sns.tagResource(request -> request.resourceArn(have.id()).tags(tags(set)));
        if (!remove.isEmpty())
            sns.untagResource(request -> request.resourceArn(have.id())
                    .tagKeys(remove.stream().sorted().toList()));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }
}
