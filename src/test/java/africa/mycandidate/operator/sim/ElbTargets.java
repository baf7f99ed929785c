package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/**
 * The registered targets and their health. A settled target is probed only when somebody looks, so that a quiet year costs no events: a change is found
 * then, and takes its threshold of probes from there.
 */
final class ElbTargets {
    private final SimAws aws;
    private final SimElb elb;
    private final Map<String, Map<String, ElbTarget>> targets = new HashMap<>();

    ElbTargets(SimAws aws, SimElb elb) {
        this.aws = aws;
        this.elb = elb;
    }

    void register(String group, String address, int port, Supplier<Boolean> answers) {
        elb.targetGroups.truth(group);
        var target = new ElbTarget(address, port, answers);
        targets.computeIfAbsent(group, arn -> new LinkedHashMap<>()).put(address + ":" + port, target);
        if (elb.listeners.names(group)) begin(group, target);
    }

    void deregister(String group, String address, int port) {
        var key = address + ":" + port;
        var target = of(group).get(key);
        if (target == null || target.state() == TargetHealthStateEnum.DRAINING) return;
        if (target.state() == TargetHealthStateEnum.UNUSED) {
            of(group).remove(key);
            return;
        }
        target.state(TargetHealthStateEnum.DRAINING);
        // The same address may be registered anew meanwhile: only this registration goes.
        aws.world.after(Duration.ofSeconds(elb.deregistrationDelay(group)), () -> of(group)
                .remove(key, target));
    }

    /** A listener forwards to the group now, or its load balancer became active. */
    void attached(String group) {
        for (var target : of(group).values())
            if (target.state() == TargetHealthStateEnum.UNUSED || target.state() == TargetHealthStateEnum.INITIAL)
                begin(group, target);
    }

    void detached(String group) {
        for (var target : of(group).values())
            if (target.state() != TargetHealthStateEnum.DRAINING) target.state(TargetHealthStateEnum.UNUSED);
    }

    void forget(String group) {
        targets.remove(group);
    }

    boolean healthy(String group, String address, int port) {
        var target = of(group).get(address + ":" + port);
        return target != null && look(group, target).state() == TargetHealthStateEnum.HEALTHY;
    }

    int healthy(String group) {
        return (int) all(group).stream()
                .filter(target -> look(group, target).state() == TargetHealthStateEnum.HEALTHY)
                .count();
    }

    /** Of the group whose ARN ends so; none while no target is registered. */
    OptionalInt count(String end, boolean healthy) {
        var group =
                targets.keySet().stream().filter(arn -> arn.endsWith(":" + end)).findFirst();
        if (group.isEmpty() || all(group.get()).isEmpty()) return OptionalInt.empty();
        var state = healthy ? TargetHealthStateEnum.HEALTHY : TargetHealthStateEnum.UNHEALTHY;
        return OptionalInt.of((int) all(group.get()).stream()
                .filter(target -> look(group.get(), target).state() == state)
                .count());
    }

    DescribeTargetHealthResponse describe(DescribeTargetHealthRequest request) {
        var group = request.targetGroupArn();
        elb.targetGroups.seen(group);
        var asked = request.targets();
        var healths = all(group).stream()
                .filter(target -> asked.isEmpty() || asked.stream().anyMatch(one -> is(target, one)))
                .map(target -> TargetHealthDescription.builder()
                        .target(TargetDescription.builder()
                                .id(target.address)
                                .port(target.port)
                                .build())
                        .healthCheckPort(Integer.toString(target.port))
                        .targetHealth(look(group, target).health())
                        .build())
                .toList();
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(healths)
                .build();
    }

    private static boolean is(ElbTarget target, TargetDescription asked) {
        return target.address.equals(asked.id()) && (asked.port() == null || asked.port() == target.port);
    }

    private void begin(String group, ElbTarget target) {
        if (target.state() == TargetHealthStateEnum.UNUSED) target.state(TargetHealthStateEnum.INITIAL);
        if (elb.listeners.behindActive(group)) look(group, target);
    }

    /** Plans the next probe where the target is not settled. */
    private ElbTarget look(String group, ElbTarget target) {
        if (target.probing || target.settled() || !elb.listeners.behindActive(group)) return target;
        target.probing = true;
        var interval = elb.targetGroups.truth(group).shown().healthCheckIntervalSeconds();
        aws.world.after(Duration.ofSeconds(interval), () -> {
            target.probing = false;
            if (of(group).get(target.address + ":" + target.port) != target || target.settled()) return;
            var shown = elb.targetGroups.truth(group).shown();
            target.probe(shown.healthyThresholdCount(), shown.unhealthyThresholdCount());
            look(group, target);
        });
        return target;
    }

    private Collection<ElbTarget> all(String group) {
        return List.copyOf(of(group).values());
    }

    private Map<String, ElbTarget> of(String group) {
        return targets.getOrDefault(group, new LinkedHashMap<>());
    }
}
