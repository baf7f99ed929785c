package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** One simulated account under a virtual clock, and the handlers that work on it. */
final class Simulated {
    static final String REGION = "af-south-1";

    private Instant now = Instant.parse("2029-05-01T00:00:00Z");
    final Clients clients;
    final Life life;

    Simulated(long seed) {
        clients = new SimAws(new World(seed, () -> now), "123456789012", REGION);
        life = new Life(Handlers.all(clients, new Random(seed)), () -> now = now.plus(Duration.ofSeconds(5)));
    }
}
