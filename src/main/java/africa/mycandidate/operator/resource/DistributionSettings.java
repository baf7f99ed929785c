package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.Distribution.Behaviour;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudfront.model.AllowedMethods;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.CacheBehaviors;
import software.amazon.awssdk.services.cloudfront.model.DefaultCacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.Method;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.cloudfront.model.OriginCustomHeader;
import software.amazon.awssdk.services.cloudfront.model.SSLSupportMethod;
import software.amazon.awssdk.services.cloudfront.model.SslProtocol;
import software.amazon.awssdk.services.cloudfront.model.ViewerCertificate;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** How a distribution's record stands in the API, where each list comes with its length. */
record DistributionSettings(SecretsManagerClient secrets) {
    /** The id of our origin within a distribution. */
    static final String ORIGIN = "mycandidate-load-balancer";

    /** The beginning of our comment, as that of our names elsewhere. */
    static final String NAMED = "mcd-";

    /** AWS's own policies by their ids (CloudFront Developer Guide, "Use managed cache policies", "… origin request policies", "… response headers policies"). */
    private static final Map<String, String> POLICIES = Map.of(
            "658327ea-f89d-4fab-a63d-7e88639e58f6", "CachingOptimized",
            "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachingDisabled",
            "216adef6-5c7f-47e4-b989-5492eafa07d3", "AllViewer",
            "67f7725c-6f97-4210-82d7-5512b31e9d03", "SecurityHeadersPolicy");

    static Distribution read(DistributionSummary one) {
        var origin = one.origins().items().stream()
                .filter(each -> each.id().equals(ORIGIN))
                .findFirst();
        var shown = one.viewerCertificate();
        return new Distribution(
                new TreeSet<>(one.aliases() == null ? List.of() : one.aliases().items()),
                origin.map(DistributionSettings::origin).orElse(null),
                origin.flatMap(DistributionSettings::key)
                        .map(value -> Ref.<ListenerRule>of(OriginKey.digest(value)))
                        .orElse(null),
                null,
                shown == null ? null : RefSets.ref(shown.acmCertificateArn()),
                shown == null ? null : shown.minimumProtocolVersionAsString(),
                behaviours(one),
                one.httpVersionAsString().toLowerCase(Locale.ROOT),
                one.isIPV6Enabled(),
                one.priceClassAsString(),
                one.enabled());
    }

    private static Distribution.Origin origin(Origin one) {
        var custom = one.customOriginConfig();
        return new Distribution.Origin(
                Ref.of(RecordNames.normal(one.domainName())),
                custom == null ? null : custom.originProtocolPolicyAsString(),
                custom == null
                        ? Set.of()
                        : new TreeSet<>(custom.originSslProtocols().itemsAsStrings()));
    }

    private static Optional<String> key(Origin one) {
        if (one.customHeaders() == null) return Optional.empty();
        return one.customHeaders().items().stream()
                .filter(header -> header.headerName().equalsIgnoreCase(OriginKey.HEADER))
                .map(OriginCustomHeader::headerValue)
                .findFirst();
    }

    private static List<Behaviour> behaviours(DistributionSummary one) {
        var all = new ArrayList<Behaviour>();
        if (one.cacheBehaviors() != null)
            for (var each : one.cacheBehaviors().items())
                all.add(new Behaviour(
                        each.pathPattern(),
                        named(each.cachePolicyId()),
                        named(each.originRequestPolicyId()),
                        named(each.responseHeadersPolicyId()),
                        each.viewerProtocolPolicyAsString(),
                        methods(each.allowedMethods()),
                        each.compress()));
        var last = one.defaultCacheBehavior();
        all.add(new Behaviour(
                Behaviour.ALL,
                named(last.cachePolicyId()),
                named(last.originRequestPolicyId()),
                named(last.responseHeadersPolicyId()),
                last.viewerProtocolPolicyAsString(),
                methods(last.allowedMethods()),
                last.compress()));
        return all;
    }

    private static Set<String> methods(AllowedMethods methods) {
        return methods == null ? Set.of() : new TreeSet<>(methods.itemsAsStrings());
    }

    private static String named(String id) {
        return id == null || id.isEmpty() ? null : POLICIES.getOrDefault(id, id);
    }

