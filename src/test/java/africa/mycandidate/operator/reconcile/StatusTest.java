package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.CostItem;
import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.aws.Port;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/** What the status says when something is in the way, and that the operator goes on by itself once it is not. */
class StatusTest {
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Port OPEN = (effect, call) -> call.run();

    private final Simulation simulation = new Simulation(81);
    private final Honesty honesty = new Honesty(simulation);

    private Condition condition(String type) {
        return Conditions.find(simulation.resource.getStatus().conditions(), type)
                .orElseThrow();
    }

    private void stalled() {
        simulation.until("Stalled", LONGEST, status -> {
            honesty.check();
            return Conditions.is(status.conditions(), Conditions.STALLED);
        });
        System.out.println("Stalled, " + condition(Conditions.STALLED).getReason() + ": "
                + condition(Conditions.STALLED).getMessage());
    }

    private void ready() {
        simulation.until("Ready", LONGEST, status -> {
            honesty.check();
            honesty.readyMeansServing();
            return Simulation.ready(status);
        });
    }

    private static String withDomain(String more) {
        return "domain: {name: " + Simulation.DOMAIN + more + "}";
    }

    @Test
    void withoutAZoneItShowsTheRecordsToAdd() {
        var zone = simulation.zone();
        simulation.apply(Simulation.spec("", withDomain("")));
        stalled();
        assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("DnsRecordsNeeded");
        var records = simulation.resource.getStatus().dnsRecords();
        assertThat(records).hasSize(2).allMatch(record -> record.type().equals("CNAME"));
        var validation = records.getFirst();
        simulation.aws.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(change -> change.action(ChangeAction.CREATE)
                        .resourceRecordSet(set -> set.name(validation.name())
                                .type(validation.type())
                                .ttl(300L)
                                .resourceRecords(one -> one.value(validation.value()))))));
        ready();
        assertThat(simulation.resource.getStatus().dnsRecords()).hasSize(2);
    }

    @Test
    void itSaysWhatAMonthCosts() {
        var zone = simulation.zone();
        simulation.apply(Simulation.minimal(zone));
        ready();
        var one = simulation.resource.getStatus();
        assertThat(one.summary().costPerMonth()).matches("~?\\$\\d+");
        assertThat(one.cost().items())
                .extracting(CostItem::name)
                .contains("Fargate tasks", "RDS instance", "ElastiCache nodes", "NAT gateway", "Load balancer");
        simulation.apply(Simulation.spec(zone, "network: {natGateways: PerZone}"));
        ready();
        var two = simulation.resource.getStatus();
        assertThat(dollars(two.cost().monthly()))
                .isGreaterThan(dollars(one.cost().monthly()) + 30);
    }

    private static double dollars(String text) {
        return Double.parseDouble(text.substring(1));
    }

    @Test
    void aGivenCertificateIsUsed() {
        var arn = simulation.aws.importedCertificate(Simulation.DOMAIN);
        simulation.apply(
                Simulation.spec("", withDomain(", hostedZoneId: " + simulation.zone() + ", certificateArn: " + arn)));
        ready();
        assertThat(simulation.effects).extracting(Port.Effect::operation).doesNotContain("requestCertificate");
    }

    @Test
    void aCertificateForAnotherDomainIsRefused() {
        var arn = simulation.aws.importedCertificate("kenya.mycandidate.africa");
        var zone = simulation.zone();
        simulation.apply(Simulation.spec("", withDomain(", hostedZoneId: " + zone + ", certificateArn: " + arn)));
        stalled();
        assertThat(condition(Conditions.STALLED).getMessage())
                .contains("kenya.mycandidate.africa")
                .contains(Simulation.DOMAIN);
        var wildcard = simulation.aws.importedCertificate("*.mycandidate.africa");
        simulation.apply(Simulation.spec("", withDomain(", hostedZoneId: " + zone + ", certificateArn: " + wildcard)));
        ready();
    }

    /** The certificate that it takes the place of waits too, and asks nobody for records. */
    @Test
    void aCertificateThatThereIsNotIsNamedAndNothingElse() {
        var zone = simulation.zone();
        simulation.apply(Simulation.minimal(zone));
        ready();
        var none = "arn:aws:acm:" + Simulation.REGION + ":" + Simulation.ACCOUNT
                + ":certificate/12345678-1234-1234-1234-123456789012";
        simulation.apply(
                Simulation.spec("", withDomain(", hostedZoneId: " + zone + ", certificateArn: '" + none + "'")));
        stalled();
        assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("Refused");
        assertThat(condition(Conditions.STALLED).getMessage())
                .startsWith("Listener/https: there is no certificate " + none)
                .doesNotContain("dnsRecords");
        assertThat(simulation.serving()).isEqualTo(2);
    }

    @Test
    void aDeniedCallIsNamed() {
        simulation.port = Trouble.refusing(
                effect -> effect.operation().equals("createDBInstance"),
                403,
                "AccessDenied",
                "User: arn:aws:iam::123456789012:user/op is not authorized to perform: rds:CreateDBInstance");
        simulation.apply(Simulation.minimal(simulation.zone()));
        stalled();
        assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("AccessDenied");
        assertThat(condition(Conditions.STALLED).getMessage())
                .contains("rds:CreateDBInstance")
                .contains("req-4711");
        simulation.port = OPEN;
        ready();
    }

    @Test
    void aQuotaIsNamed() {
        var ec2 = simulation.aws.of(Ec2Client.class);
        var others = new java.util.ArrayList<String>();
        for (var i = 0; i < 5; i++)
            others.add(ec2.createVpc(request -> request.cidrBlock("10.9.0.0/16"))
                    .vpc()
                    .vpcId());
        simulation.apply(Simulation.minimal(simulation.zone()));
        stalled();
        assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("QuotaExceeded");
        assertThat(condition(Conditions.STALLED).getMessage()).contains("VpcLimitExceeded");
        ec2.deleteVpc(request -> request.vpcId(others.getFirst()));
        ready();
    }

    @Test
    void throttlingIsNoStall() {
        simulation.port = Trouble.throttling(5, 0.01);
        simulation.apply(Simulation.minimal(simulation.zone()));
        var end = simulation.clock.instant().plus(Duration.ofMinutes(30));
        while (simulation.clock.instant().isBefore(end)) {
            simulation.pass();
            honesty.check();
            assertThat(condition(Conditions.STALLED).getStatus()).isEqualTo("False");
        }
        simulation.port = OPEN;
        ready();
    }

    @Test
    void whatCannotBeReadIsNotMadeAgain() {
        simulation.apply(Simulation.minimal(simulation.zone()));
        ready();
        // RDS may be taking its first backup still.
        simulation.rest(Duration.ofMinutes(15));
        var before = simulation.holdings();
        for (var operation : new String[] {"describeVpcs", "describeDBInstances", "listRoles", "describeTags"}) {
            simulation.port = Trouble.refusing(
                    effect -> effect.operation().equals(operation), 403, "AccessDenied", "not authorized");
            simulation.run(Duration.ofMinutes(20));
            simulation.start();
            simulation.run(Duration.ofMinutes(20));
            honesty.check();
            assertThat(simulation.ready()).as("unread: " + operation).isFalse();
        }
        simulation.port = OPEN;
        ready();
        assertThat(simulation.holdings().changesSince(before)).isEmpty();
    }

    /** ElastiCache shows no tags of a group that it is making. */
    @Test
    void whatIsBeingMadeIsNotAbsentWhileAwsHidesWhoseItIs() {
        simulation.apply(Simulation.minimal(simulation.zone()));
        var phases = new ArrayList<String>();
        simulation.until("Ready", LONGEST, status -> {
            status.resources().stream()
                    .filter(row -> row.type().equals("ReplicationGroup"))
                    .map(ResourceStatus::phase)
                    .filter(phase -> phases.isEmpty() || !phases.getLast().equals(phase))
                    .forEach(phases::add);
            return Simulation.ready(status);
        });
        assertThat(phases).containsSubsequence("Creating", "Ready");
        assertThat(phases.subList(phases.indexOf("Creating"), phases.size())).doesNotContain("Absent", "Blocked");
    }

    /** Of each reading in turn: its rows say Unknown, and what is below it too, however far; what is there has the id that it had. */
    @Test
    void whatCannotBeReadForLongIsNotAbsent() {
        simulation.apply(Simulation.minimal(simulation.zone()));
        ready();
        simulation.run(Duration.ofMinutes(45));
        var ids = ids();
        simulation.start();
        for (var read : reads()) {
            simulation.port =
                    Trouble.refusing(effect -> effect.toString().equals(read), 403, "AccessDenied", "not authorized");
            simulation.run(Duration.ofMinutes(20));
            simulation.start();
            simulation.run(Duration.ofMinutes(10));
            assertThat(ids()).as(read).isEqualTo(ids);
            assertThat(simulation.resource.getStatus().resources()).as(read).noneMatch(row -> row.phase()
                    .equals("Absent"));
        }
    }

    /** What a new look at everything asks AWS. */
    private List<String> reads() {
        simulation.effects.clear();
        simulation.annotate(Annotations.VERIFY_AT, "first");
        simulation.pass();
        var reads = simulation.effects.stream()
                .filter(effect -> !effect.mutating())
                .map(Port.Effect::toString)
                .distinct()
                .toList();
        assertThat(reads).hasSizeGreaterThan(30);
        return reads;
    }

    /** By type and role; a validation record bears the certificate's word for a name, and is nobody's while that cannot be read. */
    private Map<String, String> ids() {
        return simulation.resource.getStatus().resources().stream()
                .filter(row -> !row.type().equals("ValidationRecord"))
                .collect(Collectors.toMap(row -> row.type() + "/" + row.role(), row -> String.valueOf(row.id())));
    }

    /** AWS fails to answer now and then: until it is asked again, what was told last stands. */
    @Test
    void oneReadingThatFailsChangesNothingThatIsTold() {
        simulation.apply(Simulation.minimal(simulation.zone()));
        ready();
        simulation.run(Duration.ofMinutes(30));
        var reads = reads();
        var told = simulation.events.size();
        for (var read : reads) {
            simulation.port =
                    Trouble.refusing(effect -> effect.toString().equals(read), 503, "ServiceUnavailable", "try again");
            simulation.annotate(Annotations.VERIFY_AT, read);
            simulation.pass();
            assertThat(simulation.ready())
                    .as(read + "; " + simulation.describe())
                    .isTrue();
            simulation.port = OPEN;
            simulation.run(Duration.ofMinutes(2));
        }
        assertThat(simulation.events.subList(told, simulation.events.size())).isEmpty();
    }

    /** The status says when AWS was read last: what is old is not carried on because a new process has not read anything else yet. */
    @Test
    void aNewProcessThatCannotReadAllDoesNotBelieveAnOldStatus() {
        simulation.apply(Simulation.minimal(simulation.zone()));
        ready();
        simulation.run(Duration.ofMinutes(5));
        simulation.port = Trouble.refusing(
                effect -> effect.toString().equals("Rds.describeDBInstances"), 503, "ServiceUnavailable", "try again");
        simulation.start();
        simulation.pass();
        assertThat(simulation.ready()).as("after a moment").isTrue();
        simulation.rest(Duration.ofMinutes(30));
        simulation.start();
        simulation.pass();
        assertThat(simulation.describe()).contains("Ready=Unknown NotSeen");
    }
}
