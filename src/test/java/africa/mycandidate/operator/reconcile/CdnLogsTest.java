package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestination;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliverySource;
import software.amazon.awssdk.services.s3.S3Client;

/** A CDN's access logs, into the bucket of a site that has both. */
class CdnLogsTest {
    private static final String CDN = "cdn: {}";
    private static final String STORAGE = "storage: {}";
    private static final String UNPROTECTED = "database: {deletionProtection: false}";
    private static final Duration LONGEST = Duration.ofHours(6);

    private final DataSite site = new DataSite(83);
    private final Simulation simulation = site.simulation;
    private final CloudWatchLogsClient logs = simulation.aws.global().of(CloudWatchLogsClient.class);
    private final S3Client s3 = simulation.aws.of(S3Client.class);

    private List<Delivery> deliveries() {
        return logs.describeDeliveries(request -> {}).deliveries();
    }

    private List<DeliverySource> sources() {
        return logs.describeDeliverySources(request -> {}).deliverySources();
    }

    private List<DeliveryDestination> destinations() {
        return logs.describeDeliveryDestinations(request -> {}).deliveryDestinations();
    }

    private List<DistributionSummary> distributions() {
        return simulation
                .aws
                .of(CloudFrontClient.class)
                .listDistributions()
                .distributionList()
                .items();
    }

    private String bucket() {
        return s3.listBuckets().buckets().getFirst().name();
    }

    private String policy() {
        return s3.getBucketPolicy(request -> request.bucket(bucket())).policy();
    }

    /** What a visitor leaves behind, an hour later. */
    private List<String> logsOfAVisit() {
        var before = files();
        assertThat(simulation.aws.visit(distributions().getFirst().domainName(), Simulation.DOMAIN))
                .isEqualTo(200);
        simulation.run(Duration.ofMinutes(61));
        var more = new ArrayList<>(files());
        more.removeAll(before);
        return more;
    }

    private List<String> files() {
        return simulation.aws.files(bucket()).stream()
                .filter(key -> key.startsWith("logs/cdn/"))
                .toList();
    }

    private List<String> calls() {
        return simulation.effects.stream()
                .filter(Port.Effect::mutating)
                .filter(effect -> !effect.service().equals("Kubernetes"))
                .map(Port.Effect::toString)
                .toList();
    }

