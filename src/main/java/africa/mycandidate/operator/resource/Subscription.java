package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/**
 * An e-mail address that a topic of ours sends to. It takes no tags: one that is confirmed belongs to whom the topic belongs. Until its owner has said yes, it has
 * no ARN, cannot be deleted, and goes by itself after 48 hours (AWS, "Amazon SNS automatic deletion of unconfirmed subscriptions", 2023-05-10), and is then asked for
 * anew: it is taken as ours where topic and address are those of the spec, and else left alone. Outputs: {@code confirmed}, {@code true} or {@code false}.
 */
@AwsType(tagged = false, optional = true)
public record Subscription(
        @Immutable Ref<Topic> topic, @Immutable String address) implements Resource {
    /** The only one of its topic. */
    public static final String ROLE = "email";

    @Override
    public String notice(Observed<?> have) {
        return have.message();
    }
}

final class SubscriptionHandler implements Handler<Subscription> {
    private static final String PROTOCOL = "email";

    private final SnsClient sns;

    SubscriptionHandler(Clients clients) {
        this.sns = clients.of(SnsClient.class);
    }

    @Override
    public Class<Subscription> type() {
        return Subscription.class;
    }

    /** What is no mail (a queue, a telephone) somebody else has added, and it is theirs. */
    @Override
    public List<Observed<Subscription>> list(String place) {
        var found = new ArrayList<Observed<Subscription>>();
        for (var topic : TopicHandler.arns(sns)) {
            try {
                sns.listSubscriptionsByTopicPaginator(request -> request.topicArn(topic)).subscriptions().stream()
                        .filter(one -> PROTOCOL.equals(one.protocol()))
                        .filter(one -> !"Deleted".equals(one.subscriptionArn()))
                        .forEach(one -> found.add(observed(topic, one.endpoint(), one.subscriptionArn())));
            } catch (NotFoundException e) {
                // The topic was deleted since it was listed, and its subscriptions with it.
            }
        }
        return found;
    }

    /** One that waits is listed with the words PendingConfirmation in place of an ARN (SNS API reference, Subscription). */
    private static Observed<Subscription> observed(String topic, String address, String arn) {
        var confirmed = arn.startsWith("arn:");
        var id = id(topic, address);
        var actual = new Subscription(Ref.of(topic), address);
        if (!confirmed)
            return Observed.of(actual, id, id, Phase.READY, Map.of("confirmed", "false"), Map.of())
                    .withOwner(new Owner.Shared())
                    .withMessage("not confirmed: " + address
                            + " gets no alarm until somebody there follows the link in the mail"
                            + " \"AWS Notification - Subscription Confirmation\"; AWS sends a new one after two days");
        return Observed.of(actual, id, id, Phase.READY, Map.of("arn", arn, "confirmed", "true"), Map.of())
                .withOwner(new Owner.Child(Topic.class, "arn", topic, Subscription.ROLE));
    }

    /** The same before and after it is confirmed. */
    private static String id(String topic, String address) {
        return topic + " " + address;
    }

    /** Subscribing again asks again: the mail is sent once more, and there is one subscription as before. */
    @Override
    public String create(Subscription want, Creation creation) {
        var topic = want.topic().value();
        sns.subscribe(request -> request.topicArn(topic).protocol(PROTOCOL).endpoint(want.address()));
        return id(topic, want.address());
    }

    @Override
    public void update(Observed<Subscription> have, Subscription goal, Set<String> fields) {
        throw new UnsupportedOperationException("a subscription has nothing to change");
    }

    @Override
    public void delete(Observed<Subscription> have, Deletion deletion) {
        sns.unsubscribe(request -> request.subscriptionArn(have.outputs().get("arn")));
    }

    @Override
    public void tag(Observed<Subscription> have, Map<String, String> set, Set<String> remove) {
        throw new UnsupportedOperationException("a subscription takes no tags");
    }
}
