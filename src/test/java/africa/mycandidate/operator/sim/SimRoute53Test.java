package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.route53.model.*;

class SimRoute53Test extends EdgeFixture {
    private static final String ELB = "site-123456789.af-south-1.elb.amazonaws.com";

    private final SimRoute53 route53 = aws.route53;
    private String zone;

    @BeforeEach
    void zone() {
        zone = route53.createHostedZone(call -> call.name("mycandidate.africa").callerReference("first"))
                .hostedZone()
                .id();
        settle();
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }

    private static ResourceRecordSet record(String name, String type, String... values) {
        var records = Stream.of(values)
                .map(value -> ResourceRecord.builder().value(value).build())
                .toList();
        return ResourceRecordSet.builder()
                .name(name)
                .type(type)
                .ttl(300L)
                .resourceRecords(records)
                .build();
    }

    private static ResourceRecordSet alias(String name, String target, String targetZone) {
        return ResourceRecordSet.builder()
                .name(name)
                .type("A")
                .aliasTarget(AliasTarget.builder()
                        .dnsName(target)
                        .hostedZoneId(targetZone)
                        .evaluateTargetHealth(false)
                        .build())
                .build();
    }

    private ChangeInfo send(Change... changes) {
        var info = route53.changeResourceRecordSets(
                        call -> call.hostedZoneId(zone).changeBatch(batch -> batch.changes(changes)))
                .changeInfo();
        pass(Duration.ofSeconds(2));
        return info;
    }

    private Refusal batch(String name, Change... changes) {
        return refusal(name, "InvalidChangeBatch", 400, () -> send(changes));
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        send(change(ChangeAction.CREATE, record("www.mycandidate.africa", "CNAME", "example.org")));
        var many = Stream.generate(() -> "1.2.3.4").limit(501).toArray(String[]::new);
        var long1 = "\"" + "x".repeat(17_000) + "\"";
        Supplier<Object> noZone = () -> route53.getHostedZone(call -> call.id("Z0"));
        return refusals(
                () -> java.util.Map.of(
                        "records", java.util.Map.of("all", route53.records(zone).toString())),
                batch(
                        "create what exists",
                        change(ChangeAction.CREATE, record("www.mycandidate.africa", "CNAME", "other.org"))),
                batch(
                        "delete what is not there",
                        change(ChangeAction.DELETE, record("no.mycandidate.africa", "CNAME", "other.org"))),
                batch(
                        "delete with another value",
                        change(ChangeAction.DELETE, record("www.mycandidate.africa", "CNAME", "other.org"))),
                batch(
                        "delete with another TTL",
                        change(
                                ChangeAction.DELETE,
                                record("www.mycandidate.africa", "CNAME", "example.org").toBuilder()
                                        .ttl(60L)
                                        .build())),
                batch(
                        "one record set twice",
                        change(ChangeAction.UPSERT, record("a.mycandidate.africa", "A", "1.2.3.4")),
                        change(ChangeAction.UPSERT, record("A.mycandidate.africa.", "A", "1.2.3.5"))),
                batch(
                        "half of a batch",
                        change(ChangeAction.CREATE, record("a.mycandidate.africa", "A", "1.2.3.4")),
                        change(ChangeAction.DELETE, record("no.mycandidate.africa", "A", "1.2.3.4"))),
                batch(
                        "delete the zone's name servers",
                        change(ChangeAction.DELETE, route53.records(zone).getFirst())),
                batch("a name of another zone", change(ChangeAction.CREATE, record("www.example.org", "A", "1.2.3.4"))),
                batch(
                        "a CNAME at the apex",
                        change(ChangeAction.CREATE, record("mycandidate.africa", "CNAME", "example.org"))),
                batch(
                        "a record beside a CNAME",
                        change(ChangeAction.CREATE, record("www.mycandidate.africa", "A", "1.2.3.4"))),
                batch(
                        "an address that is none",
                        change(ChangeAction.CREATE, record("a.mycandidate.africa", "A", "here"))),
                batch(
                        "a TXT without quotes",
                        change(ChangeAction.CREATE, record("t.mycandidate.africa", "TXT", "text"))),
                batch(
                        "an alias with the wrong zone",
                        change(ChangeAction.CREATE, alias("mycandidate.africa", ELB, "Z0"))),
                batch(
                        "an alias to nothing",
                        change(
                                ChangeAction.CREATE,
                                alias(
                                        "mycandidate.africa",
                                        "no.mycandidate.africa",
                                        zone.substring("/hostedzone/".length())))),
                batch(
                        "more than 1000 records, counting UPSERT twice",
                        change(ChangeAction.UPSERT, record("a.mycandidate.africa", "A", many))),
                batch(
                        "more than 32,000 characters",
                        change(ChangeAction.UPSERT, record("t.mycandidate.africa", "TXT", long1))),
                refusal("no change", "InvalidInput", 400, this::send),
                refusal(
                        "a record without TTL",
                        "InvalidInput",
                        400,
                        () -> send(change(
                                ChangeAction.CREATE,
                                record("a.mycandidate.africa", "A", "1.2.3.4").toBuilder()
                                        .ttl(null)
                                        .build()))),
                refusal(
                        "an alias with TTL",
                        "InvalidInput",
                        400,
                        () -> send(change(
                                ChangeAction.CREATE,
                                alias("mycandidate.africa", ELB, "Z268VQBMOI5EKX").toBuilder()
                                        .ttl(60L)
                                        .build()))),
                refusal(
                        "a start type without name",
                        "InvalidInput",
                        400,
                        () -> route53.listResourceRecordSets(
                                call -> call.hostedZoneId(zone).startRecordType("A"))),
                refusal("an unknown zone", "NoSuchHostedZone", 404, noZone),
                refusal("an unknown change", "NoSuchChange", 404, () -> route53.getChange(call -> call.id("C0"))),
                refusal(
                        "a used caller reference",
                        "HostedZoneAlreadyExists",
                        409,
                        () -> route53.createHostedZone(
                                call -> call.name("mycandidate.africa").callerReference("first"))),
                refusal(
                        "a name with a blank",
                        "InvalidDomainName",
                        400,
                        () -> route53.createHostedZone(
                                call -> call.name("my candidate").callerReference("second"))),
                refusal(
                        "a zone with records",
                        "HostedZoneNotEmpty",
                        400,
                        () -> route53.deleteHostedZone(call -> call.id(zone))));
    }

