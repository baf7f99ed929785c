package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** HTTPS requests, as CloudFront and load balancers pass them on. A status of 0: nobody answers. */
final class Traffic {
    private static final int NOBODY = 0;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final Cidr SOMEWHERE = Cidr.of("203.0.113.7/32");
    /** Of the addresses in CloudFront's prefix list, which are all distributions' alike. */
    private static final Cidr AN_EDGE = Cidr.of("130.176.1.1/32");

    private final SimPartition partition;

    Traffic(SimPartition partition) {
        this.partition = partition;
    }

    int fromAnywhere(String address, String host) {
        var distribution = partition
                .everywhere()
                .flatMap(aws -> aws.cloudFront.named(address).stream())
                .findFirst();
        if (distribution.isEmpty()) return toLoadBalancer(address, host, SOMEWHERE, Map.of());
        partition
                .everywhere()
                .filter(aws -> aws.cloudFront.named(address).isPresent())
                .forEach(aws -> aws.logs.deliveries.visited(
                        aws.cloudFront.arn(distribution.get().id())));
        return byEveryEdge(distribution.get(), host);
    }

    int fromCloudFront(String address, String host, Map<String, String> headers) {
        return toLoadBalancer(address, host, AN_EDGE, headers);
    }

    /** While a change is on its way some edges know what was before: the worst that any of them says. */
    private int byEveryEdge(SimCloudFront.Row distribution, String host) {
        var worst = OK;
        for (var config : distribution.atEdges()) {
            var said = config.map(one -> byAnEdge(one, host)).orElse(FORBIDDEN);
            if (said != OK) worst = said;
        }
        return worst;
    }

    /** A name that it does not know, or does not serve now, is refused (CloudFront Developer Guide, "HTTP 403 status code"). */
    private int byAnEdge(DistributionConfig config, String host) {
        if (!config.enabled() || !config.aliases().items().contains(host)) return FORBIDDEN;
        var behaviour = config.defaultCacheBehavior();
        var origin = config.origins().items().stream()
                .filter(one -> one.id().equals(behaviour.targetOriginId()))
                .findFirst()
                .orElseThrow();
        var headers = new TreeMap<String, String>();
        if (origin.customHeaders() != null)
            for (var header : origin.customHeaders().items()) headers.put(header.headerName(), header.headerValue());
        var said = toLoadBalancer(origin.domainName(), host, AN_EDGE, headers);
        return said == NOBODY ? BAD_GATEWAY : said;
    }

    private int toLoadBalancer(String address, String host, Cidr from, Map<String, String> headers) {
        return partition
                .everywhere()
                .flatMap(aws -> aws.elb.loadBalancers.rows.truths().stream()
                        .map(ElbRow::shown)
                        .filter(one -> one.dnsName().equalsIgnoreCase(address))
                        .map(one -> ask(aws, one, host, from, headers)))
                .findFirst()
                .orElse(NOBODY);
    }

    private static int ask(SimAws aws, LoadBalancer one, String host, Cidr from, Map<String, String> headers) {
        if (!aws.elb.loadBalancers.active(one.loadBalancerArn())) return NOBODY;
        var listener = aws.elb.listeners.at(one.loadBalancerArn(), 443);
        var admitted = one.securityGroups().stream().anyMatch(group -> aws.ec2.rules.admits(group, from, 443));
        if (!admitted || listener.isEmpty()) return NOBODY;
        var known = listener.get().certificates().stream()
                .anyMatch(certificate -> aws.acm.covers(certificate.certificateArn(), host));
        if (!known) return BAD_GATEWAY;
        return done(aws, aws.elb.rules.actions(listener.get(), headers).getFirst());
    }

    private static int done(SimAws aws, Action action) {
        if (action.type() == ActionTypeEnum.FIXED_RESPONSE)
            return Integer.parseInt(action.fixedResponseConfig().statusCode());
        var groups = ElbActions.serving(List.of(action));
        return !groups.isEmpty() && groups.stream().allMatch(group -> aws.elb.targets.healthy(group) > 0)
                ? OK
                : UNAVAILABLE;
    }
}
