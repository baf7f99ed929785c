package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.aws.RealCloud;
import africa.mycandidate.operator.converge.Threads;
import africa.mycandidate.operator.local.Ambient;
import africa.mycandidate.operator.local.Moto;
import africa.mycandidate.operator.model.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.sts.StsClient;

/** Over the wire: moto takes the account of a call from the credentials that it is signed with, which it gave for the ARN of a role. */
class AccountIT {
    private static final List<String> REGIONS = List.of("af-south-1", "eu-west-1");

    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private Instant now() {
        return Instant.now().plus(ahead.get());
    }

    @Test
    void fourStacksInTwoRegionsLandInTheOtherAccountWithOneSession() throws Exception {
        try (var moto = Moto.start();
                var _ = new Ambient(moto);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var parallel = new Threads(threads);
            var regions = new Regions(
                    new RealCloud(this::now),
                    () -> (effect, call) -> {
                        calls.merge(effect.toString(), 1, Integer::sum);
                        return call.run();
                    },
                    parallel,
                    new Random(3),
                    "it");
            var reconciler = new StackReconciler(
                    regions,
                    new AccountTest.InMemory(),
                    this::now,
                    new Random(3),
                    false,
                    new Gauges(new SimpleMeterRegistry()));
            var stacks = List.of(stack(0), stack(1), stack(2), stack(3));
            for (var pass = 0; pass < 4; pass++) {
                parallel.all(stacks.stream()
                        .<Callable<Duration>>map(stack -> () -> reconciler.reconcile(stack))
                        .toList());
                ahead.updateAndGet(before -> before.plusSeconds(30));
            }
            assertThat(stacks)
                    .allSatisfy(stack ->
                            assertThat(stack.getStatus().resolved().account()).isEqualTo("210987654321"));
            var total = calls.values().stream().mapToInt(Integer::intValue).sum();
            System.out.printf(
                    "4 stacks in 2 regions of another account on moto, 4 passes: %d calls, AssumeRole %d times%n",
                    total, calls.get("Sts.assumeRole"));
            assertThat(calls.get("Sts.assumeRole")).isOne();
            assertThat(total).isGreaterThan(200);
            for (var region : REGIONS) {
                assertThat(ours(new RealCloud(Clock.systemUTC()).clients(region).of(Ec2Client.class)))
                        .isEmpty();
                assertThat(ours(other(region))).hasSize(2);
            }
            ahead.updateAndGet(before -> before.plusMinutes(56));
            stacks.forEach(reconciler::reconcile);
            assertThat(calls.get("Sts.assumeRole")).as("renewed before its end").isEqualTo(2);
        }
    }

    private static MyCandidateDeployment stack(int number) {
        return AccountTest.stack("site-" + number, REGIONS.get(number % 2));
    }

    private static List<Vpc> ours(Ec2Client ec2) {
        return ec2.describeVpcs().vpcs().stream()
                .filter(vpc -> vpc.tags().stream().anyMatch(tag -> tag.key().equals(Tags.STACK)))
                .toList();
    }

    /** The other account as anybody enters it, without the operator. */
    private static Ec2Client other(String region) {
        var given = StsClient.builder()
                .region(Region.of(region))
                .build()
                .assumeRole(request -> request.roleArn("arn:aws:iam::210987654321:role/auditor")
                        .roleSessionName("audit"))
                .credentials();
        return Ec2Client.builder()
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        given.accessKeyId(), given.secretAccessKey(), given.sessionToken())))
                .build();
    }
}