    @Test
    void whatVisitorsDoStandsInTheBucket() {
        var refused = site.refusals();
        site.apply(CDN, STORAGE);
        simulation.until("ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(20));
        var made = calls();
        assertThat(made.indexOf("CloudWatchLogs.createDelivery"))
                .isGreaterThan(made.indexOf("S3.putBucketPolicy"))
                .isGreaterThan(made.indexOf("CloudWatchLogs.putDeliveryDestination"))
                .isGreaterThan(made.indexOf("CloudWatchLogs.putDeliverySource"));
        assertThat(made.indexOf("CloudWatchLogs.putDeliverySource"))
                .isGreaterThan(made.indexOf("CloudFront.createDistributionWithTags"));
        assertThat(made.indexOf("CloudWatchLogs.putDeliveryDestination"))
                .isGreaterThan(made.indexOf("S3.putBucketPolicy"));
        assertThat(refused).noneMatch(one -> one.contains("Deliver"));
        assertThat(policy()).as("AWS adds nothing").doesNotContain("AWSLogDelivery");
        var now = simulation.now().toString();
        assertThat(logsOfAVisit()).singleElement().satisfies(key -> assertThat(key)
                .startsWith("logs/cdn/" + now.substring(0, 10).replace('-', '/') + "/"
                        + distributions().getFirst().id() + "."));
        assertThat(deliveries().getFirst().recordFields()).doesNotContain("cs(Cookie)");
        assertThat(destinations().getFirst().outputFormatAsString()).isEqualTo("w3c");
        simulation.effects.clear();
        simulation.run(Duration.ofHours(3));
        assertThat(calls()).as("steady is silent").isEmpty();
    }

    @Test
    void aSiteWithoutOneOfThemHasNoDelivery() {
        site.ready(CDN);
        assertThat(sources()).isEmpty();
        site.ready(STORAGE);
        assertThat(sources()).isEmpty();
        assertThat(destinations()).isEmpty();
        assertThat(policy()).doesNotContain("delivery.logs.amazonaws.com");
    }

    @Test
    void storageAddedLaterGetsTheLogsOfACdnThatServes() {
        site.ready(CDN);
        site.ready(CDN, STORAGE);
        assertThat(logsOfAVisit()).hasSize(1);
    }

    @Test
    void withoutTheCdnTheDeliveryEndsBeforeAnythingElseGoes() {
        site.ready(CDN, STORAGE);
        var kept = logsOfAVisit();
        simulation.effects.clear();
        site.apply(STORAGE);
        simulation.until("ready", LONGEST, status -> distributions().isEmpty() && Simulation.ready(status));
        assertThat(inOrder("CloudWatchLogs.delete.*|CloudFront\\..*"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("CloudWatchLogs.deleteDelivery"),
                        second -> assertThat(second).matches("CloudWatchLogs.deleteDelivery(Source|Destination)"),
                        third -> assertThat(third).matches("CloudWatchLogs.deleteDelivery(Source|Destination)"),
                        disabled -> assertThat(disabled).isEqualTo("CloudFront.updateDistribution"),
                        last -> assertThat(last).isEqualTo("CloudFront.deleteDistribution"));
        assertThat(policy()).doesNotContain("delivery.logs.amazonaws.com");
        assertThat(files()).as("what was logged stays").isEqualTo(kept);
    }

    private List<String> inOrder(String what) {
        return calls().stream().filter(call -> call.matches(what)).distinct().toList();
    }

    @Test
    void withoutStorageTheDeliveryEndsAndTheBucketStays() {
        site.ready(CDN, STORAGE);
        var name = bucket();
        simulation.effects.clear();
        site.apply(CDN);
        assertThat(site.stalled()).contains(name + " holds data and is not part of the spec");
        simulation.run(Duration.ofMinutes(10));
        assertThat(sources()).isEmpty();
        assertThat(destinations()).isEmpty();
        assertThat(deliveries()).isEmpty();
        assertThat(inOrder("CloudFront\\..*|S3.delete.*")).isEmpty();
        site.ready(CDN, STORAGE);
        assertThat(bucket()).isEqualTo(name);
        assertThat(logsOfAVisit()).hasSize(1);
    }

    @Test
    void aDeletionEndsTheDeliveryFirstAndGivesTheBucketUpLast() {
        site.ready(CDN, STORAGE, UNPROTECTED);
        var gone = new TreeMap<String, Instant>();
        simulation.eachSecond = () -> {
            if (deliveries().isEmpty()) gone.putIfAbsent("delivery", simulation.now());
            if (sources().isEmpty()) gone.putIfAbsent("source", simulation.now());
            if (destinations().isEmpty()) gone.putIfAbsent("destination", simulation.now());
            if (distributions().stream().noneMatch(DistributionSummary::enabled))
                gone.putIfAbsent("distribution", simulation.now());
        };
        var begun = simulation.now();
        simulation.remove(LONGEST);
        assertThat(gone).containsOnlyKeys("delivery", "source", "destination", "distribution");
        assertThat(gone.get("delivery"))
                .isBeforeOrEqualTo(gone.get("source"))
                .isBeforeOrEqualTo(gone.get("destination"));
        assertThat(gone.get("source")).isBeforeOrEqualTo(gone.get("distribution"));
        System.out.printf(
                "deletion with logs: distribution disabled after %d s%n",
                Duration.between(begun, gone.get("distribution")).toSeconds());
        assertThat(Duration.between(begun, gone.get("distribution"))).isLessThan(Duration.ofMinutes(2));
        assertThat(simulation.aws.existing()).noneMatch(arn -> arn.contains(":delivery"));
        assertThat(simulation.aws.releasedBuckets()).hasSize(1);
    }

    @Test
    void everythingGoesWithTheBucketWhereThatIsAskedFor() {
        site.ready(CDN, STORAGE, UNPROTECTED, "deletionPolicy: Delete");
        logsOfAVisit();
        simulation.remove(LONGEST);
        assertThat(simulation.aws.existing()).noneMatch(arn -> arn.contains(":delivery") || arn.contains(":s3:"));
        assertThat(s3.listBuckets().buckets()).isEmpty();
    }

    /** A source is of one distribution for ever. */
    @Test
    void aNewDistributionHasItsLogsDeliveredToo() {
        site.ready(CDN, STORAGE);
        var old = distributions().getFirst().id();
        deleteByHand(old);
        simulation.until(
                "ready again",
                LONGEST,
                status -> distributions().stream().anyMatch(one -> !one.id().equals(old)) && Simulation.ready(status));
        simulation.run(Duration.ofMinutes(30));
        assertThat(sources()).singleElement().satisfies(source -> assertThat(source.resourceArns())
                .containsExactly(distributions().getFirst().arn()));
        assertThat(deliveries()).hasSize(1);
        assertThat(logsOfAVisit()).singleElement().satisfies(key -> assertThat(key)
                .contains(distributions().getFirst().id()));
        assertThat(policy()).doesNotContain("AWSLogDelivery");
    }

    private void deleteByHand(String id) {
        var cloudFront = simulation.aws.of(CloudFrontClient.class);
        var now = cloudFront.getDistributionConfig(request -> request.id(id));
        cloudFront.updateDistribution(request -> request.id(id)
                .ifMatch(now.eTag())
                .distributionConfig(
                        now.distributionConfig().toBuilder().enabled(false).build()));
        simulation.rest(Duration.ofMinutes(30));
        var version =
                cloudFront.getDistributionConfig(request -> request.id(id)).eTag();
        cloudFront.deleteDistribution(request -> request.id(id).ifMatch(version));
        simulation.rest(Duration.ofSeconds(30));
    }
}
