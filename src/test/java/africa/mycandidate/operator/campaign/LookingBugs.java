package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.BugScript.ANOTHER_PORT;
import static africa.mycandidate.operator.campaign.BugScript.A_HAND_IN_THE_CONSOLE;
import static africa.mycandidate.operator.campaign.BugScript.CLAIMS;
import static africa.mycandidate.operator.campaign.BugScript.CREATION;
import static africa.mycandidate.operator.campaign.BugScript.DENIED_ON_LEAVING;
import static africa.mycandidate.operator.campaign.BugScript.FAILING_GATEWAYS;
import static africa.mycandidate.operator.campaign.BugScript.GATEWAYS;
import static africa.mycandidate.operator.campaign.BugScript.LOST_ANSWERS;
import static africa.mycandidate.operator.campaign.BugScript.REBIRTH;
import static africa.mycandidate.operator.campaign.BugScript.THROTTLING;
import static africa.mycandidate.operator.campaign.BugScript.UNANSWERED_ON_LEAVING;
import static africa.mycandidate.operator.campaign.BugScript.UPGRADE;
import static africa.mycandidate.operator.campaign.Mistakes.asking;
import static africa.mycandidate.operator.campaign.Mistakes.handling;
import static africa.mycandidate.operator.campaign.Mistakes.handlingAll;
import static africa.mycandidate.operator.campaign.Mistakes.onTheWire;
import static africa.mycandidate.operator.campaign.Mistakes.planning;
import static africa.mycandidate.operator.campaign.Mistakes.seeing;

import africa.mycandidate.operator.aws.CallRefused;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.resource.Creation;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.ElasticIp;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.InternetGateway;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;

