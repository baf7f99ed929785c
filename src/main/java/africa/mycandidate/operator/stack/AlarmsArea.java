package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.AlarmMath;
import africa.mycandidate.operator.resource.AlarmMath.Metric;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.Subscription;
import africa.mycandidate.operator.resource.Topic;
import africa.mycandidate.operator.stack.Watched.Series;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What wakes a person, and whom. Each alarm says in a sentence what it means and where to look. Whether metrics that are missing count is decided for each: CloudWatch
 * publishes some only when there is something to tell, and the absence of others is the trouble itself.
 */
final class AlarmsArea {
    private static final String QUIET = "notBreaching";
    private static final String MISSING = "missing";
    private static final String ABOVE = "GreaterThanThreshold";
    private static final String BELOW = "LessThanThreshold";
    private static final int MINUTE = 60;
    private static final int DAY = 24 * 60 * MINUTE;
    private static final double GIB = 1L << 30;

    private final Spec spec;
    private final Adoption adoption;
    private final Parts parts;
    private final Watched watched;
    private final Set<Ref<? extends Resource>> told;

    private AlarmsArea(Spec spec, Adoption adoption, Parts parts, Set<Ref<? extends Resource>> told) {
        this.spec = spec;
        this.adoption = adoption;
        this.parts = parts;
        this.watched = new Watched(spec);
        this.told = told;
    }

    static void of(Spec spec, Facts facts, Adoption adoption, Parts parts) {
        var area = new AlarmsArea(spec, adoption, parts, Set.of(topic(spec, parts)));
        area.site();
        area.database();
        area.cache();
        area.network();
        area.certificate();
        DashboardArea.of(spec, facts, area.watched, parts);
    }

    /** The user's own topic, or one of the stack with the address as its subscriber. */
    private static Ref<Topic> topic(Spec spec, Parts parts) {
        var asked = spec.alarms();
        if (asked.topicArn() != null) return Ref.of(asked.topicArn());
        // SNS shows at most 100 characters of it as the sender (SNS API reference, CreateTopic).
        var sender = "MyCandidate " + spec.domain().name();
        var topic = parts.add("alarms", new Topic(sender.substring(0, Math.min(100, sender.length())), ""));
        parts.add(Subscription.ROLE, new Subscription(topic.arn(), asked.email()));
        return topic.arn();
    }

    private void site() {
        // Elastic Load Balancing counts healthy targets while any is registered: no number is as bad as none.
        add(
                "targets-none",
                watched.healthy().statistic("Minimum"),
                new Limit(BELOW, 1, 3, 3, "breaching"),
                "no task answers: the site is down. Look at status.summary and status.rollout of the object, then at the"
                        + " events of the ECS service and its log group");
        // One that is replaced is unhealthy for a moment.
        add(
                "targets-unhealthy",
                watched.unhealthy().statistic("Maximum"),
                new Limit(ABOVE, 0, 10, 15, QUIET),
                "tasks run and fail their health check, so fewer serve than should. Look at the target group's health"
                        + " reasons and the log group");
        // Counts of errors are published only when there are some, and one error of two requests at night wakes nobody.
        add(
                "errors",
                "IF(requests >= 20, 100 * (FILL(failed, 0) + FILL(unanswered, 0)) / requests, 0)",
                Map.of(
                        "requests", watched.requests().metric("Sum", MINUTE),
                        "failed", watched.failed().metric("Sum", MINUTE),
                        "unanswered", watched.unanswered().metric("Sum", MINUTE)),
                new Limit(ABOVE, 5, 3, 5, QUIET),
                "more than 5% of the requests fail with a 5xx. Look at the log group for exceptions, and at the database"
                        + " and the cache on the dashboard");
        // No visitors, no latency.
        add(
                "latency",
                watched.latency().statistic("p95"),
                new Limit(ABOVE, 2, 5, 5, QUIET),
                "one page in twenty takes more than 2 seconds. Look at the CPU of tasks and database on the dashboard;"
                        + " raise scaling.minTasks or the database class");
        // At least as many run as are wanted, but while tasks are added or die; and a stack without insights cannot be
        // judged.
        add(
                "tasks-failing",
                "desired - running",
                Map.of(
                        "desired", watched.desired().metric("Average", MINUTE),
                        "running", watched.running().metric("Average", MINUTE)),
                new Limit(ABOVE, 0, 8, 15, QUIET),
                "tasks stop and are started again, or do not start. Look at the stopped tasks of the ECS service: their"
                        + " exit codes and reasons");
    }

