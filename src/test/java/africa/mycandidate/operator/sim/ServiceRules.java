package africa.mycandidate.operator.sim;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.*;

/** What CreateService, UpdateService and RunTask refuse, and what they fill in. */
final class ServiceRules {
    private final SimAws aws;

    ServiceRules(SimAws aws) {
        this.aws = aws;
    }

    AwsVpcConfiguration network(TaskDefinition definition, NetworkConfiguration given) {
        if (!definition.requiresCompatibilities().contains(Compatibility.FARGATE))
            throw EcsRefusal.invalid("Task definition does not support launch_type FARGATE.");
        if (given == null || given.awsvpcConfiguration() == null)
            throw EcsRefusal.invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        var network = given.awsvpcConfiguration();
        if (network.subnets().isEmpty()) throw EcsRefusal.invalid("subnets can not be empty.");
        if (network.subnets().size() > 16) throw EcsRefusal.invalid("At most 16 subnets are allowed.");
        if (network.securityGroups().size() > 5) throw EcsRefusal.invalid("At most 5 security groups are allowed.");
        for (var subnet : network.subnets())
            if (aws.ec2.subnet(subnet).isEmpty())
                throw EcsRefusal.invalid("Error retrieving subnet information for [" + subnet + "]: The subnet ID '"
                        + subnet + "' does not exist (ErrorCode: InvalidSubnetID.NotFound)");
        for (var group : network.securityGroups())
            if (!aws.ec2.securityGroup(group))
                throw EcsRefusal.invalid("Error retrieving security group information for [" + group
                        + "]: The security group '" + group + "' does not exist (ErrorCode: InvalidGroup.NotFound)");
        var vpc = aws.ec2.subnet(network.subnets().getFirst()).orElseThrow().vpc();
        if (network.subnets().stream()
                        .anyMatch(subnet ->
                                !aws.ec2.subnet(subnet).orElseThrow().vpc().equals(vpc))
                || network.securityGroups().stream()
                        .anyMatch(group -> !aws.ec2.vpcOf(group).orElseThrow().equals(vpc)))
            throw EcsRefusal.invalid("Subnets and security groups must belong to the same VPC.");
        return network.toBuilder()
                .assignPublicIp(network.assignPublicIp() == null ? AssignPublicIp.DISABLED : network.assignPublicIp())
                .build();
    }

    void loadBalancers(TaskDefinition definition, List<LoadBalancer> given, Integer graceSeconds) {
        if (graceSeconds != null && graceSeconds > 0 && given.isEmpty())
            throw EcsRefusal.invalid(
                    "Health check grace period is only valid for services configured to use load balancers");
        containers(definition, given);
        for (var balancer : given) {
            if (balancer.targetGroupArn() == null) throw new UnsupportedOperationException("classic load balancers");
            if (!aws.elb.exists(balancer.targetGroupArn()))
                throw EcsRefusal.invalid("The target group " + balancer.targetGroupArn() + " does not exist.");
            // The listener comes first (docs/aws-notes.md; TF retries).
            if (!aws.elb.attached(balancer.targetGroupArn()))
                throw EcsRefusal.invalid("The target group with targetGroupArn " + balancer.targetGroupArn()
                        + " does not have an associated load balancer.");
        }
    }

    /** Name and port of a load balancer's container must stay in every new task definition (user guide, update-service). */
    void containers(TaskDefinition definition, List<LoadBalancer> balancers) {
        for (var balancer : balancers) {
            var container = definition.containerDefinitions().stream()
                    .filter(one -> one.name().equals(balancer.containerName()))
                    .findFirst()
                    .orElseThrow(() -> EcsRefusal.invalid(
                            "The container " + balancer.containerName() + " does not exist in the task definition."));
            if (container.portMappings().stream()
                    .noneMatch(port -> port.containerPort().equals(balancer.containerPort())))
                throw EcsRefusal.invalid("The container " + balancer.containerName() + " did not have a container port "
                        + balancer.containerPort() + " defined.");
        }
    }

    /** The given configuration over the earlier one; AWS's defaults are 200 and 100 percent (CFN). */
    static DeploymentConfiguration deployment(DeploymentConfiguration given, DeploymentConfiguration before) {
        var base = before != null
                ? before
                : DeploymentConfiguration.builder()
                        .deploymentCircuitBreaker(
                                breaker -> breaker.enable(false).rollback(false))
                        .maximumPercent(200)
                        .minimumHealthyPercent(100)
                        .strategy(DeploymentStrategy.ROLLING)
                        .bakeTimeInMinutes(0)
                        .build();
        if (given == null) return base;
        if (given.strategy() != null && given.strategy() != DeploymentStrategy.ROLLING)
            throw new UnsupportedOperationException("deployment strategy " + given.strategyAsString());
        var merged = base.toBuilder()
                .deploymentCircuitBreaker(
                        given.deploymentCircuitBreaker() == null
                                ? base.deploymentCircuitBreaker()
                                : given.deploymentCircuitBreaker())
                .maximumPercent(given.maximumPercent() == null ? base.maximumPercent() : given.maximumPercent())
                .minimumHealthyPercent(
                        given.minimumHealthyPercent() == null
                                ? base.minimumHealthyPercent()
                                : given.minimumHealthyPercent())
                .build();
        if (merged.maximumPercent() == 100 && merged.minimumHealthyPercent() == 100)
            throw EcsRefusal.invalid(
                    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
        if (merged.maximumPercent() < 100
                || merged.maximumPercent() > 200
                || merged.minimumHealthyPercent() < 0
                || merged.minimumHealthyPercent() > 100)
            throw EcsRefusal.invalid(
                    "maximumPercent must be between 100 and 200, minimumHealthyPercent between 0 and 100.");
        return merged;
    }

    static void rebalancing(AvailabilityZoneRebalancing wanted, DeploymentConfiguration deployment) {
        if (wanted == AvailabilityZoneRebalancing.ENABLED && deployment.maximumPercent() <= 100)
            throw EcsRefusal.invalid("Availability Zone rebalancing does not support maximumPercent <= 100.");
    }

    static int count(Integer desired) {
        if (desired == null)
            throw EcsRefusal.invalid("desiredCount must be specified for scheduling strategy REPLICA.");
        if (desired < 0) throw EcsRefusal.invalid("desiredCount cannot be negative.");
        return desired;
    }
}