/** What is there, and whose it is. */
final class LookingBugs {
    private LookingBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "an address is made without a look whether it is there",
                        "community#2062",
                        UPGRADE,
                        "makes a second ElasticIp",
                        () -> handling(ElasticIp.class, Forgetful::new)),
                new PlantedBug(
                        "only what this process made is known",
                        "lessons 1; crossplane#3037",
                        UPGRADE,
                        "makes a second Vpc",
                        () -> handling(Vpc.class, Forgetful::new)),
                new PlantedBug(
                        "a name is taken for ownership",
                        "design, ownership",
                        CREATION,
                        "belongs to somebody else",
                        () -> named(LogGroup.class)),
                new PlantedBug(
                        "a database with our name's beginning is adopted",
                        "design, ownership",
                        CREATION,
                        "AWS cannot change this of mcd-southafrica-main,",
                        () -> named(DbInstance.class)),
                new PlantedBug(
                        "a secret with our name's beginning is adopted",
                        "design, ownership",
                        CREATION,
                        "belongs to somebody else",
                        () -> named(SecretValue.class)),
                new PlantedBug(
                        "the stack's tag is compared by its beginning",
                        "design, ownership",
                        CREATION,
                        "belongs to somebody else",
                        LookingBugs::byPrefix),
                new PlantedBug(
                        "the owner's UID is not looked at: another cluster's stack is taken over",
                        "lessons 14; design, ownership",
                        CLAIMS,
                        "second cluster",
                        LookingBugs::anyOwner),
                new PlantedBug(
                        "throttling is taken for absence",
                        "Sieve, OSDI 2022",
                        THROTTLING,
                        "makes a second",
                        () -> emptyAfter(e -> e instanceof AwsServiceException error
                                        && (error.isThrottlingException() || error.statusCode() >= 429)
                                || e instanceof CallRefused)),
                new PlantedBug(
                        "a refused permission is taken for absence",
                        "design, law 6",
                        DENIED_ON_LEAVING,
                        "left after the deletion",
                        () -> emptyAfter(e -> e instanceof AwsServiceException error
                                && String.valueOf(error.awsErrorDetails().errorCode())
                                        .matches(".*(AccessDenied|Unauthorized|NotAuthorized).*"))),
                new PlantedBug(
                        "a lost connection is taken for absence",
                        "design, law 6",
                        UNANSWERED_ON_LEAVING,
                        "left after the deletion",
                        () -> emptyAfter(SdkClientException.class::isInstance)),
                new PlantedBug(
                        "what could not be read counts as empty",
                        "design, spike 1",
                        THROTTLING,
                        "makes a second",
                        LookingBugs::believing),
                new PlantedBug(
                        "a create is repeated at once after a lost answer",
                        "design, spike 13",
                        LOST_ANSWERS,
                        "makes a second",
                        () -> onTheWire((operation, request, next) -> {
                            try {
                                return next.run(request);
                            } catch (SdkClientException lost) {
                                return next.run(request);
                            }
                        })),
                new PlantedBug(
                        "each attempt has a client token of its own",
                        "aws-controllers-k8s/community#2267",
                        LOST_ANSWERS,
                        "makes a second (NatGateway|RouteTable)",
                        () -> tokens(new Object() {
                            int count;

                            String next(Step.Create create) {
                                return Canonical.hash(List.of("attempt", ++count));
                            }
                        }::next)),
                new PlantedBug(
                        "the client token is the same in every life",
                        "design, identity",
                        REBIRTH,
                        "IdempotentParameterMismatch",
                        () -> tokens(
                                create -> Canonical.hash(List.of(create.key().toString())))),
                new PlantedBug(
                        "a VPC is tagged after it was made",
                        "design, ownership",
                        CREATION,
                        "createVpc sets no tags",
                        () -> asking(CreateVpcRequest.class, request -> request.toBuilder()
                                .tagSpecifications(List.of())
                                .build())),
                new PlantedBug(
                        "a service is made without tags",
                        "design, ownership",
                        CREATION,
                        "createService sets no tags",
                        () -> asking(
                                CreateServiceRequest.class,
                                request -> request.toBuilder().tags(List.of()).build())),
                new PlantedBug(
                        "no create sets tags",
                        "design, ownership",
                        CREATION,
                        "sets no tags of ours",
                        () -> handlingAll(new Mistakes.AnyHandler() {
                            @Override
                            public <R extends Resource> Handler<R> of(Handler<R> right) {
                                return new Relay<>(right) {
                                    @Override
                                    public String create(R want, Creation creation) {
                                        return super.create(
                                                want,
                                                new Creation(
                                                        creation.name(), creation.token(), Map.of(), creation.at()));
                                    }
                                };
                            }
                        })),
                new PlantedBug(
                        "tags are set as a whole, and ours go",
                        "lessons 11",
                        UPGRADE,
                        "takes off the tags",
                        () -> handlingAll(new Mistakes.AnyHandler() {
                            @Override
                            public <R extends Resource> Handler<R> of(Handler<R> right) {
                                return new Relay<>(right) {
                                    @Override
                                    public void tag(Observed<R> have, Map<String, String> set, Set<String> remove) {
                                        var gone = new TreeSet<>(have.tags().keySet());
                                        gone.removeAll(set.keySet());
                                        super.tag(have, set, gone);
                                    }
                                };
                            }
                        })),
                new PlantedBug(
                        "all that bears our prefix is cleaned up",
                        "design, law 3",
                        CREATION,
                        "belongs to somebody else",
                        LookingBugs::cleaningUp),
                new PlantedBug(
                        "duplicates and predecessors are left",
                        "design, law 2",
                        ANOTHER_PORT,
                        "not once",
                        () -> planning(
                                (step, plan, seen) -> step instanceof Step.Delete ? Stream.empty() : Stream.of(step))),
                new PlantedBug(
                        "what was seen once is there for ever",
                        "Sieve, OSDI 2022, stale state",
                        A_HAND_IN_THE_CONSOLE,
                        "missing at the end: .LogGroup/app|has not been there since",
                        () -> handling(LogGroup.class, Stale::new)),
                new PlantedBug(
                        "a failed gateway is taken for a good one",
                        "aws-traps, NAT gateways",
                        FAILING_GATEWAYS,
                        "says Ready of NatGateway",
                        () -> seeing((one, stack) -> one.type() == NatGateway.class && one.phase() == Phase.FAILED
                                ? phased(one, Phase.READY)
                                : one)),
                new PlantedBug(
                        "a dead gateway counts as there",
                        "aws-traps, tombstones",
                        GATEWAYS,
                        "ElasticIp.b: .* still in use",
                        () -> seeing((one, stack) -> one.type() == NatGateway.class && one.phase() == Phase.GONE
                                ? phased(one, Phase.READY)
                                : one)),
                new PlantedBug(
                        "an internet gateway is known by its attachment alone",
                        "design, law 2",
                        UPGRADE,
                        "makes a second InternetGateway",
                        () -> handling(InternetGateway.class, Forgetful::new)));
    }

    /** Knows what this process made, and nothing else. */
    private static final class Forgetful<R extends Resource> extends Relay<R> {
        private final Set<String> made = new HashSet<>();

        Forgetful(Handler<R> inner) {
            super(inner);
        }

        @Override
        public List<Observed<R>> list(String place) {
            return super.list(place).stream()
                    .filter(one -> made.contains(one.id()))
                    .toList();
        }

        @Override
        public String create(R want, Creation creation) {
            var id = super.create(want, creation);
            made.add(id);
            return id;
        }
    }

    private static final class Stale<R extends Resource> extends Relay<R> {
        private List<Observed<R>> ready = List.of();

        Stale(Handler<R> inner) {
            super(inner);
        }

        @Override
        public List<Observed<R>> list(String place) {
            var now = super.list(place);
            if (now.stream().filter(one -> one.owner() instanceof Owner.Stack).count()
                    >= ready.stream()
                            .filter(one -> one.owner() instanceof Owner.Stack)
                            .count()) ready = now;
            return ready;
        }
    }

    static Observed<?> phased(Observed<?> one, Phase phase) {
        return phased1(one, phase);
    }

    private static <R extends Resource> Observed<R> phased1(Observed<R> one, Phase phase) {
        return new Observed<>(
                one.actual(),
                one.id(),
                one.name(),
                phase,
                one.outputs(),
                one.owner(),
                one.tags(),
                one.uses(),
                one.unread(),
                one.message());
    }

    private static Sabotage named(Class<? extends Resource> type) {
        return seeing((one, stack) -> {
            if (one.type() != type
                    || one.owner() instanceof Owner.Stack
                    || !one.name().startsWith("mcd-southafrica")) return one;
            return stack.resources().keySet().stream()
                    .filter(key -> key.type() == type && one.name().endsWith(key.role()))
                    .findFirst()
                    .<Observed<?>>map(key -> one.withOwner(
                            new Owner.Stack(stack.identity().stack(), stack.uid(), key.role(), Stack.VERSION)))
                    .orElse(one);
        });
    }

    private static Sabotage byPrefix() {
        return seeing((one, stack) -> one.owner() instanceof Owner.Stack owner
                        && owner.stack().startsWith(stack.identity().stack())
                ? one.withOwner(new Owner.Stack(stack.identity().stack(), stack.uid(), owner.role(), Stack.VERSION))
                : one);
    }

    private static Sabotage anyOwner() {
        return seeing((one, stack) -> one.owner() instanceof Owner.Stack owner
                        && owner.stack().equals(stack.identity().stack())
                ? one.withOwner(new Owner.Stack(owner.stack(), stack.uid(), owner.role(), owner.version()))
                : one);
    }

    private static Sabotage emptyAfter(Predicate<RuntimeException> taken) {
        return handlingAll(new Mistakes.AnyHandler() {
            @Override
            public <R extends Resource> Handler<R> of(Handler<R> right) {
                return new Relay<>(right) {
                    @Override
                    public List<Observed<R>> list(String place) {
                        try {
                            return super.list(place);
                        } catch (RuntimeException e) {
                            if (taken.test(e)) return List.of();
                            throw e;
                        }
                    }
                };
            }
        });
    }

    private static Sabotage believing() {
        return new Sabotage() {
            @Override
            public Plan plan(Stack stack, Snapshot seen, Policy policy) {
                return Planner.plan(stack, Mistakes.believing(seen), policy);
            }
        };
    }

    private interface Token {
        String next(Step.Create create);
    }

    private static Sabotage tokens(Token token) {
        return planning((step, plan, seen) -> Stream.of(
                step instanceof Step.Create create ? Mistakes.with(create, "token", token.next(create)) : step));
    }

    private static Sabotage cleaningUp() {
        return new Sabotage() {
            @Override
            public Plan plan(Stack stack, Snapshot seen, Policy policy) {
                var plan = Planner.plan(stack, seen, policy);
                var steps = new ArrayList<>(plan.steps());
                for (var where : seen.readings().keySet())
                    for (var one : seen.all(where.type()))
                        if (one.owner() instanceof Owner.Nobody && one.name().startsWith("mcd-"))
                            steps.add(new Step.Delete(
                                    new Key(where.type(), one.name()), one, "it is not part of the stack", List.of()));
                return new Plan(steps, plan.complete(), plan.matches());
            }
        };
    }
}
