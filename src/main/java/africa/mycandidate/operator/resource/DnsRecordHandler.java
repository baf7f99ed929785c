package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

final class DnsRecordHandler implements Handler<DnsRecord> {
    private static final long TTL_SECONDS = 300;
    private static final Set<RRType> ADDRESSES = Set.of(RRType.A, RRType.AAAA, RRType.CNAME);

    private final Route53Client route53;

    DnsRecordHandler(Clients clients) {
        this.route53 = clients.of(Route53Client.class);
    }

    @Override
    public Class<DnsRecord> type() {
        return DnsRecord.class;
    }

    @Override
    public List<Observed<DnsRecord>> list(String place) {
        var parts = place.split("/");
        var zone = parts[0];
        var site = parts[1];
        if (parts.length > 2) return isMarked(zone, site, parts[2]) ? List.of() : unmarked(zone, site, parts[2]);
        var found = new ArrayList<Observed<DnsRecord>>();
        var marks = marks(zone, site);
        marks.forEach((name, tags) -> found.add(marked(zone, site, name, tags)));
        if (!marks.containsKey(site)) found.addAll(unmarked(zone, site, site));
        return found;
    }

    /** Our TXT record without an address: the alias is missing, and the next update sets it. */
    private Observed<DnsRecord> marked(String zone, String site, String name, Map<String, String> tags) {
        return addresses(zone, name).stream()
                .min(Comparator.comparing(set -> set.type() != RRType.A))
                .map(set -> observed(record(zone, site, name, set), tags))
                .orElseGet(() -> observed(named(zone, site, name, null, null), tags));
    }

    private List<Observed<DnsRecord>> unmarked(String zone, String site, String name) {
        return addresses(zone, name).stream()
                .map(set -> set.aliasTarget() == null
                        ? taken(record(zone, site, name, set), set)
                        : pointing(record(zone, site, name, set)))
                .toList();
    }

    /** Tags by name, of all TXT records that say whose a name of this site is. */
    private Map<String, Map<String, String>> marks(String zone, String site) {
        var marks = new TreeMap<String, Map<String, String>>();
        route53
                .listResourceRecordSetsPaginator(request ->
                        request.hostedZoneId(zone).startRecordName(RecordNames.full(RecordNames.ownership(site, site))))
                .resourceRecordSets()
                .stream()
                .takeWhile(set -> RecordNames.isOwnership(RecordNames.normal(set.name()), site))
                .filter(set -> set.type() == RRType.TXT)
                .forEach(set -> {
                    var tags = RecordNames.tags(set);
                    RecordNames.owned(RecordNames.normal(set.name()), site, tags)
                            .ifPresent(name -> marks.put(name, tags));
                });
        return marks;
    }

    private boolean isMarked(String zone, String site, String name) {
        return ownership(zone, site, name)
                .map(RecordNames::tags)
                .filter(tags -> tags.containsKey(Tags.STACK))
                .isPresent();
    }

    /** What leads somewhere. */
    private List<ResourceRecordSet> addresses(String zone, String name) {
        return sets(zone, name).stream()
                .filter(set -> ADDRESSES.contains(set.type()))
                .toList();
    }

    /** All records of exactly this name. */
    private List<ResourceRecordSet> sets(String zone, String name) {
        return route53
                .listResourceRecordSetsPaginator(
                        request -> request.hostedZoneId(zone).startRecordName(RecordNames.full(name)))
                .resourceRecordSets()
                .stream()
                .takeWhile(set -> RecordNames.normal(set.name()).equals(name))
                .toList();
    }

    private Optional<ResourceRecordSet> ownership(String zone, String site, String name) {
        var owner = RecordNames.ownership(name, site);
        return sets(zone, owner).stream()
                .filter(set -> set.type() == RRType.TXT)
                .findFirst();
    }

    private static DnsRecord record(String zone, String site, String name, ResourceRecordSet set) {
        var alias = set.aliasTarget();
        if (alias != null) return named(zone, site, name, Ref.of(target(set)), Ref.of(alias.hostedZoneId()));
        var values = set.resourceRecords();
        return named(
                zone,
                site,
                name,
                Ref.of(values.isEmpty() ? "" : values.getFirst().value()),
                null);
    }

    private static DnsRecord named(
            String zone, String site, String name, Ref<? extends Resource> target, Ref<? extends Resource> targetZone) {
        return new DnsRecord(zone, name, name.equals(site) ? null : site, target, targetZone, null);
    }

