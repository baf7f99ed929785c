package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.BugScript.ANOTHER_PORT;
import static africa.mycandidate.operator.campaign.BugScript.A_CROWD;
import static africa.mycandidate.operator.campaign.BugScript.CREATION;
import static africa.mycandidate.operator.campaign.BugScript.GATEWAYS;
import static africa.mycandidate.operator.campaign.BugScript.HALF_A_HANDOVER;
import static africa.mycandidate.operator.campaign.Mistakes.asking;
import static africa.mycandidate.operator.campaign.Mistakes.handling;
import static africa.mycandidate.operator.campaign.Mistakes.jumping;
import static africa.mycandidate.operator.campaign.Mistakes.planning;
import static africa.mycandidate.operator.campaign.Mistakes.remaking;
import static africa.mycandidate.operator.campaign.Mistakes.seeing;
import static africa.mycandidate.operator.campaign.Mistakes.wanting;
import static africa.mycandidate.operator.campaign.Mistakes.wantingStack;
import static africa.mycandidate.operator.campaign.Mistakes.with;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.RouteTable;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.Subnet;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Voters are answered, and nobody else is. */
final class ServingBugs {
    private ServingBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "each update resets the desired count",
                        "lessons 13; aws-cdk#3919",
                        A_CROWD,
                        "the desired count goes down",
                        () -> asking(
                                UpdateServiceRequest.class,
                                request -> request.toBuilder().desiredCount(2).build())),
                new PlantedBug(
                        "all tasks may stop before new ones run",
                        "architecture, rollout",
                        ANOTHER_PORT,
                        "nobody answers voters",
                        () -> wanting(
                                EcsService.class,
                                want -> with(
                                        with(with(want, "minimumHealthyPercent", 0), "maximumPercent", 100),
                                        "zoneRebalancing",
                                        false))),
                new PlantedBug(
                        "a bad rollout is not taken back",
                        "architecture, rollout",
                        CREATION,
                        "bad rollout is not taken back",
                        () -> wanting(EcsService.class, want -> with(want, "circuitBreakerWithRollback", false))),
                new PlantedBug(
                        "the old revision goes while tasks run from it",
                        "aws-traps, ECS",
                        ANOTHER_PORT,
                        "task definition goes while tasks run",
                        () -> unused(TaskDefinition.class)),
                new PlantedBug(
                        "the listener is moved before the new targets are healthy",
                        "design, spike 6",
                        ANOTHER_PORT,
                        "nobody answers voters",
                        () -> jumping(Listener.class, "action")),
                new PlantedBug(
                        "the old targets are dropped while voters are sent to them",
                        "design, spike 6",
                        HALF_A_HANDOVER,
                        "nobody answers voters",
                        () -> jumping(EcsService.class, "targetGroups")),
                new PlantedBug(
                        "the old port is closed while tasks answer on it",
                        "lessons 6",
                        ANOTHER_PORT,
                        "nobody answers voters",
                        () -> jumping(SecurityGroup.class, "ingress")),
                new PlantedBug(
                        "rules are revoked, then authorised",
                        "lessons 6; community#2951",
                        ANOTHER_PORT,
                        "nobody answers voters",
                        () -> handling(SecurityGroup.class, right -> new Relay<>(right) {
                            @Override
                            public void update(Observed<SecurityGroup> have, SecurityGroup goal, Set<String> fields) {
                                var empty = with(with(goal, "ingress", Set.of()), "egress", Set.of());
                                super.update(have, empty, fields);
                                super.update(have, goal, fields);
                            }
                        })),
                new PlantedBug(
                        "tasks have no rule for their way out",
                        "architecture, network",
                        CREATION,
                        "the rollout of .* failed",
                        () -> wanting(
                                SecurityGroup.class,
                                want -> with(
                                        want,
                                        "egress",
                                        want.egress().stream()
                                                .filter(rule -> rule.fromPort() != 443)
                                                .collect(Collectors.toSet())))),
                new PlantedBug(
                        "every group is open to the world",
                        "design, law 11",
                        CREATION,
                        "port 22 is opened",
                        () -> wanting(SecurityGroup.class, want -> {
                            var open = new HashSet<>(want.ingress());
                            open.add(new SecurityGroup.Rule("tcp", 22, 22, new SecurityGroup.Peer.Cidr("0.0.0.0/0")));
                            return with(want, "ingress", Set.copyOf(open));
                        })),
                new PlantedBug(
                        "a rule that somebody adds is not taken away",
                        "design, law 11",
                        CREATION,
                        "SecurityGroup WithoutEffect",
                        () -> handling(SecurityGroup.class, right -> new Relay<>(right) {
                            @Override
                            public void update(Observed<SecurityGroup> have, SecurityGroup goal, Set<String> fields) {
                                super.update(have, over(have.actual(), goal), fields);
                            }
                        })),
                new PlantedBug(
                        "a changed listener is made anew",
                        "design, spike 6",
                        ANOTHER_PORT,
                        "nobody answers voters",
                        () -> remaking(Listener.class, "action")),
                new PlantedBug(
                        "a new image is a new service",
                        "design, law 11",
                        A_CROWD,
                        "nobody answers voters",
                        () -> remaking(EcsService.class, "taskDefinition")),
                new PlantedBug(
                        "a new health check is a new target group",
                        "design, spike 5",
                        A_CROWD,
                        "ResourceInUse: Target group",
                        () -> remaking(TargetGroup.class, "healthPath")),
                new PlantedBug(
                        "the predecessor goes before its successor is there",
                        "design, spike 5",
                        ANOTHER_PORT,
                        "task definition goes while tasks run",
                        () -> planning((step, plan, seen) -> step instanceof Step.Replace replace
                                ? Stream.of(new Step.Delete(
                                        replace.key(), replace.old(), "it is replaced", replace.changes()))
                                : Stream.of(step))),
                new PlantedBug(
                        "a gateway goes while subnets use it",
                        "architecture, network",
                        GATEWAYS,
                        "no way out: Ec2.deleteNatGateway",
                        ServingBugs::gatewaysFirst),
                new PlantedBug(
                        "routes are emptied, then set",
                        "lessons 6",
                        GATEWAYS,
                        "no way out: Ec2.deleteRoute",
                        () -> handling(RouteTable.class, right -> new Relay<>(right) {
                            @Override
                            public void update(Observed<RouteTable> have, RouteTable goal, Set<String> fields) {
                                if (fields.contains("routes"))
                                    super.update(have, with(goal, "routes", Set.of()), Set.of("routes"));
                                super.update(have, goal, fields);
                            }
                        })),
                new PlantedBug(
                        "a way out is changed before the new one works",
                        "aws-traps, NAT gateways",
                        GATEWAYS,
                        "no way out: Ec2.replaceRoute",
                        () -> seeing((one, stack) -> one.type() == NatGateway.class && one.phase() == Phase.CREATING
                                ? LookingBugs.phased(one, Phase.READY)
                                : one)),
                new PlantedBug(
                        "all subnets are in one zone",
                        "architecture, network",
                        CREATION,
                        "DBSubnetGroupDoesNotCoverEnoughAZs",
                        () -> wanting(Subnet.class, want -> with(want, "zone", "af-south-1a"))),
                new PlantedBug(
                        "tasks get public addresses",
                        "architecture, network",
                        CREATION,
                        "public addresses",
                        () -> wanting(EcsService.class, want -> with(want, "assignPublicIp", true))),
                new PlantedBug(
                        "nobody scales",
                        "architecture, scaling",
                        A_CROWD,
                        "no more tasks are asked for",
                        () -> without(Set.of(ScalingPolicy.class, Alarm.class))),
                new PlantedBug(
                        "an alarm is put without its actions",
                        "aws-traps, CloudWatch",
                        CREATION,
                        "Alarm WithoutEffect",
                        () -> asking(PutMetricAlarmRequest.class, request -> request.toBuilder()
                                .alarmActions(List.of())
                                .build())),
                new PlantedBug(
                        "a task's memory is asked for in the wrong unit",
                        "architecture, compute",
                        CREATION,
                        "No Fargate configuration",
                        () -> asking(
                                RegisterTaskDefinitionRequest.class,
                                request -> request.toBuilder().memory("1").build())));
    }

    private static SecurityGroup over(SecurityGroup had, SecurityGroup goal) {
        return with(
                with(goal, "ingress", sum(had.ingress(), goal.ingress())), "egress", sum(had.egress(), goal.egress()));
    }

    private static <T> Set<T> sum(Set<T> one, Set<T> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    private static Sabotage unused(Class<? extends Resource> type) {
        return planning((step, plan, seen) -> atOnce(type, step, seen));
    }

    /** A gateway that is not needed goes first, and then the routes to it. */
    private static Sabotage gatewaysFirst() {
        return planning((step, plan, seen) ->
                step.key().type() == RouteTable.class && plan.steps().stream().anyMatch(ServingBugs::isIdleGateway)
                        ? Stream.empty()
                        : atOnce(NatGateway.class, step, seen));
    }

    /** What is not needed, but still in use, goes at once. */
    private static Stream<Step> atOnce(Class<? extends Resource> type, Step step, Snapshot seen) {
        if (!(step instanceof Step.Wait wait) || !wait.idle() || wait.key().type() != type) return Stream.of(step);
        var id = wait.because().substring(0, wait.because().indexOf(' '));
        return seen.all(type).stream()
                .filter(one -> one.id().equals(id))
                .map(one -> new Step.Delete(wait.key(), one, "it is not part of the stack", List.of()));
    }

    private static boolean isIdleGateway(Step step) {
        return step instanceof Step.Wait wait && wait.idle() && wait.key().type() == NatGateway.class;
    }

    private static Sabotage without(Set<Class<? extends Resource>> types) {
        return wantingStack(stack -> {
            var all = new TreeMap<Key, Resource>(stack.resources());
            all.keySet().removeIf(key -> types.contains(key.type()));
            return stack.with(all);
        });
    }
}
