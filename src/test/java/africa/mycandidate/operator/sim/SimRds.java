package africa.mycandidate.operator.sim;

import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;

final class SimRds implements RdsClient, Logins {
    private final SimAws aws;

    SimRds(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "rds";
    }

    @Override
    public void close() {}

    @Override
    public Login login(String host, int port, List<String> fromGroups, String user, String password, String database, boolean tls) {
        throw new UnsupportedOperationException("Logins");
    }
}
