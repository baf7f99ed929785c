package africa.mycandidate.operator.sim;

import java.util.List;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

final class SimElastiCache implements ElastiCacheClient, Logins {
    private final SimAws aws;

    SimElastiCache(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "elasticache";
    }

    @Override
    public void close() {}

    @Override
    public Login login(String host, int port, List<String> fromGroups, String user, String password, String database, boolean tls) {
        throw new UnsupportedOperationException("Logins");
    }
}
