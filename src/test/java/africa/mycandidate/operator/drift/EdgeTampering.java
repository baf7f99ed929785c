package africa.mycandidate.operator.drift;

import static africa.mycandidate.operator.drift.Tampering.deleted;
import static africa.mycandidate.operator.drift.Tampering.on;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.DnsRecord;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.ListenerRule;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.TargetGroup;
import java.util.ArrayList;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;

/** Load balancer and DNS. */
final class EdgeTampering {
    private static final String ELSEWHERE = "elsewhere-1234567890.af-south-1.elb.amazonaws.com";
    /** The zone of every CloudFront distribution (Route 53 API reference, AliasTarget). */
    private static final String CLOUDFRONT = "Z2FDTNDATAQYW2";

    /** The zone of load balancers in af-south-1 (AWS General Reference, "Elastic Load Balancing endpoints and quotas"). */
    private static final String BALANCERS = "Z268VQBMOI5EKX";

    private static final String DISTRIBUTION = "d111111abcdef8.cloudfront.net";

    private EdgeTampering() {}

    static void register() {
        balancer();
        accessLogs();
        listeners();
        rules();
        targets();
        records();
        deletions();
    }

    private static void balancer() {
        on(LoadBalancer.class, "securityGroups", "another one added", (clients, balancer) -> {
            var ours = ((LoadBalancer) balancer.actual())
                    .securityGroups().stream().map(Ref::value).toList();
            var ec2 = clients.of(Ec2Client.class);
            var vpc = ec2.describeSecurityGroups(request -> request.groupIds(ours))
                    .securityGroups()
                    .getFirst()
                    .vpcId();
            var groups = new ArrayList<>(ours);
            groups.add(ec2.describeSecurityGroups(request -> request.filters(
                            filter -> filter.name("vpc-id").values(vpc),
                            filter -> filter.name("group-name").values("default")))
                    .securityGroups()
                    .getFirst()
                    .groupId());
            elb(clients).setSecurityGroups(request -> request.loadBalancerArn(balancer.id())
                    .securityGroups(groups));
        });
        on(LoadBalancer.class, "subnets", "one fewer", (clients, balancer) -> {
            var ours = ((LoadBalancer) balancer.actual())
                    .subnets().stream().map(Ref::value).toList();
            elb(clients).setSubnets(request -> request.loadBalancerArn(balancer.id())
                    .subnets(ours.subList(1, ours.size())));
        });
        on(LoadBalancer.class, "attributes", "protection off", (clients, balancer) -> elb(clients)
                .modifyLoadBalancerAttributes(request -> request.loadBalancerArn(balancer.id())
                        .attributes(
                                one -> one.key(LoadBalancer.DELETION_PROTECTION).value("false"))));
        on(LoadBalancer.class, "capacityUnits", "reserved by hand", (clients, balancer) -> elb(clients)
                .modifyCapacityReservation(request -> request.loadBalancerArn(balancer.id())
                        .minimumLoadBalancerCapacity(minimum -> minimum.capacityUnits(200))));
        on(LoadBalancer.class, "attributes", "invalid headers let through", (clients, balancer) -> elb(clients)
                .modifyLoadBalancerAttributes(request -> request.loadBalancerArn(balancer.id())
                        .attributes(one -> one.key("routing.http.drop_invalid_header_fields.enabled")
                                .value("false"))));
    }

    private static void accessLogs() {
        on(LoadBalancer.class, "accessLogs", "off", (clients, balancer) -> elb(clients)
                .modifyLoadBalancerAttributes(request -> request.loadBalancerArn(balancer.id())
                        .attributes(one -> one.key("access_logs.s3.enabled").value("false"))));
        on(LoadBalancer.class, "accessLogs", "to somebody else's bucket", (clients, balancer) -> {
            var bucket = ((LoadBalancer) balancer.actual()).accessLogs().value().split("/")[0];
            var policy =
                    "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::098369216593:root\"},"
                            + "\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::theirs/*\"}]}";
            var s3 = clients.of(S3Client.class);
            s3.createBucket(request -> request.bucket("theirs")
                    .createBucketConfiguration(where -> where.locationConstraint(BucketLocationConstraint.AF_SOUTH_1)));
            s3.putBucketPolicy(request -> request.bucket("theirs").policy(policy));
            elb(clients).modifyLoadBalancerAttributes(request -> request.loadBalancerArn(balancer.id())
                    .attributes(
                            one -> one.key("access_logs.s3.bucket").value("theirs"),
                            one -> one.key("access_logs.s3.prefix").value(bucket)));
        });
    }

    private static void listeners() {
        on(
                Listener.class,
                "sslPolicy",
                "an old one",
                (clients, listener) ->
                        modify(clients, listener, request -> request.sslPolicy("ELBSecurityPolicy-2016-08")));
        on(
                Listener.class,
                "action",
                "a page instead of the site",
                (clients, listener) -> modify(
                        clients,
                        listener,
                        request -> request.defaultActions(one -> one.type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(
                                        page -> page.statusCode("503").contentType("text/plain")))));
        on(Listener.class, "certificate", "another", (clients, listener) -> {
            var other = anotherCertificate(clients, listener);
            modify(clients, listener, request -> request.certificates(one -> one.certificateArn(other)));
        });
        on(Listener.class, "rules", "one added", (clients, listener) -> elb(clients)
                .createRule(request -> request.listenerArn(listener.id())
                        .priority(1)
                        .conditions(when -> when.field("path-pattern").values("/*"))
                        .actions(then -> then.type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(
                                        page -> page.statusCode("200").contentType("text/plain")))));
        on(Listener.class, "otherCertificates", "one added", (clients, listener) -> elb(clients)
                .addListenerCertificates(request -> request.listenerArn(listener.id())
                        .certificates(one -> one.certificateArn(anotherCertificate(clients, listener)))));
        on(
                Listener.class,
                "protocol",
                "plain HTTP",
                Set.of("sslPolicy", "certificate"),
                (clients, listener) -> modify(clients, listener, request -> request.protocol("HTTP")));
    }

