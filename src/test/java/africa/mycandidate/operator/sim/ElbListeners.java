package africa.mycandidate.operator.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Listeners. */
final class ElbListeners {
    private static final Set<String> POLICIES = Set.of(
            "ELBSecurityPolicy-2016-08",
            "ELBSecurityPolicy-TLS-1-2-2017-01",
            "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
            "ELBSecurityPolicy-FS-1-2-2019-08",
            "ELBSecurityPolicy-FS-1-2-Res-2020-10",
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
            "ELBSecurityPolicy-TLS13-1-3-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
            "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
            "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09");

    private final SimAws aws;
    private final SimElb elb;
    final ElbActions actions;
    final Table<ElbRow<Listener>> rows;

    ElbListeners(SimAws aws, SimElb elb) {
        this.aws = aws;
        this.elb = elb;
        this.actions = new ElbActions(elb);
        this.rows = new Table<>(aws.world);
    }

    CreateListenerResponse create(CreateListenerRequest request) {
        var loadBalancer = elb.loadBalancers.truth(request.loadBalancerArn()).shown();
        if (request.port() == null || request.protocol() == null)
            throw ElbErrors.validation("A port and a protocol must be specified");
        var arn = request.loadBalancerArn().replace(":loadbalancer/", ":listener/") + "/" + aws.world.hex(16);
        var shown = checked(Listener.builder()
                .listenerArn(arn)
                .loadBalancerArn(loadBalancer.loadBalancerArn())
                .port(request.port())
                .protocol(request.protocol())
                .sslPolicy(request.sslPolicy())
                .certificates(request.certificates())
                .defaultActions(request.defaultActions())
                .build());
        var twin = onPort(shown);
        if (twin != null) {
            // Create with the settings of a listener that exists succeeds, whoever owns it (ELB API Reference,
            // CreateListener).
            if (twin.toBuilder().listenerArn(arn).build().equals(shown))
                return CreateListenerResponse.builder().listeners(twin).build();
            throw duplicate(shown);
        }
        rows.put(arn, new ElbRow<>(shown, ElbAttributes.LISTENER.defaults(), ElbTags.added(Map.of(), request.tags())));
        began(shown);
        return CreateListenerResponse.builder().listeners(shown).build();
    }

    ModifyListenerResponse modify(ModifyListenerRequest request) {
        var row = truth(request.listenerArn());
        var old = row.shown();
        var protocol = request.protocol() == null ? old.protocol() : request.protocol();
        // From HTTPS to HTTP the certificate and the policy are dropped (ELB API Reference, ModifyListener).
        var secure = protocol == ProtocolEnum.HTTPS;
        var next = checked(old.toBuilder()
                .port(request.port() == null ? old.port() : request.port())
                .protocol(protocol)
                .sslPolicy(request.sslPolicy() != null ? request.sslPolicy() : secure ? old.sslPolicy() : null)
                .certificates(
                        !request.certificates().isEmpty()
                                ? request.certificates()
                                : secure ? old.certificates() : List.of())
                .defaultActions(request.defaultActions().isEmpty() ? old.defaultActions() : request.defaultActions())
                .build());
        if (onPort(next) != null) throw duplicate(next);
        rows.put(request.listenerArn(), row.shown(next));
        began(next);
        ended(old, next);
        return ModifyListenerResponse.builder().listeners(next).build();
    }

    DeleteListenerResponse delete(DeleteListenerRequest request) {
        delete(truth(request.listenerArn()).shown());
        return DeleteListenerResponse.builder().build();
    }

    void deleteAllOf(String loadBalancer) {
        rows.truths().stream()
                .map(ElbRow::shown)
                .filter(shown -> shown.loadBalancerArn().equals(loadBalancer))
                .forEach(this::delete);
    }

    private void delete(Listener listener) {
        rows.remove(listener.listenerArn());
        elb.rules.deleteAllOf(listener);
        ended(
                listener,
                listener.toBuilder()
                        .certificates(List.of())
                        .defaultActions(List.of())
                        .build());
    }

