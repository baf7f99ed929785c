package africa.mycandidate.operator.sim;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaRequest;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaResponse;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;

/** AWS Service Quotas: what the account may have in this region. */
final class SimServiceQuotas implements ServiceQuotasClient {
    private final SimAws aws;
    /** The values of a new account (Amazon ECS and Elastic Load Balancing, "Service quotas"). */
    private final Map<String, Double> quotas = new HashMap<>(Map.of(
            "fargate L-3032A538",
            6.0,
            "elasticloadbalancing L-7E6692B2",
            1000.0,
            "elasticloadbalancing L-8A66D0E6",
            0.0,
            "elasticloadbalancing L-0BB7B635",
            15_000.0));

    SimServiceQuotas(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "servicequotas";
    }

    @Override
    public void close() {}

    @Override
    public GetServiceQuotaResponse getServiceQuota(GetServiceQuotaRequest request) {
        return aws.world.call(() -> {
            var value = quotas.get(request.serviceCode() + " " + request.quotaCode());
            if (value == null)
                throw Errors.of(
                        NoSuchResourceException.builder(),
                        "ServiceQuotas",
                        "NoSuchResourceException",
                        400,
                        "The request failed because the specified service or quota does not exist.");
            return GetServiceQuotaResponse.builder()
                    .quota(quota -> quota.serviceCode(request.serviceCode())
                            .quotaCode(request.quotaCode())
                            .value(value))
                    .build();
        });
    }

    /** One of Elastic Load Balancing. */
    double balancers(String code) {
        return quotas.get("elasticloadbalancing " + code);
    }

    /** How many capacity units all load balancers of the account may reserve in this region: AWS granted more, or had less. */
    void capacityUnits(double units) {
        quotas.put("elasticloadbalancing L-8A66D0E6", units);
    }

    /** AWS granted more, or had less. */
    void fargateVcpus(double vcpus) {
        quotas.put("fargate L-3032A538", vcpus);
    }
}
