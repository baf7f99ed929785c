package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

final class EcsServiceHandler implements Handler<EcsService> {
    /** The most services that one DescribeServices takes (ECS API reference). */
    private static final int CHUNK = 10;

    private final EcsClient ecs;
    private final EcsTags tags;

    EcsServiceHandler(Clients clients) {
        this.ecs = clients.of(EcsClient.class);
        this.tags = new EcsTags(ecs);
    }

    @Override
    public Class<EcsService> type() {
        return EcsService.class;
    }

    /**
     * Services of the cluster. A draining service vanishes from the list while its name is still taken, so the name that ours has, which is the cluster's, is
     * always asked for (ECS API reference, DeleteService).
     */
    @Override
    public List<Observed<EcsService>> list(String place) {
        try {
            var names = new TreeSet<String>();
            names.add(place);
            for (var arn : ecs.listServicesPaginator(
                            request -> request.cluster(place).maxResults(100))
                    .serviceArns()) {
                names.add(arn.substring(arn.lastIndexOf('/') + 1));
            }
            var all = List.copyOf(names);
            var found = new ArrayList<Observed<EcsService>>();
            for (var from = 0; from < all.size(); from += CHUNK) {
                for (var service : describe(place, all.subList(from, Math.min(all.size(), from + CHUNK))))
                    found.add(observed(place, service));
            }
            return found;
        } catch (ClusterNotFoundException e) {
            return List.of();
        }
    }

    private List<Service> describe(String cluster, List<String> names) {
        try {
            var answer = ecs.describeServices(
                    request -> request.cluster(cluster).services(names).include(ServiceField.TAGS));
            var unread = answer.failures().stream()
                    .filter(failure -> !"MISSING".equals(failure.reason()))
                    .findFirst();
            if (unread.isPresent())
                throw new IllegalStateException("ECS did not describe "
                        + unread.get().arn() + ": " + unread.get().reason());
            return answer.services();
        } catch (ServiceNotFoundException e) {
            // A purged service may be an error as well as a failure; of several it must not hide the others.
            if (names.size() == 1) return List.of();
            return names.stream()
                    .flatMap(name -> describe(cluster, List.of(name)).stream())
                    .toList();
        }
    }

    private static Observed<EcsService> observed(String place, Service service) {
        var state = new ServiceState(service);
        var phase = state.phase();
        var actual = actual(place, service);
        var uses =
                service.deployments().stream().flatMap(EcsServiceHandler::held).collect(Collectors.toSet());
        return Observed.of(
                        actual,
                        service.serviceArn(),
                        service.serviceName(),
                        phase,
                        outputs(place, state),
                        EcsTags.map(service.tags()))
                .withUses(phase == Phase.GONE ? Set.of() : uses)
                .withUnread(unread(actual))
                .withMessage(state.message());
    }

    /** What the tasks of a deployment hold until the last of them has stopped. */
    private static Stream<String> held(Deployment deployment) {
        var network = deployment.networkConfiguration() == null
                ? null
                : deployment.networkConfiguration().awsvpcConfiguration();
        return Stream.concat(
                Stream.of(deployment.taskDefinition()),
                network == null ? Stream.of() : network.securityGroups().stream());
    }

    private static Map<String, String> outputs(String place, ServiceState state) {
        var service = state.service();
        var outputs = new TreeMap<String, String>();
        if (!state.phase().usable()) return outputs;
        outputs.put("arn", service.serviceArn());
        outputs.put("name", service.serviceName());
        outputs.put("resourceId", "service/" + place + "/" + service.serviceName());
        outputs.put("running", String.valueOf(service.runningCount()));
        outputs.put("desired", String.valueOf(service.desiredCount()));
        state.rollout().ifPresent(rollout -> outputs.put("rollout", rollout));
        state.failed().ifPresent(failed -> {
            outputs.put("failedTaskDefinition", failed.taskDefinition());
            outputs.put("failedDeployment", failed.id());
        });
        state.underWay()
                .filter(rolling -> rolling.failedTasks() != null && rolling.failedTasks() > 0)
                .ifPresent(rolling -> {
                    outputs.put("rollingTaskDefinition", rolling.taskDefinition());
                    outputs.put("rollingDeployment", rolling.id());
                });
        return outputs;
    }

    private static EcsService actual(String place, Service service) {
        var network = service.networkConfiguration() == null
                        || service.networkConfiguration().awsvpcConfiguration() == null
                ? AwsVpcConfiguration.builder().build()
                : service.networkConfiguration().awsvpcConfiguration();
        var target = service.loadBalancers().isEmpty()
                ? null
                : service.loadBalancers().getFirst();
        var deployment = service.deploymentConfiguration() == null
                ? DeploymentConfiguration.builder().build()
                : service.deploymentConfiguration();
        var breaker = deployment.deploymentCircuitBreaker();
        var rebalancing = service.availabilityZoneRebalancing();
        return new EcsService(
                place,
                Ref.of(service.clusterArn().substring(service.clusterArn().lastIndexOf('/') + 1)),
                RefSets.ref(service.taskDefinition() + (new ServiceState(service).stuck() ? EcsService.STUCK : "")),
                new AtLeast(service.desiredCount()),
                RefSets.mixed(network.subnets().stream()),
                RefSets.of(network.securityGroups().stream()),
                network.assignPublicIp() == AssignPublicIp.ENABLED,
                RefSets.of(service.loadBalancers().stream().map(one -> one.targetGroupArn())),
                target == null ? null : target.containerPort(),
                service.healthCheckGracePeriodSeconds() == null
                        ? Integer.valueOf(0)
                        : service.healthCheckGracePeriodSeconds(),
                deployment.minimumHealthyPercent(),
                deployment.maximumPercent(),
                breaker == null
                        ? null
                        : Boolean.TRUE.equals(breaker.enable()) && Boolean.TRUE.equals(breaker.rollback()),
                rebalancing == null ? null : rebalancing == AvailabilityZoneRebalancing.ENABLED,
                service.propagateTags() == PropagateTags.SERVICE);
    }