    @Test
    void aChangeIsListedAtOnceAndInForceLater() {
        var info = send(change(ChangeAction.UPSERT, record("WWW.mycandidate.africa", "CNAME", "Example.org")));
        assertThat(info.status()).isEqualTo(ChangeStatus.PENDING);
        assertThat(route53.records(zone)).extracting(ResourceRecordSet::name).contains("www.mycandidate.africa.");
        assertThat(route53.resolves("www.mycandidate.africa", "CNAME", "example.org"))
                .isFalse();
        pass(Duration.ofMinutes(3));
        assertThat(route53.getChange(call -> call.id(info.id())).changeInfo().status())
                .isEqualTo(ChangeStatus.INSYNC);
        assertThat(route53.resolves("www.mycandidate.africa", "CNAME", "example.org"))
                .isTrue();
        send(change(ChangeAction.DELETE, record("www.mycandidate.africa", "CNAME", "Example.org")));
        assertThat(route53.resolves("www.mycandidate.africa", "CNAME", "example.org"))
                .isTrue();
        pass(Duration.ofMinutes(3));
        assertThat(route53.resolves("www.mycandidate.africa", "CNAME", "example.org"))
                .isFalse();
    }

    @Test
    void twoRequestsAtOnceForOneZoneAreRefused() {
        var first = change(ChangeAction.UPSERT, record("a.mycandidate.africa", "A", "1.2.3.4"));
        Supplier<Object> call = () -> route53.changeResourceRecordSets(
                request -> request.hostedZoneId(zone).changeBatch(batch -> batch.changes(first)));
        assertThat(call.get()).isNotNull();
        refused("PriorRequestNotComplete", 400, call);
        pass(Duration.ofSeconds(1));
        assertThat(call.get()).isNotNull();
    }

    @Test
    void namesAndAliasesComeBackAsAwsKeepsThem() {
        send(
                change(ChangeAction.CREATE, alias("mycandidate.africa", ELB, "Z268VQBMOI5EKX")),
                change(ChangeAction.CREATE, record("*.mycandidate.africa", "CNAME", "example.org")),
                change(ChangeAction.CREATE, record("b.a.mycandidate.africa", "A", "1.2.3.4")),
                change(ChangeAction.CREATE, record("a.mycandidate.africa", "A", "1.2.3.4")));
        assertThat(route53.records(zone))
                .extracting(set -> set.name() + " " + set.type())
                .containsExactly(
                        "mycandidate.africa. A",
                        "mycandidate.africa. NS",
                        "mycandidate.africa. SOA",
                        "\\052.mycandidate.africa. CNAME",
                        "a.mycandidate.africa. A",
                        "b.a.mycandidate.africa. A");
        assertThat(route53.records(zone).getFirst().aliasTarget().dnsName()).isEqualTo(ELB + ".");
        pass(Duration.ofMinutes(3));
        assertThat(route53.resolves("mycandidate.africa", "A", ELB)).isTrue();
        assertThat(route53.resolves("any.mycandidate.africa", "CNAME", "example.org"))
                .isTrue();
    }

    @Test
    void listsComeInPagesFromAName() {
        send(
                change(ChangeAction.CREATE, record("a.mycandidate.africa", "A", "1.2.3.4")),
                change(ChangeAction.CREATE, record("a.mycandidate.africa", "TXT", "\"text\"")));
        var page =
                route53.listResourceRecordSets(call -> call.hostedZoneId(zone).maxItems("3"));
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.nextRecordName()).isEqualTo("a.mycandidate.africa.");
        assertThat(page.nextRecordTypeAsString()).isEqualTo("TXT");
        var found = route53.listResourceRecordSets(call -> call.hostedZoneId(zone)
                .startRecordName("a.mycandidate.africa")
                .startRecordType("TXT")
                .maxItems("1"));
        assertThat(found.resourceRecordSets())
                .extracting(ResourceRecordSet::typeAsString)
                .containsExactly("TXT");
        assertThat(route53.listResourceRecordSetsPaginator(
                                call -> call.hostedZoneId(zone).maxItems("1"))
                        .resourceRecordSets())
                .hasSize(4);
    }

    @Test
    void zonesAreFoundByIdAndByName() {
        route53.createHostedZone(call -> call.name("mycandidate.africa").callerReference("second"));
        route53.createHostedZone(call -> call.name("example.org").callerReference("third"));
        assertThat(route53.listHostedZones().hostedZones()).hasSize(3);
        assertThat(route53.listHostedZonesByName(call -> call.dnsName("mycandidate.africa"))
                        .hostedZones())
                .extracting(HostedZone::name)
                .isEqualTo(List.of("mycandidate.africa.", "mycandidate.africa.", "example.org."));
        assertThat(route53.getHostedZone(call -> call.id(zone)).hostedZone().id())
                .isEqualTo(zone)
                .startsWith("/hostedzone/Z");
        route53.deleteHostedZone(call -> call.id(zone));
        refused("NoSuchHostedZone", 404, () -> route53.getHostedZone(call -> call.id(zone)));
    }
}