    DescribeListenersResponse describe(DescribeListenersRequest request) {
        if (request.loadBalancerArn() == null && request.listenerArns().isEmpty())
            throw ElbErrors.validation("A load balancer ARN or listener ARNs must be specified");
        if (request.loadBalancerArn() != null) elb.loadBalancers.seen(request.loadBalancerArn());
        var found = request.loadBalancerArn() == null
                ? request.listenerArns().stream().map(arn -> seen(arn).shown()).toList()
                : rows.seen().stream()
                        .map(ElbRow::shown)
                        .filter(shown -> shown.loadBalancerArn().equals(request.loadBalancerArn()))
                        .toList();
        var page = SimPage.of(found, request.marker(), request.pageSize(), 400);
        return DescribeListenersResponse.builder()
                .listeners(page.items())
                .nextMarker(page.next())
                .build();
    }

    DescribeListenerAttributesResponse attributes(DescribeListenerAttributesRequest request) {
        return DescribeListenerAttributesResponse.builder()
                .attributes(listed(seen(request.listenerArn()).attributes()))
                .build();
    }

    ModifyListenerAttributesResponse modifyAttributes(ModifyListenerAttributesRequest request) {
        var row = truth(request.listenerArn());
        var change = new HashMap<String, String>();
        request.attributes().forEach(attribute -> change.put(attribute.key(), attribute.value()));
        var next = ElbAttributes.LISTENER.changed(row.attributes(), change);
        rows.put(request.listenerArn(), row.attributes(next));
        return ModifyListenerAttributesResponse.builder()
                .attributes(listed(next))
                .build();
    }

    /** Whether a listener forwards to the group. */
    boolean names(String group) {
        return !loadBalancersOf(group).isEmpty();
    }

    boolean behindActive(String group) {
        return loadBalancersOf(group).stream().anyMatch(elb.loadBalancers::active);
    }

    Set<String> loadBalancersOf(String group) {
        return owners(rows.truths(), elb.rules.rows.truths(), group);
    }

    Set<String> loadBalancersSeenOf(String group) {
        return owners(rows.seen(), elb.rules.rows.seen(), group);
    }

