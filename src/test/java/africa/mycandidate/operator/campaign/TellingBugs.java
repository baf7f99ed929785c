package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.BugScript.ANOTHER_PORT;
import static africa.mycandidate.operator.campaign.BugScript.CREATION;
import static africa.mycandidate.operator.campaign.BugScript.DEPARTURE;
import static africa.mycandidate.operator.campaign.BugScript.EC2_DOWN;
import static africa.mycandidate.operator.campaign.BugScript.NO_DATABASES;
import static africa.mycandidate.operator.campaign.BugScript.TIME_TRAVEL;
import static africa.mycandidate.operator.campaign.BugScript.UNREAD;
import static africa.mycandidate.operator.campaign.Mistakes.tampered;
import static africa.mycandidate.operator.campaign.Mistakes.with;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.api.Summary;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.reconcile.Answers;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.reconcile.StackReconciler;
import africa.mycandidate.operator.reconcile.Statuses;
import africa.mycandidate.operator.stack.Stack;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;

/** What is said to Kubernetes and to people. */
final class TellingBugs {
    private TellingBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "what the cache shows is acted on",
                        "Sieve (OSDI 2022), time travel",
                        TIME_TRAVEL,
                        "the status goes back",
                        () -> new Sabotage() {
                            @Override
                            public Statuses statuses(Statuses inner) {
                                return new StatusRelay(inner) {
                                    @Override
                                    public Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen) {
                                        return Optional.of(seen);
                                    }
                                };
                            }
                        }),
                new PlantedBug(
                        "a secret is logged", "design, law 10", CREATION, "a secret was told", () -> new Blabbing() {
                            @Override
                            void blab(String secret) {
                                LoggerFactory.getLogger(StackReconciler.class).info("made a secret: {}", secret);
                            }
                        }),
                new PlantedBug(
                        "a secret stands in an event",
                        "design, law 10",
                        CREATION,
                        "a secret was told",
                        () -> new Blabbing() {
                            @Override
                            void blab(String secret) {
                                if (inner != null && of != null) inner.event(of, false, "Created", "with " + secret);
                            }
                        }),
                new PlantedBug(
                        "a secret stands in the status",
                        "design, law 10",
                        CREATION,
                        "a secret was told",
                        () -> new Blabbing() {
                            @Override
                            Status told(Status status) {
                                return secret == null
                                        ? status
                                        : with(status, "summary", new Summary("the key is " + secret, "0/0", 0, null));
                            }
                        }),
                new PlantedBug(
                        "a password stands in an error's text",
                        "design, law 10",
                        NO_DATABASES,
                        "a secret was told",
                        Confessing::new),
                new PlantedBug(
                        "a password stands in a task's environment",
                        "design, law 10",
                        CREATION,
                        "registerTaskDefinition has a secret",
                        Environment::new),
                new PlantedBug(
                        "each pass writes the status",
                        "lessons 5; design, law 5",
                        CREATION,
                        "writes to Kubernetes",
                        () -> new Chatty(false)),
                new PlantedBug(
                        "each pass sends an event",
                        "design, law 5",
                        CREATION,
                        "writes to Kubernetes",
                        () -> new Chatty(true)),
                new PlantedBug(
                        "Ready as soon as there is a load balancer",
                        "lessons 16",
                        CREATION,
                        "Ready is said where nobody answers",
                        () -> telling(status ->
                                status.endpoints() != null && status.endpoints().loadBalancer() != null
                                        ? ready(status)
                                        : status)),
                new PlantedBug(
                        "Ready as soon as there is a database",
                        "lessons 16",
                        CREATION,
                        "Ready is said where nobody answers",
                        () -> telling(status ->
                                status.endpoints() != null && status.endpoints().database() != null
                                        ? ready(status)
                                        : status)),
                new PlantedBug(
                        "the conditions are those of an earlier spec",
                        "lessons 16",
                        ANOTHER_PORT,
                        "has not been there since",
                        EarlierSpec::new),
                new PlantedBug(
                        "the observed generation stays the first",
                        "kstatus",
                        ANOTHER_PORT,
                        "observed generation",
                        () -> telling(status -> with(status, "observedGeneration", 1L))),
                new PlantedBug(
                        "Reconciling and Stalled at once",
                        "kstatus",
                        CREATION,
                        "never both",
                        () -> telling(status -> with(
                                status,
                                "conditions",
                                status.conditions().stream()
                                        .map(one ->
                                                Set.of("Reconciling", "Stalled").contains(one.getType())
                                                        ? set(one, "True")
                                                        : one)
                                        .toList()))),
                new PlantedBug(
                        "Ready without Serving",
                        "lessons 4 and 16",
                        CREATION,
                        "Ready is Provisioned and Serving",
                        () -> telling(status -> with(
                                status,
                                "conditions",
                                status.conditions().stream()
                                        .map(one -> one.getType().equals("Ready") ? set(one, "True") : one)
                                        .toList()))),
                new PlantedBug(
                        "Ready stands while nothing can be read",
                        "design, conditions",
                        EC2_DOWN,
                        "Ready is Provisioned and Serving",
                        Blind::new),
                new PlantedBug(
                        "what could not be read is told as absent",
                        "design, Snapshot: unknown is never absent",
                        UNREAD,
                        "the status has said Absent of",
                        () -> telling(status -> status.resources() == null
                                ? status
                                : with(
                                        status,
                                        "resources",
                                        status.resources().stream()
                                                .map(TellingBugs::absent)
                                                .toList()))),
                new PlantedBug(
                        "the finalizer goes with the first pass",
                        "community#2436",
                        DEPARTURE,
                        "no snapshot holds the votes",
                        () -> new Sabotage() {
                            @Override
                            public Answers leaving(Answers answer) {
                                return new Answers.Gone();
                            }
                        }),
                new PlantedBug(
                        "the finalizer goes while AWS still deletes",
                        "design, spike 7",
                        DEPARTURE,
                        "left after the deletion",
                        () -> new Sabotage() {
                            @Override
                            public Answers leaving(Answers answer) {
                                return answer instanceof Answers.Show(Status status, var next)
                                                && status != null
                                                && status.resources() != null
                                                && status.resources().stream()
                                                        .anyMatch(row ->
                                                                row.type().equals("DbInstance")
                                                                        && "Deleting".equals(row.phase()))
                                        ? new Answers.Gone()
                                        : answer;
                            }
                        }));
    }

    private static Sabotage telling(UnaryOperator<Status> change) {
        return new Sabotage() {
            @Override
            public Statuses statuses(Statuses inner) {
                return changed(inner, change);
            }
        };
    }

    private static Statuses changed(Statuses inner, UnaryOperator<Status> change) {
        return new StatusRelay(inner) {
            @Override
            public String write(MyCandidateDeployment resource, Status status) {
                return super.write(resource, status.conditions() == null ? status : change.apply(status));
            }
        };
    }

    private static ResourceStatus absent(ResourceStatus row) {
        return row.phase().equals("Unknown")
                ? new ResourceStatus(row.type(), row.role(), null, row.applied(), "Absent", row.message(), row.since())
                : row;
    }

    private static Condition set(Condition one, String status) {
        return new ConditionBuilder(one).withStatus(status).build();
    }

    private static Status ready(Status status) {
        return with(
                status,
                "conditions",
                status.conditions().stream()
                        .map(one -> switch (one.getType()) {
                            case "Ready", "Provisioned", "Serving" -> set(one, "True");
                            case "Reconciling", "Stalled" -> set(one, "False");
                            default -> one;
                        })
                        .toList());
    }

    /** Tells a secret that it has made. */
    private static class Blabbing implements Sabotage {
        Statuses inner;
        MyCandidateDeployment of;
        String secret;

        void blab(String told) {}

        Status told(Status status) {
            return status;
        }

        @Override
        public Clients wire(Clients clients) {
            return tampered(clients, (operation, request, next) -> {
                var answer = next.run(request);
                if (request instanceof CreateSecretRequest made) {
                    secret = made.secretString();
                    blab(secret);
                }
                return answer;
            });
        }

        @Override
        public Statuses statuses(Statuses right) {
            inner = right;
            return new StatusRelay(right) {
                @Override
                public String write(MyCandidateDeployment resource, Status status) {
                    of = resource;
                    return super.write(resource, told(status));
                }
            };
        }
    }

    private static final class Confessing implements Sabotage {
        @Override
        public Clients wire(Clients clients) {
            return tampered(clients, (operation, request, next) -> {
                try {
                    return next.run(request);
                } catch (AwsServiceException e) {
                    if (request instanceof CreateDbInstanceRequest made)
                        throw SdkClientException.create(e.getMessage() + " with password " + made.masterUserPassword());
                    throw e;
                }
            });
        }
    }

    private static final class Environment implements Sabotage {
        private String password;

        @Override
        public Clients wire(Clients clients) {
            return tampered(clients, (operation, request, next) -> {
                if (request instanceof CreateDbInstanceRequest made) password = made.masterUserPassword();
                if (request instanceof RegisterTaskDefinitionRequest task && password != null)
                    return next.run(task.toBuilder()
                            .containerDefinitions(task.containerDefinitions().stream()
                                    .map(one -> one.toBuilder()
                                            .environment(KeyValuePair.builder()
                                                    .name("PASSWORD")
                                                    .value(password)
                                                    .build())
                                            .build())
                                    .toList())
                            .build());
                return next.run(request);
            });
        }
    }

    /** Writes on each pass, whether or not something is new. */
    private static final class Chatty implements Sabotage {
        private final boolean events;
        private Statuses inner;
        private MyCandidateDeployment of;
        private Status last;

        Chatty(boolean events) {
            this.events = events;
        }

        @Override
        public Statuses statuses(Statuses right) {
            inner = right;
            return new Statuses() {
                @Override
                public Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen) {
                    return right.latest(seen);
                }

                @Override
                public String write(MyCandidateDeployment resource, Status status) {
                    of = resource;
                    last = status;
                    return right.write(resource, status);
                }

                @Override
                public void event(MyCandidateDeployment resource, boolean warning, String reason, String message) {
                    right.event(resource, warning, reason, message);
                }
            };
        }

        @Override
        public Plan plan(Stack stack, Snapshot seen, Policy policy) {
            if (last != null && events) inner.event(of, false, "Reconciled", "all is well");
            if (last != null && !events) inner.write(of, last);
            return Planner.plan(stack, seen, policy);
        }
    }

    /** What was true of the last spec is told of the new one, and nothing else. */
    private static final class EarlierSpec implements Sabotage {
        private Status good;

        @Override
        public Statuses statuses(Statuses inner) {
            return changed(inner, status -> {
                if (good == null && is(status, "Ready")) good = status;
                return good == null
                        ? status
                        : with(
                                with(good, "observedGeneration", status.observedGeneration()),
                                "conditions",
                                good.conditions().stream()
                                        .map(one -> new ConditionBuilder(one)
                                                .withObservedGeneration(status.observedGeneration())
                                                .build())
                                        .toList());
            });
        }
    }

    private static boolean is(Status status, String type) {
        return status.conditions().stream()
                .anyMatch(one -> one.getType().equals(type) && "True".equals(one.getStatus()));
    }

    /** Unknown is told as it was before. */
    private static final class Blind implements Sabotage {
        private boolean was;

        @Override
        public Statuses statuses(Statuses inner) {
            return changed(inner, status -> {
                var unknown = status.conditions().stream()
                        .anyMatch(one ->
                                one.getType().equals("Ready") && one.getStatus().equals("Unknown"));
                if (is(status, "Ready")) was = true;
                else if (!unknown) was = false;
                return unknown && was ? ready(status) : status;
            });
        }
    }
}
