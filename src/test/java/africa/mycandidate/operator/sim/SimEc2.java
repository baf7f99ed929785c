package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;

final class SimEc2 implements Ec2Client, Network {
    private final SimAws aws;

    SimEc2(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "ec2";
    }

    @Override
    public void close() {}

    @Override
    public Optional<SubnetTruth> subnet(String id) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public boolean securityGroup(String id) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public Optional<String> vpcOf(String securityGroup) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public boolean vpc(String id) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public String attach(String subnet, List<String> groups, String description, String requester) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public String address(String networkInterface) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public void release(String networkInterface, Duration linger) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public boolean reaches(List<String> fromGroups, List<String> toGroups, int port) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public boolean outbound(String subnet, List<String> groups) {
        throw new UnsupportedOperationException("Network");
    }

    @Override
    public boolean isPublic(String subnet) {
        throw new UnsupportedOperationException("Network");
    }
}
