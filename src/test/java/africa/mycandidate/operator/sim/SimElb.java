package africa.mycandidate.operator.sim;

import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

final class SimElb implements ElasticLoadBalancingV2Client, Targets {
    private final SimAws aws;

    SimElb(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "elasticloadbalancing";
    }

    @Override
    public void close() {}

    @Override
    public boolean exists(String targetGroupArn) {
        throw new UnsupportedOperationException("Targets");
    }

    @Override
    public boolean attached(String targetGroupArn) {
        throw new UnsupportedOperationException("Targets");
    }

    @Override
    public void register(String targetGroupArn, String address, int port, Supplier<Boolean> answers) {
        throw new UnsupportedOperationException("Targets");
    }

    @Override
    public void deregister(String targetGroupArn, String address, int port) {
        throw new UnsupportedOperationException("Targets");
    }

    @Override
    public boolean healthy(String targetGroupArn, String address, int port) {
        throw new UnsupportedOperationException("Targets");
    }

    @Override
    public int deregistrationDelay(String targetGroupArn) {
        throw new UnsupportedOperationException("Targets");
    }

    @Override
    public int serving(String loadBalancerArn) {
        throw new UnsupportedOperationException("Targets");
    }

    @Override
    public java.util.List<String> groupsInFront(String targetGroupArn) {
        throw new UnsupportedOperationException("Targets");
    }
}
