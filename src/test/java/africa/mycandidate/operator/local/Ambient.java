package africa.mycandidate.operator.local;

import java.util.HashMap;
import java.util.Map;

/** moto as the ambient AWS of this JVM, until it is closed. The environment of a JVM is not of our making; the SDK reads system properties before it. */
public final class Ambient implements AutoCloseable {
    private static final Map<String, String> PROPERTIES = Map.of(
            "AWS_ENDPOINT_URL", "aws.endpointUrl",
            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
            "AWS_EC2_METADATA_DISABLED", "aws.disableEc2Metadata");

    private final Map<String, String> before = new HashMap<>();

    public Ambient(Moto moto) {
        PROPERTIES.forEach((variable, property) -> before.put(
                property, System.setProperty(property, moto.environment().get(variable))));
    }

    @Override
    public void close() {
        before.forEach((property, value) -> {
            if (value == null) System.clearProperty(property);
            else System.setProperty(property, value);
        });
    }
}
