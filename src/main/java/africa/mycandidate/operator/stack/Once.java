package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Job;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.EcsCluster;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.EcsTask;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.stack.Parts.Part;
import java.util.List;
import java.util.Set;

/** What runs once: the release, before its image serves, and the jobs, once it does. */
record Once(String name, Spec spec, NetworkArea network, Part<EcsCluster> cluster) {

    /** Returns the task definition that may serve, known once the release of its image succeeded. */
    Ref<TaskDefinition> release(Part<TaskDefinition> definition, Parts parts) {
        var release = spec.release();
        return parts.add(
                        EcsTask.RELEASE,
                        task(
                                EcsTask.keyOf(EcsTask.RELEASE, List.of(spec.image(), release.command())),
                                definition.output(TaskDefinition.arnWith(spec.image())),
                                release.command(),
                                release.timeoutMinutes(),
                                "the release of " + spec.image(),
                                true))
                .definition("taskDefinition");
    }

    void jobs(Part<EcsService> service, Parts parts) {
        if (spec.jobs() == null) return;
        for (Job job : spec.jobs()) {
            parts.add(
                    EcsTask.JOB + job.name(),
                    task(
                            EcsTask.keyOf(EcsTask.JOB + job.name(), job.command()),
                            service.definition(EcsService.SETTLED),
                            job.command(),
                            job.timeoutMinutes(),
                            "the job " + job.name(),
                            false));
        }
    }

    private EcsTask task(
            String key,
            Ref<TaskDefinition> definition,
            List<String> command,
            Integer timeoutMinutes,
            String what,
            boolean remembered) {
        return new EcsTask(
                name,
                key,
                DataArea.database().output("resourceId"),
                cluster.arn(),
                DataArea.database().output("calm"),
                definition,
                command,
                network.outbound(),
                Set.of(network.tasks().id()),
                timeoutMinutes,
                what,
                remembered,
                EcsTask.success(key));
    }
}