    private static Set<String> owners(List<ElbRow<Listener>> listeners, List<ElbRow<Rule>> rules, String group) {
        return listeners.stream()
                .filter(row -> actions(row.shown(), rules)
                        .anyMatch(some -> ElbActions.groups(some).contains(group)))
                .map(row -> row.shown().loadBalancerArn())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> groupsBehind(String loadBalancer) {
        return of(loadBalancer)
                .flatMap(listener -> actions(listener, elb.rules.rows.truths()))
                .flatMap(some -> ElbActions.groups(some).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Groups that get the traffic of HTTPS listeners. */
    Set<String> servingGroups(String loadBalancer) {
        return of(loadBalancer)
                .filter(listener -> listener.protocol() == ProtocolEnum.HTTPS)
                .flatMap(listener -> actions(listener, elb.rules.rows.truths()))
                .flatMap(some -> ElbActions.serving(some).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a listener does by default, and by each of its rules. */
    private static Stream<List<Action>> actions(Listener listener, List<ElbRow<Rule>> rules) {
        return Stream.concat(
                Stream.of(listener.defaultActions()),
                rules.stream()
                        .map(ElbRow::shown)
                        .filter(rule -> ElbRules.of(listener, rule))
                        .map(Rule::actions));
    }

    /** The listener of a load balancer at a port. */
    Optional<Listener> at(String loadBalancer, int port) {
        return of(loadBalancer).filter(one -> one.port() == port).findFirst();
    }

    boolean uses(String loadBalancer, String certificate) {
        return of(loadBalancer)
                .anyMatch(
                        listener -> elb.certificates.of(listener.listenerArn()).contains(certificate)
                                || listener.certificates().stream()
                                        .anyMatch(one -> one.certificateArn().equals(certificate)));
    }

    private Stream<Listener> of(String loadBalancer) {
        return rows.truths().stream().map(ElbRow::shown).filter(shown -> shown.loadBalancerArn()
                .equals(loadBalancer));
    }

    private Listener checked(Listener asked) {
        if (asked.port() < 1 || asked.port() > 65_535)
            throw ElbErrors.validation("Listener port '" + asked.port() + "' must be within '1-65535' inclusive");
        var https = asked.protocol() == ProtocolEnum.HTTPS;
        if (!https && asked.protocol() != ProtocolEnum.HTTP)
            throw ElbErrors.validation(
                    "Listener protocol '" + asked.protocolAsString() + "' must be one of 'HTTPS, HTTP'");
        if (!https && (!asked.certificates().isEmpty() || asked.sslPolicy() != null))
            throw ElbErrors.validation("Certificates and an SSL policy can be specified for HTTPS listeners only");
        if (https) certificate(asked);
        var policy = https && asked.sslPolicy() == null ? "ELBSecurityPolicy-2016-08" : asked.sslPolicy();
        if (policy != null && !POLICIES.contains(policy))
            throw ElbErrors.of(
                    SslPolicyNotFoundException.builder(), "SSLPolicyNotFound", "SSL policy '" + policy + "' not found");
        return asked.toBuilder()
                .sslPolicy(policy)
                .defaultActions(actions.checked(
                        asked.defaultActions(), asked.loadBalancerArn(), asked.protocolAsString(), asked.port()))
                .build();
    }

    private void certificate(Listener asked) {
        if (asked.certificates().isEmpty())
            throw ElbErrors.validation("A certificate must be specified for HTTPS listeners");
        if (asked.certificates().size() > 1)
            throw ElbErrors.validation("Up to '1' certificate can be specified, but '"
                    + asked.certificates().size() + "' was specified");
        var certificate = asked.certificates().getFirst();
        if (certificate.isDefault() != null)
            throw ElbErrors.validation("You cannot specify the IsDefault attribute of a certificate");
        var arn = certificate.certificateArn();
        checkIssued(aws.acm, arn);
    }

    static void checkIssued(Certificates acm, String arn) {
        if (!acm.known(arn))
            throw ElbErrors.of(
                    CertificateNotFoundException.builder(),
                    "CertificateNotFound",
                    "Certificate '" + arn + "' not found");
        // Not in the model's list of errors; also for a certificate that was issued seconds ago (docs/aws-notes.md).
        if (!acm.issued(arn))
            throw ElbErrors.of(
                    ElasticLoadBalancingV2Exception.builder(),
                    "UnsupportedCertificate",
                    "The certificate '" + arn
                            + "' must have a fully-qualified domain name, a supported signature, and a supported key size.");
    }

    private Listener onPort(Listener listener) {
        return of(listener.loadBalancerArn())
                .filter(other -> other.port().equals(listener.port())
                        && !other.listenerArn().equals(listener.listenerArn()))
                .findFirst()
                .orElse(null);
    }

    private static RuntimeException duplicate(Listener listener) {
        return ElbErrors.of(
                DuplicateListenerException.builder(),
                "DuplicateListener",
                "A listener already exists on this port for this load balancer '" + listener.loadBalancerArn() + "'");
    }

    private void began(Listener listener) {
        listener.certificates()
                .forEach(certificate -> aws.acm.use(certificate.certificateArn(), listener.loadBalancerArn()));
        ElbActions.groups(listener.defaultActions()).forEach(elb.targets::attached);
    }

    /** Gives up what the listener no longer uses. */
    private void ended(Listener old, Listener next) {
        for (var certificate : old.certificates())
            if (!next.certificates().contains(certificate))
                aws.acm.release(certificate.certificateArn(), old.loadBalancerArn());
        ended(old.defaultActions(), next.defaultActions());
    }

    /** Gives up the groups that no action names any more. */
    void ended(List<Action> old, List<Action> next) {
        var gone = new HashSet<>(ElbActions.groups(old));
        gone.removeAll(ElbActions.groups(next));
        for (var group : gone) {
            if (names(group)) continue;
            elb.targetGroups.released(group);
            elb.targets.detached(group);
        }
    }

    ElbRow<Listener> truth(String arn) {
        checkArn(arn);
        return rows.truth(arn).orElseThrow(ElbErrors::noListener);
    }

    ElbRow<Listener> seen(String arn) {
        checkArn(arn);
        return rows.seen(arn).orElseThrow(ElbErrors::noListener);
    }

    private static void checkArn(String arn) {
        if (arn == null || !arn.contains(":listener/"))
            throw ElbErrors.validation("'" + arn + "' is not a valid listener ARN");
    }

    private static List<ListenerAttribute> listed(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> ListenerAttribute.builder()
                        .key(attribute.getKey())
                        .value(attribute.getValue())
                        .build())
                .toList();
    }
}
