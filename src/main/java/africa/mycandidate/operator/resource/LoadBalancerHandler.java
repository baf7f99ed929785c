package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;

final class LoadBalancerHandler implements Handler<LoadBalancer> {
    private final ElasticLoadBalancingV2Client elb;
    private final ElbTags tags;

    LoadBalancerHandler(Clients clients) {
        this.elb = clients.of(ElasticLoadBalancingV2Client.class);
        this.tags = new ElbTags(elb);
    }

    @Override
    public Class<LoadBalancer> type() {
        return LoadBalancer.class;
    }

    @Override
    public List<Observed<LoadBalancer>> list(String place) {
        var balancers = elb.describeLoadBalancersPaginator(request -> {}).loadBalancers().stream()
                .filter(balancer -> Identity.names(balancer.loadBalancerName()))
                .toList();
        var tagged = tags.read(
                balancers.stream().map(balancer -> balancer.loadBalancerArn()).toList());
        var found = new ArrayList<Observed<LoadBalancer>>();
        for (var balancer : balancers) found.add(observed(balancer, tagged.get(balancer.loadBalancerArn())));
        return found;
    }

    private Observed<LoadBalancer> observed(
            software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer balancer,
            Map<String, String> tagged) {
        var arn = balancer.loadBalancerArn();
        var attributes = ElbTags.ours(tagged) ? attributes(arn) : null;
        var reservation =
                attributes == null ? new CapacityReservation(null, Map.of()) : CapacityReservation.read(elb, arn);
        var actual = new LoadBalancer(
                balancer.schemeAsString(),
                RefSets.of(balancer.availabilityZones().stream().map(zone -> zone.subnetId())),
                RefSets.of(balancer.securityGroups().stream()),
                attributes,
                attributes == null ? null : accessLogs(attributes),
                reservation.units());
        var phase = phase(balancer.state() == null ? null : balancer.state().codeAsString());
        var outputs = new TreeMap<>(Map.of("arn", arn, "name", balancer.loadBalancerName()));
        // The dimension LoadBalancer of its metrics: the end of its ARN (ELB user guide, "CloudWatch metrics").
        outputs.put("metricName", arn.substring(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length()));
        if (balancer.dnsName() != null)
            outputs.put("dnsName", balancer.dnsName().toLowerCase(Locale.ROOT));
        if (balancer.canonicalHostedZoneId() != null) outputs.put("zoneId", balancer.canonicalHostedZoneId());
        if (phase.usable()) outputs.put("activeArn", arn);
        outputs.putAll(reservation.outputs());
        var one = Observed.of(
                        actual, arn, balancer.loadBalancerName(), phase, outputs, tagged == null ? Map.of() : tagged)
                .withUnread(unread(attributes, reservation))
                .withMessage(message(balancer));
        return tagged == null ? one.withOwner(new Owner.Unreadable()) : one;
    }

    private static Set<String> unread(Map<String, String> attributes, CapacityReservation reservation) {
        var unread = new HashSet<String>();
        if (attributes == null) unread.addAll(Set.of("attributes", "accessLogs"));
        if (reservation.units() == null) unread.add("capacityUnits");
        return unread;
    }

    private Map<String, String> attributes(String arn) {
        var attributes = new TreeMap<String, String>();
        for (var attribute : elb.describeLoadBalancerAttributes(request -> request.loadBalancerArn(arn))
                .attributes()) {
            if (attribute.value() != null) attributes.put(attribute.key(), attribute.value());
        }
        return attributes;
    }

    /** An impaired one routes traffic, though it cannot scale (ELBv2 API reference, LoadBalancerState). */
    private static Phase phase(String state) {
        return switch (state == null ? "" : state) {
            case "active", "active_impaired" -> Phase.READY;
            case "failed" -> Phase.FAILED;
            default -> Phase.CREATING;
        };
    }

    private static String message(software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer balancer) {
        var state = balancer.state();
        if (state == null || "active".equals(state.codeAsString())) return "";
        return state.reason() == null ? state.codeAsString() : state.codeAsString() + ": " + state.reason();
    }

    @Override
    public String create(LoadBalancer want, Creation creation) {
        return elb.createLoadBalancer(request -> request.name(creation.name())
                        .type("application")
                        .scheme(want.scheme())
                        .ipAddressType("ipv4")
                        .subnets(RefSets.values(want.subnets()))
                        .securityGroups(RefSets.values(want.securityGroups()))
                        .tags(ElbTags.of(creation.tags())))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
    }

    @Override
    public void update(Observed<LoadBalancer> have, LoadBalancer goal, Set<String> fields) {
        if (fields.contains("securityGroups")) {
            elb.setSecurityGroups(request ->
                    request.loadBalancerArn(have.id()).securityGroups(RefSets.values(goal.securityGroups())));
        }
        if (fields.contains("subnets")) {
            elb.setSubnets(request -> request.loadBalancerArn(have.id()).subnets(RefSets.values(goal.subnets())));
        }
        changeAttributes(have, goal, fields);
        // The last one, so that its refusal holds up nothing else.
        if (fields.contains("capacityUnits")) CapacityReservation.ask(elb, have.id(), goal.capacityUnits());
    }

    private void changeAttributes(Observed<LoadBalancer> have, LoadBalancer goal, Set<String> fields) {
        var wanted = new TreeMap<String, String>();
        if (fields.contains("attributes")) wanted.putAll(goal.attributes());
        if (fields.contains("accessLogs"))
            wanted.putAll(logging(goal.accessLogs().value()));
        if (wanted.isEmpty()) return;
        var had = have.actual().attributes() == null
                ? Map.<String, String>of()
                : have.actual().attributes();
        wanted.entrySet().removeAll(had.entrySet());
        elb.modifyLoadBalancerAttributes(request -> request.loadBalancerArn(have.id())
                .attributes(wanted.entrySet().stream()
                        .map(one -> LoadBalancerAttribute.builder()
                                .key(one.getKey())
                                .value(one.getValue())
                                .build())
                        .toList()));
    }

    private static Ref<Bucket> accessLogs(Map<String, String> attributes) {
        if (!"true".equals(attributes.get(LoadBalancer.LOGS_ENABLED))) return Ref.of("");
        var prefix = attributes.getOrDefault(LoadBalancer.LOGS_PREFIX, "");
        return Ref.of(attributes.getOrDefault(LoadBalancer.LOGS_BUCKET, "") + (prefix.isEmpty() ? "" : "/" + prefix));
    }

    /** All three are named together; without logs only that there are none (ELB User Guide, "Enable access logs"). */
    private static Map<String, String> logging(String place) {
        if (place.isEmpty()) return Map.of(LoadBalancer.LOGS_ENABLED, "false");
        var slash = place.indexOf('/');
        return Map.of(
                LoadBalancer.LOGS_ENABLED,
                "true",
                LoadBalancer.LOGS_BUCKET,
                place.substring(0, slash),
                LoadBalancer.LOGS_PREFIX,
                place.substring(slash + 1));
    }

    @Override
    public void delete(Observed<LoadBalancer> have, Deletion deletion) {
        elb.deleteLoadBalancer(request -> request.loadBalancerArn(have.id()));
    }

    @Override
    public void tag(Observed<LoadBalancer> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.id(), set, remove);
    }
}
