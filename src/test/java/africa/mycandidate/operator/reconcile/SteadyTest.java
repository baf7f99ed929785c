package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.model.Tags;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.rds.RdsClient;

/** With nothing to do, nothing is done, and nothing is written. */
class SteadyTest {
    private final Simulation simulation = new Simulation(41);

    @BeforeEach
    void converged() {
        simulation.apply(Simulation.minimal(simulation.zone()));
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
        simulation.run(Duration.ofMinutes(30));
        simulation.effects.clear();
    }

    @Test
    void tenSweepsAreSilent() {
        var before = simulation.resource.getStatus();
        for (var i = 0; i < 10; i++) assertThat(simulation.pass()).isEqualTo(Duration.ofSeconds(60));
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.kubernetesWrites()).as("at most lastVerifiedTime").isLessThanOrEqualTo(1);
        assertThat(unverified(simulation.resource.getStatus())).isEqualTo(unverified(before));
    }

    /** A day with its backups, which nobody asked for. */
    @Test
    void aDayIsSilent() {
        var end = simulation.clock.instant().plus(Duration.ofDays(1));
        var others = new ArrayList<String>();
        var before = simulation.resource.getStatus();
        while (simulation.clock.instant().isBefore(end)) {
            simulation.pass();
            var now = simulation.resource.getStatus();
            assertThat(simulation.ready()).as(simulation.describe()).isTrue();
            if (!unverified(now).equals(unverified(before)))
                others.add(now.summary().state());
            before = now;
        }
        System.out.printf(
                "a day: %d AWS calls, %d AWS writes, %d Kubernetes writes, %d of them for more than lastVerifiedTime %s%n",
                simulation.effects.size() - simulation.kubernetesWrites(),
                simulation.mutations(),
                simulation.kubernetesWrites(),
                others.size(),
                others);
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.kubernetesWrites() - others.size()).isLessThanOrEqualTo(24 * 6 + 1);
    }

    @Test
    void theStatusComesBackWhenItIsLost() {
        var before = timeless(simulation.resource.getStatus());
        simulation.resource.setStatus(null);
        simulation.start();
        simulation.run(Duration.ofMinutes(5));
        assertThat(timeless(simulation.resource.getStatus())).isEqualTo(before);
        assertThat(simulation.mutations()).isZero();
    }

    @Test
    void anOlderBlueprintsTagIsNoDifference() {
        var before = simulation.resource.getStatus();
        version("0");
        simulation.run(Duration.ofMinutes(15));
        assertThat(simulation.mutations()).isZero();
        assertThat(unverified(simulation.resource.getStatus())).isEqualTo(unverified(before));
    }

    @Test
    void whatANewerOperatorMadeIsLeftAlone() {
        version("99");
        simulation.apply(Simulation.with(simulation.resource.getSpec(), "image", "example.org/mycandidate:9"));
        simulation.run(Duration.ofMinutes(15));
        assertThat(simulation.resource.getStatus().summary().state())
                .contains("made by a newer version of the operator");
        assertThat(simulation.aws.of(RdsClient.class).describeDBInstances().dbInstances())
                .hasSize(1);
    }

    private void version(String value) {
        var tag = Tag.builder().key(Tags.VERSION).value(value).build();
        var ec2 = simulation.aws.of(Ec2Client.class);
        ec2.createTags(request ->
                request.tags(tag).resources(ec2.describeVpcs().vpcs().getFirst().vpcId()));
        var rds = simulation.aws.of(RdsClient.class);
        rds.addTagsToResource(request -> request.resourceName(
                        rds.describeDBInstances().dbInstances().getFirst().dbInstanceArn())
                .tags(one -> one.key(Tags.VERSION).value(value)));
    }

    private static Status unverified(Status status) {
        return Simulation.with(status, "lastVerifiedTime", null);
    }

    private static List<String> timeless(Status status) {
        return Serialization.asYaml(status)
                .replaceAll("\"?\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\"?", "<time>")
                .lines()
                .toList();
    }
}
