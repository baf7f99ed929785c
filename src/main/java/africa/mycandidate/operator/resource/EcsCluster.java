package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;

/**
 * The ECS cluster; each stack has its own. An inactive one stays described for a while: a tombstone.
 * Outputs: {@code name}, {@code arn}.
 *
 * @param containerInsights {@code enabled}, {@code enhanced} or {@code disabled}
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 255)
public record EcsCluster(String containerInsights) implements Resource {}

final class EcsClusterHandler implements Handler<EcsCluster> {
    /** The most clusters that one DescribeClusters takes (ECS API reference). */
    private static final int CHUNK = 100;

    private final EcsClient ecs;
    private final EcsTags tags;

    EcsClusterHandler(Clients clients) {
        this.ecs = clients.of(EcsClient.class);
        this.tags = new EcsTags(ecs);
    }

    @Override
    public Class<EcsCluster> type() {
        return EcsCluster.class;
    }

    @Override
    public List<Observed<EcsCluster>> list(String place) {
        var arns = ecs.listClustersPaginator(request -> {}).clusterArns().stream()
                .filter(arn -> Identity.names(arn.substring(arn.lastIndexOf('/') + 1)))
                .toList();
        var found = new ArrayList<Observed<EcsCluster>>();
        for (var from = 0; from < arns.size(); from += CHUNK) {
            var chunk = arns.subList(from, Math.min(arns.size(), from + CHUNK));
            var described = ecs.describeClusters(
                    request -> request.clusters(chunk).include(ClusterField.TAGS, ClusterField.SETTINGS));
            for (var cluster : described.clusters()) found.add(observed(cluster));
        }
        return found;
    }

    private static Observed<EcsCluster> observed(Cluster cluster) {
        var insights = cluster.settings().stream()
                .filter(setting -> setting.name() == ClusterSettingName.CONTAINER_INSIGHTS)
                .map(setting -> setting.value())
                .findFirst();
        var phase =
                switch (cluster.status() == null ? "" : cluster.status()) {
                    case "ACTIVE" -> Phase.READY;
                    case "FAILED" -> Phase.FAILED;
                    case "DEPROVISIONING" -> Phase.DELETING;
                    case "INACTIVE" -> Phase.GONE;
                    default -> Phase.CREATING;
                };
        var name = cluster.clusterName();
        var outputs = phase.usable() ? Map.of("name", name, "arn", cluster.clusterArn()) : Map.<String, String>of();
        var message = phase == Phase.READY || cluster.status() == null ? "" : cluster.status();
        return Observed.of(
                        new EcsCluster(insights.orElse("disabled")),
                        cluster.clusterArn(),
                        name,
                        phase,
                        outputs,
                        EcsTags.map(cluster.tags()))
                .withMessage(message);
    }

    @Override
    public String create(EcsCluster want, Creation creation) {
        return ecs.createCluster(request -> {
                    request.clusterName(creation.name()).tags(EcsTags.of(creation.tags()));
                    if (want.containerInsights() != null) {
                        request.settings(setting -> setting.name(ClusterSettingName.CONTAINER_INSIGHTS)
                                .value(want.containerInsights()));
                    }
                })
                .cluster()
                .clusterArn();
    }

    @Override
    public void update(Observed<EcsCluster> have, EcsCluster goal, Set<String> fields) {
        ecs.updateCluster(request -> request.cluster(have.id())
                .settings(setting ->
                        setting.name(ClusterSettingName.CONTAINER_INSIGHTS).value(goal.containerInsights())));
    }

    @Override
    public void delete(Observed<EcsCluster> have, Deletion deletion) {
        ecs.deleteCluster(request -> request.cluster(have.id()));
    }

    @Override
    public void tag(Observed<EcsCluster> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.id(), set, remove);
    }
}
