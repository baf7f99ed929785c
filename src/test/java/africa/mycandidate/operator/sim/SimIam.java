package africa.mycandidate.operator.sim;

import software.amazon.awssdk.services.iam.IamClient;

final class SimIam implements IamClient, Roles {
    private final SimAws aws;

    SimIam(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "iam";
    }

    @Override
    public void close() {}

    @Override
    public boolean assumable(String roleArn, String service) {
        throw new UnsupportedOperationException("Roles");
    }

    @Override
    public boolean allows(String roleArn, String action, String resourceArn) {
        throw new UnsupportedOperationException("Roles");
    }

    @Override
    public void serviceLinked(String service) {
        throw new UnsupportedOperationException("Roles");
    }
}
