package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.sim.Holdings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SnsException;

/** Who is told, and what becomes of it when that changes. */
class AlarmsTest {
    private static final String ADDRESS = "on-call@example.org";
    private static final String MAILED = "alarms: {email: " + ADDRESS + "}";
    private static final String TOPIC = "arn:aws:sns:af-south-1:123456789012:theirs";
    private static final Duration LONGEST = Duration.ofHours(4);

    private final Simulation simulation = new Simulation(61);
    private final String zone = simulation.zone();
    private final SnsClient sns = simulation.aws.of(SnsClient.class);
    private final CloudWatchClient watch = simulation.aws.of(CloudWatchClient.class);

    private void ready(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
    }

    private ResourceStatus row(String type) {
        return simulation.resource.getStatus().resources().stream()
                .filter(row -> row.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> kinds() {
        return Holdings.of(simulation.aws).things().values().stream()
                .map(thing -> thing.name().replaceAll("/.*", ""))
                .collect(Collectors.toSet());
    }

    private List<String> subscribers() {
        return sns.listTopics().topics().stream()
                .filter(topic -> topic.topicArn().contains(":mcd-"))
                .flatMap(
                        topic -> sns
                                .listSubscriptionsByTopic(request -> request.topicArn(topic.topicArn()))
                                .subscriptions()
                                .stream())
                .map(one -> one.endpoint() + (one.subscriptionArn().startsWith("arn:") ? "" : "?"))
                .toList();
    }

    private void quiet(Duration time) {
        simulation.effects.clear();
        simulation.run(time);
        assertThat(simulation.mutating()).isEmpty();
    }

    @Test
    void anAddressThatIsNotConfirmedIsToldAndHoldsNothingUp() {
        simulation.aws.leaveMail(ADDRESS);
        ready(MAILED);
        assertThat(row("Subscription").phase()).isEqualTo("Ready");
        assertThat(row("Subscription").message()).contains("not confirmed: " + ADDRESS);
        assertThat(subscribers()).containsExactly(ADDRESS + "?");
        quiet(Duration.ofHours(1));
        simulation.aws.readMail(ADDRESS);
        simulation.run(Duration.ofMinutes(2));
        assertThat(row("Subscription").message()).isEmpty();
        assertThat(subscribers()).containsExactly(ADDRESS);
        quiet(Duration.ofHours(1));
    }

    /** SNS forgets it after two days, and the operator asks again: one mail in two days, not one in each pass. */
    @Test
    void whoDoesNotAnswerIsAskedAgainAfterTwoDays() {
        simulation.aws.leaveMail(ADDRESS);
        ready(MAILED);
        assertThat(simulation.aws.mails(ADDRESS)).hasSize(1);
        simulation.effects.clear();
        simulation.run(Duration.ofHours(100));
        assertThat(simulation.aws.mails(ADDRESS)).hasSize(3);
        assertThat(simulation.mutating())
                .extracting(effect -> effect.operation())
                .containsExactly("subscribe", "subscribe");
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
    }

    @Test
    void somebodyIsWokenWhenTheSiteIsDownAndToldWhenItIsBack() {
        ready(MAILED);
        simulation.run(Duration.ofMinutes(40));
        assertThat(row("Subscription").message()).isEmpty();
        var before = simulation.aws.mails(ADDRESS).size();
        simulation.aws.incidents().breakApplication(true);
        for (var of : simulation.aws.incidents().zones())
            simulation.aws.incidents().loseZone(of);
        simulation.run(Duration.ofMinutes(30));
        var bad = simulation.aws.mails(ADDRESS);
        assertThat(bad.subList(before, bad.size()))
                .anyMatch(mail -> mail.startsWith("ALARM: \"mcd-southafrica-targets-none-"));
        simulation.aws.incidents().breakApplication(false);
        for (var of : simulation.aws.incidents().zones())
            simulation.aws.incidents().returnZone(of);
        simulation.run(Duration.ofMinutes(40));
        var good = simulation.aws.mails(ADDRESS);
        assertThat(good.subList(bad.size(), good.size()))
                .anyMatch(mail -> mail.startsWith("OK: \"mcd-southafrica-targets-none-"));
    }

    @Test
    void anotherAddressTakesThePlaceOfTheFirst() {
        ready(MAILED);
        simulation.run(Duration.ofMinutes(40));
        assertThat(subscribers()).containsExactly(ADDRESS);
        ready("alarms: {email: other@example.org}");
        simulation.run(Duration.ofMinutes(40));
        assertThat(subscribers()).containsExactly("other@example.org");
    }

    /** One that is not confirmed cannot be deleted: it is let be, and SNS forgets it. */
    @Test
    void anAddressThatNeverAnsweredIsLetBe() {
        simulation.aws.leaveMail(ADDRESS);
        ready(MAILED);
        ready("alarms: {email: other@example.org}");
        simulation.run(Duration.ofMinutes(40));
        assertThat(subscribers()).containsExactlyInAnyOrder(ADDRESS + "?", "other@example.org");
        quiet(Duration.ofHours(49));
        assertThat(subscribers()).containsExactly("other@example.org");
    }

    @Test
    void withoutTheBlockNothingOfItIsLeft() {
        ready();
        var before = Holdings.of(simulation.aws);
        ready(MAILED);
        assertThat(kinds()).contains("Topic", "Subscription", "Dashboard");
        ready();
        assertThat(kinds()).doesNotContain("Topic", "Subscription", "Dashboard");
        assertThat(Holdings.of(simulation.aws).changesSince(before)).isEmpty();
    }

    @Test
    void aTopicOfTheUserIsNotifiedAndNotTouched() {
        sns.createTopic(request -> request.name("theirs"));
        simulation.rest(Duration.ofMinutes(1));
        ready("alarms: {topicArn: \"" + TOPIC + "\"}");
        assertThat(sns.listTopics().topics()).hasSize(1);
        assertThat(watch.describeAlarms().metricAlarms().stream()
                        .filter(alarm -> !alarm.alarmName().contains("-cpu-high-")
                                && !alarm.alarmName().contains("-cpu-low-")))
                .hasSize(12)
                .allMatch(alarm -> alarm.alarmActions().equals(List.of(TOPIC))
                        && alarm.okActions().equals(List.of(TOPIC)));
        ready(MAILED);
        ready("alarms: {topicArn: \"" + TOPIC + "\"}");
        assertThat(sns.listTopics().topics()).hasSize(1);
        assertThat(simulation.mutating()).noneMatch(effect -> effect.service().equals("Kms"));
        simulation.apply(Simulation.spec(
                zone, "alarms: {topicArn: \"" + TOPIC + "\"}", "database: {deletionProtection: false}"));
        simulation.run(Duration.ofMinutes(10));
        simulation.remove(LONGEST);
        assertThat(sns.listTopics().topics())
                .extracting(topic -> topic.topicArn())
                .containsExactly(TOPIC);
    }

    /** A queue that somebody subscribes is theirs; what is another dashboard is another's. */
    @Test
    void whatOthersAddIsLeftAlone() {
        ready(MAILED);
        simulation.run(Duration.ofMinutes(40));
        var topic = sns.listTopics().topics().getFirst().topicArn();
        sns.subscribe(request ->
                request.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:af-south-1:123456789012:archive"));
        watch.putDashboard(request -> request.dashboardName("mcd-theirs").dashboardBody("{\"widgets\":[]}"));
        quiet(Duration.ofHours(1));
        assertThat(subscribers()).contains("arn:aws:sqs:af-south-1:123456789012:archive");
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
    }

    /** An equal name is not ownership. */
    @Test
    void aDashboardThatLostItsMarkIsLeftAloneAndTold() {
        ready(MAILED);
        var name = watch.listDashboards().dashboardEntries().getFirst().dashboardName();
        watch.putDashboard(request -> request.dashboardName(name).dashboardBody("{\"widgets\":[]}"));
        quiet(Duration.ofMinutes(10));
        assertThat(row("Dashboard").message()).contains("is not ours");
        watch.deleteDashboards(request -> request.dashboardNames(name));
        simulation.until("Ready", LONGEST, Simulation::ready);
    }

    @Test
    void whatAnAlarmMakesOfItsMetricsIsPutBack() {
        ready(MAILED);
        var errors = watch.describeAlarms().metricAlarms().stream()
                .filter(alarm -> alarm.alarmName().contains("-errors-"))
                .findFirst()
                .orElseThrow();
        assertThat(errors.metrics()).hasSize(4);
        watch.putMetricAlarm(request -> request.alarmName(errors.alarmName())
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(errors.comparisonOperator())
                .metrics(
                        MetricDataQuery.builder()
                                .id("result")
                                .expression("0 * one")
                                .build(),
                        MetricDataQuery.builder()
                                .id("one")
                                .returnData(false)
                                .metricStat(errors.metrics().getLast().metricStat())
                                .build()));
        simulation.run(Duration.ofMinutes(10));
        var back = watch.describeAlarms(request -> request.alarmNames(errors.alarmName()))
                .metricAlarms()
                .getFirst();
        assertThat(Set.copyOf(back.metrics())).isEqualTo(Set.copyOf(errors.metrics()));
        assertThat(back.alarmActions()).isEqualTo(errors.alarmActions());
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
    }

    @Test
    void aDeletionWaitsForNobodysMail() {
        simulation.aws.leaveMail(ADDRESS);
        ready(MAILED, "database: {deletionProtection: false}");
        simulation.remove(LONGEST);
        assertThat(kinds()).doesNotContain("Topic", "Subscription", "Dashboard", "Alarm");
    }

    /** The rights come in a policy of their own: an operator without it keeps sites as before, and takes them away. */
    @Test
    void aSiteWithoutAlarmsNeedsNoRightsToThem() {
        simulation.port = (effect, call) -> {
            if (effect.service().equals("Sns") || effect.operation().contains("Dashboard"))
                throw SnsException.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AuthorizationError")
                                .serviceName(effect.service())
                                .errorMessage("is not authorized to perform it")
                                .build())
                        .build();
            return call.run();
        };
        ready("database: {deletionProtection: false}");
        ready("database: {deletionProtection: false}", "container: {port: 8000}");
        quiet(Duration.ofMinutes(30));
        simulation.apply(Simulation.spec(zone, "database: {deletionProtection: false}", MAILED));
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.describe()).contains("is not authorized to perform it");
        simulation.apply(Simulation.spec(zone, "database: {deletionProtection: false}"));
        simulation.run(Duration.ofMinutes(30));
        simulation.remove(LONGEST);
    }
}
