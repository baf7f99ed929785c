package africa.mycandidate.operator.sim;

import java.util.OptionalInt;
import software.amazon.awssdk.services.ecs.EcsClient;

final class SimEcs implements EcsClient, Services {
    private final SimAws aws;

    SimEcs(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}

    @Override
    public OptionalInt desired(String cluster, String service) {
        throw new UnsupportedOperationException("Services");
    }

    @Override
    public void scale(String cluster, String service, int desired) {
        throw new UnsupportedOperationException("Services");
    }
}
