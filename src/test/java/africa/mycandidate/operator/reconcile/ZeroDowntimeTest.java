package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;

/** In each second of a change it is asked whether anything healthy answers behind the load balancer. What fails over stands in {@link ReplacementTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZeroDowntimeTest {
    private static final Duration LONGEST = Duration.ofHours(2);

    private final Simulation simulation = new Simulation(71);
    private String zone;
    private int dark;

    @BeforeAll
    void ready() {
        zone = simulation.zone();
        simulation.apply(Simulation.minimal(zone));
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
        simulation.run(Duration.ofMinutes(20));
    }

    @AfterAll
    void settledInTheEnd() {
        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.mutations()).isZero();
    }

    /** Applies the lines, and returns for how many seconds nothing answered until all was settled again. */
    private int seconds(String what, String... lines) {
        dark = 0;
        simulation.eachSecond = () -> {
            if (simulation.serving() == 0) dark++;
        };
        simulation.apply(Simulation.spec(zone, lines));
        Predicate<Status> settled = status -> Simulation.ready(status)
                && status.observedGeneration()
                        .equals(simulation.resource.getMetadata().getGeneration());
        simulation.run(Duration.ofMinutes(1));
        simulation.until(what, LONGEST, settled);
        simulation.run(Duration.ofMinutes(20));
        simulation.until(what, LONGEST, settled);
        simulation.eachSecond = null;
        System.out.printf("%s: %d s without a healthy target%n", what, dark);
        return dark;
    }

    @Test
    void anImageIsRolledOut() {
        assertThat(seconds("image", "image: example.org/mycandidate:2")).isZero();
    }

    @Test
    void aContainerSettingIsRolledOut() {
        assertThat(seconds("container setting", "container: {cpu: 1024, memory: 2048, environment: {GREETING: hello}}"))
                .isZero();
    }

    @Test
    void aTargetGroupGivesWayToAnotherPort() {
        assertThat(seconds("target group", "container: {port: 8080}")).isZero();
        var groups = simulation
                .aws
                .of(ElasticLoadBalancingV2Client.class)
                .describeTargetGroups()
                .targetGroups();
        assertThat(groups).singleElement().satisfies(group -> assertThat(group.port())
                .isEqualTo(8080));
        var open = simulation
                .aws
                .of(Ec2Client.class)
                .describeSecurityGroupRules(request -> {})
                .securityGroupRules();
        assertThat(open).as("nothing stays open on the old port").noneMatch(rule -> Integer.valueOf(5000)
                .equals(rule.fromPort()));
        assertThat(seconds("target group, back", "container: {port: 5000}")).isZero();
    }

    @Test
    void anotherHealthCheckIsAsked() {
        assertThat(seconds("health check", "container: {healthCheck: {path: /, codes: \"200\"}}"))
                .isZero();
    }

    @Test
    void anotherCertificateIsShown() {
        var certificate = issued();
        assertThat(seconds(
                        "certificate",
                        "domain: {name: " + Simulation.DOMAIN + ", hostedZoneId: " + zone + ", certificateArn: \""
                                + certificate + "\"}"))
                .isZero();
        var elb = simulation.aws.of(ElasticLoadBalancingV2Client.class);
        var balancer = elb.describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn();
        assertThat(elb.describeListeners(request -> request.loadBalancerArn(balancer)).listeners().stream()
                        .flatMap(listener -> listener.certificates().stream())
                        .map(one -> one.certificateArn()))
                .containsExactly(certificate);
        assertThat(seconds("certificate, back")).isZero();
    }

    private String issued() {
        var acm = simulation.aws.of(AcmClient.class);
        var certificate = acm.requestCertificate(
                        request -> request.domainName("*.mycandidate.africa").validationMethod(ValidationMethod.DNS))
                .certificateArn();
        simulation.run(Duration.ofMinutes(1));
        var record = acm.describeCertificate(request -> request.certificateArn(certificate))
                .certificate()
                .domainValidationOptions()
                .getFirst()
                .resourceRecord();
        simulation.aws.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(
                        change -> change.action(ChangeAction.UPSERT).resourceRecordSet(set -> set.name(record.name())
                                .type(RRType.CNAME)
                                .ttl(300L)
                                .resourceRecords(one -> one.value(record.value()))))));
        simulation.run(Duration.ofMinutes(30));
        return certificate;
    }
}