    private static void rules() {
        on(ListenerRule.class, "condition", "another key", (clients, rule) -> elb(clients)
                .modifyRule(request -> request.ruleArn(rule.id()).conditions(when -> when.field("http-header")
                        .httpHeaderConfig(header -> header.httpHeaderName("X-MyCandidate-Origin-Key")
                                .values("known to somebody")))));
        on(ListenerRule.class, "action", "a page instead of the site", (clients, rule) -> elb(clients)
                .modifyRule(request -> request.ruleArn(rule.id()).actions(one -> one.type(ActionTypeEnum.FIXED_RESPONSE)
                        .fixedResponseConfig(page -> page.statusCode("503").contentType("text/plain")))));
        deleted(ListenerRule.class, (clients, rule) -> elb(clients).deleteRule(request -> request.ruleArn(rule.id())));
    }

    private static void deletions() {
        deleted(Listener.class, (clients, listener) -> elb(clients)
                .deleteListener(request -> request.listenerArn(listener.id())));
        // What is left of it is the record beside it, which says whose it is.
        on(DnsRecord.class, "target", "deleted", Set.of("targetZone"), (clients, record) -> {
            var ours = (DnsRecord) record.actual();
            var route53 = clients.of(Route53Client.class);
            var found = route53.listResourceRecordSets(request -> request.hostedZoneId(ours.zone())
                            .startRecordName(ours.name())
                            .startRecordType(RRType.A))
                    .resourceRecordSets()
                    .getFirst();
            route53.changeResourceRecordSets(request -> request.hostedZoneId(ours.zone())
                    .changeBatch(batch -> batch.changes(
                            change -> change.action(ChangeAction.DELETE).resourceRecordSet(found))));
        });
    }

    private static String anotherCertificate(Clients clients, Observed<?> listener) {
        var ours = ((Listener) listener.actual()).certificate().value();
        return clients.of(AcmClient.class).listCertificates(request -> {}).certificateSummaryList().stream()
                .map(one -> one.certificateArn())
                .filter(arn -> !arn.equals(ours))
                .findFirst()
                .orElseThrow();
    }

    private static void modify(Clients clients, Observed<?> listener, Consumer<ModifyListenerRequest.Builder> change) {
        elb(clients).modifyListener(request -> {
            request.listenerArn(listener.id());
            change.accept(request);
        });
    }

    private static void targets() {
        health("healthPath", "another", request -> request.healthCheckPath("/elsewhere"));
        health("healthProtocol", "HTTPS", request -> request.healthCheckProtocol(ProtocolEnum.HTTPS));
        health("healthPort", "another", request -> request.healthCheckPort("9999"));
        health("healthCodes", "only 200", request -> request.matcher(codes -> codes.httpCode("200")));
        health("healthIntervalSeconds", "slower", request -> request.healthCheckIntervalSeconds(60));
        health("healthTimeoutSeconds", "shorter", request -> request.healthCheckTimeoutSeconds(3));
        health("healthyThreshold", "higher", request -> request.healthyThresholdCount(8));
        health("unhealthyThreshold", "higher", request -> request.unhealthyThresholdCount(8));
        on(TargetGroup.class, "attributes", "a long goodbye", (clients, group) -> elb(clients)
                .modifyTargetGroupAttributes(request -> request.targetGroupArn(group.id())
                        .attributes(one ->
                                one.key("deregistration_delay.timeout_seconds").value("300"))));
    }

    private static void health(String field, String what, Consumer<ModifyTargetGroupRequest.Builder> change) {
        on(TargetGroup.class, field, what, (clients, group) -> elb(clients).modifyTargetGroup(request -> {
            request.targetGroupArn(group.id());
            change.accept(request);
        }));
    }

    private static void records() {
        on(
                DnsRecord.class,
                "target",
                "another one of the kind",
                (clients, record) -> point(
                        clients,
                        (DnsRecord) record.actual(),
                        leadsToADistribution(record) ? DISTRIBUTION : ELSEWHERE,
                        ((DnsRecord) record.actual()).targetZone().value()));
        on(
                DnsRecord.class,
                "targetZone",
                "one of another kind",
                Set.of("target"),
                (clients, record) -> point(
                        clients,
                        (DnsRecord) record.actual(),
                        leadsToADistribution(record) ? ELSEWHERE : DISTRIBUTION,
                        leadsToADistribution(record) ? BALANCERS : CLOUDFRONT));
    }

    private static boolean leadsToADistribution(Observed<?> record) {
        return ((DnsRecord) record.actual()).targetZone().value().equals(CLOUDFRONT);
    }

    private static void point(Clients clients, DnsRecord record, String target, String zone) {
        clients.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(record.zone())
                .changeBatch(batch -> batch.changes(
                        change -> change.action(ChangeAction.UPSERT).resourceRecordSet(set -> set.name(record.name())
                                .type(RRType.A)
                                .aliasTarget(alias ->
                                        alias.dnsName(target).hostedZoneId(zone).evaluateTargetHealth(false))))));
    }

    private static ElasticLoadBalancingV2Client elb(Clients clients) {
        return clients.of(ElasticLoadBalancingV2Client.class);
    }
}
