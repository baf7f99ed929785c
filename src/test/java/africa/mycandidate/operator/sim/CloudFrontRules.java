package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.SimCloudFront.error;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudfront.model.*;

/** What CloudFront refuses of a distribution's settings, and how it fills in what is left out. */
record CloudFrontRules(SimAws aws, String id) {
    private static final String CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    private static final String CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private static final String ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";
    private static final String SECURITY_HEADERS = "67f7725c-6f97-4210-82d7-5512b31e9d03";
    /** CloudFront Developer Guide, "Quotas": cache behaviors per distribution. */
    private static final int BEHAVIOURS = 75;

    DistributionConfig checked(DistributionConfig asked) {
        if (asked.callerReference() == null || asked.comment() == null || asked.enabled() == null)
            throw invalid("The parameters CallerReference, Comment and Enabled are required.");
        if (asked.origins() == null || asked.origins().items().isEmpty())
            throw invalid("A distribution needs an origin.");
        counted(asked);
        asked.origins().items().forEach(CloudFrontRules::origin);
        behaviours(asked);
        var aliases =
                asked.aliases() == null ? List.<String>of() : asked.aliases().items();
        certificate(asked.viewerCertificate(), aliases);
        for (var alias : aliases)
            if (aws.partition.everywhere().anyMatch(other -> other.cloudFront.holds(alias, id)))
                throw error(
                        CnameAlreadyExistsException.builder(),
                        "CNAMEAlreadyExists",
                        409,
                        "One or more of the CNAMEs you provided are already associated with a different resource.");
        return asked.toBuilder()
                .aliases(named -> named.quantity(aliases.size()).items(aliases))
                .httpVersion(asked.httpVersion() == null ? HttpVersion.HTTP2 : asked.httpVersion())
                .isIPV6Enabled(Boolean.TRUE.equals(asked.isIPV6Enabled()))
                .priceClass(asked.priceClass() == null ? PriceClass.PRICE_CLASS_ALL : asked.priceClass())
                .webACLId(asked.webACLId() == null ? "" : asked.webACLId())
                .build();
    }

    private static void counted(DistributionConfig asked) {
        if (asked.origins().quantity() != asked.origins().items().size()
                || asked.aliases() != null
                        && asked.aliases().quantity() != asked.aliases().items().size()
                || asked.cacheBehaviors() != null
                        && asked.cacheBehaviors().quantity()
                                != asked.cacheBehaviors().items().size())
            throw error(
                    InconsistentQuantitiesException.builder(),
                    "InconsistentQuantities",
                    400,
                    "The value of Quantity and the size of Items don't match.");
    }

    private static void origin(Origin one) {
        if (one.customOriginConfig() == null)
            throw new java.lang.UnsupportedOperationException("Only custom origins are modelled.");
        if (one.customOriginConfig().httpPort() == null
                || one.customOriginConfig().httpsPort() == null
                || one.customOriginConfig().originProtocolPolicy() == null)
            throw invalid("A custom origin needs its ports and its protocol policy.");
    }

    private static void behaviours(DistributionConfig asked) {
        var origins = asked.origins().items().stream().map(Origin::id).collect(Collectors.toSet());
        var last = asked.defaultCacheBehavior();
        if (last == null) throw invalid("A distribution needs a default cache behavior.");
        behaviour(
                origins,
                last.targetOriginId(),
                last.viewerProtocolPolicy(),
                last.cachePolicyId(),
                last.originRequestPolicyId(),
                last.responseHeadersPolicyId());
        var others = asked.cacheBehaviors() == null
                ? List.<CacheBehavior>of()
                : asked.cacheBehaviors().items();
        if (others.size() > BEHAVIOURS)
            throw error(
                    TooManyCacheBehaviorsException.builder(),
                    "TooManyCacheBehaviors",
                    400,
                    "You cannot create more cache behaviors for the distribution.");
        var paths = new HashSet<String>();
        for (var one : others) {
            if (!paths.add(one.pathPattern()))
                throw invalid("The path pattern " + one.pathPattern() + " stands twice.");
            behaviour(
                    origins,
                    one.targetOriginId(),
                    one.viewerProtocolPolicy(),
                    one.cachePolicyId(),
                    one.originRequestPolicyId(),
                    one.responseHeadersPolicyId());
        }
    }

    private static void behaviour(
            Set<String> origins,
            String target,
            ViewerProtocolPolicy viewers,
            String cache,
            String request,
            String headers) {
        if (!origins.contains(target))
            throw error(
                    NoSuchOriginException.builder(),
                    "NoSuchOrigin",
                    404,
                    "No origin exists with the specified Origin Id.");
        if (viewers == null || cache == null) throw invalid("A cache behavior needs its protocol and cache policies.");
        if (!Set.of(CACHING_OPTIMIZED, CACHING_DISABLED).contains(cache))
            throw error(
                    NoSuchCachePolicyException.builder(), "NoSuchCachePolicy", 404, "The cache policy does not exist.");
        if (request != null && !request.equals(ALL_VIEWER))
            throw error(
                    NoSuchOriginRequestPolicyException.builder(),
                    "NoSuchOriginRequestPolicy",
                    404,
                    "The origin request policy does not exist.");
        if (headers != null && !headers.equals(SECURITY_HEADERS))
            throw error(
                    NoSuchResponseHeadersPolicyException.builder(),
                    "NoSuchResponseHeadersPolicy",
                    404,
                    "The response headers policy does not exist.");
    }

    private void certificate(ViewerCertificate shown, List<String> aliases) {
        var arn = shown == null ? null : shown.acmCertificateArn();
        if (arn == null) {
            if (!aliases.isEmpty())
                throw certificate(
                        "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach"
                                + " a trusted certificate that validates your authorization to use the domain name.");
            return;
        }
        if (!arn.startsWith("arn:aws:acm:us-east-1:") || !aws.acm.issued(arn))
            throw certificate(
                    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.");
        for (var alias : aliases)
            if (!aws.acm.covers(arn, alias))
                throw certificate(
                        "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) "
                                + alias + ".");
    }

    /** Tells ACM which certificates a distribution, given by its ARN, takes up and gives up. */
    Consumer<String> used(DistributionConfig before, DistributionConfig after) {
        return distribution -> {
            var had = certificates(before);
            var has = certificates(after);
            had.stream().filter(arn -> !has.contains(arn)).forEach(arn -> aws.acm.release(arn, distribution));
            has.forEach(arn -> aws.acm.use(arn, distribution));
        };
    }

    private static Set<String> certificates(DistributionConfig config) {
        return config == null || config.viewerCertificate() == null
                ? Set.of()
                : Stream.ofNullable(config.viewerCertificate().acmCertificateArn())
                        .collect(Collectors.toSet());
    }

    private static RuntimeException certificate(String message) {
        return error(InvalidViewerCertificateException.builder(), "InvalidViewerCertificate", 400, message);
    }

    private static RuntimeException invalid(String message) {
        return error(InvalidArgumentException.builder(), "InvalidArgument", 400, message);
    }
}
