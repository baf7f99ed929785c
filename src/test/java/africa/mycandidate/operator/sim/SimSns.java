package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.*;

/** Topics, and who gets what is published there. */
final class SimSns implements SnsClient {
    /** Attributes that have a value from the start (SNS API reference, GetTopicAttributes). */
    private static final List<String> SETTABLE = List.of("DisplayName", "KmsMasterKeyId", "Policy", "DeliveryPolicy");

    private static final int PAGE = 100;

    private final SimAws aws;
    private final Table<Row> topics;
    private final SnsSubscriptions subscriptions;

    private record Row(String arn, Map<String, String> attributes, Map<String, String> tags) {
        Row tagged(UnaryOperator<Map<String, String>> change) {
            return new Row(arn, attributes, Map.copyOf(change.apply(new TreeMap<>(tags))));
        }
    }

    SimSns(SimAws aws) {
        this.aws = aws;
        this.topics = new Table<>(aws.world);
        this.subscriptions = new SnsSubscriptions(aws);
    }

    @Override
    public String serviceName() {
        return "sns";
    }

    @Override
    public void close() {}

    /** The same name with the same attributes and tags is the same topic (SNS API reference, CreateTopic; localstack#9020 for the words). */
    @Override
    public CreateTopicResponse createTopic(CreateTopicRequest r) {
        return aws.world.call(() -> {
            if (r.name() == null || !r.name().matches("[A-Za-z0-9_-]{1,256}")) throw invalid("Topic Name");
            r.attributes().forEach(SimSns::checked);
            var arn = aws.arn("sns", r.name());
            var tags = new TreeMap<String, String>();
            r.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            var have = topics.truth(arn);
            if (have.isPresent()) {
                if (!have.get().tags().equals(tags))
                    throw invalid("Tags Reason: Topic already exists with different tags");
                var differs = r.attributes().entrySet().stream().anyMatch(one -> !one.getValue()
                        .equals(have.get().attributes().getOrDefault(one.getKey(), "")));
                if (differs) throw invalid("Attributes Reason: Topic already exists with different attributes");
            } else {
                topics.put(arn, new Row(arn, Map.copyOf(r.attributes()), Map.copyOf(tags)));
            }
            return CreateTopicResponse.builder().topicArn(arn).build();
        });
    }

    private static void checked(String attribute, String value) {
        if (attribute.equals("FifoTopic")) throw new UnsupportedOperationException("FIFO topics");
        if (!SETTABLE.contains(attribute)) throw invalid("AttributeName");
        if (attribute.equals("DisplayName") && value.length() > 100) throw invalid("DisplayName Reason: Too long");
    }

    @Override
    public ListTopicsResponse listTopics(ListTopicsRequest r) {
        return aws.world.call(() -> {
            var all = topics.seen().stream()
                    .map(row -> Topic.builder().topicArn(row.arn()).build())
                    .toList();
            var page = Page.of(all, r.nextToken(), PAGE, PAGE);
            return ListTopicsResponse.builder()
                    .topics(page.items())
                    .nextToken(page.marker())
                    .build();
        });
    }

