package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;

/** What the day of an election will need, and what it costs. */
class ElectionReadyTest extends ElectionFixture {
    @Test
    void whatTheDayWillNeedIsCheckedFrom48HoursAhead() {
        apply(election(", maxTasks: 20"), "database: {instanceClass: db.t3.medium}");
        ready();
        until(RAISE.minus(Duration.ofHours(49)));
        assertThat(condition()).isEmpty();
        until(RAISE.minus(Duration.ofHours(47)));
        System.out.println(condition().orElseThrow().getMessage());
        // Twenty tasks take ten vCPUs, and a new account has six; and nobody would be woken.
        assertThat(failing()).containsExactly("quotas", "alarms");
        assertThat(condition().orElseThrow().getStatus()).isEqualTo("False");
        simulation.aws.fargateVcpus(50);
        simulation.run(Duration.ofMinutes(62));
        assertThat(failing()).containsExactly("alarms");
        var lines = new String[] {
            election(", maxTasks: 20"),
            "database: {instanceClass: db.t3.medium}",
            "alarms: {email: on-call@example.org}"
        };
        apply(lines);
        simulation.run(Duration.ofMinutes(10));
        assertThat(condition().orElseThrow().getMessage()).contains("followed the link in the mail");
        simulation.aws.readMail("on-call@example.org");
        simulation.run(Duration.ofMinutes(3));
        assertThat(failing()).isEmpty();
        assertThat(condition().orElseThrow().getStatus()).isEqualTo("True");
        until(TO.plusSeconds(120));
        assertThat(condition()).isEmpty();
    }

    @Test
    void eachThingThatIsNotWellIsNamedWithWhatToDo() {
        var wrong = new String[] {
            election(", maxTasks: 30, loadBalancerCapacityUnits: 100"),
            "driftPolicy: Report",
            "database: {backupRetentionDays: 0, deletionProtection: false}"
        };
        apply(wrong);
        ready();
        until(RAISE.minus(Duration.ofHours(47)));
        assertThat(failing()).containsExactly("quotas", "connections", "backups", "alarms");
        assertThat(condition().orElseThrow().getMessage())
                .as("what is asked for at AWS for days is told in one go")
                .contains("Ask Service Quotas for more of L-3032A538", "Ask Service Quotas for more of L-8A66D0E6")
                .contains(
                        "30 tasks open up to 300 connections, but db.t3.small has room for 169. Lower the election's maxTasks")
                .contains("Set database.backupRetentionDays to 7");
        var scaling = simulation.aws.of(ApplicationAutoScalingClient.class);
        var action = scaling.describeScheduledActions(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scheduledActions()
                .getFirst();
        scaling.deleteScheduledAction(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .resourceId(action.resourceId())
                .scheduledActionName(action.scheduledActionName()));
        simulation.run(Duration.ofMinutes(5));
        assertThat(failing()).containsExactly("capacity", "quotas", "connections", "backups", "alarms", "drift");
        apply(wrong[0], wrong[2], "image: example.org/mycandidate:1.5.0-crash");
        simulation.until(
                "the failed rollout", LONGEST, status -> Conditions.is(status.conditions(), Conditions.STALLED));
        assertThat(failing()).contains("rollout").doesNotContain("capacity", "drift");
    }

    /** ACM could not renew it, as its record was out of DNS while nobody looked. */
    @Test
    void aCertificateThatEndsBeforeTheElectionDoesIsNamed() {
        apply();
        ready();
        var ends = simulation
                .aws
                .of(AcmClient.class)
                .describeCertificate(request -> request.certificateArn(certificate()))
                .certificate()
                .notAfter();
        var route53 = simulation.aws.of(Route53Client.class);
        var record = route53.listResourceRecordSets(request -> request.hostedZoneId(zone)).resourceRecordSets().stream()
                .filter(one -> one.name().startsWith("_") && one.type() == RRType.CNAME)
                .findFirst()
                .orElseThrow();
        route53.changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(
                        change -> change.action(ChangeAction.DELETE).resourceRecordSet(record))));
        simulation.rest(Duration.between(simulation.now(), ends.minus(Duration.ofHours(40))));
        apply("elections: [{name: late, from: \"" + LOCAL.format(ends.minus(Duration.ofHours(10))) + "\", to: \""
                + LOCAL.format(ends.plus(Duration.ofHours(10))) + "\"}]");
        simulation.pass();
        simulation.pass();
        assertThat(failing()).contains("certificate");
        assertThat(condition().orElseThrow().getMessage()).contains("which is before the end. ACM could not renew it");
    }

    private String certificate() {
        return simulation.aws.of(AcmClient.class).listCertificates().certificateSummaryList().stream()
                .filter(one -> one.domainName().equals(Simulation.DOMAIN))
                .findFirst()
                .orElseThrow()
                .certificateArn();
    }

    @Test
    void costSaysWhatAnElectionAdds() {
        apply(election(", databaseClass: db.t3.large"));
        ready();
        var cost = simulation.resource.getStatus().cost();
        System.out.println(cost.elections());
        assertThat(cost.elections()).hasSize(1);
        assertThat(new java.math.BigDecimal(cost.elections().getFirst().extra().substring(1)))
                .isPositive();
        var monthly = cost.monthly();
        until(FROM);
        simulation.pass();
        assertThat(simulation.resource.getStatus().cost().monthly())
                .as("a normal month")
                .isEqualTo(monthly);
    }

    /** 12 hours before the lead, the hour of it and the 42 hours of the election, at $0.008 for each unit and hour. */
    @Test
    void reservedCapacityIsPaidFromHalfADayAheadUntilTheEnd() {
        apply(election(""));
        ready();
        var without = extra();
        apply(election(", loadBalancerCapacityUnits: 300"));
        simulation.pass();
        assertThat(extra().subtract(without))
                .isCloseTo(
                        new java.math.BigDecimal("132.00"),
                        org.assertj.core.data.Offset.offset(new java.math.BigDecimal("0.02")));
    }

    private java.math.BigDecimal extra() {
        var cost = simulation.resource.getStatus().cost().elections().getFirst();
        return new java.math.BigDecimal(cost.extra().substring(1));
    }

    /** The operator cannot move AWS's hour out of it, and says so. */
    @Test
    void anElectionOfAWeekLeavesAwsNoTimeForMaintenance() {
        apply("elections: [{name: national, from: \"2026-01-20T06:00\", to: \"2026-01-28T06:00\", minTasks: 6}]");
        ready();
        until(RAISE.minus(Duration.ofHours(47)));
        assertThat(failing()).contains("maintenance");
        assertThat(condition().orElseThrow().getMessage())
                .contains("AWS may maintain the database in ")
                .contains("and the cache in ");
    }
}
