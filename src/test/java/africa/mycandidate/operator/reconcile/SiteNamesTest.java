package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.DnsRecordToAdd;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.sim.Holdings;
import africa.mycandidate.operator.sim.SimAws;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** More names than one, a hosted zone in another account, and none at all. */
class SiteNamesTest {
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final String SITE = Simulation.DOMAIN;
    private static final String WWW = "www." + SITE;
    private static final String VOTE = "vote.mycandidate.africa";
    private static final String OTHER = "210987654321";
    private static final String ROLE = "mycandidate-operator-dns";
    private static final String ROLE_ARN = "arn:aws:iam::" + OTHER + ":role/" + ROLE;
    private static final String OPERATOR = "arn:aws:iam::" + Simulation.ACCOUNT + ":role/mycandidate-operator";

    private final Simulation simulation = new Simulation(83);
    private final Honesty honesty = new Honesty(simulation);

    private Condition condition(String type) {
        return Conditions.find(simulation.resource.getStatus().conditions(), type)
                .orElseThrow();
    }

    private void apply(String zone, String domain, String... more) {
        var lines = new java.util.ArrayList<>(List.of("domain: {name: " + SITE + domain + "}"));
        lines.addAll(List.of(more));
        simulation.apply(Simulation.spec(zone, lines.toArray(String[]::new)));
    }

    private static String in(String zone, String... names) {
        return ", hostedZoneId: " + zone + ", alternativeNames: [" + String.join(", ", names) + "]";
    }

    private void ready() {
        var generation = simulation.resource.getMetadata().getGeneration();
        simulation.until("Ready", LONGEST, status -> {
            honesty.check();
            honesty.readyMeansServing();
            return Simulation.ready(status) && status.observedGeneration().equals(generation);
        });
    }

    private void stalled() {
        simulation.until("Stalled", LONGEST, status -> Conditions.is(status.conditions(), Conditions.STALLED));
        System.out.println("Stalled, " + condition(Conditions.STALLED).getReason() + ": "
                + condition(Conditions.STALLED).getMessage());
    }

