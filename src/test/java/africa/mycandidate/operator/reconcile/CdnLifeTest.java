package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;

/** A site with a CDN from its beginning to its end, and what others have in the same account. */
class CdnLifeTest {
    private static final Duration LONGEST = Duration.ofHours(3);

    private final Simulation simulation = new Simulation(79);
    private final String zone = simulation.zone();

    private List<DistributionSummary> distributions() {
        return simulation
                .aws
                .of(CloudFrontClient.class)
                .listDistributions()
                .distributionList()
                .items();
    }

    private void ready(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
        simulation.until("Ready", LONGEST, Simulation::ready);
    }

    @Test
    void aNewSiteIsLockedFromItsBeginningAndGoesWithItsDistributionFirst() {
        ready("cdn: {}", "database: {deletionProtection: false}");
        simulation.run(Duration.ofMinutes(20));
        assertThat(simulation.aws.visit(distributions().getFirst().domainName(), Simulation.DOMAIN))
                .isEqualTo(200);
        var key = distributions()
                .getFirst()
                .origins()
                .items()
                .getFirst()
                .customHeaders()
                .items()
                .getFirst()
                .headerValue();
        assertThat(simulation.aws.secretValues()).contains(key);
        assertThat(String.valueOf(simulation.resource.getStatus())).doesNotContain(key);
        assertThat(String.join("\n", simulation.events)).doesNotContain(key);

        var begun = simulation.now();
        var disabled = new Instant[1];
        var last = new Instant[] {begun};
        simulation.eachSecond = () -> {
            var left = distributions();
            if (!left.isEmpty()) last[0] = simulation.now();
            if (disabled[0] == null && left.stream().noneMatch(DistributionSummary::enabled))
                disabled[0] = simulation.now();
        };
        simulation.remove(Duration.ofHours(6));
        var whole = Duration.between(begun, simulation.now());
        System.out.printf(
                "deletion: distribution disabled after %d s and gone after %d min, everything after %d min%n",
                Duration.between(begun, disabled[0]).toSeconds(),
                Duration.between(begun, last[0]).toMinutes(),
                whole.toMinutes());
        assertThat(Duration.between(begun, disabled[0])).isLessThan(Duration.ofMinutes(1));
        var left = new TreeSet<>(simulation.aws.existing());
        left.removeIf(one -> !one.contains(":cloudfront:") && !one.contains(":acm:") && !one.contains("loadbalancer"));
        assertThat(left).isEmpty();
    }

    @Test
    void aNameThatAnotherDistributionHasStalls() {
        var theirs = theirs();
        simulation.apply(Simulation.spec(zone, "cdn: {}"));
        simulation.until("Stalled", LONGEST, status -> status.conditions().stream()
                .anyMatch(one ->
                        one.getType().equals("Stalled") && one.getStatus().equals("True")));
        assertThat(simulation.describe()).contains("CNAMEAlreadyExists");
        assertThat(distributions()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(theirs);
            assertThat(one.enabled()).isTrue();
        });
    }

    /** Somebody else's distribution with the site's name. */
    private String theirs() {
        var acm = simulation.aws.global().of(AcmClient.class);
        var certificate = acm.requestCertificate(
                        request -> request.domainName(Simulation.DOMAIN).validationMethod(ValidationMethod.DNS))
                .certificateArn();
        simulation.rest(Duration.ofMinutes(1));
        var record = acm.describeCertificate(request -> request.certificateArn(certificate))
                .certificate()
                .domainValidationOptions()
                .getFirst()
                .resourceRecord();
        simulation
                .aws
                .of(software.amazon.awssdk.services.route53.Route53Client.class)
                .changeResourceRecordSets(request -> request.hostedZoneId(zone)
                        .changeBatch(batch -> batch.changes(
                                change -> change.action("UPSERT").resourceRecordSet(set -> set.name(record.name())
                                        .type("CNAME")
                                        .ttl(300L)
                                        .resourceRecords(one -> one.value(record.value()))))));
        simulation.rest(Duration.ofMinutes(30));
        return simulation
                .aws
                .of(CloudFrontClient.class)
                .createDistribution(request -> request.distributionConfig(config -> config.callerReference("theirs")
                        .comment("theirs")
                        .enabled(true)
                        .aliases(aliases -> aliases.quantity(1).items(Simulation.DOMAIN))
                        .viewerCertificate(shown -> shown.acmCertificateArn(certificate)
                                .sslSupportMethod("sni-only")
                                .minimumProtocolVersion("TLSv1.2_2021"))
                        .origins(origins -> origins.quantity(1).items(origin -> origin.id("theirs")
                                .domainName("example.org")
                                .customOriginConfig(custom ->
                                        custom.httpPort(80).httpsPort(443).originProtocolPolicy("https-only"))))
                        .defaultCacheBehavior(all -> all.targetOriginId("theirs")
                                .viewerProtocolPolicy("redirect-to-https")
                                .cachePolicyId("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"))))
                .distribution()
                .id();
    }

    /** Whoever needs no CDN needs no rights for it; whoever does is told. */
    @Test
    void rightsForCloudFrontAreNeededWithACdnAlone() {
        simulation.port = (effect, call) -> {
            if (!effect.service().equals("CloudFront")) return call.run();
            throw CloudFrontException.builder()
                    .awsErrorDetails(software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                            .serviceName("CloudFront")
                            .errorCode("AccessDenied")
                            .errorMessage("User is not authorized to perform: cloudfront:ListDistributions")
                            .build())
                    .statusCode(403)
                    .build();
        };
        ready();
        simulation.apply(Simulation.spec(zone, "cdn: {}"));
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.describe()).contains("AccessDenied");
        assertThat(simulation.serving()).isPositive();
    }
}
