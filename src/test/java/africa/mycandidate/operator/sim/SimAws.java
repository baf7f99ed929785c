package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.aws.Clients;
import java.util.Map;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/** One AWS account in one region, in one {@link World}. Services find each other here. */
public final class SimAws implements Clients {
    final World world;
    final String account;
    final String region;
    final SimEc2 ec2 = new SimEc2(this);
    final SimIam iam = new SimIam(this);
    final SimSecretsManager secrets = new SimSecretsManager(this);
    final SimRds rds = new SimRds(this);
    final SimElastiCache elastiCache = new SimElastiCache(this);
    final SimElb elb = new SimElb(this);
    final SimAcm acm = new SimAcm(this);
    final SimRoute53 route53 = new SimRoute53(this);
    final SimLogs logs = new SimLogs(this);
    final SimEcs ecs = new SimEcs(this);
    final SimScaling scaling = new SimScaling(this);
    final SimCloudWatch cloudWatch = new SimCloudWatch(this);
    final SimSts sts = new SimSts(this);

    private final Map<Class<? extends SdkClient>, SdkClient> clients = Map.ofEntries(
            Map.entry(Ec2Client.class, ec2),
            Map.entry(IamClient.class, iam),
            Map.entry(SecretsManagerClient.class, secrets),
            Map.entry(RdsClient.class, rds),
            Map.entry(ElastiCacheClient.class, elastiCache),
            Map.entry(ElasticLoadBalancingV2Client.class, elb),
            Map.entry(AcmClient.class, acm),
            Map.entry(Route53Client.class, route53),
            Map.entry(CloudWatchLogsClient.class, logs),
            Map.entry(EcsClient.class, ecs),
            Map.entry(ApplicationAutoScalingClient.class, scaling),
            Map.entry(CloudWatchClient.class, cloudWatch),
            Map.entry(StsClient.class, sts));

    public SimAws(World world, String account, String region) {
        this.world = world;
        this.account = account;
        this.region = region;
    }

    @Override
    public <C extends SdkClient> C of(Class<C> service) {
        return service.cast(clients.get(service));
    }

    /** {@code arn:aws:<service>:<region>:<account>:<resource>}. */
    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
