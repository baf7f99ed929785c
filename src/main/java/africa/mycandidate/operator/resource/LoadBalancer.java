package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;

/**
 * The Application Load Balancer. Creating one with the name and settings of an existing one succeeds and returns somebody else's: names are looked up first.
 * Attributes are a call of their own; only declared ones are compared. Outputs: {@code arn}, {@code name}, {@code dnsName}, {@code zoneId}, and
 * {@code activeArn} once it serves.
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 32, usually = "3 min", seldomBefore = 60)
public record LoadBalancer(
        @Immutable String scheme,
        Set<Ref<Subnet>> subnets,
        Set<Ref<SecurityGroup>> securityGroups,
        @Late @Declared Map<String, String> attributes)
        implements Resource {
    public static final String DELETION_PROTECTION = "deletion_protection.enabled";

    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new LoadBalancer(null, null, null, Map.of(DELETION_PROTECTION, "false")));
    }
}

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
        var actual = new LoadBalancer(
                balancer.schemeAsString(),
                RefSets.of(balancer.availabilityZones().stream().map(zone -> zone.subnetId())),
                RefSets.of(balancer.securityGroups().stream()),
                attributes);
        var phase = phase(balancer.state() == null ? null : balancer.state().codeAsString());
        var outputs = new TreeMap<>(Map.of("arn", arn, "name", balancer.loadBalancerName()));
        if (balancer.dnsName() != null)
            outputs.put("dnsName", balancer.dnsName().toLowerCase(Locale.ROOT));
        if (balancer.canonicalHostedZoneId() != null) outputs.put("zoneId", balancer.canonicalHostedZoneId());
        if (phase.usable()) outputs.put("activeArn", arn);
        var one = Observed.of(
                        actual, arn, balancer.loadBalancerName(), phase, outputs, tagged == null ? Map.of() : tagged)
                .withUnread(attributes == null ? Set.of("attributes") : Set.of())
                .withMessage(message(balancer));
        return tagged == null ? one.withOwner(new Owner.Unreadable()) : one;
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
        if (fields.contains("attributes")) {
            var had = have.actual().attributes() == null
                    ? Map.<String, String>of()
                    : have.actual().attributes();
            var differing = new ArrayList<LoadBalancerAttribute>();
            new TreeMap<>(goal.attributes()).forEach((key, value) -> {
                if (!value.equals(had.get(key)))
                    differing.add(LoadBalancerAttribute.builder()
                            .key(key)
                            .value(value)
                            .build());
            });
            elb.modifyLoadBalancerAttributes(
                    request -> request.loadBalancerArn(have.id()).attributes(differing));
        }
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
