package africa.mycandidate.operator.contract;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.VirtualClock;
import africa.mycandidate.operator.sim.World;
import java.time.Duration;
import java.time.InstantSource;

/** The simulated AWS, in virtual time. */
final class Simulated implements Backend {
    private final VirtualClock clock = new VirtualClock();
    private final SimAws aws = new SimAws(new World(1, clock::instant), "123456789012", REGION);

    Simulated() {
        aws.capacityUnits(1000);
    }

    @Override
    public Clients clients() {
        return aws;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void pause(Duration time) {
        clock.advance(time);
    }

    /** RDS optimizes its storage for hours, and takes no second change of it meanwhile. */
    @Override
    public int patience() {
        return 600;
    }

    @Override
    public Exceptions exceptions() {
        return Exceptions.NONE;
    }

    @Override
    public void close() {}
}
