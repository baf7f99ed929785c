package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.*;

/** Route 53: hosted zones, record sets, and changes that take a while to be in force everywhere. */
final class SimRoute53 implements Route53Client, Records {
    private final SimAws aws;
    private final Map<String, Zone> zones = new LinkedHashMap<>();
    private final Map<String, ChangeInfo> changes = new LinkedHashMap<>();
    private final Map<String, String> references = new LinkedHashMap<>();

    /** One hosted zone. {@code busyUntil}: Route 53 still works on the last change. */
    private static final class Zone {
        final HostedZone shown;
        final HostedZoneRecords records;
        Instant busyUntil = Instant.MIN;

        Zone(HostedZone shown, HostedZoneRecords records) {
            this.shown = shown;
            this.records = records;
        }

        HostedZone counted() {
            return shown.toBuilder()
                    .resourceRecordSetCount((long) records.list().size())
                    .build();
        }
    }

    SimRoute53(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "route53";
    }

    @Override
    public void close() {}

    @Override
    public CreateHostedZoneResponse createHostedZone(CreateHostedZoneRequest request) {
        return aws.world.call(() -> {
            var name = DnsName.kept(request.name());
            if (!name.matches("([a-z0-9_-]{1,63}\\.)+"))
                throw Errors.of(
                        InvalidDomainNameException.builder(),
                        "Route53",
                        "InvalidDomainName",
                        400,
                        request.name() + " is not a valid domain name");
            // The caller reference alone protects: the same name with a new one is a second zone (Route 53 API
            // Reference, CreateHostedZone).
            if (references.putIfAbsent(request.callerReference(), name) != null)
                throw Errors.of(
                        HostedZoneAlreadyExistsException.builder(),
                        "Route53",
                        "HostedZoneAlreadyExists",
                        409,
                        "A hosted zone has already been created with the specified caller reference.");
            var id = "Z" + aws.world.hex(20).toUpperCase();
            var zone = new Zone(
                    HostedZone.builder()
                            .id("/hostedzone/" + id)
                            .name(name)
                            .callerReference(request.callerReference())
                            .config(HostedZoneConfig.builder()
                                    .privateZone(false)
                                    .build())
                            .build(),
                    new HostedZoneRecords(name, id, aliasZones()));
            zones.put(id, zone);
            return CreateHostedZoneResponse.builder()
                    .hostedZone(zone.counted())
                    .changeInfo(pending(() -> {}))
                    .delegationSet(delegation(zone))
                    .location("https://route53.amazonaws.com/2013-04-01/hostedzone/" + id)
                    .build();
        });
    }

    @Override
    public GetHostedZoneResponse getHostedZone(GetHostedZoneRequest request) {
        return aws.world.call(() -> {
            var zone = zone(request.id());
            return GetHostedZoneResponse.builder()
                    .hostedZone(zone.counted())
                    .delegationSet(delegation(zone))
                    .build();
        });
    }

    @Override
    public ListHostedZonesResponse listHostedZones(ListHostedZonesRequest request) {
        return aws.world.call(() -> {
            var all = zones.values().stream().map(Zone::counted).toList();
            var page = SimPage.of(all, request.marker(), number(request.maxItems()), 100);
            return ListHostedZonesResponse.builder()
                    .hostedZones(page.items())
                    .marker(request.marker())
                    .nextMarker(page.next())
                    .isTruncated(page.next() != null)
                    .maxItems(request.maxItems() == null ? "100" : request.maxItems())
                    .build();
        });
    }

