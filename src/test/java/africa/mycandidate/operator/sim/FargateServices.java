package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.*;

/** The calls on services. A deleted service drains, then stays described as INACTIVE until it is purged. */
final class FargateServices {
    private final SimAws aws;
    private final ServiceLinkedRole role;
    private final ServiceRules rules;
    private final Table<Service> shown;
    private final Map<String, ServiceRollout> services = new LinkedHashMap<>();
    private final Map<String, CreateServiceRequest> requests = new LinkedHashMap<>();

    FargateServices(SimAws aws, ServiceLinkedRole role) {
        this.aws = aws;
        this.role = role;
        this.rules = new ServiceRules(aws);
        this.shown = new Table<>(aws.world);
    }

    CreateServiceResponse create(CreateServiceRequest r) {
        var cluster = aws.ecs.clusters.usable(r.cluster());
        var key = cluster + "/" + r.serviceName();
        validate(r);
        var before = services.get(key);
        if (before != null && before.active()) {
            // The same token with the same input succeeds and does nothing (DOC:ECS_Idempotency).
            if (r.clientToken() != null && r.equals(requests.get(key)))
                return CreateServiceResponse.builder().service(before.service()).build();
            throw EcsRefusal.invalid("Creation of service was not idempotent.");
        }
        if (before != null && !before.gone())
            throw EcsRefusal.invalid("Unable to Start a service that is still Draining.");
        role.use();
        var definition = aws.ecs.definitions.usable(r.taskDefinition());
        var network = rules.network(definition, r.networkConfiguration());
        rules.loadBalancers(definition, r.loadBalancers(), r.healthCheckGracePeriodSeconds());
        var service = service(r, cluster, definition, network);
        var rollout = new ServiceRollout(aws, cluster, service, new EcsTags(r.tags()), state -> publish(key, state));
        services.put(key, rollout);
        requests.put(key, r);
        rollout.deploy();
        return CreateServiceResponse.builder()
                .service(withTags(rollout.service(), rollout))
                .build();
    }

    private void validate(CreateServiceRequest r) {
        if (r.serviceName() == null || !r.serviceName().matches("[a-zA-Z0-9\\-_]{1,255}"))
            throw EcsRefusal.invalid("Invalid service name.");
        if (r.clientToken() != null && r.clientToken().length() > 36)
            throw EcsRefusal.invalid("clientToken must be at most 36 characters long.");
        if (r.launchType() != LaunchType.FARGATE)
            throw new UnsupportedOperationException("CreateService with launch type " + r.launchTypeAsString());
        if (!r.capacityProviderStrategy().isEmpty())
            throw EcsRefusal.invalid(
                    "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.");
        if (r.schedulingStrategy() == SchedulingStrategy.DAEMON)
            throw EcsRefusal.invalid("The daemon scheduling strategy is not supported with FARGATE.");
        ServiceRules.count(r.desiredCount());
    }

