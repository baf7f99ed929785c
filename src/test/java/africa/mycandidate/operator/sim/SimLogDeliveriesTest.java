package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateDeliveryRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputFormat;

/** Who may have CloudFront's access logs delivered where, and what AWS makes of it by itself. */
class SimLogDeliveriesTest extends EdgeFixture {
    private static final String NAME = "www.example.org";
    private static final String BUCKET = "mcd-a-files-1a2b3c4";
    private static final String PLACE = "arn:aws:s3:::" + BUCKET + "/logs/cdn";

    private final SimLogs logs = aws.global().logs;
    private String distribution;
    private String destination;

    @BeforeEach
    void ends() {
        distribution = distribution("1", NAME);
        aws.s3.createBucket(
                call -> call.bucket(BUCKET).createBucketConfiguration(where -> where.locationConstraint("af-south-1")));
        source("mcd-a", distribution);
        destination = destination("mcd-a", PLACE);
        settle();
    }

    private String distribution(String reference, String... names) {
        var certificate = aws.global().importedCertificate(NAME);
        return aws.global()
                .cloudFront
                .createDistribution(request -> request.distributionConfig(config -> config.callerReference(reference)
                        .comment("")
                        .enabled(true)
                        .aliases(aliases -> aliases.quantity(names.length).items(names))
                        .viewerCertificate(shown -> shown.acmCertificateArn(certificate)
                                .sslSupportMethod("sni-only")
                                .minimumProtocolVersion("TLSv1.2_2021"))
                        .origins(origins -> origins.quantity(1).items(origin -> origin.id("o")
                                .domainName("example.org")
                                .customOriginConfig(custom ->
                                        custom.httpPort(80).httpsPort(443).originProtocolPolicy("https-only"))))
                        .defaultCacheBehavior(all -> all.targetOriginId("o")
                                .viewerProtocolPolicy("redirect-to-https")
                                .cachePolicyId("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"))))
                .distribution()
                .arn();
    }

    private String source(String name, String of) {
        return logs.putDeliverySource(call ->
                        call.name(name).resourceArn(of).logType("ACCESS_LOGS").tags(Map.of("a", "b")))
                .deliverySource()
                .arn();
    }

    private String destination(String name, String place) {
        return logs.putDeliveryDestination(call -> call.name(name)
                        .outputFormat(OutputFormat.W3_C)
                        .deliveryDestinationConfiguration(to -> to.destinationResourceArn(place))
                        .tags(Map.of("a", "b")))
                .deliveryDestination()
                .arn();
    }

    private CreateDeliveryRequest.Builder from(String source, String to) {
        return CreateDeliveryRequest.builder()
                .deliverySourceName(source)
                .deliveryDestinationArn(to)
                .s3DeliveryConfiguration(s3 -> s3.suffixPath("{yyyy}/{MM}"));
    }

    private Delivery delivered() {
        var made = logs.createDelivery(
                        from("mcd-a", destination).tags(Map.of("a", "b")).build())
                .delivery();
        settle();
        return made;
    }

    private String policy() {
        return aws.s3.getBucketPolicy(call -> call.bucket(BUCKET)).policy();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        delivered();
        var other = distribution("2");
        var others = aws.neighbour("210987654321", "af-south-1").s3;
        others.createBucket(call ->
                call.bucket("theirs").createBucketConfiguration(where -> where.locationConstraint("af-south-1")));
        var theirs = destination("theirs", "arn:aws:s3:::theirs/logs");
        var second = destination("second", "arn:aws:s3:::" + BUCKET + "/more");
        source("other", other);
        settle();
        return refusals(
                logs::existing,
                refusal("a name with a dot", "ValidationException", 400, () -> source("a.b", other)),
                refusal("no distribution", "ResourceNotFoundException", 400, () -> source("x", other + "X")),
                refusal(
                        "in another region",
                        "ValidationException",
                        400,
                        () -> aws.logs.putDeliverySource(
                                call -> call.name("x").resourceArn(distribution).logType("ACCESS_LOGS"))),
                refusal(
                        "other logs",
                        "ValidationException",
                        400,
                        () -> logs.putDeliverySource(
                                call -> call.name("x").resourceArn(distribution).logType("EVENT_LOGS"))),
                refusal("a second source of one", "ConflictException", 400, () -> source("x", distribution)),
                refusal("made again, with tags", "ConflictException", 400, () -> source("mcd-a", distribution)),
                refusal(
                        "of another distribution",
                        "ConflictException",
                        400,
                        () -> logs.putDeliverySource(
                                call -> call.name("mcd-a").resourceArn(other).logType("ACCESS_LOGS"))),
                refusal("a destination again", "ConflictException", 400, () -> destination("mcd-a", PLACE)),
                refusal(
                        "another format",
                        "ValidationException",
                        400,
                        () -> logs.putDeliveryDestination(call -> call.name("mcd-a")
                                .outputFormat(OutputFormat.JSON)
                                .deliveryDestinationConfiguration(to -> to.destinationResourceArn(PLACE)))),
                refusal(
                        "from nowhere",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.createDelivery(from("none", destination).build())),
                refusal(
                        "to nowhere",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.createDelivery(from("other", "none").build())),
                refusal(
                        "the same once more",
                        "ConflictException",
                        400,
                        () -> logs.createDelivery(from("mcd-a", destination).build())),
                refusal(
                        "to a second place in S3",
                        "ConflictException",
                        400,
                        () -> logs.createDelivery(from("mcd-a", second).build())),
                refusal(
                        "into another account's bucket",
                        "AccessDeniedException",
                        400,
                        () -> logs.createDelivery(from("other", theirs).build())),
                refusal(
                        "a path with unknown variables",
                        "ValidationException",
                        400,
                        () -> logs.createDelivery(from("other", second)
                                .s3DeliveryConfiguration(s3 -> s3.suffixPath("{year}"))
                                .build())),
                refusal(
                        "unknown fields",
                        "ValidationException",
                        400,
                        () -> logs.createDelivery(
                                from("other", second).recordFields("colour").build())),
                refusal(
                        "a source that is delivered from",
                        "ConflictException",
                        400,
                        () -> logs.deleteDeliverySource(call -> call.name("mcd-a"))),
                refusal(
                        "a destination that is delivered to",
                        "ConflictException",
                        400,
                        () -> logs.deleteDeliveryDestination(call -> call.name("mcd-a"))),
                refusal(
                        "a delivery that is not",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.deleteDelivery(call -> call.id("none"))),
                refusal(
                        "a page of 51",
                        "ValidationException",
                        400,
                        () -> logs.describeDeliveries(call -> call.limit(51))),
                refusal(
                        "tags of none",
                        "ResourceNotFoundException",
                        400,
                        () -> logs.listTagsForResource(call -> call.resourceArn(destination + "x"))));
    }

