package africa.mycandidate.operator.sim;

import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who calls: always the operator's own role. */
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

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        return aws.world.call(() -> GetCallerIdentityResponse.builder()
                .account(aws.account)
                .arn("arn:aws:sts::" + aws.account + ":assumed-role/mycandidate-operator/session")
                .userId("AROA0123456789ABCDEF0:session")
                .build());
    }
}