    private Service service(
            CreateServiceRequest r, String cluster, TaskDefinition definition, AwsVpcConfiguration network) {
        var deployment = ServiceRules.deployment(r.deploymentConfiguration(), null);
        // A create without a value is balanced over the zones where the maximum allows it (API reference,
        // CreateService).
        var usual = deployment.maximumPercent() > 100
                ? AvailabilityZoneRebalancing.ENABLED
                : AvailabilityZoneRebalancing.DISABLED;
        var rebalancing = r.availabilityZoneRebalancing() == null ? usual : r.availabilityZoneRebalancing();
        ServiceRules.rebalancing(rebalancing, deployment);
        return Service.builder()
                .serviceName(r.serviceName())
                .serviceArn(aws.arn("ecs", "service/" + cluster + "/" + r.serviceName()))
                .clusterArn(aws.arn("ecs", "cluster/" + cluster))
                .status("ACTIVE")
                .desiredCount(r.desiredCount())
                .launchType(LaunchType.FARGATE)
                .platformVersion(r.platformVersion() == null ? "LATEST" : r.platformVersion())
                .platformFamily("Linux")
                .taskDefinition(definition.taskDefinitionArn())
                .deploymentConfiguration(deployment)
                .loadBalancers(r.loadBalancers())
                .serviceRegistries(List.of())
                .networkConfiguration(configuration -> configuration.awsvpcConfiguration(network))
                .healthCheckGracePeriodSeconds(
                        r.healthCheckGracePeriodSeconds() == null ? 0 : r.healthCheckGracePeriodSeconds())
                .schedulingStrategy(SchedulingStrategy.REPLICA)
                .deploymentController(controller -> controller.type(DeploymentControllerType.ECS))
                .roleArn(
                        "arn:aws:iam::" + aws.account + ":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
                .createdAt(aws.world.now())
                .createdBy("arn:aws:iam::" + aws.account + ":root")
                .enableECSManagedTags(Boolean.TRUE.equals(r.enableECSManagedTags()))
                .enableExecuteCommand(Boolean.TRUE.equals(r.enableExecuteCommand()))
                .propagateTags(r.propagateTags() == null ? PropagateTags.NONE : r.propagateTags())
                .placementConstraints(List.of())
                .placementStrategy(List.of())
                .availabilityZoneRebalancing(rebalancing)
                .build();
    }

    private void publish(String key, Service state) {
        shown.put(key, state);
        if (!state.status().equals("INACTIVE")) return;
        var dead = services.get(key);
        aws.world.after(aws.world.draw(Duration.ofHours(1)), () -> {
            if (services.get(key) != dead) return;
            services.remove(key);
            requests.remove(key);
            shown.remove(key);
        });
    }

    DescribeServicesResponse describe(DescribeServicesRequest r) {
        var cluster = aws.ecs.clusters.required(r.cluster());
        if (r.services().isEmpty()) throw EcsRefusal.invalid("Services cannot be empty.");
        if (r.services().size() > 10) throw EcsRefusal.invalid("Services cannot contain more than 10 elements.");
        var found = new ArrayList<Service>();
        var failures = new ArrayList<Failure>();
        for (var reference : r.services()) {
            var key = cluster + "/" + Clusters.name(reference);
            var service = shown.seen(key);
            if (service.isEmpty())
                failures.add(Failure.builder()
                        .arn(aws.arn("ecs", "service/" + key))
                        .reason("MISSING")
                        .build());
            else if (r.include().contains(ServiceField.TAGS)) found.add(withTags(service.get(), services.get(key)));
            else found.add(service.get());
        }
        return DescribeServicesResponse.builder()
                .services(found)
                .failures(failures)
                .build();
    }

    private static Service withTags(Service service, ServiceRollout rollout) {
        return rollout == null
                ? service
                : service.toBuilder().tags(rollout.tags().tags()).build();
    }

    /** DRAINING and INACTIVE services are not listed (BC DeleteService). */
    ListServicesResponse list(ListServicesRequest r) {
        var cluster = aws.ecs.clusters.required(r.cluster());
        var size = r.maxResults() == null ? 10 : r.maxResults();
        if (size < 1 || size > 100) throw EcsRefusal.invalid("maxResults must be between 1 and 100.");
        var arns = shown.seen().stream()
                .filter(service -> service.status().equals("ACTIVE")
                        && Clusters.name(service.clusterArn()).equals(cluster))
                .map(Service::serviceArn)
                .sorted()
                .toList();
        var page = Page.of(arns, r.nextToken(), size, 100);
        return ListServicesResponse.builder()
                .serviceArns(page.items())
                .nextToken(page.marker())
                .build();
    }

    UpdateServiceResponse update(UpdateServiceRequest r) {
        var rollout = existing(r.cluster(), r.service());
        if (!rollout.active()) throw EcsRefusal.serviceNotActive();
        var before = rollout.service();
        var definition = r.taskDefinition() == null
                ? aws.ecs.definitions.inUse(before.taskDefinition())
                : aws.ecs.definitions.usable(r.taskDefinition());
        var network = r.networkConfiguration() == null
                ? before.networkConfiguration().awsvpcConfiguration()
                : rules.network(definition, r.networkConfiguration());
        var balancers = r.hasLoadBalancers() ? r.loadBalancers() : before.loadBalancers();
        if (r.hasLoadBalancers()) rules.loadBalancers(definition, balancers, r.healthCheckGracePeriodSeconds());
        else rules.containers(definition, balancers);
        var deployment = ServiceRules.deployment(r.deploymentConfiguration(), before.deploymentConfiguration());
        var rebalancing = r.availabilityZoneRebalancing() == null
                ? before.availabilityZoneRebalancing()
                : r.availabilityZoneRebalancing();
        ServiceRules.rebalancing(rebalancing, deployment);
        var after = before.toBuilder()
                .taskDefinition(definition.taskDefinitionArn())
                .networkConfiguration(configuration -> configuration.awsvpcConfiguration(network))
                .loadBalancers(balancers)
                .deploymentConfiguration(deployment)
                .availabilityZoneRebalancing(rebalancing)
                .desiredCount(r.desiredCount() == null ? before.desiredCount() : ServiceRules.count(r.desiredCount()))
                .platformVersion(r.platformVersion() == null ? before.platformVersion() : r.platformVersion())
                .healthCheckGracePeriodSeconds(
                        r.healthCheckGracePeriodSeconds() == null
                                ? before.healthCheckGracePeriodSeconds()
                                : r.healthCheckGracePeriodSeconds())
                .enableExecuteCommand(
                        r.enableExecuteCommand() == null ? before.enableExecuteCommand() : r.enableExecuteCommand())
                .enableECSManagedTags(
                        r.enableECSManagedTags() == null ? before.enableECSManagedTags() : r.enableECSManagedTags())
                .propagateTags(r.propagateTags() == null ? before.propagateTags() : r.propagateTags())
                .build();
        rollout.set(after);
        if (Boolean.TRUE.equals(r.forceNewDeployment()) || deploys(before, after)) rollout.deploy();
        return UpdateServiceResponse.builder()
                .service(withTags(rollout.service(), rollout))
                .build();
    }

    /** Count and deployment configuration do not start a deployment (BC UpdateService). */
    private static boolean deploys(Service before, Service after) {
        return !before.taskDefinition().equals(after.taskDefinition())
                || !before.networkConfiguration().equals(after.networkConfiguration())
                || !before.loadBalancers().equals(after.loadBalancers())
                || !before.platformVersion().equals(after.platformVersion());
    }

    DeleteServiceResponse delete(DeleteServiceRequest r) {
        var rollout = existing(r.cluster(), r.service());
        if (!rollout.active()) throw EcsRefusal.serviceNotActive();
        if (!Boolean.TRUE.equals(r.force())) {
            if (rollout.desired() > 0)
                throw EcsRefusal.invalid("The service cannot be stopped while it is scaled above 0.");
            if (rollout.deploying())
                throw EcsRefusal.invalid("The service cannot be stopped while deployments are active.");
        }
        rollout.drain();
        aws.scaling.serviceDeleted(Clusters.name(r.cluster()), Clusters.name(r.service()));
        return DeleteServiceResponse.builder().service(rollout.service()).build();
    }

    private ServiceRollout existing(String cluster, String reference) {
        var rollout = services.get(aws.ecs.clusters.required(cluster) + "/" + Clusters.name(reference));
        if (rollout == null || rollout.gone()) throw EcsRefusal.serviceNotFound();
        return rollout;
    }

    /** ACTIVE and DRAINING services of a cluster. */
    List<ServiceRollout> in(String cluster) {
        return services.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(cluster + "/")
                        && !entry.getValue().gone())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Subnets of active services that lead nowhere. */
    int stranded() {
        return (int) services.values().stream()
                .filter(ServiceRollout::active)
                .map(rollout -> rollout.service().networkConfiguration().awsvpcConfiguration())
                .flatMap(network -> network.subnets().stream()
                        .filter(subnet -> !aws.ec2.outbound(subnet, network.securityGroups())))
                .count();
    }

    Optional<ServiceRollout> active(String cluster, String service) {
        return Optional.ofNullable(services.get(cluster + "/" + service)).filter(ServiceRollout::active);
    }

    boolean known(String cluster, String service) {
        return services.containsKey(cluster + "/" + service);
    }

    boolean shown(String cluster, String service) {
        return shown.seen(cluster + "/" + service)
                .filter(seen -> seen.status().equals("ACTIVE"))
                .isPresent();
    }

    boolean uses(String definition) {
        return services.values().stream().anyMatch(rollout -> rollout.uses(definition));
    }

    EcsTags tagged(String arn) {
        var rollout = services.get(arn.substring(arn.indexOf(":service/") + ":service/".length()));
        if (rollout == null) throw EcsRefusal.notFound("service");
        if (!rollout.active())
            throw EcsRefusal.invalid("The specified service is inactive. Specify an active service and try again.");
        return rollout.tags();
    }

    void existing(Map<String, Map<String, String>> all) {
        services.values().stream()
                .filter(rollout -> !rollout.gone())
                .forEach(rollout ->
                        all.put(rollout.service().serviceArn(), rollout.tags().asMap()));
    }
}
