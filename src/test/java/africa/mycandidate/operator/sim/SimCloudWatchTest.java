package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.cloudwatch.model.*;

class SimCloudWatchTest extends EdgeFixture {
    private final SimCloudWatch alarms = aws.cloudWatch;

    private static PutMetricAlarmRequest.Builder alarm(String name) {
        return PutMetricAlarmRequest.builder()
                .alarmName(name)
                .namespace("AWS/ECS")
                .metricName("CPUUtilization")
                .statistic(Statistic.AVERAGE)
                .period(60)
                .evaluationPeriods(2)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(70.0);
    }

    @BeforeEach
    void one() {
        alarms.putMetricAlarm(alarm("one")
                .alarmDescription("first")
                .tags(tag -> tag.key("a").value("b"))
                .build());
        settle();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        return refusals(
                alarms::existing,
                refused("no comparison", "MissingParameter", alarm("x").comparisonOperator((ComparisonOperator) null)),
                refused("no periods", "MissingParameter", alarm("x").evaluationPeriods(null)),
                refused("no threshold", "MissingParameter", alarm("x").threshold(null)),
                refused("no name", "MissingParameter", alarm(null)),
                refused("no metric", "MissingParameter", alarm("x").metricName(null)),
                refused("a period of 45 s", "ValidationError", alarm("x").period(45)),
                refused(
                        "no statistic",
                        "InvalidParameterCombination",
                        alarm("x").statistic((Statistic) null)),
                refused(
                        "more points than periods",
                        "ValidationError",
                        alarm("x").datapointsToAlarm(3)),
                refused("an unknown treatment", "ValidationError", alarm("x").treatMissingData("forget")),
                refused(
                        "an action that is no ARN",
                        "ValidationError",
                        alarm("x").alarmActions("policy")),
                refused("six actions", "ValidationError", alarm("x").alarmActions(Collections.nCopies(6, "arn:x"))),
                refusal(
                        "a page of 101",
                        "ValidationError",
                        400,
                        () -> alarms.describeAlarms(call -> call.maxRecords(101))),
                refusal(
                        "names and prefix",
                        "InvalidParameterCombination",
                        400,
                        () -> alarms.describeAlarms(call -> call.alarmNames("a").alarmNamePrefix("a"))),
                refusal(
                        "101 names",
                        "ValidationError",
                        400,
                        () -> alarms.deleteAlarms(call -> call.alarmNames(Collections.nCopies(101, "a")))),
                refusal(
                        "an unknown alarm",
                        "ResourceNotFound",
                        404,
                        () -> alarms.deleteAlarms(call -> call.alarmNames("none"))),
                refusal(
                        "tags of nothing",
                        "ResourceNotFoundException",
                        404,
                        () -> alarms.listTagsForResource(call -> call.resourceARN("arn:none"))));
    }

    private Refusal refused(String name, String code, PutMetricAlarmRequest.Builder request) {
        return refusal(name, code, 400, () -> alarms.putMetricAlarm(request.build()));
    }

    @Test
    void aPutOverwritesAllButTheTags() {
        alarms.putMetricAlarm(alarm("one")
                .threshold(80.0)
                .tags(tag -> tag.key("new").value("x"))
                .build());
        settle();
        var seen = alarms.describeAlarms(call -> call.alarmNames("one"))
                .metricAlarms()
                .getFirst();
        assertThat(seen.threshold()).isEqualTo(80.0);
        assertThat(seen.alarmDescription()).isNull();
        assertThat(seen.treatMissingData()).isEqualTo("missing");
        assertThat(seen.actionsEnabled()).isTrue();
        assertThat(alarms.existing().values()).containsExactly(Map.of("a", "b"));
    }

    @Test
    void validNamesAreDeletedBesideWrongOnes() {
        refused("ResourceNotFound", 404, () -> alarms.deleteAlarms(call -> call.alarmNames(List.of("none", "one"))));
        assertThat(alarms.existing()).isEmpty();
    }
}
