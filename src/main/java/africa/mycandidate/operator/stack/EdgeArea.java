package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.CapacityUnits;
import africa.mycandidate.operator.resource.Distribution;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.Listener.Action;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.stack.Parts.Part;
import java.util.Map;
import java.util.Set;

/** Where voters come in: load balancer, listeners, target group; certificate and DNS by {@link SiteNames}. */
record EdgeArea(Part<TargetGroup> targets) {
    /** TLS 1.2 and 1.3, no older (ELB User Guide, "Security policies"). */
    private static final String TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    private static final int HEALTH_INTERVAL_SECONDS = 10;
    private static final int HEALTH_TIMEOUT_SECONDS = 5;
    private static final int HEALTHY_AFTER = 2;
    private static final int UNHEALTHY_AFTER = 3;
    /** Long enough for a request to end, short enough for a rollout on the day. */
    private static final String DRAIN_SECONDS = "30";

    /** @param capacityUnits of the load balancer that are to be reserved now: none stay when nothing asks for them any more, as they cost by the hour */
    static EdgeArea of(
            Spec spec,
            int capacityUnits,
            NetworkArea network,
            SecretsArea secrets,
            StorageArea storage,
            Adoption adoption,
            Parts parts) {
        var balancer = parts.add(
                "main",
                new LoadBalancer(
                        "internet-facing",
                        network.routedPublic(),
                        Set.of(network.loadBalancer().id()),
                        Map.of(
                                LoadBalancer.DELETION_PROTECTION,
                                "true",
                                "routing.http.drop_invalid_header_fields.enabled",
                                "true"),
                        storage.accessLogs(),
                        CapacityUnits.of(capacityUnits)));
        var targets = parts.add("app", targetGroup(spec, network));
        var certificate = SiteNames.certificate(spec, adoption, parts);
        var cdn = spec.cdn() != null;
        var https = parts.add(
                "https",
                new Listener(
                        balancer.arn(),
                        443,
                        "HTTPS",
                        TLS_POLICY,
                        certificate,
                        cdn ? new Action.Refuse(403) : new Action.Forward(targets.arn()),
                        Set.of(),
                        Set.of(),
                        SiteNames.all(spec),
                        cdn ? targets.arn() : null));
        parts.add(
                "http",
                new Listener(
                        balancer.arn(),
                        80,
                        "HTTP",
                        null,
                        null,
                        new Action.Redirect("HTTPS", 443, 301),
                        Set.of(),
                        null,
                        null,
                        null));
        if (cdn) {
            var distribution = CdnArea.of(spec, secrets, balancer, https, targets, certificate, parts);
            if (storage.cdnLogs() != null) CdnLogsArea.of(distribution, storage.cdnLogs(), parts);
            SiteNames.records(
                    spec,
                    name -> distribution.output(Distribution.answersFor(name)),
                    distribution.output("domainName"),
                    Ref.<Distribution>of(Distribution.ZONE),
                    parts);
        } else {
            SiteNames.records(
                    spec,
                    name -> name.equals(spec.domain().name()) ? null : certificate,
                    balancer.output("dnsName"),
                    balancer.output("zoneId"),
                    parts);
        }
        return new EdgeArea(targets);
    }

    private static TargetGroup targetGroup(Spec spec, NetworkArea network) {
        var health = spec.container().healthCheck();
        return new TargetGroup(
                network.vpc(),
                spec.container().port(),
                "HTTP",
                "ip",
                "HTTP",
                TargetGroup.TRAFFIC_PORT,
                health.path(),
                health.codes(),
                HEALTH_INTERVAL_SECONDS,
                HEALTH_TIMEOUT_SECONDS,
                HEALTHY_AFTER,
                UNHEALTHY_AFTER,
                Map.of("deregistration_delay.timeout_seconds", DRAIN_SECONDS));
    }
}
