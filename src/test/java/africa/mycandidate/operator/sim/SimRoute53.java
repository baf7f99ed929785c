package africa.mycandidate.operator.sim;

import software.amazon.awssdk.services.route53.Route53Client;

final class SimRoute53 implements Route53Client, Records {
    private final SimAws aws;

    SimRoute53(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "route53";
    }

    @Override
    public void close() {}

    @Override
    public boolean resolves(String name, String type, String value) {
        throw new UnsupportedOperationException("Records");
    }
}
