package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.aws.AccountRole;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import java.time.InstantSource;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The simulated AWS as the operator's cloud: its own account in one region, and what its roles lead to. */
public record SimCloud(SimAws aws, InstantSource clock, int pace) implements Cloud {
    @Override
    public Clients clients(String region) {
        return aws.in(region)
                .orElseThrow(() -> new IllegalArgumentException("the simulated account is not in " + region));
    }

    @Override
    public Clients clients(String region, AccountRole role, Supplier<AwsSessionCredentials> session) {
        return aws.clients(region, role, session);
    }
}