    @Override
    public ListHostedZonesByNameResponse listHostedZonesByName(ListHostedZonesByNameRequest request) {
        return aws.world.call(() -> {
            var from = request.dnsName() == null ? "" : DnsName.order(DnsName.kept(request.dnsName()));
            var all = zones.values().stream()
                    .map(Zone::counted)
                    .filter(zone -> DnsName.order(zone.name()).compareTo(from) >= 0)
                    .filter(zone -> request.hostedZoneId() == null
                            || DnsName.order(zone.name()).compareTo(from) > 0
                            || bare(zone.id()).compareTo(bare(request.hostedZoneId())) >= 0)
                    .sorted(Comparator.comparing((HostedZone zone) -> DnsName.order(zone.name()))
                            .thenComparing(HostedZone::id))
                    .toList();
            var most = request.maxItems() == null ? 100 : number(request.maxItems());
            var rest = all.stream().skip(most).findFirst();
            return ListHostedZonesByNameResponse.builder()
                    .hostedZones(all.stream().limit(most).toList())
                    .dnsName(request.dnsName())
                    .isTruncated(rest.isPresent())
                    .nextDNSName(rest.map(HostedZone::name).orElse(null))
                    .nextHostedZoneId(rest.map(zone -> bare(zone.id())).orElse(null))
                    .maxItems(Integer.toString(most))
                    .build();
        });
    }

    @Override
    public DeleteHostedZoneResponse deleteHostedZone(DeleteHostedZoneRequest request) {
        return aws.world.call(() -> {
            if (!zone(request.id()).records.empty())
                throw Errors.of(
                        HostedZoneNotEmptyException.builder(),
                        "Route53",
                        "HostedZoneNotEmpty",
                        400,
                        "The specified hosted zone contains non-required resource record sets and so cannot be deleted.");
            zones.remove(bare(request.id()));
            return DeleteHostedZoneResponse.builder()
                    .changeInfo(pending(() -> {}))
                    .build();
        });
    }

    /** Lists show what was accepted, PENDING or not (Route 53 API Reference, ListResourceRecordSets). */
    @Override
    public ListResourceRecordSetsResponse listResourceRecordSets(ListResourceRecordSetsRequest request) {
        return aws.world.call(() -> {
            var records = zone(request.hostedZoneId()).records;
            if (request.startRecordName() == null && request.startRecordType() != null)
                throw invalidInput("The input is not valid: a start record type needs a start record name.");
            var most = request.maxItems() == null ? 300 : Math.min(300, number(request.maxItems()));
            var all = records.list().stream()
                    .filter(set -> notBefore(request, set))
                    .toList();
            var rest = all.stream().skip(most).findFirst();
            return ListResourceRecordSetsResponse.builder()
                    .resourceRecordSets(all.stream().limit(most).toList())
                    .isTruncated(rest.isPresent())
                    .nextRecordName(rest.map(ResourceRecordSet::name).orElse(null))
                    .nextRecordType(rest.map(ResourceRecordSet::typeAsString).orElse(null))
                    .maxItems(Integer.toString(most))
                    .build();
        });
    }

    @Override
    public ChangeResourceRecordSetsResponse changeResourceRecordSets(ChangeResourceRecordSetsRequest request) {
        return aws.world.call(() -> {
            var zone = zone(request.hostedZoneId());
            var batch = request.changeBatch().changes();
            if (batch.isEmpty())
                throw invalidInput(
                        "1 validation error detected: Value at 'changeBatch.changes' must have length at least 1");
            batch.forEach(change -> checkForm(change.resourceRecordSet()));
            if (aws.world.now().isBefore(zone.busyUntil))
                throw Errors.of(
                        PriorRequestNotCompleteException.builder(),
                        "Route53",
                        "PriorRequestNotComplete",
                        400,
                        "The request was rejected because Route 53 was still processing a prior request.");
            zone.records.accept(batch);
            zone.busyUntil = aws.world.now().plus(aws.world.draw(Duration.ofMillis(300)));
            var change = pending(() -> {
                zone.records.putInForce(batch);
                aws.partition.recordsChanged();
            });
            return ChangeResourceRecordSetsResponse.builder().changeInfo(change).build();
        });
    }

    @Override
    public GetChangeResponse getChange(GetChangeRequest request) {
        return aws.world.call(() -> {
            var change = changes.get("/change/" + bare(request.id()));
            if (change == null)
                throw Errors.of(
                        NoSuchChangeException.builder(),
                        "Route53",
                        "NoSuchChange",
                        404,
                        "A change with the specified change ID " + bare(request.id()) + " does not exist.");
            return GetChangeResponse.builder().changeInfo(change).build();
        });
    }

