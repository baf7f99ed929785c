package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.resource.Dashboard;
import africa.mycandidate.operator.resource.Dashboard.Line;
import africa.mycandidate.operator.resource.Dashboard.Widget;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.stack.Watched.Series;
import java.util.ArrayList;
import java.util.List;

/** One page on which somebody who was woken sees the whole site: visitors first, then what serves them. */
final class DashboardArea {
    /** A dashboard is 24 wide (CloudWatch API reference, "Dashboard body structure and syntax"). */
    private static final int WIDTH = 8;

    private static final int HEIGHT = 6;
    private static final int IN_A_ROW = 3;
    /** What says whose it is stands above. */
    private static final int TOP = 3;

    private final List<Widget> widgets = new ArrayList<>();
    private final String region;

    private DashboardArea(String region) {
        this.region = region;
    }

    static void of(Spec spec, Facts facts, Watched watched, Parts parts) {
        var area = new DashboardArea(facts.region());
        area.graph(
                "Requests and errors",
                watched.requests().statistic("Sum").line("requests"),
                watched.failed().statistic("Sum").line("5xx of tasks"),
                watched.unanswered().statistic("Sum").line("5xx of the load balancer"));
        area.graph(
                "Seconds until a page comes",
                watched.latency().statistic("p50").line("half of them"),
                watched.latency().statistic("p95").line("19 of 20"));
        area.graph(
                "Targets",
                watched.healthy().statistic("Minimum").line("healthy"),
                watched.unhealthy().statistic("Maximum").line("unhealthy"));
        area.graph(
                "Tasks",
                watched.desired().statistic("Average").line("wanted"),
                watched.running().statistic("Average").line("running"));
        area.graph(
                "Tasks: CPU and memory, %",
                watched.taskCpu().statistic("Average").line("CPU"),
                watched.taskMemory().statistic("Average").line("memory"));
        area.graph(
                "Database: CPU, %", watched.databaseCpu().statistic("Average").line("CPU"));
        area.graph(
                "Database: connections",
                watched.databaseConnections().statistic("Maximum").line("connections"));
        area.graph(
                "Database: free storage, bytes",
                watched.databaseStorage().statistic("Minimum").line("free"));
        area.nodes("Cache: memory, %", watched.cacheMemory().statistic("Maximum"), spec, watched);
        area.nodes("Cache: CPU, %", watched.cacheCpu().statistic("Average"), spec, watched);
        area.nodes("Cache: evictions", watched.cacheEvictions().statistic("Sum"), spec, watched);
        var gateways = parts.resources().keySet().stream()
                .filter(key -> key.type() == NatGateway.class)
                .map(key -> watched.ports(key.role()).statistic("Sum").line("gateway " + key.role()))
                .toArray(Line[]::new);
        if (gateways.length > 0) area.graph("NAT: connections without a port", gateways);
        parts.add("site", new Dashboard(List.copyOf(area.widgets)));
    }

    private void nodes(String title, Series series, Spec spec, Watched watched) {
        var lines = new ArrayList<Line>();
        for (var node = 0; node <= spec.cache().replicas(); node++)
            lines.add(series.of("CacheClusterId", watched.node(node)).line("node " + node));
        graph(title, lines.toArray(Line[]::new));
    }

    private void graph(String title, Line... lines) {
        var at = widgets.size();
        widgets.add(new Widget(
                title,
                at % IN_A_ROW * WIDTH,
                TOP + at / IN_A_ROW * HEIGHT,
                WIDTH,
                HEIGHT,
                List.of(lines),
                "{\"properties\":{\"period\":60,\"region\":\"" + region
                        + "\",\"view\":\"timeSeries\"},\"type\":\"metric\"}"));
    }
}
