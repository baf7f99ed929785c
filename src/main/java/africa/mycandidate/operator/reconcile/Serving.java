package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.Distribution;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.ListenerRule;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.TargetGroup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether voters get an answer: a target group behind the HTTPS listener of an active load balancer with a healthy target. */
record Serving(boolean known, boolean answers, String words) {

    static Serving of(Snapshot seen) {
        for (var type : List.of(LoadBalancer.class, Listener.class, TargetGroup.class)) {
            var unread = seen.unread(type);
            if (unread.isPresent()) return new Serving(false, false, "could not be read: " + unread.get());
        }
        var active = seen.ours(LoadBalancer.class).stream()
                .anyMatch(one -> one.outputs().containsKey("activeArn"));
        var https = seen.ours(Listener.class, "https").stream().findFirst();
        if (!active || https.isEmpty()) return new Serving(true, false, "the load balancer does not serve yet");
        var cdn = https.get().actual().action() instanceof Listener.Action.Refuse;
        for (var type : List.of(Distribution.class, ListenerRule.class)) {
            var unread = seen.unread(type);
            if (cdn && unread.isPresent()) return new Serving(false, false, "could not be read: " + unread.get());
        }
        var action = cdn
                ? throughTheCdn(seen)
                : Optional.ofNullable(https.get().actual().action());
        if (cdn && action.isEmpty())
            return new Serving(true, false, "the load balancer takes the CDN alone, and no distribution leads to it");
        var behind =
                switch (action.orElse(null)) {
                    case Listener.Action.Forward(var group) -> group.value();
                    case Listener.Action.Handover(var from, var to) -> from.value();
                    case null, default -> "";
                };
        var healthy = seen.ours(TargetGroup.class).stream()
                .filter(group -> group.id().equals(behind)
                        || behind.equals(group.outputs().get("arn")))
                .mapToInt(group -> Integer.parseInt(group.outputs().getOrDefault("healthy", "0")))
                .sum();
        return new Serving(
                true,
                healthy > 0,
                healthy > 0
                        ? "healthy targets answer"
                        : "no healthy target answers behind the load balancer" + because(seen));
    }

    /** What is done with the requests of an enabled distribution, by the key that they carry. */
    private static Optional<Listener.Action> throughTheCdn(Snapshot seen) {
        var keys = seen.ours(Distribution.class).stream()
                .filter(one -> Boolean.TRUE.equals(one.actual().enabled())
                        && one.actual().originKey() != null)
                .map(one -> one.actual().originKey().value())
                .collect(Collectors.toSet());
        return seen.ours(ListenerRule.class).stream()
                .filter(rule -> rule.actual().condition().equals(ListenerRule.CARRIES_THE_KEY)
                        && keys.contains(rule.outputs().get("digest")))
                .map(rule -> rule.actual().action())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** What is not as usual with that on which every answer depends. */
    private static String because(Snapshot seen) {
        return Stream.of(DbInstance.class, ReplicationGroup.class, EcsService.class)
                .flatMap(type -> seen.ours(type).stream()
                        .filter(one -> !one.message().isEmpty())
                        .map(one -> "; " + type.getSimpleName() + ": " + one.message()))
                .collect(Collectors.joining());
    }

    /** What is said of a stack in which nothing is left to do. */
    String settledWords() {
        return answers ? "serving" : words;
    }
}