    @Override
    public boolean resolves(String name, String type, String value) {
        return zones.values().stream().anyMatch(zone -> zone.records.resolves(name, type, value));
    }

    /** The targets of a name's alias: until a change is in force everywhere some are told what was before. */
    Set<String> addresses(String name) {
        return zones.values().stream()
                .flatMap(zone -> zone.records.addresses(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What really exists: zone ids. Record sets are {@link #records}. */
    Map<String, Map<String, String>> existing() {
        var existing = new TreeMap<String, Map<String, String>>();
        zones.keySet().forEach(id -> existing.put(id, Map.of()));
        return existing;
    }

    /** The record sets of a zone as they were accepted. */
    List<ResourceRecordSet> records(String zoneId) {
        return zone(zoneId).records.list();
    }

    private Map<String, String> aliasZones() {
        // CloudFront has one zone for all distributions: Route 53 API Reference, AliasTarget.
        return Map.of(
                aws.region + ".elb.amazonaws.com",
                ElbRegion.hostedZoneId(aws.region),
                "cloudfront.net",
                "Z2FDTNDATAQYW2");
    }

    private ChangeInfo pending(Runnable inSync) {
        var change = ChangeInfo.builder()
                .id("/change/C" + aws.world.hex(20).toUpperCase())
                .status(ChangeStatus.PENDING)
                .submittedAt(aws.world.now())
                .build();
        changes.put(change.id(), change);
        // Usually within 60 seconds: Route 53 API Reference, ChangeResourceRecordSets.
        aws.world.after(aws.world.draw(Duration.ofSeconds(40)), () -> {
            changes.put(
                    change.id(), change.toBuilder().status(ChangeStatus.INSYNC).build());
            inSync.run();
        });
        return change;
    }

    private static boolean notBefore(ListResourceRecordSetsRequest request, ResourceRecordSet set) {
        if (request.startRecordName() == null) return true;
        var byName = DnsName.order(set.name()).compareTo(DnsName.order(DnsName.kept(request.startRecordName())));
        if (byName != 0 || request.startRecordType() == null) return byName >= 0;
        return set.typeAsString().compareTo(request.startRecordTypeAsString()) >= 0;
    }

    private static void checkForm(ResourceRecordSet set) {
        if (set.setIdentifier() != null) throw new UnsupportedOperationException("Routing policies are not modelled.");
        var records = set.resourceRecords();
        if (set.aliasTarget() != null && (set.ttl() != null || !records.isEmpty()))
            throw invalidInput(
                    "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or"
                            + " TrafficPolicyInstanceId], but found more than one in Change with [Name=" + set.name()
                            + "]");
        if (set.aliasTarget() == null && (set.ttl() == null || records.isEmpty()))
            throw invalidInput(
                    "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or"
                            + " TrafficPolicyInstanceId], but found none in Change with [Name=" + set.name() + "]");
    }

    private Zone zone(String id) {
        var zone = zones.get(bare(id));
        if (zone == null)
            throw Errors.of(
                    NoSuchHostedZoneException.builder(),
                    "Route53",
                    "NoSuchHostedZone",
                    404,
                    "No hosted zone found with ID: " + bare(id));
        return zone;
    }

    private static DelegationSet delegation(Zone zone) {
        var servers = zone.records.list().stream()
                .filter(set -> set.type() == RRType.NS && set.name().equals(zone.shown.name()))
                .flatMap(set -> set.resourceRecords().stream())
                .map(record -> DnsName.plain(record.value()))
                .toList();
        return DelegationSet.builder().nameServers(servers).build();
    }

    /** Ids are read with their prefix and accepted with and without it. */
    private static String bare(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static Integer number(String text) {
        return text == null ? null : Integer.valueOf(text);
    }

    private static RuntimeException invalidInput(String message) {
        return Errors.of(InvalidInputException.builder(), "Route53", "InvalidInput", 400, message);
    }
}
