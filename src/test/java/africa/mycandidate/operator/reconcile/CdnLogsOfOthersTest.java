package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What somebody else has delivered in the same account, and what they may have forbidden. */
class CdnLogsOfOthersTest {
    private static final String[] BOTH = {"cdn: {}", "storage: {}"};

    private final DataSite site = new DataSite(87);
    private final Simulation simulation = site.simulation;
    private final CloudWatchLogsClient logs = simulation.aws.global().of(CloudWatchLogsClient.class);

    private String distribution() {
        return simulation
                .aws
                .of(CloudFrontClient.class)
                .listDistributions()
                .distributionList()
                .items()
                .getFirst()
                .arn();
    }

    private List<String> sources() {
        return logs.describeDeliverySources(request -> {}).deliverySources().stream()
                .map(one -> one.name())
                .toList();
    }

    /** CloudFront's console makes one of this name. */
    @Test
    void aSourceThatSomebodyMadeOfOurDistributionStallsUntilItIsGone() {
        site.ready("cdn: {}");
        var theirs =
                "CreatedByCloudFront-" + distribution().substring(distribution().lastIndexOf('/') + 1);
        logs.putDeliverySource(
                request -> request.name(theirs).resourceArn(distribution()).logType("ACCESS_LOGS"));
        site.apply(BOTH);
        assertThat(site.stalled()).contains("This ResourceId has already been used in another Delivery Source");
        simulation.run(Duration.ofHours(1));
        assertThat(sources()).containsExactly(theirs);
        assertThat(simulation.serving()).isPositive();
        logs.deleteDeliverySource(request -> request.name(theirs));
        site.settle("it goes on");
        assertThat(sources()).singleElement().satisfies(name -> assertThat(name)
                .matches("mcd-southafrica-cdn-[0-9a-f]{7}-[0-9a-f]{6}"));
    }

    /** The name is as ours are; the tags are not. */
    @Test
    void whatBearsANameLikeOursAndNoTagOfOursIsLeftAlone() {
        site.ready(BOTH);
        logs.putDeliveryDestination(request -> request.name("mcd-theirs")
                .deliveryDestinationConfiguration(to -> to.destinationResourceArn("arn:aws:s3:::theirs/logs")));
        logs.putDeliveryDestination(request -> request.name("mcd-another-cdn-1234567-abcdef")
                .tags(Map.of("mycandidate.africa/stack", "mycandidate/another", "mycandidate.africa/owner", "another"))
                .deliveryDestinationConfiguration(to -> to.destinationResourceArn("arn:aws:s3:::another/logs")));
        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        site.apply("database: {deletionProtection: false}", BOTH[0], BOTH[1]);
        simulation.run(Duration.ofMinutes(30));
        simulation.remove(Duration.ofHours(6));
        assertThat(logs.describeDeliveryDestinations(request -> {}).deliveryDestinations())
                .extracting(one -> one.name())
                .containsExactly("mcd-another-cdn-1234567-abcdef", "mcd-theirs");
        assertThat(simulation.aws.existing()).noneMatch(arn -> arn.contains("delivery:"));
    }

    @Test
    void aDeliveryOfOursThatSomebodyDeletedIsMadeAgain() {
        site.ready(BOTH);
        logs.deleteDelivery(request -> request.id(
                logs.describeDeliveries(all -> {}).deliveries().getFirst().id()));
        simulation.until(
                "ready",
                Duration.ofHours(1),
                status -> !logs.describeDeliveries(all -> {}).deliveries().isEmpty() && Simulation.ready(status));
        assertThat(site.status().drift()).isEmpty();
    }

    /** AWS would let itself in, by a statement that nobody asked for. */
    @Test
    void nothingIsDeliveredWhileThePolicyOfTheBucketCannotBeSet() {
        site.ready("storage: {}");
        simulation.port = (effect, call) -> {
            if (!effect.operation().equals("putBucketPolicy")) return call.run();
            throw S3Exception.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .serviceName("S3")
                            .errorCode("AccessDenied")
                            .errorMessage("User is not authorized to perform: s3:PutBucketPolicy")
                            .build())
                    .statusCode(403)
                    .build();
        };
        site.apply(BOTH);
        simulation.run(Duration.ofMinutes(40));
        assertThat(sources()).hasSize(1);
        assertThat(logs.describeDeliveryDestinations(request -> {}).deliveryDestinations())
                .isEmpty();
        assertThat(policy()).doesNotContain("delivery.logs.amazonaws.com");
        simulation.port = (effect, call) -> call.run();
        site.settle("it may");
        assertThat(logs.describeDeliveries(request -> {}).deliveries()).hasSize(1);
        assertThat(policy()).contains("delivery.logs.amazonaws.com").doesNotContain("AWSLogDelivery");
    }

    private String policy() {
        var s3 = simulation.aws.of(S3Client.class);
        var bucket = s3.listBuckets().buckets().getFirst().name();
        return s3.getBucketPolicy(request -> request.bucket(bucket)).policy();
    }

    /** Whoever needs no logs of a CDN needs no rights for them; whoever does is told. */
    @Test
    void rightsToDeliverLogsAreNeededWithBothAlone() {
        var denied = Set.of("describeDeliveries", "describeDeliverySources", "describeDeliveryDestinations");
        simulation.port = (effect, call) -> {
            if (!denied.contains(effect.operation())) return call.run();
            throw CloudWatchLogsException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .serviceName("CloudWatchLogs")
                            .errorCode("AccessDeniedException")
                            .errorMessage("User is not authorized to perform: logs:" + effect.operation())
                            .build())
                    .statusCode(400)
                    .build();
        };
        site.ready("cdn: {}");
        site.ready("storage: {}");
        site.apply(BOTH);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.describe()).contains("not authorized to perform: logs:describeDeliver");
        assertThat(simulation.serving()).isPositive();
        assertThat(simulation.effects)
                .filteredOn(Port.Effect::mutating)
                .extracting(Port.Effect::operation)
                .noneMatch(operation -> operation.contains("Deliver"));
    }
}
