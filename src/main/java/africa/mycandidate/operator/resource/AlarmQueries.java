package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** Metrics as CloudWatch's alarms take and give them: dimensions and queries are lists, in an order without meaning. */
final class AlarmQueries {
    /** The name of the one query whose values the alarm judges. */
    private static final String RESULT = "result";

    private AlarmQueries() {}

    /** As AWS shows it. What our own alarms do not have (a second expression, another label of the result) is shown in the expression, so that it differs. */
    static AlarmMath of(List<MetricDataQuery> queries) {
        var metrics = new TreeMap<String, AlarmMath.Metric>();
        var expressions = new TreeMap<String, String>();
        for (var query : queries) {
            var stat = query.metricStat();
            if (stat == null) expressions.put(query.id(), query.expression());
            else
                metrics.put(
                        query.id(),
                        new AlarmMath.Metric(
                                stat.metric().namespace(),
                                stat.metric().metricName(),
                                dimensions(stat.metric().dimensions()),
                                stat.stat(),
                                stat.period()));
            if (stat != null && Boolean.TRUE.equals(query.returnData())) expressions.put(query.id(), "");
        }
        var ours = expressions.keySet().equals(Set.of(RESULT));
        return new AlarmMath(
                ours
                        ? expressions.get(RESULT)
                        : expressions.entrySet().stream()
                                .map(one -> one.getKey() + " = " + one.getValue())
                                .collect(Collectors.joining(", ")),
                metrics);
    }

    static List<MetricDataQuery> of(AlarmMath math) {
        var queries = new ArrayList<MetricDataQuery>();
        queries.add(MetricDataQuery.builder()
                .id(RESULT)
                .expression(math.expression())
                .returnData(true)
                .build());
        new TreeMap<>(math.metrics())
                .forEach((name, metric) -> queries.add(MetricDataQuery.builder()
                        .id(name)
                        .returnData(false)
                        .metricStat(stat -> stat.stat(metric.statistic())
                                .period(metric.periodSeconds())
                                .metric(one -> one.namespace(metric.namespace())
                                        .metricName(metric.metric())
                                        .dimensions(dimensions(metric.dimensions()))))
                        .build()));
        return queries;
    }

    static Map<String, Ref<? extends Resource>> dimensions(List<Dimension> dimensions) {
        var byName = new TreeMap<String, Ref<? extends Resource>>();
        for (var dimension : dimensions) byName.put(dimension.name(), Ref.of(dimension.value()));
        return byName;
    }

    /** In the order of their names. */
    static List<Dimension> dimensions(Map<String, Ref<? extends Resource>> dimensions) {
        return new TreeMap<>(dimensions)
                .entrySet().stream()
                        .map(one -> Dimension.builder()
                                .name(one.getKey())
                                .value(one.getValue().value())
                                .build())
                        .toList();
    }
}