    /** Attributes that were never set are shown, empty or not at all: the name is, the key is not. */
    @Override
    public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest r) {
        return aws.world.call(() -> {
            var row = topics.seen(arn(r.topicArn())).orElseThrow(SimSns::missing);
            var attributes = new TreeMap<>(Map.of("DisplayName", "", "TopicArn", row.arn(), "Owner", aws.account));
            attributes.putAll(row.attributes());
            attributes.putIfAbsent("Policy", "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\"}");
            attributes.put("SubscriptionsConfirmed", String.valueOf(subscriptions.confirmed(row.arn())));
            attributes.put("SubscriptionsPending", String.valueOf(subscriptions.pending(row.arn())));
            attributes.values().removeIf(String::isEmpty);
            attributes.putIfAbsent("DisplayName", "");
            return GetTopicAttributesResponse.builder().attributes(attributes).build();
        });
    }

    @Override
    public SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesRequest r) {
        return aws.world.call(() -> {
            var row = existing(r.topicArn());
            var value = r.attributeValue() == null ? "" : r.attributeValue();
            checked(r.attributeName() == null ? "" : r.attributeName(), value);
            var attributes = new TreeMap<>(row.attributes());
            attributes.put(r.attributeName(), value);
            topics.put(row.arn(), new Row(row.arn(), Map.copyOf(attributes), row.tags()));
            return SetTopicAttributesResponse.builder().build();
        });
    }

    /** One that is not there is deleted (SNS API reference, DeleteTopic: "This action is idempotent"). */
    @Override
    public DeleteTopicResponse deleteTopic(DeleteTopicRequest r) {
        return aws.world.call(() -> {
            var arn = arn(r.topicArn());
            if (topics.truth(arn).isPresent()) topics.remove(arn);
            subscriptions.forget(arn);
            return DeleteTopicResponse.builder().build();
        });
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest r) {
        return aws.world.call(() -> {
            var row = tagged(r.resourceArn());
            topics.put(row.arn(), row.tagged(tags -> {
                r.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
                return tags;
            }));
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest r) {
        return aws.world.call(() -> {
            var row = tagged(r.resourceArn());
            topics.put(row.arn(), row.tagged(tags -> {
                r.tagKeys().forEach(tags::remove);
                return tags;
            }));
            return UntagResourceResponse.builder().build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        return aws.world.call(() -> {
            var row = topics.seen(arn(r.resourceArn())).orElseThrow(SimSns::unknown);
            var tags = new TreeMap<>(row.tags())
                    .entrySet().stream()
                            .map(tag -> Tag.builder()
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build())
                            .toList();
            return ListTagsForResourceResponse.builder().tags(tags).build();
        });
    }

    @Override
    public SubscribeResponse subscribe(SubscribeRequest r) {
        return aws.world.call(
                () -> subscriptions.subscribe(existing(r.topicArn()).arn(), r));
    }

    @Override
    public UnsubscribeResponse unsubscribe(UnsubscribeRequest r) {
        return aws.world.call(() -> subscriptions.unsubscribe(r.subscriptionArn()));
    }

    @Override
    public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicRequest r) {
        return aws.world.call(() -> {
            var arn =
                    topics.seen(arn(r.topicArn())).orElseThrow(SimSns::missing).arn();
            var page = Page.of(subscriptions.of(arn), r.nextToken(), PAGE, PAGE);
            return ListSubscriptionsByTopicResponse.builder()
                    .subscriptions(page.items())
                    .nextToken(page.marker())
                    .build();
        });
    }

    /** What CloudWatch tells the topic; nothing where there is none any more, or where it is encrypted with a key that CloudWatch may not use. */
    void publish(String arn, String text) {
        var row = topics.truth(arn);
        if (row.isEmpty()
                || !row.get().attributes().getOrDefault("KmsMasterKeyId", "").isEmpty()) return;
        subscriptions.deliver(arn, text);
    }

    SnsSubscriptions subscriptions() {
        return subscriptions;
    }

    /** What really exists, by ARN, with its tags. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<String, Map<String, String>>();
        for (var row : topics.truths()) all.put(row.arn(), row.tags());
        subscriptions.arns().forEach(arn -> all.put(arn, Map.of()));
        return all;
    }

    private Row existing(String arn) {
        return topics.truth(arn(arn)).orElseThrow(SimSns::missing);
    }

    private Row tagged(String arn) {
        return topics.truth(arn(arn)).orElseThrow(SimSns::unknown);
    }

    private static String arn(String arn) {
        if (arn == null || arn.split(":").length < 6)
            throw invalid("TopicArn Reason: An ARN must have at least 6 elements, not "
                    + (arn == null ? 0 : arn.split(":").length));
        return arn;
    }

    private static AwsServiceException missing() {
        return Errors.of(NotFoundException.builder(), "Sns", "NotFound", 404, "Topic does not exist");
    }

    private static AwsServiceException unknown() {
        return Errors.of(
                ResourceNotFoundException.builder(), "Sns", "ResourceNotFound", 404, "Resource does not exist");
    }

    static AwsServiceException invalid(String what) {
        return Errors.of(
                InvalidParameterException.builder(), "Sns", "InvalidParameter", 400, "Invalid parameter: " + what);
    }
}
