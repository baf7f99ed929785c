package africa.mycandidate.operator.sim;

import software.amazon.awssdk.services.sts.StsClient;

final class SimSts implements StsClient {
    private final SimAws aws;

    SimSts(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "sts";
    }

    @Override
    public void close() {}
}
