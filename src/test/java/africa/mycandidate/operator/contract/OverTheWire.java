package africa.mycandidate.operator.contract;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.RealCloud;
import africa.mycandidate.operator.local.Ambient;
import africa.mycandidate.operator.local.Moto;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** moto, reached by the SDK's own clients as the operator reaches AWS. Its changes are immediate, so that only the operator's own waiting is cut short. */
public final class OverTheWire implements Backend {
    private static final Duration BREATH = Duration.ofMillis(20);
    private final Exceptions exceptions = Exceptions.ofMoto();
    private final Moto moto = Moto.start();
    private final Ambient ambient = new Ambient(moto);
    private final Clients clients;
    private Duration ahead = Duration.ZERO;

    private final RealCloud cloud;

    public OverTheWire() {
        cloud = new RealCloud(clock());
        clients = cloud.clients(REGION);
    }

    /** As the operator finds it. */
    public Cloud cloud() {
        return cloud;
    }

    @Override
    public Clients clients() {
        return clients;
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.now().plus(ahead);
    }

    @Override
    public void pause(Duration time) {
        try {
            Thread.sleep(BREATH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ahead = ahead.plus(time);
        moto.ahead(ahead);
    }

    @Override
    public int patience() {
        return 30;
    }

    @Override
    public Exceptions exceptions() {
        return exceptions;
    }

    @Override
    public void close() {
        ambient.close();
        moto.close();
    }
}
