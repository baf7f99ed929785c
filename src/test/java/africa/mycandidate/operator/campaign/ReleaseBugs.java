package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.BugScript.BAD_RELEASE;
import static africa.mycandidate.operator.campaign.BugScript.RELEASE;
import static africa.mycandidate.operator.campaign.BugScript.UNANSWERED_RELEASE;
import static africa.mycandidate.operator.campaign.Mistakes.handling;
import static africa.mycandidate.operator.campaign.Mistakes.hearing;
import static africa.mycandidate.operator.campaign.Mistakes.seeing;
import static africa.mycandidate.operator.campaign.Mistakes.tampered;
import static africa.mycandidate.operator.campaign.Mistakes.wanting;
import static africa.mycandidate.operator.campaign.Mistakes.with;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.EcsTask;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** What runs once, and what waits for it. */
final class ReleaseBugs {
    private ReleaseBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "an image does not wait for its release",
                        "issue of releases",
                        RELEASE,
                        "is to serve before its release succeeded",
                        () -> wanting(
                                EcsService.class,
                                want -> with(want, "taskDefinition", Ref.to(TaskDefinition.class, "app", "arn")))),
                new PlantedBug(
                        "a command that failed counts as done",
                        "issue of releases",
                        BAD_RELEASE,
                        "is to serve before its release succeeded",
                        () -> hearing(DescribeTasksResponse.class, answer -> answer.toBuilder()
                                .tasks(answer.tasks().stream()
                                        .map(ReleaseBugs::good)
                                        .toList())
                                .build())),
                new PlantedBug(
                        "what ran is not remembered",
                        "issue of releases",
                        RELEASE,
                        "ran 2 times",
                        () -> seeing((one, stack) -> one.type() == EcsTask.class
                                        && one.phase() == Phase.READY
                                        && one.outputs().containsKey("exitCode")
                                ? null
                                : one)),
                new PlantedBug(
                        "a run whose answer is lost is asked for again with another token",
                        "design, law 2",
                        UNANSWERED_RELEASE,
                        "ran \\d times",
                        Impatient::new));
    }

    private static final class Impatient implements Sabotage {
        @Override
        public Clients wire(Clients clients) {
            return tampered(
                    clients,
                    (operation, request, next) -> next.run(
                            request instanceof RunTaskRequest run
                                    ? run.toBuilder()
                                            .clientToken(UUID.randomUUID().toString())
                                            .build()
                                    : request));
        }

        @Override
        public List<Handler<?>> handlers(List<Handler<?>> all) {
            return handling(EcsTask.class, right -> new Relay<>(right) {
                        @Override
                        public void update(Observed<EcsTask> have, EcsTask goal, Set<String> fields) {
                            try {
                                super.update(have, goal, fields);
                            } catch (SdkClientException unanswered) {
                                super.update(have, goal, fields);
                            }
                        }
                    })
                    .handlers(all);
        }
    }

    private static Task good(Task task) {
        return task.toBuilder()
                .containers(task.containers().stream()
                        .map(one -> one.toBuilder().exitCode(0).build())
                        .toList())
                .build();
    }
}
