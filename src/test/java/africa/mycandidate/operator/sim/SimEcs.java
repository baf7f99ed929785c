package africa.mycandidate.operator.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.*;

/** ECS on Fargate. The families of calls stand in classes of their own. */
final class SimEcs implements EcsClient, Services {
    /** What an ordinary day costs a task, between the thresholds at which autoscaling acts. */
    private static final double USUAL_CPU = 40;

    final Clusters clusters;
    final TaskDefinitions definitions;
    final FargateTasks tasks;
    final FargateServices services;
    private final SimAws aws;
    private final Map<String, Double> cpu = new HashMap<>();

    SimEcs(SimAws aws) {
        this.aws = aws;
        var role = new ServiceLinkedRole(
                aws,
                "ecs.amazonaws.com",
                () -> EcsRefusal.invalid(
                        "Unable to assume the service linked role. Please verify that the ECS service linked role exists."));
        this.clusters = new Clusters(aws, role);
        this.definitions = new TaskDefinitions(aws);
        this.tasks = new FargateTasks(aws);
        this.services = new FargateServices(aws, role);
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}

    @Override
    public CreateClusterResponse createCluster(CreateClusterRequest r) {
        return aws.world.call(() -> clusters.create(r));
    }

    @Override
    public DescribeClustersResponse describeClusters(DescribeClustersRequest r) {
        return aws.world.call(() -> clusters.describe(r));
    }

    @Override
    public ListClustersResponse listClusters(ListClustersRequest r) {
        return aws.world.call(() -> clusters.list(r));
    }

    @Override
    public UpdateClusterResponse updateCluster(UpdateClusterRequest r) {
        return aws.world.call(() -> clusters.update(r));
    }

    @Override
    public DeleteClusterResponse deleteCluster(DeleteClusterRequest r) {
        return aws.world.call(() -> clusters.delete(r));
    }

    @Override
    public RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest r) {
        return aws.world.call(() -> definitions.register(r));
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest r) {
        return aws.world.call(() -> definitions.describe(r));
    }

    @Override
    public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest r) {
        return aws.world.call(() -> definitions.list(r));
    }

    @Override
    public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(ListTaskDefinitionFamiliesRequest r) {
        return aws.world.call(() -> definitions.families(r));
    }

    @Override
    public DeregisterTaskDefinitionResponse deregisterTaskDefinition(DeregisterTaskDefinitionRequest r) {
        return aws.world.call(() -> definitions.deregister(r));
    }

    @Override
    public DeleteTaskDefinitionsResponse deleteTaskDefinitions(DeleteTaskDefinitionsRequest r) {
        return aws.world.call(() -> definitions.delete(r));
    }

    @Override
    public CreateServiceResponse createService(CreateServiceRequest r) {
        return aws.world.call(() -> services.create(r));
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest r) {
        return aws.world.call(() -> services.describe(r));
    }

    @Override
    public ListServicesResponse listServices(ListServicesRequest r) {
        return aws.world.call(() -> services.list(r));
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest r) {
        return aws.world.call(() -> services.update(r));
    }

    @Override
    public DeleteServiceResponse deleteService(DeleteServiceRequest r) {
        return aws.world.call(() -> services.delete(r));
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest r) {
        return aws.world.call(() -> tasks.list(r));
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest r) {
        return aws.world.call(() -> tasks.describe(r));
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest r) {
        return aws.world.call(() -> tasks.stop(r));
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest r) {
        return aws.world.call(() -> tasks.run(r));
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest r) {
        return aws.world.call(() -> {
            tagged(r.resourceArn()).set(r.tags());
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest r) {
        return aws.world.call(() -> {
            tagged(r.resourceArn()).remove(r.tagKeys());
            return UntagResourceResponse.builder().build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        return aws.world.call(() -> ListTagsForResourceResponse.builder()
                .tags(tagged(r.resourceArn()).tags())
                .build());
    }

    private EcsTags tagged(String arn) {
        var kind = arn.replaceFirst("^arn:aws:ecs:[^:]*:[^:]*:", "").split("/")[0];
        return switch (kind) {
            case "cluster" -> clusters.tagged(arn);
            case "task-definition" -> definitions.tagged(arn);
            case "service" -> services.tagged(arn);
            default -> throw EcsRefusal.invalid("Invalid resource type '" + kind + "' for tagging.");
        };
    }

    @Override
    public OptionalInt desired(String cluster, String service) {
        return services.active(cluster, service)
                .map(rollout -> OptionalInt.of(rollout.desired()))
                .orElse(OptionalInt.empty());
    }

    @Override
    public void scale(String cluster, String service, int desired) {
        services.active(cluster, service).ifPresent(rollout -> rollout.scale(desired));
    }

    /** Whether other services see the service already. */
    boolean shown(String cluster, String service) {
        return services.shown(cluster, service);
    }

    /** Loads a service: its average CPU in percent from now on. */
    void cpu(String cluster, String service, double percent) {
        cpu.put(cluster + "/" + service, percent);
    }

    /** The measured CPU; nothing is measured where no task runs. */
    OptionalDouble cpu(String cluster, String service) {
        if (services.active(cluster, service)
                .filter(rollout -> rollout.running() > 0)
                .isEmpty()) return OptionalDouble.empty();
        return OptionalDouble.of(cpu.getOrDefault(cluster + "/" + service, USUAL_CPU));
    }

    /** The tasks that run now, with what their containers were given; for audits. */
    List<TaskRun> runningTasks() {
        return tasks.alive().stream().filter(TaskRun::running).toList();
    }

    /** Every command that ever began to run in a task of its own, with its image; for audits. */
    List<String> commands() {
        return tasks.commands();
    }

    /** Those of them that came to their end without an error. */
    List<String> succeeded() {
        return tasks.succeeded();
    }

    /** What really exists, by ARN, with its tags: no tombstones, no inactive revisions, no stopped tasks. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<String, Map<String, String>>();
        clusters.existing(all);
        definitions.existing(all);
        services.existing(all);
        tasks.alive().forEach(task -> all.put(task.arn(), task.tags().asMap()));
        return all;
    }
}
