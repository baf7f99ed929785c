package africa.mycandidate.operator.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.*;

/** ECS clusters. A deleted one stays described as INACTIVE for a while. */
final class Clusters {
    private static final ClusterSetting NO_INSIGHTS = ClusterSetting.builder()
            .name(ClusterSettingName.CONTAINER_INSIGHTS)
            .value("disabled")
            .build();

    private final SimAws aws;
    private final ServiceLinkedRole role;
    private final Table<Cluster> clusters;
    private final Map<String, EcsTags> tags = new HashMap<>();

    Clusters(SimAws aws, ServiceLinkedRole role) {
        this.aws = aws;
        this.role = role;
        this.clusters = new Table<>(aws.world);
    }

    /** @param reference a name, an ARN, or null for the default cluster */
    static String name(String reference) {
        return reference == null ? "default" : reference.substring(reference.lastIndexOf('/') + 1);
    }

    CreateClusterResponse create(CreateClusterRequest r) {
        var name = name(r.clusterName());
        if (!name.matches("[a-zA-Z0-9\\-_]{1,255}")) throw EcsRefusal.invalid("Invalid cluster name: " + name);
        if (!r.capacityProviders().isEmpty()) throw new UnsupportedOperationException("capacity providers");
        var settings = settings(r.settings(), List.of(NO_INSIGHTS));
        var before = clusters.truth(name).filter(Clusters::active);
        if (before.isPresent()) {
            // An equal create returns the existing cluster, whosever it is; any other one is refused (TF#38875,
            // docs/aws-notes.md).
            var same = before.get().settings().equals(settings)
                    && java.util.Objects.equals(before.get().configuration(), r.configuration());
            if (!same)
                throw EcsRefusal.invalid(
                        "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
            return CreateClusterResponse.builder()
                    .cluster(shown(before.get(), List.of("TAGS", "SETTINGS")))
                    .build();
        }
        role.use();
        var cluster = Cluster.builder()
                .clusterName(name)
                .clusterArn(aws.arn("ecs", "cluster/" + name))
                .status("ACTIVE")
                .settings(settings)
                .configuration(r.configuration())
                .build();
        var given = new EcsTags(r.tags());
        tags.put(name, given);
        clusters.put(name, cluster);
        return CreateClusterResponse.builder()
                .cluster(shown(cluster, List.of("TAGS", "SETTINGS")))
                .build();
    }

    private static List<ClusterSetting> settings(List<ClusterSetting> given, List<ClusterSetting> otherwise) {
        for (var setting : given) {
            if (setting.name() != ClusterSettingName.CONTAINER_INSIGHTS
                    || !List.of("enabled", "enhanced", "disabled").contains(setting.value()))
                throw EcsRefusal.invalid("Invalid cluster setting: " + setting.nameAsString() + "=" + setting.value());
        }
        return given.isEmpty() ? otherwise : given;
    }

    DescribeClustersResponse describe(DescribeClustersRequest r) {
        if (r.clusters().size() > 100) throw EcsRefusal.invalid("Clusters cannot contain more than 100 elements.");
        var names = r.clusters().isEmpty() ? List.of("default") : r.clusters();
        var found = new ArrayList<Cluster>();
        var failures = new ArrayList<Failure>();
        for (var reference : names) {
            clusters.seen(name(reference))
                    .ifPresentOrElse(
                            cluster -> found.add(shown(cluster, r.includeAsStrings())),
                            () -> failures.add(Failure.builder()
                                    .arn(aws.arn("ecs", "cluster/" + name(reference)))
                                    .reason("MISSING")
                                    .build()));
        }
        return DescribeClustersResponse.builder()
                .clusters(found)
                .failures(failures)
                .build();
    }

    private Cluster shown(Cluster cluster, List<String> include) {
        var name = cluster.clusterName();
        var tasks = aws.ecs.tasks.alive().stream()
                .filter(task -> task.cluster().equals(name))
                .toList();
        var running = (int) tasks.stream().filter(TaskRun::running).count();
        return cluster.toBuilder()
                .registeredContainerInstancesCount(0)
                .runningTasksCount(running)
                .pendingTasksCount(
                        (int) tasks.stream().filter(TaskRun::starting).count())
                .activeServicesCount((int) aws.ecs.services.in(name).stream()
                        .filter(ServiceRollout::active)
                        .count())
                .statistics(List.of())
                .capacityProviders(List.of())
                .defaultCapacityProviderStrategy(List.of())
                .tags(include.contains("TAGS") ? tags.get(name).tags() : List.of())
                .settings(include.contains("SETTINGS") ? cluster.settings() : List.of())
                .configuration(include.contains("CONFIGURATIONS") ? cluster.configuration() : null)
                .build();
    }

    ListClustersResponse list(ListClustersRequest r) {
        var arns = clusters.seen().stream()
                .filter(Clusters::active)
                .map(Cluster::clusterArn)
                .sorted()
                .toList();
        var page = Page.of(arns, r.nextToken(), r.maxResults() == null ? 100 : r.maxResults(), 100);
        return ListClustersResponse.builder()
                .clusterArns(page.items())
                .nextToken(page.marker())
                .build();
    }

    UpdateClusterResponse update(UpdateClusterRequest r) {
        var cluster = existing(name(r.cluster()));
        var changed = cluster.toBuilder()
                .settings(settings(r.settings(), cluster.settings()))
                .configuration(r.configuration() == null ? cluster.configuration() : r.configuration())
                .build();
        clusters.put(cluster.clusterName(), changed);
        return UpdateClusterResponse.builder()
                .cluster(shown(changed, List.of("TAGS", "SETTINGS")))
                .build();
    }

    DeleteClusterResponse delete(DeleteClusterRequest r) {
        var cluster = existing(name(r.cluster()));
        if (!aws.ecs.services.in(cluster.clusterName()).isEmpty())
            throw EcsRefusal.of(
                    ClusterContainsServicesException.builder(),
                    "ClusterContainsServicesException",
                    "The Cluster cannot be deleted while Services are active.");
        if (aws.ecs.tasks.alive().stream().anyMatch(task -> task.cluster().equals(cluster.clusterName())))
            throw EcsRefusal.of(
                    ClusterContainsTasksException.builder(),
                    "ClusterContainsTasksException",
                    "The Cluster cannot be deleted while Tasks are active.");
        var deleted = cluster.toBuilder().status("INACTIVE").build();
        clusters.put(cluster.clusterName(), deleted);
        return DeleteClusterResponse.builder()
                .cluster(shown(deleted, List.of()))
                .build();
    }

    /** The active cluster as AWS knows it. */
    private Cluster existing(String name) {
        return clusters.truth(name).filter(Clusters::active).orElseThrow(EcsRefusal::clusterNotFound);
    }

    /** A cluster as other calls see it: just after its creation they may not find it (TF retries ClusterNotFoundException). */
    String required(String reference) {
        var cluster = clusters.seen(name(reference)).orElseThrow(EcsRefusal::clusterNotFound);
        return cluster.clusterName();
    }

    /** A cluster in which something is to be started. */
    String usable(String reference) {
        existing(required(reference));
        return name(reference);
    }

    EcsTags tagged(String arn) {
        existing(name(arn));
        return tags.get(name(arn));
    }

    void existing(Map<String, Map<String, String>> all) {
        for (var cluster : clusters.truths())
            if (active(cluster))
                all.put(cluster.clusterArn(), tags.get(cluster.clusterName()).asMap());
    }

    private static boolean active(Cluster cluster) {
        return cluster.status().equals("ACTIVE");
    }
}
