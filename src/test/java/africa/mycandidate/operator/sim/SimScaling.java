package africa.mycandidate.operator.sim;

import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;

final class SimScaling implements ApplicationAutoScalingClient, ScalableTargets {
    private final SimAws aws;

    SimScaling(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "application-autoscaling";
    }

    @Override
    public void close() {}

    @Override
    public void serviceDeleted(String cluster, String service) {
        throw new UnsupportedOperationException("ScalableTargets");
    }
}