    /** What every real answer holds and an emulator's may lack. */
    private static Set<String> unread(EcsService actual) {
        var unread = new HashSet<String>();
        if (actual.minimumHealthyPercent() == null) unread.add("minimumHealthyPercent");
        if (actual.maximumPercent() == null) unread.add("maximumPercent");
        if (actual.circuitBreakerWithRollback() == null) unread.add("circuitBreakerWithRollback");
        if (actual.zoneRebalancing() == null) unread.add("zoneRebalancing");
        return unread;
    }

    @Override
    public String create(EcsService want, Creation creation) {
        var request = CreateServiceRequest.builder()
                .cluster(want.cluster().value())
                .serviceName(creation.name())
                .clientToken(creation.shortToken())
                .taskDefinition(want.taskDefinition().value())
                .desiredCount(want.desiredCount().value())
                .launchType(LaunchType.FARGATE)
                .platformVersion("LATEST")
                .schedulingStrategy(SchedulingStrategy.REPLICA)
                .networkConfiguration(network(want))
                .healthCheckGracePeriodSeconds(want.healthCheckGraceSeconds())
                .deploymentConfiguration(deployment(want))
                .enableECSManagedTags(true)
                .tags(EcsTags.of(creation.tags()));
        if (want.targetGroups() != null) request.loadBalancers(targets(want));
        if (want.zoneRebalancing() != null) request.availabilityZoneRebalancing(rebalancing(want));
        if (Boolean.TRUE.equals(want.propagateServiceTags())) request.propagateTags(PropagateTags.SERVICE);
        return ecs.createService(request.build()).service().serviceArn();
    }

    /** Without a desired count: autoscaling owns it. */
    @Override
    public void update(Observed<EcsService> have, EcsService goal, Set<String> fields) {
        var request = UpdateServiceRequest.builder()
                .cluster(have.actual().cluster().value())
                .service(have.id());
        if (fields.contains("taskDefinition"))
            request.taskDefinition(goal.taskDefinition().value()).forceNewDeployment(again(have, goal));
        var whole = over(have.actual(), goal);
        if (any(fields, "subnets", "securityGroups", "assignPublicIp")) request.networkConfiguration(network(whole));
        if (any(fields, "targetGroups", "containerPort")) request.loadBalancers(targets(whole));
        if (any(fields, "minimumHealthyPercent", "maximumPercent", "circuitBreakerWithRollback"))
            request.deploymentConfiguration(deployment(whole));
        if (fields.contains("healthCheckGraceSeconds"))
            request.healthCheckGracePeriodSeconds(goal.healthCheckGraceSeconds());
        if (fields.contains("desiredCount"))
            request.desiredCount(goal.desiredCount().value());
        if (fields.contains("zoneRebalancing")) request.availabilityZoneRebalancing(rebalancing(goal));
        ecs.updateService(request.build());
    }

    /** Null where the new task definition starts a deployment by itself. */
    private static Boolean again(Observed<EcsService> have, EcsService goal) {
        var stuck = (goal.taskDefinition().value() + EcsService.STUCK)
                .equals(have.actual().taskDefinition().value());
        return stuck ? true : null;
    }

    private static boolean any(Set<String> fields, String... names) {
        return List.of(names).stream().anyMatch(fields::contains);
    }

    /** The goal, with what it does not manage as AWS has it: settings that are sent together replace each other together. */
    private static EcsService over(EcsService actual, EcsService goal) {
        var had = Fields.of(actual);
        return Fields.map(goal, (component, value) -> value == null ? had.get(component.getName()) : value);
    }

    private static NetworkConfiguration network(EcsService service) {
        var publicIp = Boolean.TRUE.equals(service.assignPublicIp()) ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED;
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(vpc -> vpc.subnets(RefSets.values(service.subnets()))
                        .securityGroups(RefSets.values(service.securityGroups()))
                        .assignPublicIp(publicIp))
                .build();
    }

    private static List<software.amazon.awssdk.services.ecs.model.LoadBalancer> targets(EcsService service) {
        return RefSets.values(service.targetGroups()).stream()
                .map(group -> software.amazon.awssdk.services.ecs.model.LoadBalancer.builder()
                        .targetGroupArn(group)
                        .containerName(TaskDefinition.CONTAINER)
                        .containerPort(service.containerPort())
                        .build())
                .toList();
    }

    private static DeploymentConfiguration deployment(EcsService service) {
        var configuration = DeploymentConfiguration.builder()
                .minimumHealthyPercent(service.minimumHealthyPercent())
                .maximumPercent(service.maximumPercent());
        var breaker = service.circuitBreakerWithRollback();
        if (breaker != null)
            configuration.deploymentCircuitBreaker(
                    circuit -> circuit.enable(breaker).rollback(breaker));
        return configuration.build();
    }

    private static AvailabilityZoneRebalancing rebalancing(EcsService service) {
        return service.zoneRebalancing() ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED;
    }

    @Override
    public void delete(Observed<EcsService> have, Deletion deletion) {
        ecs.deleteService(request -> request.cluster(have.actual().cluster().value())
                .service(have.id())
                .force(true));
    }

    @Override
    public void tag(Observed<EcsService> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.id(), set, remove);
    }
}
