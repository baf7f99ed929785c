package africa.mycandidate.operator.contract;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.RealCloud;
import africa.mycandidate.operator.local.Moto;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** moto, reached by the SDK's own clients as the operator reaches AWS. Its changes are immediate, so that only the operator's own waiting is cut short. */
public final class OverTheWire implements Backend {
    private static final Duration BREATH = Duration.ofMillis(20);
    /** As the SDK reads them in a JVM whose environment is not of our making. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "AWS_ENDPOINT_URL", "aws.endpointUrl",
            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
            "AWS_EC2_METADATA_DISABLED", "aws.disableEc2Metadata");

    private final Exceptions exceptions = Exceptions.ofMoto();
    private final Moto moto = Moto.start();
    private final Map<String, String> before = new HashMap<>();
    private final RealCloud cloud;
    private final Clients clients;
    private Duration ahead = Duration.ZERO;

    public OverTheWire() {
        PROPERTIES.forEach((variable, property) -> before.put(
                property, System.setProperty(property, moto.environment().get(variable))));
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
        before.forEach((property, value) -> {
            if (value == null) System.clearProperty(property);
            else System.setProperty(property, value);
        });
        moto.close();
    }
}
