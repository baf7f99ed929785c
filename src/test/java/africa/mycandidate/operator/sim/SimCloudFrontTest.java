package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;

/** What the simulated CloudFront refuses, and how long its changes take. */
class SimCloudFrontTest {
    private static final String NAME = "www.example.org";

    private final VirtualClock clock = new VirtualClock();
    private final SimAws aws = new SimAws(new World(5, clock::instant), "123456789012", "af-south-1");
    private final CloudFrontClient cloudFront = aws.of(CloudFrontClient.class);
    private final String certificate = aws.global().importedCertificate(NAME);

    private Consumer<DistributionConfig.Builder> plain(String reference) {
        return config -> config.callerReference(reference)
                .comment("")
                .enabled(true)
                .aliases(aliases -> aliases.quantity(1).items(NAME))
                .viewerCertificate(shown -> shown.acmCertificateArn(certificate)
                        .sslSupportMethod("sni-only")
                        .minimumProtocolVersion("TLSv1.2_2021"))
                .origins(origins -> origins.quantity(1).items(origin -> origin.id("o")
                        .domainName("example.org")
                        .customOriginConfig(
                                custom -> custom.httpPort(80).httpsPort(443).originProtocolPolicy("https-only"))))
                .defaultCacheBehavior(all -> all.targetOriginId("o")
                        .viewerProtocolPolicy("redirect-to-https")
                        .cachePolicyId("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"));
    }

    private String made(Consumer<DistributionConfig.Builder> how) {
        return cloudFront
                .createDistribution(request -> request.distributionConfig(how))
                .distribution()
                .id();
    }

    private void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, error -> assertThat(
                        error.awsErrorDetails().errorCode())
                .isEqualTo(code));
    }

    private DistributionSummary listed(String id) {
        clock.advance(Duration.ofSeconds(10));
        return cloudFront.listDistributions().distributionList().items().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void disable(String id) {
        clock.advance(Duration.ofSeconds(10));
        var now = cloudFront.getDistributionConfig(request -> request.id(id));
        cloudFront.updateDistribution(request -> request.id(id)
                .ifMatch(now.eTag())
                .distributionConfig(
                        now.distributionConfig().toBuilder().enabled(false).build()));
    }

    private String version(String id) {
        clock.advance(Duration.ofSeconds(10));
        return cloudFront.getDistributionConfig(request -> request.id(id)).eTag();
    }

    @Test
    void aChangeTakesMinutesAndADeletionNeedsOneThatIsDisabledEverywhere() {
        var id = made(plain("1"));
        assertThat(listed(id).status()).isEqualTo("InProgress");
        clock.advance(Duration.ofMinutes(30));
        assertThat(listed(id).status()).isEqualTo("Deployed");
        refused(
                "DistributionNotDisabled",
                () -> cloudFront.deleteDistribution(request -> request.id(id).ifMatch(version(id))));
        disable(id);
        refused(
                "DistributionNotDisabled",
                () -> cloudFront.deleteDistribution(request -> request.id(id).ifMatch(version(id))));
        clock.advance(Duration.ofMinutes(30));
        assertThat(listed(id).status()).isEqualTo("Deployed");
        clock.advance(Duration.ofMinutes(1));
        cloudFront.deleteDistribution(request -> request.id(id).ifMatch(version(id)));
        assertThat(aws.global().cloudFront.existing()).isEmpty();
    }

    @Test
    void aStaleVersionIsRefused() {
        var id = made(plain("1"));
        var version = version(id);
        disable(id);
        refused(
                "PreconditionFailed",
                () -> cloudFront.deleteDistribution(request -> request.id(id).ifMatch(version)));
        refused("InvalidIfMatchVersion", () -> cloudFront.deleteDistribution(request -> request.id(id)));
        refused(
                "NoSuchDistribution",
                () -> cloudFront.deleteDistribution(request -> request.id("E0").ifMatch(version)));
    }

    @Test
    void referencesAndNamesBelongToOneDistribution() {
        made(plain("1"));
        refused("DistributionAlreadyExists", () -> made(plain("1")));
        refused("CNAMEAlreadyExists", () -> made(plain("2")));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refused(
                "InvalidViewerCertificate",
                () -> made(plain("1")
                        .andThen(config -> config.viewerCertificate(
                                shown -> shown.acmCertificateArn(aws.importedCertificate(NAME))))));
        refused(
                "InvalidViewerCertificate",
                () -> made(plain("1")
                        .andThen(config ->
                                config.aliases(aliases -> aliases.quantity(1).items("other.example.org")))));
        refused(
                "InconsistentQuantities",
                () -> made(plain("1")
                        .andThen(config ->
                                config.aliases(aliases -> aliases.quantity(2).items(NAME)))));
        refused(
                "NoSuchOrigin",
                () -> made(plain("1")
                        .andThen(config -> config.defaultCacheBehavior(all -> all.targetOriginId("another")
                                .viewerProtocolPolicy("https-only")
                                .cachePolicyId("x")))));
        refused(
                "NoSuchCachePolicy",
                () -> made(plain("1")
                        .andThen(config -> config.defaultCacheBehavior(all -> all.targetOriginId("o")
                                .viewerProtocolPolicy("https-only")
                                .cachePolicyId("x")))));
        assertThat(aws.global().cloudFront.existing()).isEqualTo(Map.of());
    }

    @Test
    void listsComeInPages() {
        for (var i = 0; i < 3; i++)
            made(plain("page " + i)
                    .andThen(config ->
                            config.aliases(aliases -> aliases.quantity(0).items(List.of()))));
        clock.advance(Duration.ofSeconds(10));
        var first =
                cloudFront.listDistributions(request -> request.maxItems("2")).distributionList();
        assertThat(first.isTruncated()).isTrue();
        var rest = cloudFront
                .listDistributions(request -> request.marker(first.nextMarker()))
                .distributionList();
        assertThat(rest.items()).hasSize(1);
        assertThat(rest.isTruncated()).isFalse();
    }
}
