package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * A CloudWatch alarm. Each put overwrites all of it; tags are taken at creation only. It watches one metric, or what {@code math} makes of several. Outputs:
 * {@code arn}, {@code name}.
 *
 * @param statistic such as {@code Average}, or a percentile such as {@code p95}
 * @param datapointsToAlarm how many of the {@code evaluationPeriods} must breach; all of them where it is not set
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 255)
public record Alarm(
        String description,
        String namespace,
        String metric,
        Map<String, Ref<? extends Resource>> dimensions,
        String statistic,
        Integer periodSeconds,
        Integer evaluationPeriods,
        String comparison,
        Double threshold,
        String treatMissingData,
        Set<Ref<? extends Resource>> actions,
        Set<Ref<? extends Resource>> okActions,
        Integer datapointsToAlarm,
        AlarmMath math)
        implements Resource {
    /** One that watches a metric, and does nothing when all is well again. */
    public Alarm(
            String description,
            String namespace,
            String metric,
            Map<String, Ref<? extends Resource>> dimensions,
            String statistic,
            Integer periodSeconds,
            Integer evaluationPeriods,
            String comparison,
            Double threshold,
            String treatMissingData,
            Set<Ref<? extends Resource>> actions) {
        this(
                description,
                namespace,
                metric,
                dimensions,
                statistic,
                periodSeconds,
                evaluationPeriods,
                comparison,
                threshold,
                treatMissingData,
                actions,
                null,
                null,
                null);
    }
}

final class AlarmHandler implements Handler<Alarm> {
    private final CloudWatchClient cloudWatch;

    AlarmHandler(Clients clients) {
        this.cloudWatch = clients.of(CloudWatchClient.class);
    }

    @Override
    public Class<Alarm> type() {
        return Alarm.class;
    }

    @Override
    public List<Observed<Alarm>> list(String place) {
        var found = new ArrayList<Observed<Alarm>>();
        var alarms = cloudWatch.describeAlarmsPaginator(
                request -> request.alarmNamePrefix(Identity.PREFIX).alarmTypes(AlarmType.METRIC_ALARM));
        for (var alarm : alarms.metricAlarms()) found.add(observed(alarm));
        return found;
    }

    private Observed<Alarm> observed(MetricAlarm alarm) {
        var name = alarm.alarmName();
        var outputs = Map.of("arn", alarm.alarmArn(), "name", name);
        try {
            var tags = new TreeMap<String, String>();
            for (var tag : cloudWatch
                    .listTagsForResource(request -> request.resourceARN(alarm.alarmArn()))
                    .tags()) tags.put(tag.key(), tag.value());
            return Observed.of(actual(alarm), name, name, Phase.READY, outputs, tags);
        } catch (ResourceNotFoundException e) {
            return Observed.of(actual(alarm), name, name, Phase.READY, outputs, Map.of())
                    .withOwner(new Owner.Unreadable());
        }
    }

    private static Alarm actual(MetricAlarm alarm) {
        // An alarm whose actions are switched off acts like one without any.
        var acting = !Boolean.FALSE.equals(alarm.actionsEnabled());
        var math = alarm.metrics().isEmpty() ? null : AlarmQueries.of(alarm.metrics());
        return new Alarm(
                alarm.alarmDescription(),
                alarm.namespace(),
                alarm.metricName(),
                math == null ? AlarmQueries.dimensions(alarm.dimensions()) : null,
                alarm.extendedStatistic() == null ? alarm.statisticAsString() : alarm.extendedStatistic(),
                alarm.period(),
                alarm.evaluationPeriods(),
                alarm.comparisonOperatorAsString(),
                alarm.threshold(),
                alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData(),
                acting ? RefSets.mixed(alarm.alarmActions().stream()) : Set.of(),
                RefSets.mixed(alarm.okActions().stream()),
                alarm.datapointsToAlarm(),
                math);
    }

    @Override
    public String create(Alarm want, Creation creation) {
        var tags = new TreeMap<>(creation.tags())
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
        cloudWatch.putMetricAlarm(request(creation.name(), want).tags(tags).build());
        return creation.name();
    }

    /** A put overwrites all of it, so what the goal does not manage, or does not differ in, goes along as it was. */
    @Override
    public void update(Observed<Alarm> have, Alarm goal, Set<String> fields) {
        var had = Fields.of(have.actual());
        var whole = Fields.map(
                goal,
                (component, value) ->
                        value != null && fields.contains(component.getName()) ? value : had.get(component.getName()));
        cloudWatch.putMetricAlarm(request(have.id(), oneKind(goal, whole)).build());
    }

    /** It cannot watch one metric and what is made of several, so that what somebody set of the other kind goes. */
    private static Alarm oneKind(Alarm goal, Alarm whole) {
        var other = goal.math() == null
                ? Set.of("math")
                : Set.of("namespace", "metric", "dimensions", "statistic", "periodSeconds");
        return Fields.map(whole, (component, value) -> other.contains(component.getName()) ? null : value);
    }

    private static PutMetricAlarmRequest.Builder request(String name, Alarm alarm) {
        var percentile = alarm.statistic() != null && alarm.statistic().matches("p[0-9.]+");
        var request = PutMetricAlarmRequest.builder()
                .alarmName(name)
                .alarmDescription(alarm.description())
                .namespace(alarm.namespace())
                .metricName(alarm.metric())
                .dimensions(alarm.dimensions() == null ? List.of() : AlarmQueries.dimensions(alarm.dimensions()))
                .statistic(percentile ? null : alarm.statistic())
                .extendedStatistic(percentile ? alarm.statistic() : null)
                .period(alarm.periodSeconds())
                .evaluationPeriods(alarm.evaluationPeriods())
                .datapointsToAlarm(alarm.datapointsToAlarm())
                .comparisonOperator(alarm.comparison())
                .threshold(alarm.threshold())
                .treatMissingData(alarm.treatMissingData())
                .actionsEnabled(true)
                .alarmActions(RefSets.values(alarm.actions()))
                .okActions(RefSets.values(alarm.okActions()));
        if (alarm.math() != null) request.metrics(AlarmQueries.of(alarm.math()));
        return request;
    }

    @Override
    public void delete(Observed<Alarm> have, Deletion deletion) {
        cloudWatch.deleteAlarms(request -> request.alarmNames(have.id()));
    }

    @Override
    public void tag(Observed<Alarm> have, Map<String, String> set, Set<String> remove) {
        var arn = have.outputs().get("arn");
        var tags = new TreeMap<>(set)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
        if (!set.isEmpty())
            cloudWatch.tagResource(request -> request.resourceARN(arn).tags(tags));
        if (!remove.isEmpty())
            cloudWatch.untagResource(request ->
                    request.resourceARN(arn).tagKeys(remove.stream().sorted().toList()));
    }
}
