package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import java.time.InstantSource;

/** The simulated AWS as the operator's cloud: one account in one region. */
public record SimCloud(SimAws aws, InstantSource clock, int pace) implements Cloud {
    @Override
    public Clients clients(String region) {
        if (!region.equals(aws.region))
            throw new IllegalArgumentException("the simulated account is in " + aws.region + ", not in " + region);
        return aws;
    }
}
