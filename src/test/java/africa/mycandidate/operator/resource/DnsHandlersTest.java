package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;

/** The handlers of certificates and DNS records, over the simulated ACM and Route 53. */
class DnsHandlersTest {
    private static final String SITE = "southafrica.example.org";
    /** The hosted zone of load balancers in the region (AWS General Reference, Elastic Load Balancing endpoints). */
    private static final String BALANCERS = "Z268VQBMOI5EKX";

    private final Simulated aws = new Simulated(13);
    private final Life life = aws.life;
    private final Route53Client route53 = aws.clients.of(Route53Client.class);
    private String zone;

    @BeforeEach
    void aHostedZone() {
        zone = route53.createHostedZone(request -> request.name("example.org").callerReference("1"))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
    }

    @Test
    void aCertificateIsIssuedOnceItsRecordStands() {
        var want = new Certificate(SITE, Set.of());
        var handler = life.handler(Certificate.class);
        var arn = handler.create(want, Life.creation(Certificate.class, "site"));
        var asked = life.await(Certificate.class, "", arn, one -> one.outputs().containsKey("validationValue"));
        assertThat(asked.phase()).isEqualTo(Phase.PENDING);
        assertThat(asked.outputs()).doesNotContainKey("issuedArn");
        var record = new ValidationRecord(
                zone,
                SITE,
                Ref.of(asked.outputs().get("validationName")),
                Ref.of(asked.outputs().get("validationValue")));
        var stands = life.create(record, "site");
        assertThat(stands.owner()).isEqualTo(new Owner.Shared());
        assertThat(stands.actual()).isEqualTo(record);
        var issued = life.await(Certificate.class, "", arn, one -> one.phase() == Phase.READY);
        assertThat(issued.actual()).isEqualTo(want);
        assertThat(issued.outputs()).containsEntry("issuedArn", arn);
        life.delete(issued);
    }

    @Test
    void anAliasComesWithTheWordOnWhoseItIs() {
        var record = life.create(alias("mcd-a-1.af-south-1.elb.amazonaws.com"), "site");
        assertThat(record.owner()).isEqualTo(new Owner.Stack("test/site", "uid-1", "site", "1"));
        life.pause();
        life.handler(DnsRecord.class).tag(record, Map.of("team", "a, b=c"), Set.of());
        var moved = life.converge(alias("mcd-b-2.af-south-1.elb.amazonaws.com"), SITE);
        assertThat(moved.tags()).containsEntry("team", "a, b=c");
        life.delete(moved);
        assertThat(route53.listResourceRecordSets(request -> request.hostedZoneId(zone))
                        .resourceRecordSets())
                .extracting(set -> set.type())
                .containsExactly(RRType.NS, RRType.SOA);
    }

    @Test
    void withoutThatWordItIsTheLoadBalancersOwners() {
        life.create(alias("mcd-a-1.af-south-1.elb.amazonaws.com"), "site");
        change(
                ChangeAction.DELETE,
                RRType.TXT,
                "_mycandidate." + SITE,
                RecordNames.text(Life.tags(DnsRecord.class, "site")));
        var found = life.handler(DnsRecord.class).list(zone + "/" + SITE);
        assertThat(found).singleElement().satisfies(one -> assertThat(one.owner())
                .isEqualTo(new Owner.Child(
                        LoadBalancer.class, "dnsName", "mcd-a-1.af-south-1.elb.amazonaws.com", "site")));
    }

    @Test
    void aRecordOfOthersIsSeenAndNeverWrittenOver() {
        change(ChangeAction.CREATE, RRType.A, SITE, "192.0.2.1");
        var handler = life.handler(DnsRecord.class);
        assertThat(handler.list(zone + "/" + SITE)).singleElement().satisfies(one -> {
            assertThat(one.owner()).isEqualTo(new Owner.Nobody());
            assertThat(one.name()).isEqualTo(SITE);
        });
        var want = alias("mcd-a-1.af-south-1.elb.amazonaws.com");
        assertThatThrownBy(() -> handler.create(want, Life.creation(DnsRecord.class, "site")))
                .isInstanceOf(InvalidChangeBatchException.class);
    }

