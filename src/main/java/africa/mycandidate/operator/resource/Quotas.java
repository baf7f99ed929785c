package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.aws.Clients;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;

/**
 * How much an account may have in a region at once. All stacks and everybody else there share it.
 *
 * @param fargateVcpus vCPUs of all Fargate tasks that run at once (Amazon ECS, "Service quotas", Fargate On-Demand vCPU resource count)
 * @param targets targets of one Application Load Balancer (Elastic Load Balancing, "Quotas for your Application Load Balancers")
 * @param capacityUnits load balancer capacity units of all Application Load Balancers that are reserved at once; none in a new account (ibid.)
 * @param unread why they could not be read; empty when they could
 */
public record Quotas(double fargateVcpus, double targets, double capacityUnits, String unread) {
    private static final String FARGATE_VCPUS = "L-3032A538";
    private static final String TARGETS = "L-7E6692B2";
    public static final String CAPACITY_UNITS = "L-8A66D0E6";
    private static final String BALANCERS = "elasticloadbalancing";

    /** Asks AWS, and says why where it does not answer. */
    public static Quotas read(Clients clients) {
        var of = clients.of(ServiceQuotasClient.class);
        try {
            return new Quotas(
                    value(of, "fargate", FARGATE_VCPUS), value(of, BALANCERS, TARGETS), capacityUnits(of), "");
        } catch (RuntimeException e) {
            return new Quotas(0, 0, 0, AwsFailure.of("Service Quotas", e).toString());
        }
    }

    /** A region that reserves no capacity does not know the quota. */
    private static double capacityUnits(ServiceQuotasClient quotas) {
        try {
            return value(quotas, BALANCERS, CAPACITY_UNITS);
        } catch (NoSuchResourceException e) {
            return 0;
        }
    }

    private static double value(ServiceQuotasClient quotas, String service, String code) {
        return quotas.getServiceQuota(request -> request.serviceCode(service).quotaCode(code))
                .quota()
                .value();
    }
}
