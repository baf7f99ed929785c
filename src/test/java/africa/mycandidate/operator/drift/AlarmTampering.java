package africa.mycandidate.operator.drift;

import static africa.mycandidate.operator.drift.Tampering.deleted;
import static africa.mycandidate.operator.drift.Tampering.on;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.Dashboard;
import africa.mycandidate.operator.resource.Subscription;
import africa.mycandidate.operator.resource.Topic;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.sns.SnsClient;

/** Alarms, who is told, and the dashboard. */
final class AlarmTampering {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AlarmTampering() {}

    static void register() {
        alarms();
        topic();
        dashboard();
        deletions();
    }

    private static void alarms() {
        alarm("description", "another", request -> request.alarmDescription("Of somebody else"));
        alarm("namespace", "another", request -> request.namespace("AWS/NetworkELB"));
        alarm("metric", "another", request -> request.metricName("MemoryUtilization"));
        alarm(
                "dimensions",
                "another cluster",
                request -> request.dimensions(
                        Dimension.builder().name("ClusterName").value("another").build()));
        alarm("statistic", "another", request -> request.extendedStatistic(null).statistic("Maximum"));
        alarm("periodSeconds", "longer", request -> request.period(300));
        alarm("evaluationPeriods", "more", request -> request.evaluationPeriods(19));
        alarm("comparison", "another", request -> request.comparisonOperator("GreaterThanOrEqualToThreshold"));
        alarm("threshold", "never reached", request -> request.threshold(99.0));
        alarm("treatMissingData", "another", request -> request.treatMissingData("breaching"));
        alarm("actions", "none", request -> request.alarmActions(List.of()));
        alarm("actions", "switched off", request -> request.actionsEnabled(false));
        alarm("okActions", "none", request -> request.okActions(List.of()));
        alarm("datapointsToAlarm", "other", request -> request.datapointsToAlarm(null));
        alarm(
                "math",
                "another expression",
                request -> request.metrics(request.build().metrics().stream()
                        .map(query -> query.expression() == null
                                ? query
                                : query.toBuilder()
                                        .expression("2 * " + query.expression())
                                        .build())
                        .toArray(MetricDataQuery[]::new)));
    }

    private static void alarm(String field, String what, Consumer<PutMetricAlarmRequest.Builder> change) {
        on(Alarm.class, field, what, (clients, alarm) -> {
            var cloudWatch = clients.of(CloudWatchClient.class);
            var was = cloudWatch
                    .describeAlarms(request -> request.alarmNames(alarm.name()))
                    .metricAlarms()
                    .getFirst();
            cloudWatch.putMetricAlarm(request -> {
                same(request, was);
                change.accept(request);
            });
        });
    }

    private static void same(PutMetricAlarmRequest.Builder request, MetricAlarm was) {
        request.alarmName(was.alarmName())
                .alarmDescription(was.alarmDescription())
                .namespace(was.namespace())
                .metricName(was.metricName())
                .dimensions(was.dimensions())
                .statistic(was.statistic())
                .extendedStatistic(was.extendedStatistic())
                .period(was.period())
                .evaluationPeriods(was.evaluationPeriods())
                .datapointsToAlarm(was.datapointsToAlarm())
                .comparisonOperator(was.comparisonOperator())
                .threshold(was.threshold())
                .treatMissingData(was.treatMissingData())
                .alarmActions(was.alarmActions())
                .okActions(was.okActions())
                .actionsEnabled(was.actionsEnabled());
        if (!was.metrics().isEmpty()) request.metrics(was.metrics());
    }

    private static void topic() {
        attribute("displayName", "another", "DisplayName", "Somebody else");
        attribute("key", "AWS's own, which silences it", "KmsMasterKeyId", "alias/aws/sns");
    }

    private static void attribute(String field, String what, String attribute, String value) {
        on(Topic.class, field, what, (clients, topic) -> sns(clients)
                .setTopicAttributes(request ->
                        request.topicArn(topic.id()).attributeName(attribute).attributeValue(value)));
    }

    private static void dashboard() {
        widgets("one fewer", widgets -> widgets.remove(widgets.size() - 1));
        widgets("another title", widgets -> properties(widgets).put("title", "Somebody else's"));
        widgets(
                "another metric",
                widgets -> ((ArrayNode) properties(widgets).path("metrics").path(0)).set(1, "NewFlowCount"));
        widgets("drawn otherwise", widgets -> properties(widgets).put("stacked", true));
        widgets("moved", widgets -> ((ObjectNode) widgets.get(1)).put("width", 6));
        widgets("a text of somebody's own", widgets -> {
            var text = JSON.createObjectNode().put("type", "text");
            text.put("x", 0).put("y", 90).put("width", 6).put("height", 2);
            text.putObject("properties").put("markdown", "Call Thandi first");
            widgets.add(text);
        });
    }

    private static ObjectNode properties(ArrayNode widgets) {
        return (ObjectNode) widgets.get(1).path("properties");
    }

    private static void widgets(String what, Consumer<ArrayNode> change) {
        on(Dashboard.class, "widgets", what, (clients, board) -> {
            var cloudWatch = clients.of(CloudWatchClient.class);
            try {
                var body = JSON.readTree(cloudWatch
                        .getDashboard(request -> request.dashboardName(board.id()))
                        .dashboardBody());
                change.accept((ArrayNode) body.path("widgets"));
                cloudWatch.putDashboard(
                        request -> request.dashboardName(board.id()).dashboardBody(body.toPrettyString()));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void deletions() {
        deleted(Alarm.class, (clients, alarm) -> clients.of(CloudWatchClient.class)
                .deleteAlarms(request -> request.alarmNames(alarm.name())));
        deleted(Topic.class, (clients, topic) -> sns(clients).deleteTopic(request -> request.topicArn(topic.id())));
        deleted(Subscription.class, (clients, one) -> sns(clients)
                .unsubscribe(request -> request.subscriptionArn(one.outputs().get("arn"))));
        deleted(Dashboard.class, (clients, board) -> clients.of(CloudWatchClient.class)
                .deleteDashboards(request -> request.dashboardNames(board.id())));
    }

    private static SnsClient sns(Clients clients) {
        return clients.of(SnsClient.class);
    }
}