    private static String id(String name) {
        return POLICIES.entrySet().stream()
                .filter(policy -> policy.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    /** @param creation the stack of it stands in the comment, which people read in the console */
    DistributionConfig first(Distribution want, Creation creation) {
        var empty = DistributionConfig.builder()
                .callerReference(creation.token())
                .comment(NAMED + creation.tags().getOrDefault(Tags.STACK, ""))
                .build();
        return changed(
                empty,
                want,
                Set.of(
                        "aliases",
                        "origin",
                        "originKey",
                        "certificate",
                        "minimumTls",
                        "behaviours",
                        "httpVersion",
                        "ipv6",
                        "priceClass",
                        "enabled"));
    }

    DistributionConfig changed(DistributionConfig now, Distribution goal, Set<String> fields) {
        var next = now.toBuilder();
        if (fields.contains("aliases"))
            next.aliases(aliases -> aliases.quantity(goal.aliases().size()).items(sorted(goal.aliases())));
        if (fields.contains("origin") || fields.contains("originKey")) origins(next, now, goal, fields);
        if (fields.contains("certificate") || fields.contains("minimumTls"))
            next.viewerCertificate(ViewerCertificate.builder()
                    .acmCertificateArn(goal.certificate().value())
                    .sslSupportMethod(SSLSupportMethod.SNI_ONLY)
                    .minimumProtocolVersion(goal.minimumTls())
                    .build());
        if (fields.contains("behaviours")) behaviours(next, now, goal.behaviours());
        if (fields.contains("httpVersion")) next.httpVersion(goal.httpVersion());
        if (fields.contains("ipv6")) next.isIPV6Enabled(goal.ipv6());
        if (fields.contains("priceClass")) next.priceClass(goal.priceClass());
        if (fields.contains("enabled")) next.enabled(goal.enabled());
        return next.build();
    }

    /** Ours is put in, and whatever else somebody gave the distribution stays. */
    private void origins(
            DistributionConfig.Builder next, DistributionConfig now, Distribution goal, Set<String> fields) {
        var had = now.origins() == null ? List.<Origin>of() : now.origins().items();
        var all = new ArrayList<Origin>();
        for (var one : had) if (!one.id().equals(ORIGIN)) all.add(one);
        var ours = had.stream().filter(one -> one.id().equals(ORIGIN)).findFirst();
        var origin = ours.map(Origin::toBuilder)
                .orElseGet(() -> Origin.builder().id(ORIGIN).originPath(""));
        if (fields.contains("origin") || ours.isEmpty()) {
            var tls = sorted(goal.origin().tls()).stream()
                    .map(SslProtocol::fromValue)
                    .toList();
            origin.domainName(goal.origin().domainName().value()).customOriginConfig(custom -> custom.httpPort(80)
                    .httpsPort(443)
                    .originProtocolPolicy(goal.origin().protocol())
                    .originSslProtocols(
                            protocols -> protocols.quantity(tls.size()).items(tls)));
        }
        if (fields.contains("originKey") || ours.isEmpty()) {
            var headers = new ArrayList<OriginCustomHeader>();
            ours.filter(one -> one.customHeaders() != null)
                    .ifPresent(one -> headers.addAll(one.customHeaders().items()));
            headers.removeIf(header -> header.headerName().equalsIgnoreCase(OriginKey.HEADER));
            headers.add(OriginCustomHeader.builder()
                    .headerName(OriginKey.HEADER)
                    .headerValue(ValueFrom.read(secrets, Ref.of(goal.keyFrom().value())))
                    .build());
            origin.customHeaders(custom -> custom.quantity(headers.size()).items(headers));
        }
        all.add(origin.build());
        next.origins(origins -> origins.quantity(all.size()).items(all));
    }

    private static void behaviours(DistributionConfig.Builder next, DistributionConfig now, List<Behaviour> wanted) {
        var had = now.cacheBehaviors() == null
                ? List.<CacheBehavior>of()
                : now.cacheBehaviors().items();
        var all = new ArrayList<CacheBehavior>();
        for (var want : wanted.subList(0, wanted.size() - 1)) {
            var one = had.stream()
                    .filter(each -> each.pathPattern().equals(want.path()))
                    .findFirst()
                    .map(CacheBehavior::toBuilder)
                    .orElseGet(CacheBehavior::builder);
            all.add(one.pathPattern(want.path())
                    .targetOriginId(ORIGIN)
                    .cachePolicyId(id(want.cachePolicy()))
                    .originRequestPolicyId(id(want.originRequestPolicy()))
                    .responseHeadersPolicyId(id(want.responseHeadersPolicy()))
                    .viewerProtocolPolicy(want.viewers())
                    .allowedMethods(methods(want))
                    .compress(want.compressed())
                    .build());
        }
        next.cacheBehaviors(
                CacheBehaviors.builder().quantity(all.size()).items(all).build());
        var last = wanted.getLast();
        var was = now.defaultCacheBehavior();
        next.defaultCacheBehavior((was == null ? DefaultCacheBehavior.builder() : was.toBuilder())
                .targetOriginId(ORIGIN)
                .cachePolicyId(id(last.cachePolicy()))
                .originRequestPolicyId(id(last.originRequestPolicy()))
                .responseHeadersPolicyId(id(last.responseHeadersPolicy()))
                .viewerProtocolPolicy(last.viewers())
                .allowedMethods(methods(last))
                .compress(last.compressed())
                .build());
    }

    private static AllowedMethods methods(Behaviour want) {
        var methods = sorted(want.methods()).stream().map(Method::fromValue).toList();
        return AllowedMethods.builder()
                .quantity(methods.size())
                .items(methods)
                .cachedMethods(cached -> cached.quantity(2).items(Method.GET, Method.HEAD))
                .build();
    }

    private static List<String> sorted(Collection<String> some) {
        return some.stream().sorted().toList();
    }
}
