package africa.mycandidate.operator.aws;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The real AWS, with the ambient credentials or an assumed role's; {@code AWS_ENDPOINT_URL} is honoured by the SDK. Its retries are off: a repeated create below the engine's sight
 * makes a second resource, and retrying is the engine's business.
 */
public final class RealCloud implements Cloud {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private static final Map<Class<? extends SdkClient>, Supplier<? extends AwsSyncClientBuilder<?, ?>>> BUILDERS =
            Map.ofEntries(
                    Map.entry(AcmClient.class, AcmClient::builder),
                    Map.entry(ApplicationAutoScalingClient.class, ApplicationAutoScalingClient::builder),
                    Map.entry(CloudFrontClient.class, CloudFrontClient::builder),
                    Map.entry(CloudWatchClient.class, CloudWatchClient::builder),
                    Map.entry(CloudWatchLogsClient.class, CloudWatchLogsClient::builder),
                    Map.entry(Ec2Client.class, Ec2Client::builder),
                    Map.entry(EcsClient.class, EcsClient::builder),
                    Map.entry(ElastiCacheClient.class, ElastiCacheClient::builder),
                    Map.entry(ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder),
                    Map.entry(IamClient.class, IamClient::builder),
                    Map.entry(RdsClient.class, RdsClient::builder),
                    Map.entry(Route53Client.class, Route53Client::builder),
                    Map.entry(S3Client.class, S3Client::builder),
                    Map.entry(SecretsManagerClient.class, SecretsManagerClient::builder),
                    Map.entry(SnsClient.class, SnsClient::builder),
                    Map.entry(ServiceQuotasClient.class, ServiceQuotasClient::builder),
                    Map.entry(StsClient.class, StsClient::builder));

    private final InstantSource clock;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();

    public RealCloud(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Clients clients(String region) {
        return clients(region, (AwsCredentialsProvider) null);
    }

    @Override
    public Clients clients(String region, AccountRole role, Supplier<AwsSessionCredentials> session) {
        return clients(region, session::get);
    }

    /** @param credentials null for the ambient ones */
    private Clients clients(String region, AwsCredentialsProvider credentials) {
        var made = new ConcurrentHashMap<Class<?>, Object>();
        return new Clients() {
            @Override
            public <C extends SdkClient> C of(Class<C> service) {
                return service.cast(made.computeIfAbsent(service, type -> build(service, region, credentials)));
            }

            @Override
            public Clients global() {
                return region.equals(GLOBAL) ? this : clients(GLOBAL, credentials);
            }
        };
    }

    private Object build(Class<?> service, String region, AwsCredentialsProvider credentials) {
        var builder = BUILDERS.get(service);
        if (builder == null) throw new IllegalArgumentException("no client is known for " + service);
        return build(builder.get(), region, credentials);
    }

    private Object build(AwsSyncClientBuilder<?, ?> builder, String region, AwsCredentialsProvider credentials) {
        builder.httpClient(http);
        var options = (AwsClientBuilder<?, ?>) builder;
        options.region(Region.of(region));
        if (credentials != null) options.credentialsProvider(credentials);
        options.overrideConfiguration(ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .apiCallTimeout(CALL_TIMEOUT)
                .build());
        return options.build();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public int pace() {
        return 1;
    }
}
