package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchServiceClientConfiguration;
import software.amazon.awssdk.services.cloudwatch.model.*;

/** Metric alarms, and dashboards. Each put overwrites all of an alarm but its state; tags count at creation only (docs/aws-notes.md). */
final class SimCloudWatch implements CloudWatchClient {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimAws aws;
    private final Table<MetricAlarm> alarms;
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final Map<String, AlarmHistory> histories = new HashMap<>();
    private final SimDashboards dashboards;
    private boolean ticking;

    SimCloudWatch(SimAws aws) {
        this.aws = aws;
        this.alarms = new Table<>(aws.world);
        this.dashboards = new SimDashboards(aws);
    }

    @Override
    public String serviceName() {
        return "monitoring";
    }

    @Override
    public void close() {}

    @Override
    public CloudWatchServiceClientConfiguration serviceClientConfiguration() {
        return CloudWatchServiceClientConfiguration.builder()
                .region(Region.of(aws.region))
                .build();
    }

    @Override
    public PutDashboardResponse putDashboard(PutDashboardRequest r) {
        return aws.world.call(() -> dashboards.put(r));
    }

    @Override
    public GetDashboardResponse getDashboard(GetDashboardRequest r) {
        return aws.world.call(() -> dashboards.get(r));
    }

    @Override
    public ListDashboardsResponse listDashboards(ListDashboardsRequest r) {
        return aws.world.call(() -> dashboards.list(r));
    }

    @Override
    public DeleteDashboardsResponse deleteDashboards(DeleteDashboardsRequest r) {
        return aws.world.call(() -> dashboards.delete(r));
    }

