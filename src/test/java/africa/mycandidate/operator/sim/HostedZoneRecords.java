package africa.mycandidate.operator.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The record sets of one zone: those that were accepted, which lists show at once, and those in force, which DNS answers. */
final class HostedZoneRecords {
    record Key(String name, String type) {
        static final Comparator<Key> ORDER =
                Comparator.comparing((Key key) -> DnsName.order(key.name())).thenComparing(Key::type);

        static Key of(ResourceRecordSet set) {
            return new Key(DnsName.kept(set.name()), set.typeAsString());
        }
    }

    private final String zoneName;
    private final String zoneId;
    private final Map<String, String> aliasZones;
    private TreeMap<Key, ResourceRecordSet> accepted = new TreeMap<>(Key.ORDER);
    private final Map<Key, ResourceRecordSet> inForce = new LinkedHashMap<>();

    /** @param aliasZones the hosted zones of load balancers and distributions, by the end of their DNS names */
    HostedZoneRecords(String zoneName, String zoneId, Map<String, String> aliasZones) {
        this.zoneName = zoneName;
        this.zoneId = zoneId;
        this.aliasZones = aliasZones;
        for (var set : List.of(
                record(
                        "NS",
                        172_800,
                        "ns-1.awsdns-01.org.",
                        "ns-2.awsdns-02.co.uk.",
                        "ns-3.awsdns-03.com.",
                        "ns-4.awsdns-04.net."),
                record("SOA", 900, "ns-1.awsdns-01.org. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"))) {
            accepted.put(Key.of(set), set);
            inForce.put(Key.of(set), set);
        }
    }

    private ResourceRecordSet record(String type, long ttl, String... values) {
        return ResourceRecordSet.builder()
                .name(zoneName)
                .type(type)
                .ttl(ttl)
                .resourceRecords(List.of(values).stream()
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList())
                .build();
    }

    List<ResourceRecordSet> list() {
        return List.copyOf(accepted.values());
    }

    /** Only the NS and SOA records that came with the zone are left. */
    boolean empty() {
        return accepted.size() == 2;
    }

    /** Takes the whole batch, or nothing of it; the caller puts it in force later. */
    void accept(List<Change> changes) {
        limits(changes);
        var next = new TreeMap<Key, ResourceRecordSet>(Key.ORDER);
        next.putAll(accepted);
        var problems = new ArrayList<String>();
        var met = new HashSet<String>();
        for (var change : changes) {
            var set = change.resourceRecordSet();
            if (!met.add(change.actionAsString() + Key.of(set)))
                problems.add("The request contains an invalid set of changes for a resource record set '"
                        + set.typeAsString() + " " + DnsName.kept(set.name()) + "'");
            else apply(change, next, problems);
        }
        for (var change : changes)
            if (change.action() != ChangeAction.DELETE) fits(change.resourceRecordSet(), next, problems);
        if (!problems.isEmpty()) throw invalid("[" + String.join(", ", problems) + "]");
        accepted = next;
    }

    void putInForce(List<Change> changes) {
        for (var change : changes) {
            var key = Key.of(change.resourceRecordSet());
            if (change.action() == ChangeAction.DELETE) inForce.remove(key);
            else inForce.put(key, kept(change.resourceRecordSet()));
        }
    }

    boolean resolves(String name, String type, String value) {
        var set = inForce.get(new Key(DnsName.kept(name), type));
        if (set == null && name.contains("."))
            set = inForce.get(new Key(DnsName.kept("*" + name.substring(name.indexOf('.'))), type));
        if (set == null) return false;
        if (set.aliasTarget() != null)
            return DnsName.plain(set.aliasTarget().dnsName()).equals(DnsName.plain(value));
        return set.resourceRecords().stream()
                .anyMatch(record -> type.equals("TXT")
                        ? record.value().equals(value)
                        : DnsName.plain(record.value()).equals(DnsName.plain(value)));
    }

    Stream<String> addresses(String name) {
        var key = new Key(DnsName.kept(name), "A");
        return Stream.of(accepted.get(key), inForce.get(key))
                .filter(set -> set != null && set.aliasTarget() != null)
                .map(set -> DnsName.plain(set.aliasTarget().dnsName()));
    }

