package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.BugScript.CREATION;
import static africa.mycandidate.operator.campaign.BugScript.DATA;
import static africa.mycandidate.operator.campaign.BugScript.DEPARTURE;
import static africa.mycandidate.operator.campaign.BugScript.REBIRTH;
import static africa.mycandidate.operator.campaign.BugScript.UNANSWERED_ON_LEAVING;
import static africa.mycandidate.operator.campaign.Mistakes.asking;
import static africa.mycandidate.operator.campaign.Mistakes.handling;
import static africa.mycandidate.operator.campaign.Mistakes.hearing;
import static africa.mycandidate.operator.campaign.Mistakes.onTheWire;
import static africa.mycandidate.operator.campaign.Mistakes.remaking;
import static africa.mycandidate.operator.campaign.Mistakes.wanting;
import static africa.mycandidate.operator.campaign.Mistakes.with;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Leaving;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;

/** What must not be lost, and the way out. */
final class DataBugs {
    private DataBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "no final snapshot is taken",
                        "design, law 4",
                        DEPARTURE,
                        "no snapshot holds the votes",
                        () -> handling(DbInstance.class, right -> new Relay<>(right) {
                            @Override
                            public void delete(Observed<DbInstance> have, Deletion deletion) {
                                super.delete(have, new Deletion(false));
                            }
                        })),
                new PlantedBug(
                        "every final snapshot has the same name",
                        "aws-traps, RDS",
                        REBIRTH,
                        "DBSnapshotAlreadyExists",
                        () -> asking(DeleteDbInstanceRequest.class, request -> request.toBuilder()
                                .finalDBSnapshotIdentifier("mcd-southafrica-final")
                                .build())),
                new PlantedBug(
                        "deletion protection is not put on",
                        "design, law 4",
                        REBIRTH,
                        "protection that the spec asks for",
                        () -> asking(CreateDbInstanceRequest.class, request -> request.toBuilder()
                                .deletionProtection(false)
                                .build())),
                new PlantedBug(
                        "deletion protection is never wanted",
                        "lessons 15",
                        REBIRTH,
                        "protection that the spec asks for",
                        () -> wanting(DbInstance.class, want -> with(want, "deletionProtection", false))),
                new PlantedBug(
                        "deletion lifts the protection that the spec asks for",
                        "lessons 15; design, law 4",
                        REBIRTH,
                        "a protected stack is deleted",
                        () -> leaving((stack, seen) -> Leaving.plan(unguarded(stack), seen))),
                new PlantedBug(
                        "a new instance class is a new database",
                        "lessons 3; design, law 4",
                        DATA,
                        "data may not go",
                        () -> remaking(DbInstance.class, "instanceClass")),
                new PlantedBug(
                        "a new node type is a new cache",
                        "design, law 4",
                        DATA,
                        "data may not go",
                        () -> remaking(ReplicationGroup.class, "nodeType")),
                new PlantedBug(
                        "a new retention of backups is a new database",
                        "design, law 4",
                        DATA,
                        "data may not go",
                        () -> remaking(DbInstance.class, "backupRetentionDays")),
                new PlantedBug(
                        "the data go before the application",
                        "design, spike 7",
                        DEPARTURE,
                        "tasks still write",
                        () -> leaving((stack, seen) -> Mistakes.revised(
                                Leaving.plan(stack, seen),
                                seen,
                                (step, plan, all) -> step instanceof Step.Blocked
                                                && step.key().type() == DbInstance.class
                                        ? all.ours(DbInstance.class).stream()
                                                .map(one -> new Step.Delete(step.key(), one, "leaving", List.of()))
                                        : Stream.of(step)))),
                new PlantedBug(
                        "secrets are deleted by force",
                        "design, ownership",
                        DEPARTURE,
                        "deleted for good",
                        () -> asking(DeleteSecretRequest.class, request -> request.toBuilder()
                                .recoveryWindowInDays(null)
                                .forceDeleteWithoutRecovery(true)
                                .build())),
                new PlantedBug(
                        "a secret is not released before it goes",
                        "design, ownership",
                        REBIRTH,
                        "already scheduled for deletion",
                        () -> onTheWire((operation, request, next) -> request instanceof TagResourceRequest tag
                                        && tag.tags().stream().anyMatch(one -> "released".equals(one.value()))
                                ? TagResourceResponse.builder().build()
                                : next.run(request))),
                new PlantedBug(
                        "a password is made anew on each pass",
                        "crossplane-contrib/provider-aws#1412",
                        CREATION,
                        "SecretValue",
                        Remade::new),
                new PlantedBug(
                        "what is pending is not counted",
                        "lessons 3; community#1773",
                        DATA,
                        "No modifications were requested",
                        () -> both(
                                hearing(DescribeDbInstancesResponse.class, answer -> answer.toBuilder()
                                        .dbInstances(answer.dbInstances().stream()
                                                .map(one -> one.toBuilder()
                                                        .pendingModifiedValues(pending -> {})
                                                        .build())
                                                .toList())
                                        .build()),
                                asking(ModifyDbInstanceRequest.class, request -> request.toBuilder()
                                        .applyImmediately(false)
                                        .build()))),
                new PlantedBug(
                        "changes are put off to AWS's own window",
                        "lessons 3; community#1376",
                        DATA,
                        "not settled",
                        () -> asking(ModifyDbInstanceRequest.class, request -> request.toBuilder()
                                .applyImmediately(false)
                                .build())),
                new PlantedBug(
                        "each change sets the master password to another",
                        "design, law 10",
                        DATA,
                        "password that no secret holds",
                        () -> asking(ModifyDbInstanceRequest.class, request -> request.toBuilder()
                                .masterUserPassword("a-new-one-each-time-4711")
                                .build())),
                new PlantedBug(
                        "the version is compared to the last digit",
                        "design, spike 12",
                        CREATION,
                        "engineVersion",
                        () -> ManneredBugs.always(DbInstance.class, "engineVersion")),
                new PlantedBug(
                        "a field that the spec leaves out is managed",
                        "lessons 4; community#3000",
                        CREATION,
                        "AWS cannot change this",
                        () -> wanting(DbInstance.class, want -> with(want, "kmsKeyArn", "alias/aws/rds"))),
                new PlantedBug(
                        "the database can be reached from everywhere",
                        "design, law 11",
                        CREATION,
                        "reached by everybody",
                        () -> wanting(DbInstance.class, want -> with(want, "publiclyAccessible", true))),
                new PlantedBug(
                        "the database is not encrypted",
                        "architecture, data",
                        CREATION,
                        "not encrypted",
                        () -> asking(CreateDbInstanceRequest.class, request -> request.toBuilder()
                                .storageEncrypted(false)
                                .build())),
                new PlantedBug(
                        "a replica that the spec asks for is not made",
                        "lessons 4",
                        DATA,
                        "the spec asks for replicas",
                        () -> wanting(
                                ReplicationGroup.class,
                                want -> with(
                                        with(with(want, "replicas", 0), "automaticFailover", false),
                                        "multiAz",
                                        false))),
                new PlantedBug(
                        "the load balancer's protection is not lifted",
                        "lessons 12",
                        DEPARTURE,
                        "not gone.*OperationNotPermitted",
                        () -> unemptied(LoadBalancer.class)),
                new PlantedBug(
                        "groups that name each other are not emptied first",
                        "lessons 12; kro#1252",
                        DEPARTURE,
                        "not gone.*DependencyViolation",
                        () -> unemptied(SecurityGroup.class)),
                new PlantedBug(
                        "what could not be read counts as deleted",
                        "design, spike 7",
                        UNANSWERED_ON_LEAVING,
                        "left after the deletion",
                        () -> leaving((stack, seen) -> Leaving.plan(stack, Mistakes.believing(seen)))));
    }

    interface Departure {
        Plan plan(Stack stack, Snapshot seen);
    }

    static Sabotage leaving(Departure departure) {
        return new Sabotage() {
            @Override
            public Plan departure(Stack stack, Snapshot seen) {
                return departure.plan(stack, seen);
            }
        };
    }

    private static Stack unguarded(Stack stack) {
        var all = new TreeMap<Key, Resource>(stack.resources());
        all.replaceAll((key, want) ->
                want instanceof DbInstance database ? with(database, "deletionProtection", false) : want);
        return stack.with(all);
    }

    /** Deleted as it is, whatever must be off or empty first. */
    private static Sabotage unemptied(Class<? extends Resource> type) {
        return leaving((stack, seen) -> Mistakes.revised(
                Leaving.plan(stack, seen),
                seen,
                (step, plan, all) ->
                        step instanceof Step.Update update && update.key().type() == type
                                ? Stream.of(new Step.Delete(update.key(), update.have(), "leaving", List.of()))
                                : Stream.of(step)));
    }

    static Sabotage both(Sabotage inner, Sabotage outer) {
        return new Sabotage() {
            @Override
            public Clients wire(Clients clients) {
                return outer.wire(inner.wire(clients));
            }
        };
    }

    private static final class Remade implements Sabotage {
        private int passes;

        @Override
        public Plan plan(Stack stack, Snapshot seen, Policy policy) {
            var all = new TreeMap<Key, Resource>(stack.resources());
            var mark = "pass " + ++passes;
            all.replaceAll((key, want) ->
                    want instanceof SecretValue secret && secret.content() instanceof SecretValue.Generated made
                            ? with(secret, "content", new SecretValue.Generated(made.length(), mark))
                            : want);
            return Planner.plan(stack.with(all), seen, policy);
        }
    }
}
