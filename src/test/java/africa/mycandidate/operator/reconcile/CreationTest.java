package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.sim.SimAws;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;

/** A short spec becomes the whole stack, stays silent, and goes away again. */
class CreationTest {
    static String zone(SimAws aws) {
        var zone = aws.of(Route53Client.class)
                .createHostedZone(request -> request.name("mycandidate.africa").callerReference("test"));
        return zone.hostedZone().id().replace("/hostedzone/", "");
    }

    @Test
    void createsTheReferenceArchitecture() {
        var simulation = new Simulation(1);
        simulation.apply(Simulation.minimal(zone(simulation.aws)));
        simulation.until("Ready", Duration.ofMinutes(Long.getLong("mins", 180)), Simulation::ready);
        System.out.println(simulation.mutations() + " mutations, " + simulation.effects.size() + " effects, ready at "
                + simulation.clock.instant() + " " + simulation.describe());
        assertThat(simulation.ready()).isTrue();
    }
}
