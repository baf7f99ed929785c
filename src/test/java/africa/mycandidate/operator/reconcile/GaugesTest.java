package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What /metrics says of an object is what its status says, after each pass, and nothing once it is gone. */
class GaugesTest {
    private static final String OF = "namespace=\"mycandidate\"";
    private static final Pattern LINE = Pattern.compile("(?m)^(mycandidate_(?:drift|condition))\\{([^}]*)} (\\S+)$");

    private final Simulation simulation = new Simulation(71);

    @BeforeEach
    void converged() {
        simulation.apply(Simulation.minimal(simulation.zone()));
        simulation.until("Ready", Duration.ofHours(3), status -> {
            agrees();
            return Simulation.ready(status);
        });
        simulation.run(Duration.ofMinutes(10));
    }

    /** By metric and labels, as Prometheus reads them. */
    private Map<String, Double> scraped() {
        return LINE.matcher(simulation.metrics.scrape())
                .results()
                .collect(Collectors.toMap(
                        line -> line.group(1) + "{" + line.group(2) + "}",
                        line -> Double.valueOf(line.group(3)),
                        (one, two) -> one,
                        TreeMap::new));
    }

    private double drift() {
        return scraped().get("mycandidate_drift{name=\"southafrica\"," + OF + "}");
    }

    private double condition(String type) {
        return scraped().get("mycandidate_condition{condition=\"" + type + "\",name=\"southafrica\"," + OF + "}");
    }

    /** Every condition of the status is there with its value, and no other. */
    private void agrees() {
        var status = simulation.resource.getStatus();
        var expected = new TreeMap<String, Double>();
        if (status.drift() != null)
            expected.put("mycandidate_drift{name=\"southafrica\"," + OF + "}", (double)
                    status.drift().size());
        status.conditions()
                .forEach(one -> expected.put(
                        "mycandidate_condition{condition=\"" + one.getType() + "\",name=\"southafrica\"," + OF + "}",
                        one.getStatus().equals("True") ? 1.0 : one.getStatus().equals("False") ? 0.0 : -1.0));
        assertThat(scraped()).isEqualTo(expected);
    }

    @Test
    void driftIsCountedWhileItLasts() {
        assertThat(drift()).isZero();
        assertThat(condition("InSync")).isEqualTo(1);
        assertThat(condition("Ready")).isEqualTo(1);
        simulation.apply(Simulation.spec(simulation.resource.getSpec().domain().hostedZoneId(), "driftPolicy: Report"));
        simulation.run(Duration.ofMinutes(5));
        var logs = simulation.aws.of(CloudWatchLogsClient.class);
        var group = logs.describeLogGroups().logGroups().getFirst().logGroupName();
        logs.putRetentionPolicy(request -> request.logGroupName(group).retentionInDays(365));
        var ec2 = simulation.aws.of(Ec2Client.class);
        ec2.modifyVpcAttribute(
                request -> request.vpcId(ec2.describeVpcs().vpcs().getFirst().vpcId())
                        .enableDnsHostnames(flag -> flag.value(false)));
        simulation.until("drift", Duration.ofMinutes(5), status -> {
            agrees();
            return status.drift().size() == 2;
        });
        assertThat(drift()).isEqualTo(2);
        assertThat(condition("InSync")).isZero();
        System.out.println("With two fields changed: " + scraped());
        simulation.apply(
                Simulation.minimal(simulation.resource.getSpec().domain().hostedZoneId()));
        simulation.until("in sync", Duration.ofMinutes(10), status -> {
            agrees();
            return status.drift().isEmpty();
        });
        assertThat(drift()).isZero();
        assertThat(condition("InSync")).isEqualTo(1);
    }

    @Test
    void aProcessThatWritesNoStatusShowsThemToo() {
        simulation.start();
        simulation.effects.clear();
        simulation.pass();
        assertThat(simulation.kubernetesWrites()).isZero();
        agrees();
        assertThat(condition("Ready")).isEqualTo(1);
    }

    @Test
    void whatIsNotKnownIsNotShownAsIfItWere() {
        Port shut = (effect, call) -> {
            if (effect.service().equals("Kubernetes")) return call.run();
            throw Trouble.error(403, "AccessDenied", "not authorized");
        };
        simulation.start();
        simulation.port = shut;
        simulation.run(Duration.ofMinutes(10));
        agrees();
        assertThat(condition("Ready")).isEqualTo(-1);
        assertThat(condition("Stalled")).isEqualTo(1);
        assertThat(scraped()).noneSatisfy((name, value) -> assertThat(name).contains("InSync"));
    }

    @Test
    void theyGoWithTheObjectAndNeverTellASecret() {
        var secrets = simulation.aws.of(SecretsManagerClient.class);
        var values = secrets.listSecrets().secretList().stream()
                .map(one -> secrets.getSecretValue(request -> request.secretId(one.arn()))
                        .secretString())
                .toList();
        assertThat(values).hasSizeGreaterThan(2);
        assertThat(simulation.metrics.scrape()).doesNotContain(values);
        simulation.apply(Simulation.spec(
                simulation.resource.getSpec().domain().hostedZoneId(), "database: {deletionProtection: false}"));
        assertThat(simulation.leave()).isFalse();
        agrees();
        simulation.remove(Duration.ofHours(6));
        assertThat(scraped()).isEmpty();
    }
}
