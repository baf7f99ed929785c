package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroupInUseException;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroupNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

class MotoIT {

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("moto", "moto"));

    @Test
    void answersTheSdkOverTheWireAndEndsWhenClosed() {
        URI endpoint;
        try (var moto = Moto.start()) {
            endpoint = moto.endpoint();
            var identity = client(moto, StsClient.builder()).getCallerIdentity();
            assertThat(identity.account()).isEqualTo("123456789012");
            var ec2 = client(moto, Ec2Client.builder());
            var vpc = ec2.createVpc(b -> b.cidrBlock("10.0.0.0/16")).vpc();
            assertThat(ec2.describeVpcs(b -> b.vpcIds(vpc.vpcId())).vpcs()).hasSize(1);
        }
        assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
                .isInstanceOf(IOException.class);
    }

    /** What the launcher adds to moto refuses what AWS refuses. */
    @Test
    void aCacheSubnetGroupIsDeletedOnlyWhenNobodyUsesIt() {
        try (var moto = Moto.start()) {
            var cache = client(moto, ElastiCacheClient.builder());
            var subnet = client(moto, Ec2Client.builder())
                    .describeSubnets()
                    .subnets()
                    .getFirst();
            cache.createCacheSubnetGroup(b -> b.cacheSubnetGroupName("group")
                    .cacheSubnetGroupDescription("of a test")
                    .subnetIds(subnet.subnetId()));
            cache.createReplicationGroup(b -> b.replicationGroupId("user")
                    .replicationGroupDescription("of a test")
                    .engine("redis")
                    .cacheNodeType("cache.t3.micro")
                    .numCacheClusters(1)
                    .cacheSubnetGroupName("group"));
            assertThatThrownBy(() -> cache.deleteCacheSubnetGroup(b -> b.cacheSubnetGroupName("group")))
                    .isInstanceOf(CacheSubnetGroupInUseException.class);

            cache.deleteReplicationGroup(b -> b.replicationGroupId("user"));
            assertThatThrownBy(() -> cache.deleteCacheSubnetGroup(b -> b.cacheSubnetGroupName("group")))
                    .isInstanceOf(CacheSubnetGroupInUseException.class);
            assertThat(cache.describeReplicationGroups().replicationGroups())
                    .singleElement()
                    .satisfies(group -> assertThat(group.status()).isEqualTo("deleting"));
            assertThat(cache.describeReplicationGroups().replicationGroups()).isEmpty();
            cache.deleteCacheSubnetGroup(b -> b.cacheSubnetGroupName("group"));
            assertThat(cache.describeCacheSubnetGroups().cacheSubnetGroups()).isEmpty();
            assertThatThrownBy(() -> cache.deleteCacheSubnetGroup(b -> b.cacheSubnetGroupName("group")))
                    .isInstanceOf(CacheSubnetGroupNotFoundException.class);
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(Moto moto, B builder) {
        return builder.endpointOverride(moto.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
    }
}