    @Test
    void anAliasThatWasTakenAwayIsSetAgain() {
        var want = alias("mcd-a-1.af-south-1.elb.amazonaws.com");
        change(
                ChangeAction.CREATE,
                RRType.TXT,
                "_mycandidate." + SITE,
                RecordNames.text(Life.tags(DnsRecord.class, "site")));
        var found = life.handler(DnsRecord.class).list(zone + "/" + SITE);
        assertThat(found)
                .singleElement()
                .satisfies(one -> assertThat(one.actual().target()).isNull());
        assertThat(life.converge(want, SITE).actual()).isEqualTo(want);
    }

    @Test
    void anAlternativeNameIsFoundByTheMainOneAlone() {
        var handler = life.handler(DnsRecord.class);
        var main = alias("mcd-a-1.af-south-1.elb.amazonaws.com");
        var other = new DnsRecord(zone, "www." + SITE, SITE, main.target(), main.targetZone(), null);
        life.create(main, "site");
        life.pause();
        handler.create(other, Life.creation(DnsRecord.class, "www." + SITE));
        life.pause();
        // Beside them stands what is somebody else's, or means nothing.
        change(ChangeAction.CREATE, RRType.TXT, "_mycandidate-notes." + SITE, "\"hello\"");
        change(
                ChangeAction.CREATE,
                RRType.TXT,
                "_mycandidate1." + SITE,
                RecordNames.text(Life.tags(DnsRecord.class, "x")));
        change(ChangeAction.CREATE, RRType.TXT, "a._mycandidate." + SITE, "\"hello\"");
        change(ChangeAction.CREATE, RRType.A, "www." + SITE + "x.example.org", "192.0.2.1");
        var found = handler.list(main.place());
        assertThat(found).extracting(Observed::actual).containsExactlyInAnyOrder(main, other);
        assertThat(found)
                .filteredOn(one -> one.id().equals("www." + SITE))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.owner()).isEqualTo(new Owner.Stack("test/site", "uid-1", "www." + SITE, "1")));
        assertThat(handler.list(other.place())).as("shown once").isEmpty();
        handler.delete(
                found.stream()
                        .filter(one -> one.actual().equals(other))
                        .findFirst()
                        .orElseThrow(),
                new Deletion(false));
        assertThat(handler.list(main.place())).extracting(Observed::actual).containsExactly(main);
        assertThat(route53.listResourceRecordSets(request -> request.hostedZoneId(zone))
                        .resourceRecordSets())
                .noneMatch(set -> set.name().startsWith("www." + SITE + "."))
                .noneMatch(set -> set.name().startsWith(RecordNames.ownership("www." + SITE, SITE)));
    }

    @Test
    void whatStandsAtAnAlternativeNameIsSeenToo() {
        var handler = life.handler(DnsRecord.class);
        var other = new DnsRecord(
                zone, "www." + SITE, SITE, Ref.of("mcd-a-1.af-south-1.elb.amazonaws.com"), Ref.of(BALANCERS), null);
        change(ChangeAction.CREATE, RRType.CNAME, "www." + SITE, "somewhere.example.net");
        assertThat(handler.list(other.place())).singleElement().satisfies(one -> {
            assertThat(one.owner()).isEqualTo(new Owner.Nobody());
            assertThat(one.name()).isEqualTo("www." + SITE);
        });
        assertThat(handler.list(zone + "/" + SITE)).isEmpty();
    }

    @Test
    void aValidationRecordIsThatOfItsNameAlone() {
        var handler = life.handler(ValidationRecord.class);
        change(ChangeAction.CREATE, RRType.CNAME, "_1.www." + SITE, "_a.acm-validations.aws");
        change(ChangeAction.CREATE, RRType.CNAME, "_2." + SITE, "_b.acm-validations.aws");
        assertThat(handler.list(zone + "/" + SITE)).extracting(Observed::id).containsExactly("_2." + SITE);
        assertThat(handler.list(zone + "/www." + SITE)).extracting(Observed::id).containsExactly("_1.www." + SITE);
    }

    private DnsRecord alias(String target) {
        return new DnsRecord(zone, SITE, Ref.of(target), Ref.of(BALANCERS));
    }

    /** Route 53 takes one change of a zone at a time. */
    private void change(ChangeAction action, RRType type, String name, String value) {
        life.pause();
        route53.changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(change -> change.action(action)
                        .resourceRecordSet(set ->
                                set.name(name).type(type).ttl(300L).resourceRecords(record -> record.value(value))))));
        life.pause();
    }
}