    private void silent() {
        simulation.run(Duration.ofMinutes(30));
        simulation.effects.clear();
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.ready()).isTrue();
    }

    private static List<ResourceRecordSet> records(SimAws aws, String zone) {
        return aws.of(Route53Client.class)
                .listResourceRecordSets(request -> request.hostedZoneId(zone))
                .resourceRecordSets();
    }

    /** Names that lead to the one load balancer, by an alias. */
    private Set<String> led(SimAws aws, String zone) {
        var balancer = simulation
                .aws
                .of(ElasticLoadBalancingV2Client.class)
                .describeLoadBalancers()
                .loadBalancers()
                .getFirst()
                .dnsName();
        return records(aws, zone).stream()
                .filter(set -> set.type() == RRType.A && set.aliasTarget() != null)
                .filter(set -> set.aliasTarget().dnsName().equals(balancer.toLowerCase() + "."))
                .map(set -> set.name().replaceFirst("\\.$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long texts(SimAws aws, String zone) {
        return records(aws, zone).stream()
                .filter(set -> set.type() == RRType.TXT)
                .count();
    }

    private List<CertificateDetail> certificates() {
        var acm = simulation.aws.of(AcmClient.class);
        return acm.listCertificates(request -> {}).certificateSummaryList().stream()
                .map(one -> acm.describeCertificate(request -> request.certificateArn(one.certificateArn()))
                        .certificate())
                .toList();
    }

    /** What the listener shows to browsers now. */
    private CertificateDetail shown() {
        var elb = simulation.aws.of(ElasticLoadBalancingV2Client.class);
        var balancer = elb.describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn();
        var arn = elb.describeListeners(request -> request.loadBalancerArn(balancer)).listeners().stream()
                .flatMap(listener -> listener.certificates().stream())
                .map(one -> one.certificateArn())
                .findFirst()
                .orElseThrow();
        return simulation
                .aws
                .of(AcmClient.class)
                .describeCertificate(request -> request.certificateArn(arn))
                .certificate();
    }

    private void record(String zone, String name, RRType type, String value) {
        simulation.rest(Duration.ofSeconds(2));
        simulation.aws.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(change -> change.action(ChangeAction.CREATE)
                        .resourceRecordSet(
                                set -> set.name(name).type(type).ttl(300L).resourceRecords(one -> one.value(value))))));
    }

    @Test
    void everyNameHasItsRecordsAndIsInTheCertificate() {
        var zone = simulation.zone();
        apply(zone, in(zone, WWW, VOTE));
        ready();
        assertThat(led(simulation.aws, zone)).containsExactlyInAnyOrder(SITE, WWW, VOTE);
        assertThat(shown().subjectAlternativeNames()).containsExactlyInAnyOrder(SITE, WWW, VOTE);
        assertThat(simulation.resource.getStatus().dnsRecords()).isEmpty();
        assertThat(simulation.resource.getStatus().url()).isEqualTo("https://" + SITE);
        silent();
        apply(zone, in(zone, VOTE, WWW), "database: {deletionProtection: false}");
        ready();
        assertThat(certificates()).as("their order means nothing").hasSize(1);
        simulation.remove(Duration.ofHours(6));
        assertThat(records(simulation.aws, zone))
                .as("ACM's stay: they may be others' too")
                .extracting(ResourceRecordSet::typeAsString)
                .containsOnly("NS", "SOA", "CNAME");
    }

    /** A certificate for the old names is shown until one for the new ones is issued, and the old one goes only then. */
    @Test
    void aNameIsAddedAndTakenAwayWithoutAMomentOfDarkness() {
        var zone = simulation.zone();
        apply(zone, in(zone));
        ready();
        simulation.run(Duration.ofMinutes(20));
        var first = shown().certificateArn();
        var dark = new int[1];
        simulation.eachSecond = () -> {
            if (simulation.serving() == 0 || !shown().statusAsString().equals("ISSUED")) dark[0]++;
        };
        apply(zone, in(zone, WWW));
        ready();
        assertThat(shown().subjectAlternativeNames()).containsExactlyInAnyOrder(SITE, WWW);
        assertThat(shown().certificateArn()).isNotEqualTo(first);
        assertThat(led(simulation.aws, zone)).containsExactlyInAnyOrder(SITE, WWW);
        simulation.run(Duration.ofMinutes(20));
        assertThat(certificates()).hasSize(1);
        apply(zone, in(zone));
        ready();
        simulation.run(Duration.ofMinutes(20));
        simulation.eachSecond = null;
        System.out.printf("a name added and taken away: %d s without a page or an issued certificate%n", dark[0]);
        assertThat(dark[0]).isZero();
        assertThat(shown().subjectAlternativeNames()).containsExactly(SITE);
        assertThat(certificates()).hasSize(1);
        assertThat(led(simulation.aws, zone)).containsExactly(SITE);
        assertThat(texts(simulation.aws, zone)).isOne();
        silent();
    }

    /** Nothing but AWS remembers that there was such a name. */
    @Test
    void theRecordsOfANameThatNobodyRemembersGo() {
        var zone = simulation.zone();
        apply(zone, in(zone, WWW, VOTE));
        ready();
        simulation.resource.setStatus(null);
        apply(zone, in(zone, VOTE));
        simulation.start();
        ready();
        simulation.run(Duration.ofMinutes(20));
        assertThat(led(simulation.aws, zone)).containsExactlyInAnyOrder(SITE, VOTE);
        assertThat(texts(simulation.aws, zone)).isEqualTo(2);
        silent();
    }

    @Test
    void aNameThatIsSomebodyElsesIsLeftAlone() {
        var zone = simulation.zone();
        apply(zone, in(zone));
        ready();
        record(zone, WWW, RRType.CNAME, "somewhere.example.net");
        apply(zone, in(zone, WWW));
        stalled();
        assertThat(condition(Conditions.STALLED).getMessage())
                .contains("DnsRecord/" + WWW + ": " + WWW + " exists and is not ours")
                .contains("nothing is done to it");
        simulation.run(Duration.ofHours(1));
        assertThat(records(simulation.aws, zone))
                .filteredOn(set -> set.name().equals(WWW + "."))
                .singleElement()
                .satisfies(set -> assertThat(set.type()).isEqualTo(RRType.CNAME));
        assertThat(simulation.serving()).isEqualTo(2);
        apply(zone, in(zone));
        ready();
        assertThat(records(simulation.aws, zone)).anyMatch(set -> set.name().equals(WWW + "."));
    }

    /** Whoever made the alias by hand before the operator could: it leads to our load balancer, so it is ours. */
    @Test
    void anAliasThatLeadsHereAlreadyIsTakenAsItIs() {
        var zone = simulation.zone();
        apply(zone, in(zone));
        ready();
        var site = records(simulation.aws, zone).stream()
                .filter(set -> set.aliasTarget() != null)
                .findFirst()
                .orElseThrow();
        simulation.aws.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(change -> change.action(ChangeAction.CREATE)
                        .resourceRecordSet(set -> set.name(WWW).type(RRType.A).aliasTarget(site.aliasTarget())))));
        silent();
        apply(zone, in(zone, WWW));
        simulation.effects.clear();
        ready();
        assertThat(led(simulation.aws, zone)).containsExactlyInAnyOrder(SITE, WWW);
        assertThat(texts(simulation.aws, zone)).isEqualTo(2);
        silent();
    }

    @Test
    void aNameOutsideTheZoneIsNamed() {
        var zone = simulation.zone();
        apply(zone, in(zone, "www.example.org"));
        stalled();
        assertThat(condition(Conditions.STALLED).getMessage())
                .contains("is not permitted in zone mycandidate.africa")
                .contains("Every name of a site must be in its one hosted zone, spec.domain.hostedZoneId");
        apply(zone, in(zone));
        ready();
    }

    @Test
    void aCertificateOfTheUsersMustCoverAllNames() {
        var zone = simulation.zone();
        var wildcard = simulation.aws.importedCertificate("*.mycandidate.africa");
        apply(zone, in(zone, VOTE, WWW) + ", certificateArn: '" + wildcard + "'");
        stalled();
        assertThat(condition(Conditions.STALLED).getMessage())
                .contains("is for *.mycandidate.africa, not for " + WWW
                        + "; name one that covers every name of the site");
        apply(zone, in(zone, VOTE) + ", certificateArn: '" + wildcard + "'");
        ready();
        assertThat(led(simulation.aws, zone)).containsExactlyInAnyOrder(SITE, VOTE);
    }

    @Test
    void withoutAZoneTheRecordsOfAllNamesAreShownAndItGoesOnOnceTheyStand() {
        var zone = simulation.zone();
        var none = ", alternativeNames: [" + WWW + ", mycandidate.africa]";
        apply("", "");
        stalled();
        add(zone, toAdd());
        ready();
        apply("", none);
        stalled();
        assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("DnsRecordsNeeded");
        assertThat(simulation.serving()).as("the old certificate serves on").isEqualTo(2);
        var records = toAdd();
        records.forEach(System.out::println);
        assertThat(records)
                .extracting(DnsRecordToAdd::type)
                .containsExactly("CNAME", "CNAME", "CNAME", "CNAME", "CNAME", "ALIAS");
        assertThat(records.subList(3, 6))
                .extracting(DnsRecordToAdd::name)
                .containsExactly(SITE, WWW, "mycandidate.africa");
        assertThat(records.get(3).why()).contains("a zone's own name takes no CNAME");
        assertThat(records.get(4).why()).doesNotContain("ALIAS");
        add(zone, records);
        ready();
        assertThat(shown().subjectAlternativeNames()).hasSize(3);
        assertThat(toAdd()).as("they stay: renewals need them").isEqualTo(records);
        silent();
    }

    private List<DnsRecordToAdd> toAdd() {
        return simulation.resource.getStatus().dnsRecords();
    }

    /** As a person does, with those of the certificate, who has added some of them before. */
    private void add(String zone, List<DnsRecordToAdd> records) {
        for (var one : records)
            if (one.value().endsWith("acm-validations.aws")
                    && records(simulation.aws, zone).stream()
                            .noneMatch(set -> set.name().equals(one.name() + ".")))
                record(zone, one.name(), RRType.CNAME, one.value());
    }

    private final class Elsewhere {
        private final SimAws aws = simulation.aws.neighbour(OTHER, Simulation.REGION);
        private final String zone;

        Elsewhere() {
            aws.of(IamClient.class)
                    .createRole(request -> request.roleName(ROLE).assumeRolePolicyDocument(trust(OPERATOR)));
            zone = aws.of(Route53Client.class)
                    .createHostedZone(
                            request -> request.name("mycandidate.africa").callerReference("theirs"))
                    .hostedZone()
                    .id()
                    .replace("/hostedzone/", "");
            simulation.rest(Duration.ofMinutes(1));
        }

        String domain() {
            return in(zone, WWW) + ", hostedZoneRoleArn: '" + ROLE_ARN + "'";
        }

        void trusting(String principal) {
            aws.of(IamClient.class)
                    .updateAssumeRolePolicy(request -> request.roleName(ROLE).policyDocument(trust(principal)));
        }
    }

    private static String trust(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"sts:AssumeRole\"}]}";
    }

    private long assumed() {
        return simulation.effects.stream()
                .map(Port.Effect::operation)
                .filter("assumeRole"::equals)
                .count();
    }

    @Test
    void aZoneOfAnotherAccountGetsTheRecordsAndNothingElse() {
        var other = new Elsewhere();
        var before = Holdings.of(other.aws).changesSince(Holdings.of(other.aws));
        assertThat(before).isEmpty();
        apply(other.zone, other.domain());
        ready();
        assertThat(led(other.aws, other.zone)).containsExactlyInAnyOrder(SITE, WWW);
        assertThat(other.aws.existing()).noneMatch(one -> one.startsWith("vpc-") || one.contains("certificate/"));
        assertThat(simulation.resource.getStatus().resolved().account()).isEqualTo(Simulation.ACCOUNT);
        simulation.effects.clear();
        simulation.run(Duration.ofHours(6));
        System.out.printf("six hours with a zone in another account: AssumeRole %d times%n", assumed());
        assertThat(assumed()).isBetween(6L, 8L);
        assertThat(simulation.mutations()).isZero();
        apply(other.zone, other.domain(), "database: {deletionProtection: false}");
        simulation.remove(Duration.ofHours(6));
        assertThat(records(other.aws, other.zone))
                .extracting(ResourceRecordSet::typeAsString)
                .containsOnly("NS", "SOA", "CNAME");
    }

    @Test
    void aZoneThatIsShutIsToldOfAndNothingElseWaits() {
        var other = new Elsewhere();
        other.trusting("arn:aws:iam::" + Simulation.ACCOUNT + ":role/somebody");
        simulation.rest(Duration.ofMinutes(1));
        apply(other.zone, other.domain());
        stalled();
        assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("AccessDenied");
        assertThat(condition(Conditions.STALLED).getMessage())
                .contains("sts:AssumeRole on resource: " + ROLE_ARN)
                .contains("It is needed for the hosted zone (spec.domain.hostedZoneRoleArn). The trust policy of "
                        + ROLE_ARN
                        + " must allow sts:AssumeRole to arn:aws:sts::" + Simulation.ACCOUNT
                        + ":assumed-role/mycandidate-operator/session");
        assertThat(simulation.aws.existing()).as("what needs no DNS is made").anyMatch(one -> one.contains(":db:"));
        simulation.effects.clear();
        simulation.run(Duration.ofHours(1));
        assertThat(assumed()).as("asked for slowly").isLessThanOrEqualTo(120);
        other.trusting(OPERATOR);
        ready();
        assertThat(led(other.aws, other.zone)).containsExactlyInAnyOrder(SITE, WWW);
        silent();
        // Shut later: nothing is concluded.
        other.trusting("arn:aws:iam::" + Simulation.ACCOUNT + ":role/somebody");
        simulation.run(Duration.ofHours(2));
        assertThat(simulation.ready()).isFalse();
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.serving()).isEqualTo(2);
        other.trusting(OPERATOR);
        ready();
        assertThat(led(other.aws, other.zone)).containsExactlyInAnyOrder(SITE, WWW);
    }
}
