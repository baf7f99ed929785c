package africa.mycandidate.operator.contract;

import africa.mycandidate.operator.api.Cdn;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.WeeklyWindow;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.Bucket;
import africa.mycandidate.operator.resource.CdnCertificate;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.DnsRecord;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.stack.Asked;
import africa.mycandidate.operator.stack.Blueprint;
import africa.mycandidate.operator.stack.Stack;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.route53.Route53Client;

/** The stack of a full spec, as the blueprint draws it, with a second one of each resource that another field can point to. */
final class Draft {
    static final int SPARE_PORT = 5001;
    private static final String SPARE = "spare";
    private static final String ALTERNATIVE = "www.southafrica.mycandidate.africa";

    /** The resource that stands for its type, where the first is not the best: one that is changed is in nobody's use. */
    private static final Map<Class<? extends Resource>, List<String>> ROLES = Map.of(
            Alarm.class, List.of("latency"),
            DnsRecord.class, List.of("site", ALTERNATIVE),
            Listener.class, List.of("https"),
            SecretValue.class, List.of("flask-key", "database-url"),
            SecurityGroup.class, List.of("tasks"),
            TaskDefinition.class, List.of("unused"));

    final Stack whole;

    private Draft(Stack whole) {
        this.whole = whole;
    }

    static Draft of(Site site) {
        var zone = site.clients
                .of(Route53Client.class)
                .createHostedZone(request -> request.name("mycandidate.africa").callerReference("contract"))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
        var spec = Serialization.unmarshal("""
                region: %s
                image: example.org/mycandidate:1.4.2
                domain: {name: southafrica.mycandidate.africa, hostedZoneId: %s}
                network: {availabilityZones: 3, natGateways: Single}
                database: {engineVersion: "16.9", deletionProtection: false}
                cache: {engineVersion: "7.0", replicas: 1}
                storage: {}
                deletionPolicy: Delete
                alarms: {email: on-call@example.org}
                elections: [{name: a, from: "2039-05-28T06:00", to: "2039-05-31T00:00", minTasks: 6}]
                jobs: [{name: load, command: [flask, load]}]
                """.formatted(Backend.REGION, zone), Spec.class);
        return new Draft(withSpares(withWindows(withCdn(stack(spec, site.facts), spec, site.facts))));
    }

    /** As before an election. */
    private static Stack withWindows(Stack stack) {
        var all = new TreeMap<Key, Resource>(stack.resources());
        all.replaceAll((key, one) -> with(one, "maintenanceWindow", WeeklyWindow.of("thu:05:00-thu:06:00")));
        return with(stack, all);
    }

    /** The parts that a CDN adds; the load balancer stays open to all, so that it is tried as most sites have it. */
    private static Stack withCdn(Stack stack, Spec spec, Facts facts) {
        var withCdn = stack(with(spec, "cdn", new Cdn(null)), facts).resources();
        var all = new TreeMap<Key, Resource>(withCdn);
        all.putAll(stack.resources());
        // Its policy lets the distribution's logs in.
        var bucket = new Key(Bucket.class, "files");
        all.put(bucket, withCdn.get(bucket));
        return with(stack, all);
    }

    private static Stack stack(Spec spec, Facts facts) {
        var identity = new Identity(facts.account(), facts.region(), "mycandidate", "southafrica");
        return Blueprint.of(
                identity, "11111111-2222-3333-4444-555555555555", spec, Asked.NOTHING, facts, Instant.EPOCH);
    }

