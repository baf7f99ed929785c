package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.ElectionCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** A site with an election two weeks ahead, in AWS's truth. The world begins on Monday 2026-01-05. */
abstract class ElectionFixture {
    static final Duration LONGEST = Duration.ofHours(3);
    static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(ZoneOffset.UTC);
    static final Instant FROM = Instant.parse("2026-01-20T06:00:00Z");
    static final Instant RAISE = FROM.minus(Duration.ofHours(1));
    static final Instant TO = Instant.parse("2026-01-22T00:00:00Z");

    final Simulation simulation = new Simulation(83);
    String zone;

    @BeforeEach
    void begin() {
        zone = simulation.zone();
    }

    static String election(String rest) {
        return "elections: [{name: national, from: \"" + LOCAL.format(FROM) + "\", to: \"" + LOCAL.format(TO)
                + "\", minTasks: 6" + rest + "}]";
    }

    void apply(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
    }

    void ready() {
        simulation.until("Ready", LONGEST, Simulation::ready);
    }

    /** Passes until then; where nothing is on its way, one an hour. */
    void until(Instant moment) {
        while (simulation.now().isBefore(moment)) {
            simulation.pass();
            var left = Duration.between(simulation.now(), moment);
            if (simulation.ready() && left.compareTo(Duration.ofHours(1)) > 0)
                simulation.rest(left.compareTo(Duration.ofHours(2)) > 0 ? Duration.ofHours(1) : Duration.ofMinutes(20));
        }
    }

    long schedules() {
        return simulation
                .aws
                .of(ApplicationAutoScalingClient.class)
                .describeScheduledActions(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scheduledActions()
                .size();
    }

    int running() {
        return simulation.service().runningCount();
    }

    String state() {
        return simulation.resource.getStatus().elections().getFirst().state();
    }

    Optional<io.fabric8.kubernetes.api.model.Condition> condition() {
        return Conditions.find(simulation.resource.getStatus().conditions(), Conditions.ELECTION_READY);
    }

    List<String> failing() {
        return simulation.resource.getStatus().elections().getFirst().checks().stream()
                .filter(check -> !check.passed())
                .map(ElectionCheck::name)
                .toList();
    }
}
