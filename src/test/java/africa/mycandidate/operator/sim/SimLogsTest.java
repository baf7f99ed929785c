package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SimLogsTest extends EdgeFixture {
    private final SimLogs logs = aws.logs;

    @BeforeEach
    void group() {
        logs.createLogGroup(call -> call.logGroupName("/app").tags(Map.of("a", "b")));
        settle();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        var arn = aws.arn("logs", "log-group:/app");
        return refusals(
                logs::existing,
                refusal(
                        "a taken name",
                        "ResourceAlreadyExistsException",
                        400,
                        () -> logs.createLogGroup(call -> call.logGroupName("/app"))),
                refusal(
                        "a name with a blank",
                        "InvalidParameterException",
                        400,
                        () -> logs.createLogGroup(call -> call.logGroupName("a b"))),
                refusal(
                        "8 days",
                        "InvalidParameterException",
                        400,
                        () -> logs.putRetentionPolicy(
                                call -> call.logGroupName("/app").retentionInDays(8))),
                refusal(
                        "retention of nothing",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.putRetentionPolicy(
                                call -> call.logGroupName("/none").retentionInDays(7))),
                refusal(
                        "no retention of nothing",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.deleteRetentionPolicy(call -> call.logGroupName("/none"))),
                refusal(
                        "deleting nothing",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.deleteLogGroup(call -> call.logGroupName("/none"))),
                refusal(
                        "a page of 51",
                        "InvalidParameterException",
                        400,
                        () -> logs.describeLogGroups(call -> call.limit(51))),
                refusal(
                        "tagging by the ARN of the streams",
                        "InvalidParameterException",
                        400,
                        () -> logs.tagResource(
                                call -> call.resourceArn(arn + ":*").tags(Map.of("x", "y")))),
                refusal(
                        "tags of nothing",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.listTagsForResource(call -> call.resourceArn(arn + "x"))));
    }

    @Test
    void aPrefixFindsMoreThanItsName() {
        logs.createLogGroup(call -> call.logGroupName("/app-other"));
        logs.putRetentionPolicy(call -> call.logGroupName("/app").retentionInDays(30));
        settle();
        var found =
                logs.describeLogGroups(call -> call.logGroupNamePrefix("/app")).logGroups();
        assertThat(found).hasSize(2);
        assertThat(found.getFirst().retentionInDays()).isEqualTo(30);
        assertThat(found.getLast().retentionInDays()).isNull();
        assertThat(found.getFirst().arn()).isEqualTo(found.getFirst().logGroupArn() + ":*");
    }

    @Test
    void aDeletedGroupIsGone() {
        logs.deleteLogGroup(call -> call.logGroupName("/app"));
        settle();
        assertThat(logs.describeLogGroups().logGroups()).isEmpty();
        assertThat(logs.existing()).isEmpty();
        logs.createLogGroup(call -> call.logGroupName("/app"));
        assertThat(logs.existing().values()).containsExactly(Map.of());
    }
}