    /** Without a TXT record it is ours if it points at our load balancer or our distribution. */
    private static Observed<DnsRecord> pointing(DnsRecord record) {
        var target = record.target().value();
        var role = record.alternativeTo() == null ? DnsRecord.MAIN : record.name();
        var owner = WayIn.isDistribution(target)
                ? new Owner.Child(Distribution.class, "domainName", target, role)
                : new Owner.Child(LoadBalancer.class, "dnsName", target, role);
        return observed(record, Map.of()).withOwner(owner);
    }

    private static Observed<DnsRecord> taken(DnsRecord record, ResourceRecordSet set) {
        return observed(record, Map.of())
                .withMessage("It is a record of type " + set.typeAsString() + " with the value " + record.target());
    }

    private static Observed<DnsRecord> observed(DnsRecord actual, Map<String, String> tags) {
        return Observed.of(actual, actual.name(), actual.name(), Phase.READY, Map.of(), tags);
    }

    /** The console puts {@code dualstack.} before a load balancer's name; both lead to the same place. */
    private static String target(ResourceRecordSet set) {
        var target = RecordNames.normal(set.aliasTarget().dnsName());
        return target.startsWith("dualstack.") ? target.substring("dualstack.".length()) : target;
    }

    /** CREATE, not UPSERT: Route 53 refuses the whole batch where somebody else's record stands, even one that came a moment ago. */
    @Override
    public String create(DnsRecord want, Creation creation) {
        change(
                want.zone(),
                List.of(
                        change(ChangeAction.CREATE, alias(want)),
                        change(ChangeAction.CREATE, text(want, creation.tags()))));
        return want.name();
    }

    @Override
    public void update(Observed<DnsRecord> have, DnsRecord goal, Set<String> fields) {
        var changes = new ArrayList<Change>();
        // A CNAME bears no other record beside it, and an AAAA record would lead some voters elsewhere.
        for (var set : addresses(goal.zone(), goal.name()))
            if (set.type() != RRType.A) changes.add(change(ChangeAction.DELETE, set));
        changes.add(change(ChangeAction.UPSERT, alias(goal)));
        change(goal.zone(), changes);
    }

    /** Route 53 deletes only what is given with all its values, so they are read once more; an alias that leads elsewhere by now is somebody else's. */
    @Override
    public void delete(Observed<DnsRecord> have, Deletion deletion) {
        var record = have.actual();
        var changes = new ArrayList<Change>();
        for (var set : sets(record.zone(), record.name())) {
            var same = set.type() == RRType.A
                    && set.aliasTarget() != null
                    && record.target() != null
                    && target(set).equals(record.target().value());
            if (same) changes.add(change(ChangeAction.DELETE, set));
        }
        ownership(record.zone(), record.site(), record.name())
                .filter(set -> have.tags().containsKey(Tags.STACK)
                        && RecordNames.tags(set).equals(have.tags()))
                .ifPresent(set -> changes.add(change(ChangeAction.DELETE, set)));
        if (!changes.isEmpty()) change(record.zone(), changes);
    }

    @Override
    public void tag(Observed<DnsRecord> have, Map<String, String> set, Set<String> remove) {
        var tags = new TreeMap<>(have.tags());
        tags.putAll(set);
        tags.keySet().removeAll(remove);
        var record = have.actual();
        change(record.zone(), List.of(change(ChangeAction.UPSERT, text(record, tags))));
    }

    private static ResourceRecordSet alias(DnsRecord record) {
        return ResourceRecordSet.builder()
                .name(RecordNames.full(record.name()))
                .type(RRType.A)
                .aliasTarget(
                        alias -> alias.dnsName(RecordNames.full(record.target().value()))
                                .hostedZoneId(record.targetZone().value())
                                .evaluateTargetHealth(false))
                .build();
    }

    private static ResourceRecordSet text(DnsRecord record, Map<String, String> tags) {
        return ResourceRecordSet.builder()
                .name(RecordNames.full(RecordNames.ownership(record.name(), record.site())))
                .type(RRType.TXT)
                .ttl(TTL_SECONDS)
                .resourceRecords(
                        ResourceRecord.builder().value(RecordNames.text(tags)).build())
                .build();
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }

    private void change(String zone, List<Change> changes) {
        route53.changeResourceRecordSets(
                request -> request.hostedZoneId(zone).changeBatch(batch -> batch.changes(changes)));
    }
}
