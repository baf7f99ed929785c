package africa.mycandidate.operator.drift;

import static africa.mycandidate.operator.drift.Tampering.deleted;
import static africa.mycandidate.operator.drift.Tampering.on;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.resource.EcsCluster;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.EcsTask;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.ScheduledAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Cluster, service and scaling. */
final class ComputeTampering {
    private ComputeTampering() {}

    static void register() {
        cluster();
        task();
        service();
        network();
        scaling();
        deletions();
    }

    private static void cluster() {
        on(EcsCluster.class, "containerInsights", "off", (clients, cluster) -> ecs(clients)
                .updateCluster(request -> request.cluster(cluster.name())
                        .settings(one ->
                                one.name(ClusterSettingName.CONTAINER_INSIGHTS).value("disabled"))));
    }

    /** What ran is forgotten, or noted as about to run. */
    private static void task() {
        on(EcsTask.class, "run", "noted as begun", (clients, task) -> ecs(clients)
                .tagResource(request -> request.resourceArn(
                                ((EcsTask) task.actual()).cluster().value())
                        .tags(tag -> tag.key(task.outputs().get("tag"))
                                .value("begun " + task.outputs().get("since") + " "
                                        + ((EcsTask) task.actual()).database().value()))));
        deleted(EcsTask.class, (clients, task) -> ecs(clients).untagResource(request -> request.resourceArn(
                        ((EcsTask) task.actual()).cluster().value())
                .tagKeys(task.outputs().get("tag"))));
    }

    private static void service() {
        on(EcsService.class, "taskDefinition", "a revision of somebody's own", (clients, service) -> {
            var have = ((EcsService) service.actual()).taskDefinition().value();
            var copy = copy(clients, have, one -> one.image("example.org/somebody-elses:1"));
            update(clients, service, request -> request.taskDefinition(copy));
        });
        on(EcsService.class, "containerPort", "another", Set.of("taskDefinition"), (clients, service) -> {
            var have = (EcsService) service.actual();
            var copy = copy(
                    clients, have.taskDefinition().value(), one -> one.portMappings(port -> port.containerPort(9999)));
            var groups = groups(clients, service);
            var name = described(clients, service).loadBalancers().getFirst().containerName();
            update(clients, service, request -> request.taskDefinition(copy)
                    .loadBalancers(one -> one.targetGroupArn(groups.getFirst())
                            .containerName(name)
                            .containerPort(9999)));
        });
        change("desiredCount", "none", request -> request.desiredCount(0));
        change("healthCheckGraceSeconds", "shorter", request -> request.healthCheckGracePeriodSeconds(10));
        change(
                "minimumHealthyPercent",
                "half",
                request -> request.deploymentConfiguration(how -> how.minimumHealthyPercent(50)));
        change("maximumPercent", "less", request -> request.deploymentConfiguration(how -> how.maximumPercent(150)));
        change(
                "circuitBreakerWithRollback",
                "off",
                request -> request.deploymentConfiguration(how -> how.deploymentCircuitBreaker(
                        breaker -> breaker.enable(false).rollback(false))));
        change(
                "zoneRebalancing",
                "off",
                request -> request.availabilityZoneRebalancing(AvailabilityZoneRebalancing.DISABLED));
    }

    private static String copy(Clients clients, String arn, Consumer<ContainerDefinition.Builder> change) {
        var of = ecs(clients)
                .describeTaskDefinition(request -> request.taskDefinition(arn))
                .taskDefinition();
        return ecs(clients)
                .registerTaskDefinition(request -> request.family(of.family())
                        .containerDefinitions(of.containerDefinitions().stream()
                                .map(one -> {
                                    var copy = one.toBuilder();
                                    change.accept(copy);
                                    return copy.build();
                                })
                                .toList())
                        .cpu(of.cpu())
                        .memory(of.memory())
                        .networkMode(of.networkMode())
                        .requiresCompatibilities(of.requiresCompatibilities())
                        .executionRoleArn(of.executionRoleArn())
                        .taskRoleArn(of.taskRoleArn())
                        .volumes(of.volumes()))
                .taskDefinition()
                .taskDefinitionArn();
    }

