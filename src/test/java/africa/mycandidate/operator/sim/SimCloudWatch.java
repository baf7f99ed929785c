package africa.mycandidate.operator.sim;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

final class SimCloudWatch implements CloudWatchClient {
    private final SimAws aws;

    SimCloudWatch(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "monitoring";
    }

    @Override
    public void close() {}
}