    private void apply(Change change, Map<Key, ResourceRecordSet> next, List<String> problems) {
        var set = kept(change.resourceRecordSet());
        var key = Key.of(set);
        var named = "resource record set [name='" + key.name() + "', type='" + key.type() + "'] but ";
        switch (change.action()) {
            case CREATE -> {
                if (next.putIfAbsent(key, set) != null) problems.add("Tried to create " + named + "it already exists");
            }
            case UPSERT -> next.put(key, set);
            case DELETE -> {
                var old = next.get(key);
                if (old == null) problems.add("Tried to delete " + named + "it was not found");
                else if (!old.equals(set))
                    problems.add("Tried to delete " + named + "the values provided do not match the current values");
                else if (key.name().equals(zoneName)
                        && (key.type().equals("NS") || key.type().equals("SOA")))
                    problems.add(
                            "A HostedZone must contain exactly one " + key.type() + " record for the zone itself.");
                else next.remove(key);
            }
            default ->
                throw new UnsupportedOperationException(
                        "The change action " + change.actionAsString() + " is not modelled.");
        }
    }

    private void fits(ResourceRecordSet set, Map<Key, ResourceRecordSet> next, List<String> problems) {
        var key = Key.of(set);
        if (!key.name().equals(zoneName) && !key.name().endsWith("." + zoneName))
            problems.add("RRSet with DNS name " + key.name() + " is not permitted in zone " + zoneName);
        if (set.type() == RRType.CNAME && key.name().equals(zoneName))
            problems.add("RRSet of type CNAME with DNS name " + key.name() + " is not permitted at apex in zone "
                    + zoneName);
        var conflict = next.keySet().stream()
                .anyMatch(other -> other.name().equals(key.name())
                        && !other.type().equals(key.type())
                        && (other.type().equals("CNAME") || key.type().equals("CNAME")));
        if (conflict)
            problems.add("RRSet of type " + key.type() + " with DNS name " + key.name()
                    + " is not permitted as it conflicts with other records with the same DNS name in zone "
                    + zoneName);
        if (set.aliasTarget() != null) alias(set, next, problems);
        else for (var record : set.resourceRecords()) value(set.type(), record.value(), problems);
    }

    private void alias(ResourceRecordSet set, Map<Key, ResourceRecordSet> next, List<String> problems) {
        var target = set.aliasTarget();
        var name = DnsName.kept(target.dnsName());
        var text = "Tried to create an alias that targets " + name + ", type " + set.typeAsString() + " in zone "
                + target.hostedZoneId();
        var owner = aliasZones.entrySet().stream()
                .filter(zone -> name.endsWith("." + zone.getKey() + "."))
                .findAny();
        if (owner.isPresent()) {
            if (!owner.get().getValue().equals(target.hostedZoneId()))
                problems.add(text + ", but the alias target name does not lie within the target zone");
        } else if (!target.hostedZoneId().equals(zoneId) || !name.equals(zoneName) && !name.endsWith("." + zoneName)) {
            problems.add(text + ", but the alias target name does not lie within the target zone");
        } else if (!next.containsKey(new Key(name, set.typeAsString()))) {
            problems.add(text + ", but that target was not found");
        }
    }

    private static void value(RRType type, String value, List<String> problems) {
        if (type == RRType.A && !value.matches("\\d{1,3}(\\.\\d{1,3}){3}"))
            problems.add(
                    "Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '"
                            + value + "''");
        if (type == RRType.TXT && !(value.startsWith("\"") && value.endsWith("\"") && value.length() > 1))
            problems.add(
                    "Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) encountered with '"
                            + value + "''");
    }

    /** 1000 records and 32,000 characters a batch; an UPSERT counts twice (docs/aws-notes.md). */
    private static void limits(List<Change> changes) {
        var records = 0;
        var characters = 0;
        for (var change : changes) {
            var weight = change.action() == ChangeAction.UPSERT ? 2 : 1;
            var values = change.resourceRecordSet().resourceRecords();
            records += weight * values.size();
            characters += weight
                    * values.stream()
                            .mapToInt(record -> record.value().length())
                            .sum();
        }
        if (records > 1000) throw invalid("[Number of records limit of 1000 exceeded.]");
        if (characters > 32_000) throw invalid("[Number of characters limit of 32000 exceeded.]");
    }

    private static ResourceRecordSet kept(ResourceRecordSet set) {
        var target = set.aliasTarget();
        return set.toBuilder()
                .name(DnsName.kept(set.name()))
                .aliasTarget(
                        target == null
                                ? (AliasTarget) null
                                : target.toBuilder()
                                        .dnsName(DnsName.kept(target.dnsName()))
                                        .build())
                .build();
    }

    private static RuntimeException invalid(String message) {
        return Errors.of(InvalidChangeBatchException.builder(), "Route53", "InvalidChangeBatch", 400, message);
    }
}
