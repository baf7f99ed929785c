package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.sns.model.*;

/**
 * Addresses that a topic sends to. One of mail waits for its owner's yes: until then it has no ARN and cannot be deleted, and after two days it goes. People read
 * their mail within the hour, but for those who leave it.
 */
final class SnsSubscriptions {
    /** AWS, "Amazon SNS now supports automatic deletion of unconfirmed subscriptions" (2023-05-10). */
    private static final Duration PATIENCE = Duration.ofHours(48);

    private static final Duration UNTIL_READ = Duration.ofMinutes(12);

    private final SimAws aws;
    private final Table<One> all;
    private final Set<String> unread = new HashSet<>();
    private final Map<String, List<String>> mails = new TreeMap<>();

    /** @param arn empty until it is confirmed */
    private record One(String topic, String protocol, String endpoint, String arn, Instant asked) {
        String key() {
            return topic + " " + protocol + " " + endpoint;
        }

        boolean confirmed() {
            return !arn.isEmpty();
        }
    }

    SnsSubscriptions(SimAws aws) {
        this.aws = aws;
        this.all = new Table<>(aws.world);
    }

    SubscribeResponse subscribe(String topic, SubscribeRequest r) {
        if (r.hasAttributes()) throw new UnsupportedOperationException("attributes of subscriptions");
        if (!List.of("email", "sqs").contains(r.protocol()))
            throw new UnsupportedOperationException("subscriptions by " + r.protocol());
        var mail = r.protocol().equals("email");
        if (r.endpoint() == null || mail && !r.endpoint().matches("[^@\\s]+@[^@\\s]+"))
            throw SimSns.invalid("Invalid parameter: Email address");
        var fresh = new One(topic, r.protocol(), r.endpoint(), mail ? "" : arn(topic), aws.world.now());
        var have = all.truth(fresh.key());
        var one = have.filter(One::confirmed).orElse(fresh);
        // Asked again, it is as if for the first time: the mail is sent once more.
        if (!one.confirmed() || have.isEmpty()) all.put(one.key(), one);
        if (!one.confirmed()) ask(one);
        return SubscribeResponse.builder()
                .subscriptionArn(one.confirmed() ? one.arn() : "pending confirmation")
                .build();
    }

    private void ask(One one) {
        mail(one.endpoint(), "AWS Notification - Subscription Confirmation");
        aws.world.after(aws.world.draw(UNTIL_READ), () -> {
            if (!unread.contains(one.endpoint())) confirm(one.key());
        });
        aws.world.routinelyAfter(PATIENCE, () -> {
            if (all.truth(one.key()).filter(one::equals).isPresent()) all.remove(one.key());
        });
    }

    private void confirm(String key) {
        all.truth(key)
                .filter(one -> !one.confirmed())
                .ifPresent(one -> all.put(
                        key, new One(one.topic(), one.protocol(), one.endpoint(), arn(one.topic()), one.asked())));
    }

    private String arn(String topic) {
        return topic + ":" + aws.world.hex(8) + "-" + aws.world.hex(4) + "-" + aws.world.hex(4) + "-" + aws.world.hex(4)
                + "-" + aws.world.hex(12);
    }

    /** hashicorp/terraform#2776 for the words. */
    UnsubscribeResponse unsubscribe(String arn) {
        if (arn == null || arn.split(":").length < 6)
            throw SimSns.invalid("SubscriptionArn Reason: An ARN must have at least 6 elements, not "
                    + (arn == null ? 0 : arn.split(":").length));
        all.truths().stream().filter(one -> one.arn().equals(arn)).findFirst().ifPresent(one -> all.remove(one.key()));
        return UnsubscribeResponse.builder().build();
    }

    List<Subscription> of(String topic) {
        return all.seen().stream()
                .filter(one -> one.topic().equals(topic))
                .map(one -> Subscription.builder()
                        .topicArn(topic)
                        .protocol(one.protocol())
                        .endpoint(one.endpoint())
                        .owner(aws.account)
                        .subscriptionArn(one.confirmed() ? one.arn() : "PendingConfirmation")
                        .build())
                .toList();
    }

    /** Their topic is deleted. */
    void forget(String topic) {
        for (var one : all.truths()) if (one.topic().equals(topic)) all.remove(one.key());
    }

    void deliver(String topic, String text) {
        for (var one : all.truths()) if (one.topic().equals(topic) && one.confirmed()) mail(one.endpoint(), text);
    }

    private void mail(String address, String subject) {
        mails.computeIfAbsent(address, any -> new ArrayList<>()).add(subject);
    }

    long confirmed(String topic) {
        return count(topic, true);
    }

    long pending(String topic) {
        return count(topic, false);
    }

    private long count(String topic, boolean confirmed) {
        return all.truths().stream()
                .filter(one -> one.topic().equals(topic) && one.confirmed() == confirmed)
                .count();
    }

    /** Of those that are confirmed. */
    List<String> arns() {
        return all.truths().stream().filter(One::confirmed).map(One::arn).toList();
    }

    /** Nobody reads what comes there, until {@link #read}. */
    void leave(String address) {
        unread.add(address);
    }

    /** Somebody follows the link in the last mail. */
    void read(String address) {
        unread.remove(address);
        for (var one : all.truths()) if (one.endpoint().equals(address)) confirm(one.key());
    }

    List<String> mails(String address) {
        return List.copyOf(mails.getOrDefault(address, List.of()));
    }
}