    private static List<String> groups(Clients clients, Observed<?> service) {
        return described(clients, service).loadBalancers().stream()
                .map(one -> one.targetGroupArn())
                .toList();
    }

    private static Service described(Clients clients, Observed<?> service) {
        return ecs(clients)
                .describeServices(request -> request.cluster(
                                ((EcsService) service.actual()).cluster().value())
                        .services(service.id()))
                .services()
                .getFirst();
    }

    private static void network() {
        on(EcsService.class, "targetGroups", "somebody else's", (clients, service) -> {
            var balancing = clients.of(ElasticLoadBalancingV2Client.class);
            var was = described(clients, service).loadBalancers().getFirst();
            var ours = balancing
                    .describeTargetGroups(request -> request.targetGroupArns(was.targetGroupArn()))
                    .targetGroups()
                    .getFirst();
            var other = balancing
                    .createTargetGroup(request -> request.name("somebody-elses")
                            .vpcId(ours.vpcId())
                            .port(ours.port())
                            .protocol(ours.protocol())
                            .targetType(ours.targetType()))
                    .targetGroups()
                    .getFirst()
                    .targetGroupArn();
            balancing.createListener(
                    request -> request.loadBalancerArn(ours.loadBalancerArns().getFirst())
                            .port(8081)
                            .protocol("HTTP")
                            .defaultActions(to -> to.type("forward").targetGroupArn(other)));
            update(
                    clients,
                    service,
                    request -> request.loadBalancers(
                            was.toBuilder().targetGroupArn(other).build()));
        });
        on(
                EcsService.class,
                "assignPublicIp",
                "on",
                (clients, service) -> wire(clients, service, now -> now.assignPublicIp(AssignPublicIp.ENABLED)));
        on(
                EcsService.class,
                "subnets",
                "one fewer",
                (clients, service) -> wire(clients, service, now -> {
                    var subnets = now.build().subnets();
                    now.subnets(subnets.subList(1, subnets.size()));
                }));
        on(
                EcsService.class,
                "securityGroups",
                "the VPC's default one",
                (clients, service) -> wire(clients, service, now -> {
                    var ec2 = clients.of(Ec2Client.class);
                    var vpc = ec2.describeSecurityGroups(
                                    request -> request.groupIds(now.build().securityGroups()))
                            .securityGroups()
                            .getFirst()
                            .vpcId();
                    var extra = ec2.describeSecurityGroups(request -> request.filters(
                                    filter -> filter.name("vpc-id").values(vpc),
                                    filter -> filter.name("group-name").values("default")))
                            .securityGroups()
                            .getFirst()
                            .groupId();
                    var groups = new ArrayList<>(now.build().securityGroups());
                    groups.add(extra);
                    now.securityGroups(groups);
                }));
    }

    private static void wire(Clients clients, Observed<?> service, Consumer<AwsVpcConfiguration.Builder> change) {
        var now = described(clients, service).networkConfiguration().awsvpcConfiguration().toBuilder();
        change.accept(now);
        update(
                clients,
                service,
                request -> request.networkConfiguration(network -> network.awsvpcConfiguration(now.build())));
    }

    private static void change(String field, String what, Consumer<UpdateServiceRequest.Builder> change) {
        on(EcsService.class, field, what, (clients, service) -> update(clients, service, change));
    }

    private static void update(Clients clients, Observed<?> service, Consumer<UpdateServiceRequest.Builder> change) {
        ecs(clients).updateService(request -> {
            request.cluster(((EcsService) service.actual()).cluster().value()).service(service.id());
            change.accept(request);
        });
    }

