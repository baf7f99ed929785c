package africa.mycandidate.operator.sim;

import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class SimSecretsManager implements SecretsManagerClient, SecretValues {
    private final SimAws aws;

    SimSecretsManager(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "secretsmanager";
    }

    @Override
    public void close() {}

    @Override
    public Optional<String> value(String valueFrom) {
        throw new UnsupportedOperationException("SecretValues");
    }
}