    @Test
    void whatThePolicyLacksIsAppendedToIt() {
        delivered();
        assertThat(policy())
                .contains("AWSLogDeliveryWrite1", "delivery.logs.amazonaws.com", PLACE + "/*")
                .contains(aws.global().arn("logs", "delivery-source:mcd-a"));
    }

    @Test
    void nothingIsAppendedToAPolicyThatLetsItDeliver() {
        var own = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},\
                "Action":"s3:PutObject","Resource":"%s/*","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"},\
                "ArnLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:123456789012:delivery-source:mcd-?"}}}]}""".formatted(PLACE);
        aws.s3.putBucketPolicy(call -> call.bucket(BUCKET).policy(own));
        delivered();
        assertThat(policy()).isEqualTo(own);
        aws.s3.putBucketPolicy(call -> call.bucket(BUCKET).policy(own.replace("mcd-?", "mcd-??")));
        logs.deleteDelivery(call -> call.id(
                logs.describeDeliveries(request -> {}).deliveries().getFirst().id()));
        settle();
        delivered();
        assertThat(policy()).contains("AWSLogDeliveryWrite1");
    }

    /** hashicorp/terraform-provider-aws#46328: CloudFront's own prefix comes at the creation, and goes with the first change. */
    @Test
    void withoutAPrefixTheLogsGoBelowCloudFrontsOwn() {
        assertThat(delivered().s3DeliveryConfiguration().suffixPath()).isEqualTo("{yyyy}/{MM}");
        var bare = destination("bare", "arn:aws:s3:::" + BUCKET);
        source("other", distribution("2"));
        settle();
        var made = logs.createDelivery(from("other", bare).build()).delivery();
        assertThat(made.s3DeliveryConfiguration().suffixPath())
                .isEqualTo("AWSLogs/{account-id}/CloudFront/{yyyy}/{MM}");
        settle();
        logs.updateDeliveryConfiguration(
                call -> call.id(made.id()).s3DeliveryConfiguration(s3 -> s3.suffixPath("{yyyy}")));
        settle();
        assertThat(logs.describeDeliveries(request -> {}).deliveries())
                .filteredOn(one -> one.id().equals(made.id()))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.s3DeliveryConfiguration().suffixPath()).isEqualTo("{yyyy}"));
    }

    @Test
    void aVisitStandsInAFileWithinTheHour() {
        delivered();
        pass(Duration.ofMinutes(30));
        var name = aws.global()
                .cloudFront
                .listDistributions()
                .distributionList()
                .items()
                .getFirst();
        aws.visit(name.domainName(), NAME);
        assertThat(aws.files(BUCKET)).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(aws.files(BUCKET)).singleElement().satisfies(key -> assertThat(key)
                .matches("logs/cdn/2026/11/" + name.id() + "\\.2026-11-22-08\\.[0-9a-f]{8}\\.gz"));
        aws.s3.deleteBucketPolicy(call -> call.bucket(BUCKET));
        aws.visit(name.domainName(), NAME);
        pass(Duration.ofHours(1));
        assertThat(aws.files(BUCKET)).as("what may not be written is lost").hasSize(1);
    }

    @Test
    void oneChangeIsMadeAtATime() {
        logs.createDelivery(from("mcd-a", destination).build());
        var made = logs.deliveries.existing().keySet().stream()
                .filter(arn -> arn.contains(":delivery:"))
                .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                .findFirst()
                .orElseThrow();
        refused("ConflictException", 400, () -> logs.deleteDelivery(call -> call.id(made)));
        settle();
        logs.deleteDelivery(call -> call.id(made));
        settle();
        logs.deleteDeliverySource(call -> call.name("mcd-a"));
        logs.deleteDeliveryDestination(call -> call.name("mcd-a"));
        assertThat(logs.existing()).isEmpty();
    }

    @Test
    void aPutOverASourceOrDestinationKeepsItsTags() {
        logs.putDeliverySource(
                call -> call.name("mcd-a").resourceArn(distribution).logType("ACCESS_LOGS"));
        logs.putDeliveryDestination(call -> call.name("mcd-a")
                .deliveryDestinationConfiguration(to -> to.destinationResourceArn("arn:aws:s3:::elsewhere/logs")));
        settle();
        assertThat(logs.existing().values()).containsOnly(Map.of("a", "b"));
    }
}
