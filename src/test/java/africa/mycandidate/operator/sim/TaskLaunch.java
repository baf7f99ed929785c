package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.*;

/**
 * What a task is started with.
 *
 * @param group {@code service:<name>} or {@code family:<name>}
 * @param overrides null for none
 */
record TaskLaunch(
        String cluster,
        TaskDefinition definition,
        AwsVpcConfiguration network,
        String subnet,
        List<LoadBalancer> loadBalancers,
        String group,
        String startedBy,
        TaskOverride overrides,
        EcsTags tags) {

    /** The container that the load balancer knows, else the first essential one. */
    ContainerDefinition main() {
        var name = loadBalancers.isEmpty() ? null : loadBalancers.getFirst().containerName();
        return definition.containerDefinitions().stream()
                .filter(container ->
                        name == null ? container.essential() : container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the caller of RunTask changed in the main container. */
    Optional<ContainerOverride> override() {
        if (overrides == null) return Optional.empty();
        return overrides.containerOverrides().stream()
                .filter(one -> main().name().equals(one.name()))
                .findFirst();
    }
}
