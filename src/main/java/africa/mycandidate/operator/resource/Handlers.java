package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import java.util.List;
import java.util.random.RandomGenerator;

/** One handler for each type of AWS resource. A new type adds its line here. */
public final class Handlers {
    private Handlers() {}

    /** @param random makes passwords and keys: a {@link java.security.SecureRandom} wherever they guard something */
    public static List<Handler<?>> all(Clients clients, RandomGenerator random) {
        return List.of(
                // Network
                new VpcHandler(clients),
                new InternetGatewayHandler(clients),
                new SubnetHandler(clients),
                new ElasticIpHandler(clients),
                new NatGatewayHandler(clients),
                new RouteTableHandler(clients),
                new SecurityGroupHandler(clients),
                // Identity, secrets, logs
                new RoleHandler(clients),
                new SecretValueHandler(clients, random),
                new LogGroupHandler(clients),
                // Names and certificates
                new CertificateHandler(clients),
                new CdnCertificateHandler(clients),
                new ValidationRecordHandler(clients),
                new DnsRecordHandler(clients),
                // Data
                new DbSubnetGroupHandler(clients),
                new DbParameterGroupHandler(clients),
                new DbInstanceHandler(clients),
                new CacheSubnetGroupHandler(clients),
                new ReplicationGroupHandler(clients),
                new CacheTokenHandler(clients),
                new BucketHandler(clients),
                // Edge
                new LoadBalancerHandler(clients),
                new TargetGroupHandler(clients),
                new ListenerHandler(clients),
                new ListenerRuleHandler(clients),
                new DistributionHandler(clients),
                new DeliverySourceHandler(clients),
                new DeliveryDestinationHandler(clients),
                new DeliveryHandler(clients),
                // Compute and scaling
                new EcsClusterHandler(clients),
                new TaskDefinitionHandler(clients),
                new EcsTaskHandler(clients),
                new EcsServiceHandler(clients),
                new ScalableTargetHandler(clients),
                new ScalingPolicyHandler(clients),
                new ScheduledActionHandler(clients),
                new AlarmHandler(clients),
                // Alarms for people
                new TopicHandler(clients),
                new SubscriptionHandler(clients),
                new DashboardHandler(clients));
    }
}