    /** A database that says nothing is away, which the targets tell: an alarm on its load would be a second one. */
    private void database() {
        add(
                "database-cpu",
                watched.databaseCpu().statistic("Average"),
                new Limit(ABOVE, 90, 10, 10, MISSING),
                "the database's CPU is above 90% for 10 minutes. Look at Performance Insights for the queries; a larger"
                        + " database.instanceClass costs about a minute without it");
        // RDS grows it at a tenth; at half of that it could not, or had no time to.
        var storage = adoption.names(DataArea.DATABASE) ? 0 : spec.database().storageGiB();
        add(
                "database-storage",
                watched.databaseStorage().statistic("Minimum"),
                new Limit(BELOW, Math.max(1, storage / 20.0) * GIB, 5, 5, MISSING),
                "the database runs out of storage, and stops when it has none. Raise database.storageGiB, or"
                        + " database.maxStorageGiB so that RDS grows it");
        add(
                "database-connections",
                watched.databaseConnections().statistic("Maximum"),
                new Limit(ABOVE, connections(), 5, 5, MISSING),
                "the database has more connections than the tasks should open, and refuses the next ones soon. Look for"
                        + " leaks and for who else is logged in (pg_stat_activity)");
    }

    /** The application may open three quarters of what the class takes; where nobody knows that, as many as its tasks open at most. */
    private double connections() {
        var written = adoption.names(DataArea.DATABASE)
                ? adoption.written().database() == null
                        ? null
                        : adoption.written().database().instanceClass()
                : spec.database().instanceClass();
        var limit = DatabaseClass.connections(written);
        return limit.isPresent()
                ? Math.floor(limit.getAsInt() * 0.8)
                : spec.scaling().maxTasks() * spec.container().databaseConnections();
    }

    private void cache() {
        // As with the database.
        add(
                "cache-memory",
                "MAX(METRICS())",
                nodes(watched.cacheMemory(), "Maximum"),
                new Limit(ABOVE, 85, 10, 10, MISSING),
                "the cache's memory is nearly full: it begins to throw out sessions. Raise cache.nodeType");
        // Now and then one is no harm; a node that is away evicts nothing.
        add(
                "cache-evictions",
                "MAX(METRICS())",
                nodes(watched.cacheEvictions(), "Sum"),
                new Limit(ABOVE, 0, 10, 15, QUIET),
                "the cache throws out what it should keep, for want of memory: visitors lose their sessions. Raise"
                        + " cache.nodeType");
        // Only a replica lags, and it does so while it is made.
        if (spec.cache().replicas() > 0)
            add(
                    "cache-lag",
                    "MAX(METRICS())",
                    nodes(watched.cacheLag(), "Maximum"),
                    new Limit(ABOVE, 10, 5, 5, QUIET),
                    "a replica of the cache is more than 10 seconds behind: a failover now would lose sessions. Look at"
                            + " the cache's network and CPU on the dashboard");
    }

    private Map<String, Metric> nodes(Series series, String statistic) {
        var metrics = new TreeMap<String, Metric>();
        for (var node = 0; node <= spec.cache().replicas(); node++)
            metrics.put(
                    "node" + node,
                    series.of("CacheClusterId", watched.node(node)).metric(statistic, MINUTE));
        return metrics;
    }

    private void network() {
        for (var key : Set.copyOf(parts.resources().keySet())) {
            if (key.type() != NatGateway.class) continue;
            // A gateway without traffic may say nothing.
            add(
                    "nat-" + key.role(),
                    watched.ports(key.role()).statistic("Sum"),
                    new Limit(ABOVE, 0, 3, 5, QUIET),
                    "the NAT gateway has no port left for new connections: tasks reach the internet only at times. Look"
                            + " for a task that opens many connections; network.natGateways: PerZone gives each zone one");
        }
    }

    /** ACM renews its own 60 days ahead. It has no metric for certificates of IAM. */
    private void certificate() {
        var given = spec.domain().certificateArn();
        if (given != null && !given.contains(":acm:")) return;
        // It is published twice a day, and no more once it has expired: the state stays as it was.
        add(
                "certificate",
                watched.certificate().every(DAY).statistic("Minimum"),
                new Limit(BELOW, 30, 1, 1, "ignore"),
                "the certificate expires within 30 days and was not renewed. Look in ACM for what is missing: its DNS"
                        + " record, or, where you imported it, a newer import");
    }

    /**
     * When it is too much.
     *
     * @param of how many periods are looked at, of which {@code points} must be beyond the threshold
     * @param missing what a period without data counts as
     */
    private record Limit(String comparison, double threshold, int points, int of, String missing) {}

    private void add(String role, Series series, Limit limit, String meaning) {
        parts.add(
                role,
                new Alarm(
                        text(meaning),
                        series.namespace(),
                        series.name(),
                        series.dimensions(),
                        series.statistic(),
                        series.period(),
                        limit.of(),
                        limit.comparison(),
                        limit.threshold(),
                        limit.missing(),
                        told,
                        told,
                        limit.points(),
                        null));
    }

    private void add(String role, String expression, Map<String, Metric> metrics, Limit limit, String meaning) {
        parts.add(
                role,
                new Alarm(
                        text(meaning),
                        null,
                        null,
                        null,
                        null,
                        null,
                        limit.of(),
                        limit.comparison(),
                        limit.threshold(),
                        limit.missing(),
                        told,
                        told,
                        limit.points(),
                        new AlarmMath(expression, metrics)));
    }

    private String text(String meaning) {
        return spec.domain().name() + ": " + meaning + ".";
    }
}