    @Override
    public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest r) {
        return aws.world.call(() -> {
            validate(r);
            var now = aws.world.now();
            var before = alarms.truth(r.alarmName());
            var state = before.orElseGet(() -> MetricAlarm.builder()
                    .stateValue(StateValue.INSUFFICIENT_DATA)
                    .stateReason("Unchecked: Initial alarm creation")
                    .stateUpdatedTimestamp(now)
                    .stateTransitionedTimestamp(now)
                    .build());
            var arn = aws.arn("cloudwatch", "alarm:" + r.alarmName());
            alarms.put(
                    r.alarmName(),
                    alarm(r, arn, state).alarmConfigurationUpdatedTimestamp(now).build());
            histories.put(r.alarmName(), new AlarmHistory());
            if (before.isEmpty()) {
                var given = new TreeMap<String, String>();
                r.tags().forEach(tag -> given.put(tag.key(), tag.value()));
                tags.put(arn, given);
            }
            tick();
            return PutMetricAlarmResponse.builder().build();
        });
    }

    private static MetricAlarm.Builder alarm(PutMetricAlarmRequest r, String arn, MetricAlarm state) {
        return state.toBuilder()
                .alarmName(r.alarmName())
                .alarmArn(arn)
                .alarmDescription(r.alarmDescription())
                .actionsEnabled(r.actionsEnabled() == null || r.actionsEnabled())
                .okActions(r.okActions())
                .alarmActions(r.alarmActions())
                .insufficientDataActions(r.insufficientDataActions())
                .metricName(r.metricName())
                .namespace(r.namespace())
                .statistic(r.statistic())
                .extendedStatistic(r.extendedStatistic())
                // Dimensions are unordered: they come back in an order of CloudWatch's own.
                .dimensions(shuffled(r.dimensions()))
                .metrics(
                        r.hasMetrics()
                                ? r.metrics().stream()
                                        .map(SimCloudWatch::shuffled)
                                        .toList()
                                : null)
                .period(r.period())
                .unit(r.unit())
                .evaluationPeriods(r.evaluationPeriods())
                .datapointsToAlarm(r.datapointsToAlarm())
                .threshold(r.threshold())
                .comparisonOperator(r.comparisonOperator())
                .treatMissingData(r.treatMissingData() == null ? "missing" : r.treatMissingData());
    }

    private static List<Dimension> shuffled(List<Dimension> dimensions) {
        return dimensions.stream()
                .sorted(Comparator.comparing(Dimension::name).reversed())
                .toList();
    }

    private static MetricDataQuery shuffled(MetricDataQuery query) {
        if (query.metricStat() == null) return query;
        var stat = query.metricStat();
        var metric = stat.metric().toBuilder()
                .dimensions(shuffled(stat.metric().dimensions()))
                .build();
        return query.toBuilder()
                .metricStat(stat.toBuilder().metric(metric).build())
                .build();
    }

    /** API reference, PutMetricAlarm, Metrics. */
    private static void validateMath(PutMetricAlarmRequest r) {
        if (r.metricName() != null
                || r.namespace() != null
                || r.period() != null
                || r.statistic() != null
                || r.extendedStatistic() != null
                || !r.dimensions().isEmpty())
            throw invalid(
                    "Metrics list and MetricName, Namespace, Dimensions, Period, Statistic or ExtendedStatistic must not both be specified");
        for (var query : r.metrics()) {
            if (query.id() == null || !query.id().matches("[a-z][a-zA-Z0-9_]*"))
                throw invalid("Invalid metrics list: the id " + query.id());
            if ((query.expression() == null) == (query.metricStat() == null))
                throw invalid("Invalid metrics list: exactly one of Expression and MetricStat must be given");
            if (query.metricStat() != null && query.metricStat().period() % 60 != 0)
                throw invalid("Invalid metrics list: the period");
        }
        if (r.metrics().stream().map(MetricDataQuery::id).distinct().count()
                < r.metrics().size()) throw invalid("Invalid metrics list: an id that is not unique");
        if (r.metrics().stream()
                        .filter(query -> !Boolean.FALSE.equals(query.returnData()))
                        .count()
                != 1) throw invalid("Exactly one element of the metrics list should return data.");
    }

    private static void validate(PutMetricAlarmRequest r) {
        if (r.alarmName() == null || r.alarmName().isEmpty()) throw missing("AlarmName");
        if (r.alarmName().length() > 255) throw invalid("AlarmName must be between 1 and 255 characters long.");
        if (r.comparisonOperator() == null) throw missing("ComparisonOperator");
        if (r.evaluationPeriods() == null) throw missing("EvaluationPeriods");
        if (r.evaluationPeriods() < 1) throw invalid("EvaluationPeriods must be at least 1.");
        if (r.threshold() == null) throw missing("Threshold");
        if (r.hasMetrics()) validateMath(r);
        else validateMetric(r);
        if (r.datapointsToAlarm() != null && r.datapointsToAlarm() > r.evaluationPeriods())
            throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
        if (r.treatMissingData() != null
                && !List.of("breaching", "notBreaching", "ignore", "missing").contains(r.treatMissingData()))
            throw invalid("The value " + r.treatMissingData() + " is not supported for TreatMissingData parameter.");
        actions(r.alarmActions());
        actions(r.okActions());
        actions(r.insufficientDataActions());
    }

    private static void validateMetric(PutMetricAlarmRequest r) {
        if (r.metricName() == null) throw missing("MetricName");
        if (r.namespace() == null) throw missing("Namespace");
        if (r.period() == null) throw missing("Period");
        if (r.period() % 60 != 0 && r.period() != 10 && r.period() != 20 && r.period() != 30 || r.period() < 1)
            throw invalid("Period must be 10, 20, 30 or a multiple of 60");
        if ((r.statistic() == null) == (r.extendedStatistic() == null))
            throw error(
                    InvalidParameterCombinationException.builder(),
                    "InvalidParameterCombination",
                    400,
                    "Exactly one of Statistic and ExtendedStatistic must be given");
        if (r.extendedStatistic() != null && !r.extendedStatistic().matches("p(\\d{1,2}(\\.\\d{0,10})?|100)"))
            throw invalid("The value " + r.extendedStatistic() + " for parameter ExtendedStatistic is not supported.");
    }

    /** The syntax is checked; whether the policy exists is not, so an old ARN dangles (docs/aws-notes.md). */
    private static void actions(List<String> arns) {
        if (arns.size() > 5) throw invalid("At most 5 actions are allowed");
        for (var arn : arns) if (!arn.startsWith("arn:")) throw invalid("Invalid arn syntax: " + arn);
    }

    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest r) {
        return aws.world.call(() -> {
            var size = r.maxRecords() == null ? 50 : r.maxRecords();
            if (size < 1 || size > 100) throw invalid("MaxRecords must be between 1 and 100");
            if (r.alarmNames().size() > 100) throw invalid("At most 100 alarm names are allowed");
            if (r.hasAlarmNames() && r.alarmNamePrefix() != null)
                throw error(
                        InvalidParameterCombinationException.builder(),
                        "InvalidParameterCombination",
                        400,
                        "AlarmNames and AlarmNamePrefix are mutually exclusive");
            var found = alarms.seen().stream()
                    .filter(alarm -> !r.hasAlarmNames() || r.alarmNames().contains(alarm.alarmName()))
                    .filter(alarm ->
                            r.alarmNamePrefix() == null || alarm.alarmName().startsWith(r.alarmNamePrefix()))
                    .filter(alarm -> r.stateValue() == null || alarm.stateValue() == r.stateValue())
                    .filter(alarm -> r.actionPrefix() == null
                            || alarm.alarmActions().stream().anyMatch(arn -> arn.startsWith(r.actionPrefix())))
                    .sorted(Comparator.comparing(MetricAlarm::alarmName))
                    .toList();
            var page = Page.of(found, r.nextToken(), size, 50);
            return DescribeAlarmsResponse.builder()
                    .metricAlarms(page.items())
                    .nextToken(page.marker())
                    .build();
        });
    }

    @Override
    public DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest r) {
        return aws.world.call(() -> {
            if (r.alarmNames().size() > 100) throw invalid("At most 100 alarm names are allowed");
            var unknown = new ArrayList<String>();
            for (var name : r.alarmNames()) {
                if (alarms.truth(name).isEmpty()) {
                    unknown.add(name);
                    continue;
                }
                tags.remove(alarms.truth(name).get().alarmArn());
                histories.remove(name);
                alarms.remove(name);
            }
            // The valid names are deleted even if some are wrong (BC DeleteAlarms).
            if (!unknown.isEmpty())
                throw error(ResourceNotFoundException.builder(), "ResourceNotFound", 404, "Unknown alarms " + unknown);
            return DeleteAlarmsResponse.builder().build();
        });
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest r) {
        return aws.world.call(() -> {
            var all = tagged(r.resourceARN());
            r.tags().forEach(tag -> all.put(tag.key(), tag.value()));
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest r) {
        return aws.world.call(() -> {
            r.tagKeys().forEach(tagged(r.resourceARN())::remove);
            return UntagResourceResponse.builder().build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        return aws.world.call(() -> {
            var all = tagged(r.resourceARN()).entrySet().stream()
                    .map(tag -> Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList();
            return ListTagsForResourceResponse.builder().tags(all).build();
        });
    }

    /** The alarms that act on a scaling policy, as DescribeScalingPolicies lists them. */
    List<MetricAlarm> actingOn(String policyArn) {
        return alarms.truths().stream()
                .filter(alarm -> alarm.alarmActions().contains(policyArn))
                .toList();
    }

    /** What really exists, by ARN, with its tags. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<>(dashboards.existing());
        tags.forEach((arn, values) -> all.put(arn, Map.copyOf(values)));
        return all;
    }

    private Map<String, String> tagged(String arn) {
        var found = tags.get(arn);
        if (found == null)
            throw error(
                    ResourceNotFoundException.builder(), "ResourceNotFoundException", 404, "Unknown resource " + arn);
        return found;
    }

    /** Evaluates each minute while there is any alarm. */
    private void tick() {
        if (ticking || alarms.truths().isEmpty()) return;
        ticking = true;
        aws.world.routinelyAfter(MINUTE, () -> {
            ticking = false;
            alarms.truths().forEach(this::evaluate);
            tick();
        });
    }

    private void evaluate(MetricAlarm alarm) {
        var value = value(alarm);
        var verdict = histories.get(alarm.alarmName()).evaluate(alarm, value, aws.world.now());
        if (verdict.isEmpty()) return;
        var state = verdict.get();
        if (state != alarm.stateValue()) {
            alarms.put(
                    alarm.alarmName(),
                    alarm.toBuilder()
                            .stateValue(state)
                            .stateReason("Threshold Crossed: the last datapoint was " + value + "; the threshold is "
                                    + alarm.threshold())
                            .stateUpdatedTimestamp(aws.world.now())
                            .stateTransitionedTimestamp(aws.world.now())
                            .build());
            if (alarm.actionsEnabled()) tell(alarm, state);
        }
        // Scaling actions are invoked in each period in which the alarm stays (user guide, "Alarm actions").
        if (state == StateValue.ALARM && alarm.actionsEnabled() && value != null)
            alarm.alarmActions().forEach(arn -> aws.scaling.alarm(arn, value - alarm.threshold()));
    }

    /** Topics are told when the state changes, and only then (user guide, "Alarm actions"). */
    private void tell(MetricAlarm alarm, StateValue state) {
        var actions =
                switch (state) {
                    case ALARM -> alarm.alarmActions();
                    case OK -> alarm.okActions();
                    default -> alarm.insufficientDataActions();
                };
        for (var arn : actions)
            if (arn.contains(":sns:")) aws.sns.publish(arn, state + ": \"" + alarm.alarmName() + "\" in " + aws.region);
    }

    /** The newest datapoint, or null where the metric has none. Only the CPU of ECS services and the health of targets are measured here. */
    private Double value(MetricAlarm alarm) {
        var dimensions = new HashMap<String, String>();
        alarm.dimensions().forEach(dimension -> dimensions.put(dimension.name(), dimension.value()));
        return switch (alarm.namespace() + " " + alarm.metricName()) {
            case "AWS/ECS CPUUtilization" -> cpu(dimensions);
            case "AWS/ApplicationELB HealthyHostCount" -> targets(dimensions, true);
            case "AWS/ApplicationELB UnHealthyHostCount" -> targets(dimensions, false);
            default -> null;
        };
    }

    private Double cpu(Map<String, String> dimensions) {
        if (!dimensions.keySet().equals(Set.of("ClusterName", "ServiceName"))) return null;
        var measured = aws.ecs.cpu(dimensions.get("ClusterName"), dimensions.get("ServiceName"));
        return measured.isPresent() ? measured.getAsDouble() : null;
    }

    private Double targets(Map<String, String> dimensions, boolean healthy) {
        if (!dimensions.keySet().equals(Set.of("LoadBalancer", "TargetGroup"))) return null;
        var measured = aws.elb.targets.count(dimensions.get("TargetGroup"), healthy);
        return measured.isPresent() ? (double) measured.getAsInt() : null;
    }

    private static AwsServiceException missing(String parameter) {
        return error(
                MissingRequiredParameterException.builder(),
                "MissingParameter",
                400,
                "The request must contain the parameter " + parameter);
    }

    private static AwsServiceException invalid(String message) {
        return error(CloudWatchException.builder(), "ValidationError", 400, message);
    }

    private static AwsServiceException error(
            AwsServiceException.Builder builder, String code, int status, String message) {
        return Errors.of(builder, "CloudWatch", code, status, message);
    }
}
