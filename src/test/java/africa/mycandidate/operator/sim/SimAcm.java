package africa.mycandidate.operator.sim;

import software.amazon.awssdk.services.acm.AcmClient;

final class SimAcm implements AcmClient, Certificates {
    private final SimAws aws;

    SimAcm(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "acm";
    }

    @Override
    public void close() {}

    @Override
    public boolean issued(String arn) {
        throw new UnsupportedOperationException("Certificates");
    }

    @Override
    public boolean known(String arn) {
        throw new UnsupportedOperationException("Certificates");
    }

    @Override
    public void use(String arn, String by) {
        throw new UnsupportedOperationException("Certificates");
    }

    @Override
    public void release(String arn, String by) {
        throw new UnsupportedOperationException("Certificates");
    }
}
