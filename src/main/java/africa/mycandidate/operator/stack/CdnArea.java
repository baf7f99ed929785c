package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.Distribution;
import africa.mycandidate.operator.resource.Distribution.Behaviour;
import africa.mycandidate.operator.resource.Distribution.Origin;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.Listener.Action;
import africa.mycandidate.operator.resource.ListenerRule;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.stack.Parts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** CloudFront before the load balancer: the distribution, its certificate, and the rule by which the load balancer lets its requests in. */
final class CdnArea {
    private static final String TLS = "TLSv1.2_2021";
    /** All but South America, Australia and New Zealand (CloudFront Developer Guide, "Choose the price class for a CloudFront distribution"). */
    private static final String PRICE_CLASS = "PriceClass_200";

    /** Where CloudFront takes certificates from (CloudFront Developer Guide, "Requirements for using SSL/TLS certificates"). */
    private static final String CERTIFICATES = "us-east-1";

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> ALL = Set.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");

    private CdnArea() {}

    static Part<Distribution> of(
            Spec spec,
            SecretsArea secrets,
            Part<LoadBalancer> balancer,
            Part<Listener> https,
            Part<TargetGroup> targets,
            Ref<Certificate> certificate,
            Parts parts) {
        var rule = parts.add(
                "cdn",
                new ListenerRule(
                        https.arn(),
                        secrets.originKey().secret("valueFrom"),
                        ListenerRule.CARRIES_THE_KEY,
                        new Action.Forward(targets.arn())));
        return parts.add(
                "site",
                new Distribution(
                        SiteNames.all(spec),
                        new Origin(balancer.output("dnsName"), "https-only", Set.of("TLSv1.2")),
                        rule.output("digest"),
                        rule.output("valueFrom"),
                        certificate(spec, certificate, parts),
                        TLS,
                        behaviours(spec),
                        "http2and3",
                        true,
                        PRICE_CLASS,
                        true));
    }

    private static Ref<? extends Resource> certificate(Spec spec, Ref<Certificate> regional, Parts parts) {
        return spec.region().equals(CERTIFICATES) ? regional : SiteNames.cdnCertificate(spec, parts);
    }

    /** Host and cookies are passed on everywhere: the origin's certificate is for the Host header. What is cached is the same for everybody. */
    private static List<Behaviour> behaviours(Spec spec) {
        var all = new ArrayList<Behaviour>();
        for (var path : spec.cdn().cachedPaths()) all.add(behaviour(path, "CachingOptimized", READS));
        all.add(behaviour(Behaviour.ALL, "CachingDisabled", ALL));
        return all;
    }

    private static Behaviour behaviour(String path, String cache, Set<String> methods) {
        return new Behaviour(path, cache, "AllViewer", "SecurityHeadersPolicy", "redirect-to-https", methods, true);
    }
}
