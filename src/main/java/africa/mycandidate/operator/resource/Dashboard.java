package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DashboardNotFoundErrorException;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;

/**
 * A CloudWatch dashboard. Each put overwrites all of it. PutDashboard takes no tags in this SDK, so they stand in its body, in a text widget at the top, which
 * also tells people who made it (docs/adr/0023). Outputs: {@code name}.
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 255, optional = true)
public record Dashboard(List<Widget> widgets) implements Resource {

    /**
     * One graph.
     *
     * @param rest all else that stands in it, as JSON with its keys in order
     */
    public record Widget(
            String title, Integer x, Integer y, Integer width, Integer height, List<Line> lines, String rest) {
        /** A plan would be long with all of it. */
        @Override
        public String toString() {
            return title + " #"
                    + Canonical.hash(Arrays.asList(lines, x, y, width, height, rest))
                            .substring(0, 6);
        }
    }

    /**
     * One metric of a graph.
     *
     * @param rest how it is drawn, as JSON with its keys in order; empty where nothing is said
     */
    public record Line(String namespace, String metric, Map<String, Ref<? extends Resource>> dimensions, String rest) {}
}

final class DashboardHandler implements Handler<Dashboard> {
    private final CloudWatchClient cloudWatch;

    DashboardHandler(Clients clients) {
        this.cloudWatch = clients.of(CloudWatchClient.class);
    }

    @Override
    public Class<Dashboard> type() {
        return Dashboard.class;
    }

    /** "All dashboards in your account are global, not region-specific" (CloudWatch API reference, PutDashboard): those of other regions are listed too. */
    @Override
    public List<Observed<Dashboard>> list(String place) {
        var region = cloudWatch.serviceClientConfiguration().region().id();
        var found = new ArrayList<Observed<Dashboard>>();
        for (var entry : cloudWatch
                .listDashboardsPaginator(request -> request.dashboardNamePrefix(Identity.PREFIX))
                .dashboardEntries()) {
            try {
                var name = entry.dashboardName();
                var body = DashboardBody.read(cloudWatch
                        .getDashboard(request -> request.dashboardName(name))
                        .dashboardBody());
                if (body.region().isEmpty() || body.region().equals(region)) found.add(observed(name, body));
            } catch (DashboardNotFoundErrorException | ResourceNotFoundException e) {
                // Deleted since it was listed.
            }
        }
        return found;
    }

    private static Observed<Dashboard> observed(String name, DashboardBody body) {
        return Observed.of(new Dashboard(body.widgets()), name, name, Phase.READY, Map.of("name", name), body.tags());
    }

    @Override
    public String create(Dashboard want, Creation creation) {
        put(creation.name(), want, creation.tags());
        return creation.name();
    }

    @Override
    public void update(Observed<Dashboard> have, Dashboard goal, Set<String> fields) {
        put(have.id(), goal, have.tags());
    }

    @Override
    public void delete(Observed<Dashboard> have, Deletion deletion) {
        cloudWatch.deleteDashboards(request -> request.dashboardNames(have.id()));
    }

    /** What it shows now stays, whatever was listed before: an update may come first in the same step. */
    @Override
    public void tag(Observed<Dashboard> have, Map<String, String> set, Set<String> remove) {
        var now = DashboardBody.read(cloudWatch
                .getDashboard(request -> request.dashboardName(have.id()))
                .dashboardBody());
        var tags = new TreeMap<>(now.tags());
        tags.putAll(set);
        tags.keySet().removeAll(remove);
        put(have.id(), new Dashboard(now.widgets()), tags);
    }

    private void put(String name, Dashboard dashboard, Map<String, String> tags) {
        var region = cloudWatch.serviceClientConfiguration().region().id();
        var body = new DashboardBody(dashboard.widgets(), region, tags).json();
        cloudWatch.putDashboard(request -> request.dashboardName(name).dashboardBody(body));
    }
}
