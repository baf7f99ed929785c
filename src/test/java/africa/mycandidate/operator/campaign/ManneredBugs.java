package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.BugScript.ANOTHER_PORT;
import static africa.mycandidate.operator.campaign.BugScript.CREATION;
import static africa.mycandidate.operator.campaign.BugScript.DENIED;
import static africa.mycandidate.operator.campaign.BugScript.NO_DATABASES;
import static africa.mycandidate.operator.campaign.BugScript.UNANSWERED_ON_LEAVING;
import static africa.mycandidate.operator.campaign.Mistakes.handling;
import static africa.mycandidate.operator.campaign.Mistakes.handlingAll;
import static africa.mycandidate.operator.campaign.Mistakes.hearing;
import static africa.mycandidate.operator.campaign.Mistakes.onTheWire;
import static africa.mycandidate.operator.campaign.Mistakes.planning;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.resource.Creation;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;

/** Silent when there is nothing to do, patient when there is trouble, and never giving up. */
final class ManneredBugs {
    private ManneredBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "each pass writes what is as it should be",
                        "lessons 5; community#2956",
                        CREATION,
                        "LogGroup WithoutEffect",
                        () -> always(LogGroup.class, "retentionDays")),
                new PlantedBug(
                        "each pass modifies the database",
                        "lessons 5 and 11",
                        CREATION,
                        "No modifications were requested",
                        () -> always(DbInstance.class, "backupRetentionDays")),
                new PlantedBug(
                        "each pass starts a deployment",
                        "lessons 5",
                        CREATION,
                        "EcsService WithoutEffect|at work, without drift",
                        () -> always(EcsService.class, "taskDefinition")),
                new PlantedBug(
                        "each look tags the database",
                        "lessons 11; provider-aws#1412",
                        CREATION,
                        "settled stack is changed: .Rds.addTags",
                        () -> handling(DbInstance.class, right -> new Relay<>(right) {
                            @Override
                            public List<Observed<DbInstance>> list(String place) {
                                var found = super.list(place);
                                found.stream()
                                        .filter(one -> one.tags().containsKey("mycandidate.africa/owner")
                                                && one.tags()
                                                        .get("mycandidate.africa/stack")
                                                        .endsWith("/southafrica")
                                                && one.phase().mutable())
                                        .forEach(one -> super.tag(one, one.tags(), Set.of()));
                                return found;
                            }
                        })),
                new PlantedBug(
                        "AWS's form of a value is taken for a difference",
                        "lessons 4",
                        CREATION,
                        "InvalidPermission.Duplicate",
                        () -> hearing(DescribeSecurityGroupRulesResponse.class, answer -> answer.toBuilder()
                                .securityGroupRules(answer.securityGroupRules().stream()
                                        .map(rule -> rule.toBuilder()
                                                .ipProtocol(rule.ipProtocol().toUpperCase())
                                                .build())
                                        .toList())
                                .build())),
                new PlantedBug(
                        "what exists is never compared",
                        "lessons 10",
                        CREATION,
                        "not settled",
                        () -> planning((step, plan, seen) -> step instanceof Step.Update update
                                ? Stream.of(new Step.Keep(update.key(), update.have()))
                                : Stream.of(step))),
                new PlantedBug(
                        "a retention that differs is let be",
                        "lessons 10",
                        ANOTHER_PORT,
                        "asks for days of logs",
                        () -> planning((step, plan, seen) -> step instanceof Step.Update update
                                        && update.key().type() == LogGroup.class
                                ? Stream.of(new Step.Keep(update.key(), update.have()))
                                : Stream.of(step))),
                new PlantedBug(
                        "an older spec is applied after a newer one",
                        "Sieve, OSDI 2022, time travel",
                        ANOTHER_PORT,
                        "the spec asks for",
                        Older::new),
                new PlantedBug(
                        "the first error is the last attempt",
                        "lessons 8; community#1228",
                        NO_DATABASES,
                        "not settled",
                        () -> failing((failures, clock) -> clock.plus(Duration.ofDays(1000)))),
                new PlantedBug(
                        "five attempts, then never again",
                        "design, law 7",
                        NO_DATABASES,
                        "not settled",
                        () -> failing((failures, clock) -> failures < 5 ? clock : clock.plus(Duration.ofDays(1000)))),
                new PlantedBug(
                        "the pause doubles without a limit",
                        "design, law 7",
                        DENIED,
                        "not settled",
                        () -> failing(
                                (failures, clock) -> clock.plus(Duration.ofSeconds(1L << Math.min(30, 2 * failures))))),
                new PlantedBug(
                        "a failed step is reported done, and done is done",
                        "Acto, SOSP 2023",
                        NO_DATABASES,
                        "not settled",
                        Swallowing::new),
                new PlantedBug(
                        "each resource is read by itself, without a budget",
                        "lessons 11",
                        CREATION,
                        "call budget is broken",
                        () -> unlimited(handlingAll(new Mistakes.AnyHandler() {
                            @Override
                            public <R extends Resource> Handler<R> of(Handler<R> right) {
                                return new Relay<>(right) {
                                    @Override
                                    public List<Observed<R>> list(String place) {
                                        for (var i = 0; i < 47; i++) super.list(place);
                                        return super.list(place);
                                    }
                                };
                            }
                        }))),
                new PlantedBug(
                        "retries without a pause",
                        "design, law 7",
                        UNANSWERED_ON_LEAVING,
                        "call budget is broken",
                        () -> unlimited(onTheWire((operation, request, next) -> {
                            for (var i = 0; i < 2000; i++) {
                                try {
                                    return next.run(request);
                                } catch (AwsServiceException e) {
                                    if (e.statusCode() < 429) throw e;
                                } catch (SdkClientException e) {
                                    if (!e.getMessage().contains("timed out")) throw e;
                                }
                            }
                            return next.run(request);
                        }))));
    }

    static Sabotage always(Class<? extends Resource> type, String field) {
        return planning((step, plan, seen) -> step instanceof Step.Keep keep
                        && keep.key().type() == type
                        && plan.matches().containsKey(keep.key())
                ? Stream.of(new Step.Update(
                        keep.key(),
                        keep.have(),
                        plan.matches().get(keep.key()).want(),
                        List.of(new Change(field, "", "", Interruption.NONE)),
                        Map.of(),
                        Set.of(),
                        "to be sure"))
                : Stream.of(step));
    }

    static Sabotage unlimited(Sabotage greedy) {
        return new Sabotage() {
            @Override
            public Clients wire(Clients clients) {
                return greedy.wire(clients);
            }

            @Override
            public List<Handler<?>> handlers(List<Handler<?>> all) {
                return greedy.handlers(all);
            }

            @Override
            public Port limit(Port budget) {
                return Port.OPEN;
            }
        };
    }

    /** The spec before the last is applied. */
    private static final class Older implements Sabotage {
        private Stack last;
        private Stack before;

        @Override
        public Plan plan(Stack stack, Snapshot seen, Policy policy) {
            if (last == null || !last.resources().equals(stack.resources())) {
                before = last == null || !last.uid().equals(stack.uid()) ? stack : last;
                last = stack;
            }
            return Planner.plan(before, seen, policy);
        }
    }

    interface Pause {
        Instant until(int failures, Instant now);
    }

    /** What fails is not tried again before a moment; until then its error stands. */
    private static Sabotage failing(Pause pause) {
        return new Sabotage() {
            private InstantSource clock;

            @Override
            public Port port(InstantSource time) {
                clock = time;
                return Port.OPEN;
            }

            @Override
            public List<Handler<?>> handlers(List<Handler<?>> all) {
                return all.stream().<Handler<?>>map(this::patient).toList();
            }

            private <R extends Resource> Handler<R> patient(Handler<R> right) {
                var errors = new HashMap<String, RuntimeException>();
                var counts = new HashMap<String, Integer>();
                var waits = new HashMap<String, Instant>();
                return new Relay<>(right) {
                    @Override
                    public String create(R want, Creation creation) {
                        var slot = want.toString();
                        if (clock.instant().isBefore(waits.getOrDefault(slot, Instant.MIN))) throw errors.get(slot);
                        try {
                            return super.create(want, creation);
                        } catch (RuntimeException e) {
                            errors.put(slot, e);
                            waits.put(slot, pause.until(counts.merge(slot, 1, Integer::sum), clock.instant()));
                            throw e;
                        }
                    }
                };
            }
        };
    }

    private static final class Swallowing implements Sabotage {
        @Override
        public List<Handler<?>> handlers(List<Handler<?>> all) {
            return all.stream().<Handler<?>>map(Swallowing::of).toList();
        }

        private static <R extends Resource> Handler<R> of(Handler<R> right) {
            var done = new HashMap<String, String>();
            return new Relay<>(right) {
                @Override
                public String create(R want, Creation creation) {
                    if (done.containsKey(want.toString())) return "";
                    try {
                        return super.create(want, creation);
                    } catch (RuntimeException swallowed) {
                        done.put(want.toString(), "");
                        return "";
                    }
                }
            };
        }
    }
}