    private static Stack withSpares(Stack stack) {
        var all = new TreeMap<>(stack.resources());
        copy(all, new Key(SecurityGroup.class, "cache"), SPARE, "description", "In no use");
        all.put(
                new Key(DbParameterGroup.class, SPARE),
                new DbParameterGroup("postgres16", "Another one", Map.of("rds.force_ssl", "1")));
        copy(all, new Key(TargetGroup.class, "app"), SPARE, "healthPath", "/");
        all.put(
                new Key(Listener.class, SPARE),
                new Listener(
                        ((Listener) all.get(new Key(Listener.class, "http"))).loadBalancer(),
                        8080,
                        "HTTP",
                        null,
                        null,
                        new Listener.Action.Forward(Ref.to(TargetGroup.class, SPARE, "arn"))));
        // Issued by the record of the first: ACM asks for one record for a domain and account (ACM user guide, "DNS
        // validation").
        copy(all, new Key(Certificate.class, "site"), SPARE, "alternativeNames", Set.of());
        copy(all, new Key(DnsRecord.class, "site"), ALTERNATIVE, "name", ALTERNATIVE);
        var alternative = new Key(DnsRecord.class, ALTERNATIVE);
        all.put(alternative, with(all.get(alternative), "alternativeTo", "southafrica.mycandidate.africa"));
        copy(all, new Key(CdnCertificate.class, "site"), SPARE, "alternativeNames", Set.of());
        var app = new Key(TaskDefinition.class, "app");
        copy(all, app, "unused", "image", "example.org/mycandidate:0.9.0");
        copy(all, app, SPARE, "image", "example.org/mycandidate:1.5.0");
        copy(all, app, "spare-port", "port", SPARE_PORT);
        open(all, "load-balancer", "egress", "tasks");
        open(all, "tasks", "ingress", "load-balancer");
        return with(stack, all);
    }

    private static void copy(Map<Key, Resource> all, Key key, String role, String field, Object value) {
        all.put(new Key(key.type(), role), with(all.get(key), field, value));
    }

    /** The port that tasks listen on after {@code containerPort} has changed. */
    private static void open(Map<Key, Resource> all, String role, String side, String peer) {
        var key = new Key(SecurityGroup.class, role);
        var group = (SecurityGroup) all.get(key);
        var rules = new HashSet<>(side.equals("egress") ? group.egress() : group.ingress());
        rules.add(new SecurityGroup.Rule(
                "tcp", SPARE_PORT, SPARE_PORT, new SecurityGroup.Peer.Group(Ref.to(SecurityGroup.class, peer, "id"))));
        all.put(key, with(group, side, rules));
    }

    static <T> T with(T record, String field, Object value) {
        return Fields.map(record, (component, was) -> component.getName().equals(field) ? value : was);
    }

    static Stack with(Stack stack, Map<Key, Resource> resources) {
        return stack.with(resources);
    }

    static Stack with(Stack stack, Key key, Resource resource) {
        var all = new TreeMap<>(stack.resources());
        all.put(key, resource);
        return with(stack, all);
    }

    /** The resources that are taken through their lives, each after those that it needs. */
    List<Key> order() {
        var byType = new LinkedHashMap<Class<? extends Resource>, List<Key>>();
        for (var key : whole.resources().keySet()) {
            var roles = ROLES.get(key.type());
            var keys = byType.computeIfAbsent(key.type(), type -> new ArrayList<>());
            if (roles == null ? keys.isEmpty() : roles.contains(key.role())) keys.add(key);
        }
        return byType.values().stream()
                .flatMap(List::stream)
                .sorted(java.util.Comparator.<Key>comparingInt(
                                key -> closure(key).size())
                        .thenComparing(key -> key))
                .toList();
    }

    /** A resource and all that it and the other values of its fields refer to. */
    Set<Key> closure(Key key) {
        var closure = new HashSet<Key>();
        collect(key, closure);
        for (var field : Alternatives.updatable(key.type())) {
            for (var ref : Refs.open(Alternatives.references(whole.resources().get(key), field))) collect(ref, closure);
        }
        return closure;
    }

    private void collect(Key key, Set<Key> closure) {
        if (!closure.add(key)) return;
        for (var ref : Refs.open(whole.resources().get(key))) collect(ref, closure);
        // A certificate is issued once its record stands, which refers to it.
        if (key.type() == Certificate.class || key.type() == CdnCertificate.class)
            collect(new Key(ValidationRecord.class, "site"), closure);
        // The record of an alternative name is found at the main one's place.
        if (key.type() == DnsRecord.class) collect(new Key(DnsRecord.class, "site"), closure);
    }

    private void collect(Ref.Output<?> ref, Set<Key> closure) {
        collect(ref.key(), closure);
        // A target group is attached by its listener, which refers to it.
        if (ref.output().equals("attachedArn"))
            collect(new Key(Listener.class, ref.role().equals(SPARE) ? SPARE : "https"), closure);
    }

    Stack part(Set<Key> keys) {
        var part = new TreeMap<Key, Resource>();
        keys.forEach(key -> part.put(key, whole.resources().get(key)));
        return with(whole, part);
    }
}
