package africa.mycandidate.operator.drift;

import static africa.mycandidate.operator.drift.Tampering.deleted;
import static africa.mycandidate.operator.drift.Tampering.on;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.resource.Delivery;
import africa.mycandidate.operator.resource.DeliveryDestination;
import africa.mycandidate.operator.resource.Distribution;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.MinimumProtocolVersion;
import software.amazon.awssdk.services.cloudfront.model.OriginProtocolPolicy;
import software.amazon.awssdk.services.cloudfront.model.PriceClass;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.S3DeliveryConfiguration;
import software.amazon.awssdk.services.cloudwatchlogs.model.UpdateDeliveryConfigurationRequest;

/** The CDN, and its access logs. */
final class CdnTampering {
    private CdnTampering() {}

    static void register() {
        logs();
        change(
                "aliases",
                "none",
                config -> config.aliases(aliases -> aliases.quantity(0).items(List.of())));
        change(
                "minimumTls",
                "an old one",
                config -> config.viewerCertificate(config.build().viewerCertificate().toBuilder()
                        .minimumProtocolVersion(MinimumProtocolVersion.TLS_V1_2_2018)
                        .build()));
        change("httpVersion", "HTTP/1.1", config -> config.httpVersion("http1.1"));
        change("ipv6", "off", config -> config.isIPV6Enabled(false));
        change("priceClass", "a cheaper one", config -> config.priceClass(PriceClass.PRICE_CLASS_100));
        change("enabled", "off", config -> config.enabled(false));
        change(
                "behaviours",
                "no security headers",
                config -> config.defaultCacheBehavior(config.build().defaultCacheBehavior().toBuilder()
                        .responseHeadersPolicyId(null)
                        .build()));
        origin(
                "origin",
                "over HTTP",
                origin -> origin.customOriginConfig(origin.build().customOriginConfig().toBuilder()
                        .originProtocolPolicy(OriginProtocolPolicy.HTTP_ONLY)
                        .build()));
        origin(
                "originKey",
                "another",
                origin -> origin.customHeaders(
                        headers -> headers.quantity(1).items(header -> header.headerName("X-MyCandidate-Origin-Key")
                                .headerValue("known to somebody"))));
        on(Distribution.class, "certificate", "another", (clients, distribution) -> {
            var ours = ((Distribution) distribution.actual()).certificate().value();
            var other =
                    clients
                            .global()
                            .of(AcmClient.class)
                            .listCertificates(request -> {})
                            .certificateSummaryList()
                            .stream()
                            .map(one -> one.certificateArn())
                            .filter(arn -> !arn.equals(ours))
                            .findFirst()
                            .orElseThrow();
            update(
                    clients,
                    distribution.id(),
                    config -> config.viewerCertificate(config.build().viewerCertificate().toBuilder()
                            .acmCertificateArn(other)
                            .build()));
        });
    }

    private static void logs() {
        on(DeliveryDestination.class, "resource", "somebody else's bucket", (clients, destination) -> clients.global()
                .of(CloudWatchLogsClient.class)
                .putDeliveryDestination(request -> request.name(destination.id())
                        .outputFormat("w3c")
                        .deliveryDestinationConfiguration(
                                to -> to.destinationResourceArn("arn:aws:s3:::somebody-elses/logs"))));
        delivery("recordFields", "with cookies", (request, now) -> request.recordFields("date", "time", "cs(Cookie)")
                .s3DeliveryConfiguration(s3(now.suffixPath())));
        delivery("suffixPath", "all in one place", (request, now) -> request.recordFields(now.recordFields())
                .s3DeliveryConfiguration(s3("all")));
        delivery("hiveCompatible", "on", (request, now) -> request.recordFields(now.recordFields())
                .s3DeliveryConfiguration(s3(now.suffixPath()).toBuilder()
                        .enableHiveCompatiblePath(true)
                        .build()));
        deleted(Delivery.class, (clients, delivery) -> clients.global()
                .of(CloudWatchLogsClient.class)
                .deleteDelivery(request -> request.id(delivery.id())));
    }

    private static S3DeliveryConfiguration s3(String suffixPath) {
        return S3DeliveryConfiguration.builder()
                .suffixPath(suffixPath)
                .enableHiveCompatiblePath(false)
                .build();
    }

    private static void delivery(
            String field, String what, BiConsumer<UpdateDeliveryConfigurationRequest.Builder, Delivery> how) {
        on(Delivery.class, field, what, (clients, delivery) -> clients.global()
                .of(CloudWatchLogsClient.class)
                .updateDeliveryConfiguration(request -> {
                    request.id(delivery.id());
                    how.accept(request, (Delivery) delivery.actual());
                }));
    }

    private static void origin(
            String field, String what, Consumer<software.amazon.awssdk.services.cloudfront.model.Origin.Builder> how) {
        change(field, what, config -> {
            var origin = config.build().origins().items().getFirst().toBuilder();
            how.accept(origin);
            config.origins(origins -> origins.quantity(1).items(origin.build()));
        });
    }

    private static void change(String field, String what, Consumer<DistributionConfig.Builder> how) {
        on(Distribution.class, field, what, (clients, distribution) -> update(clients, distribution.id(), how));
    }

    private static void update(Clients clients, String id, Consumer<DistributionConfig.Builder> how) {
        var cloudFront = clients.global().of(CloudFrontClient.class);
        var now = cloudFront.getDistributionConfig(request -> request.id(id));
        var next = now.distributionConfig().toBuilder();
        how.accept(next);
        cloudFront.updateDistribution(
                request -> request.id(id).ifMatch(now.eTag()).distributionConfig(next.build()));
    }
}