    private static void scaling() {
        on(
                ScalableTarget.class,
                "minTasks",
                "one",
                (clients, target) -> bounds(clients, target, how -> how.minCapacity(1)));
        on(
                ScalableTarget.class,
                "maxTasks",
                "fifty",
                (clients, target) -> bounds(clients, target, how -> how.maxCapacity(50)));
        on(
                ScalableTarget.class,
                "suspended",
                "scaling out suspended",
                (clients, target) -> bounds(
                        clients, target, how -> how.suspendedState(state -> state.dynamicScalingOutSuspended(true))));
        action("schedule", "a day later", how -> how.schedule("at(2039-05-29T05:00:00)"));
        action(
                "minTasks",
                "one",
                how -> how.scalableTargetAction(bounds -> bounds.minCapacity(1).maxCapacity(10)));
        action(
                "maxTasks",
                "fifty",
                how -> how.scalableTargetAction(bounds -> bounds.minCapacity(6).maxCapacity(50)));
        policy("cooldownSeconds", "none", how -> how.cooldown(0));
        policy(
                "adjustments",
                "a hundred tasks at once",
                how -> how.stepAdjustments(StepAdjustment.builder()
                        .metricIntervalLowerBound(0.0)
                        .scalingAdjustment(100)
                        .build()));
    }

    private static void action(String field, String what, Consumer<PutScheduledActionRequest.Builder> change) {
        on(ScheduledAction.class, field, what, (clients, action) -> {
            var had = (ScheduledAction) action.actual();
            scaling(clients).putScheduledAction(request -> {
                request.serviceNamespace(ServiceNamespace.ECS)
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                        .resourceId(had.target().value())
                        .scheduledActionName(had.name())
                        .schedule(had.schedule())
                        .timezone("UTC")
                        .scalableTargetAction(
                                bounds -> bounds.minCapacity(had.minTasks()).maxCapacity(had.maxTasks()));
                change.accept(request);
            });
        });
    }

    private static void deletions() {
        deleted(ScheduledAction.class, (clients, action) -> scaling(clients)
                .deleteScheduledAction(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                        .resourceId(((ScheduledAction) action.actual()).target().value())
                        .scheduledActionName(((ScheduledAction) action.actual()).name())));
        deleted(EcsService.class, (clients, service) -> ecs(clients).deleteService(request -> request.cluster(
                        ((EcsService) service.actual()).cluster().value())
                .service(service.id())
                .force(true)));
        deleted(ScalableTarget.class, (clients, target) -> scaling(clients)
                .deregisterScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                        .resourceId(target.id())));
        deleted(ScalingPolicy.class, (clients, policy) -> scaling(clients)
                .deleteScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                        .resourceId(((ScalingPolicy) policy.actual()).target().value())
                        .policyName(((ScalingPolicy) policy.actual()).name())));
    }

    private static void bounds(
            Clients clients, Observed<?> target, Consumer<RegisterScalableTargetRequest.Builder> change) {
        scaling(clients).registerScalableTarget(request -> {
            request.serviceNamespace(ServiceNamespace.ECS)
                    .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                    .resourceId(target.id());
            change.accept(request);
        });
    }

    private static void policy(String field, String what, Consumer<StepScalingPolicyConfiguration.Builder> change) {
        on(ScalingPolicy.class, field, what, (clients, policy) -> {
            var want = (ScalingPolicy) policy.actual();
            var was = scaling(clients)
                    .describeScalingPolicies(request -> request.serviceNamespace(ServiceNamespace.ECS)
                            .resourceId(want.target().value())
                            .policyNames(want.name()))
                    .scalingPolicies()
                    .stream()
                    .filter(one -> one.policyName().equals(want.name()))
                    .findFirst()
                    .orElseThrow();
            var how = was.stepScalingPolicyConfiguration().toBuilder();
            change.accept(how);
            scaling(clients).putScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.ECS)
                    .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                    .resourceId(was.resourceId())
                    .policyName(was.policyName())
                    .policyType(was.policyType())
                    .stepScalingPolicyConfiguration(how.build()));
        });
    }

    private static EcsClient ecs(Clients clients) {
        return clients.of(EcsClient.class);
    }

    private static ApplicationAutoScalingClient scaling(Clients clients) {
        return clients.of(ApplicationAutoScalingClient.class);
    }
}
