package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.sns.model.Subscription;

class SimSnsTest extends EdgeFixture {
    private static final String ADDRESS = "a@example.org";

    private final SimSns sns = aws.sns;
    private String topic;

    @BeforeEach
    void one() {
        aws.leaveMail(ADDRESS);
        topic = sns.createTopic(call -> call.name("one")
                        .attributes(Map.of("DisplayName", "One"))
                        .tags(tag -> tag.key("a").value("b")))
                .topicArn();
        sns.subscribe(call -> call.topicArn(topic).protocol("email").endpoint(ADDRESS));
        settle();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        return refusals(
                sns::existing,
                refusal("a name with a dot", "InvalidParameter", 400, () -> sns.createTopic(call -> call.name("a.b"))),
                refusal(
                        "other tags",
                        "InvalidParameter",
                        400,
                        () -> sns.createTopic(call -> call.name("one").attributes(Map.of("DisplayName", "One")))),
                refusal(
                        "another name to show",
                        "InvalidParameter",
                        400,
                        () -> sns.createTopic(call -> call.name("one")
                                .attributes(Map.of("DisplayName", "Two"))
                                .tags(tag -> tag.key("a").value("b")))),
                refusal(
                        "an unknown attribute",
                        "InvalidParameter",
                        400,
                        () -> sns.setTopicAttributes(
                                call -> call.topicArn(topic).attributeName("Colour"))),
                refusal(
                        "attributes of none",
                        "NotFound",
                        404,
                        () -> sns.getTopicAttributes(call -> call.topicArn(aws.arn("sns", "none")))),
                refusal(
                        "subscribers of none",
                        "NotFound",
                        404,
                        () -> sns.listSubscriptionsByTopic(call -> call.topicArn(aws.arn("sns", "none")))),
                refusal(
                        "tags of none",
                        "ResourceNotFound",
                        404,
                        () -> sns.listTagsForResource(call -> call.resourceArn(aws.arn("sns", "none")))),
                refusal(
                        "no address",
                        "InvalidParameter",
                        400,
                        () -> sns.subscribe(
                                call -> call.topicArn(topic).protocol("email").endpoint("nobody"))),
                refusal(
                        "one that waits is deleted",
                        "InvalidParameter",
                        400,
                        () -> sns.unsubscribe(call -> call.subscriptionArn("PendingConfirmation"))));
    }

    private List<String> arns() {
        return sns.listSubscriptionsByTopic(call -> call.topicArn(topic)).subscriptions().stream()
                .map(Subscription::subscriptionArn)
                .toList();
    }

    @Test
    void theSameTopicMadeAgainIsTheSame() {
        var again = sns.createTopic(call -> call.name("one")
                        .attributes(Map.of("DisplayName", "One"))
                        .tags(tag -> tag.key("a").value("b")))
                .topicArn();
        assertThat(again).isEqualTo(topic);
        assertThat(sns.listTopics().topics()).hasSize(1);
    }

    @Test
    void anAddressWaitsForItsYesAndGetsNothingUntilThen() {
        assertThat(arns()).containsExactly("PendingConfirmation");
        sns.publish(topic, "trouble");
        assertThat(aws.mails(ADDRESS)).hasSize(1);
        aws.readMail(ADDRESS);
        settle();
        assertThat(arns()).singleElement().asString().startsWith(topic + ":");
        sns.publish(topic, "trouble");
        assertThat(aws.mails(ADDRESS)).last().isEqualTo("trouble");
        sns.setTopicAttributes(
                call -> call.topicArn(topic).attributeName("KmsMasterKeyId").attributeValue("alias/aws/sns"));
        sns.publish(topic, "silenced");
        assertThat(aws.mails(ADDRESS)).last().isEqualTo("trouble");
    }

    @Test
    void oneThatWaitsGoesAfterTwoDaysUnlessItIsAskedAgain() {
        pass(Duration.ofHours(47));
        sns.subscribe(call -> call.topicArn(topic).protocol("email").endpoint(ADDRESS));
        pass(Duration.ofHours(47));
        assertThat(arns()).hasSize(1);
        pass(Duration.ofHours(2));
        assertThat(arns()).isEmpty();
        assertThat(aws.mails(ADDRESS)).hasSize(2);
    }

    @Test
    void whatIsConfirmedIsDeletedByItsArnOrWithItsTopic() {
        aws.readMail(ADDRESS);
        settle();
        var arn = arns().getFirst();
        sns.unsubscribe(call -> call.subscriptionArn(arn));
        settle();
        assertThat(arns()).isEmpty();
        sns.deleteTopic(call -> call.topicArn(topic));
        sns.deleteTopic(call -> call.topicArn(topic));
        settle();
        assertThat(sns.existing()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongDashboards() {
        return refusals(
                aws.cloudWatch::existing,
                dashboard("a name with a dot", "a.b", "{\"widgets\":[]}"),
                dashboard("no JSON", "a", "widgets"),
                dashboard("no widgets", "a", "{}"),
                dashboard("no region", "a", "{\"widgets\":[{\"type\":\"metric\",\"properties\":{}}]}"),
                dashboard(
                        "too wide",
                        "a",
                        "{\"widgets\":[{\"type\":\"text\",\"x\":20,\"width\":6,\"properties\":{\"markdown\":\"a\"}}]}"),
                dashboard(
                        "a metric without its name",
                        "a",
                        "{\"widgets\":[{\"type\":\"metric\",\"properties\":{\"region\":\"af-south-1\",\"metrics\":[[\"AWS/RDS\"]]}}]}"),
                refusal(
                        "one that is not there",
                        "ResourceNotFound",
                        404,
                        () -> aws.cloudWatch.deleteDashboards(DeleteDashboardsRequest.builder()
                                .dashboardNames("none")
                                .build())),
                refusal(
                        "the body of none",
                        "ResourceNotFound",
                        404,
                        () -> aws.cloudWatch.getDashboard(call -> call.dashboardName("none"))));
    }

    private Refusal dashboard(String what, String name, String body) {
        var request = PutDashboardRequest.builder()
                .dashboardName(name)
                .dashboardBody(body)
                .build();
        return refusal(what, "InvalidParameterInput", 400, () -> aws.cloudWatch.putDashboard(request));
    }

    @Test
    void dashboardsAreOfTheAccountWhateverTheRegion() {
        aws.cloudWatch.putDashboard(call -> call.dashboardName("one").dashboardBody("{\"widgets\": []}"));
        settle();
        var elsewhere = aws.neighbour(aws.account, "eu-west-1").cloudWatch;
        assertThat(elsewhere.listDashboards().dashboardEntries())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.dashboardArn()).isEqualTo("arn:aws:cloudwatch::123456789012:dashboard/one"));
        assertThat(elsewhere.getDashboard(call -> call.dashboardName("one")).dashboardBody())
                .isEqualTo("{\"widgets\": []}");
    }
}
