package africa.mycandidate.operator.local;

import africa.mycandidate.operator.aws.Clients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * A moto server of its own: an AWS emulator of other people's making, over the real wire protocol. It holds no state but in memory, and ends with this JVM,
 * however that ends. What it says goes to a file.
 */
public final class Moto implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final URI endpoint;

    private Moto(String... options) throws IOException {
        var python = Script.install("moto/install").resolve("bin/python");
        log = Files.createTempFile("mycandidate-moto-", ".log");
        var command = new ArrayList<>(
                List.of(python.toString(), Script.file("moto/launch.py").toString()));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        endpoint = URI.create(address(process.inputReader()));
    }

    /** moto with what the project adds to it, so that a stack becomes Ready there. */
    public static Moto start() {
        return start(new String[0]);
    }

    /** moto as anybody else starts it. */
    public static Moto plain() {
        return start("--plain");
    }

    private static Moto start(String... options) {
        try {
            return new Moto(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** The environment with which a process of its own, such as the packaged operator, reaches this moto and no real AWS. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "moto",
                "AWS_SECRET_ACCESS_KEY", "moto",
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    /** The caller's clock is ahead by so much, and so is moto's where it tells when something was made. */
    public void ahead(Duration time) {
        try {
            process.getOutputStream().write((time.toSeconds() + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What moto wrote to standard error: a stack trace for each call that it cannot do. */
    public Path log() {
        return log;
    }

    /** moto starts no tasks: once there is a service, two answer behind the load balancer, as its tasks would. */
    public static void serve(Clients clients) {
        var elb = clients.of(ElasticLoadBalancingV2Client.class);
        var group = elb.describeTargetGroups().targetGroups().getFirst().targetGroupArn();
        elb.registerTargets(request -> request.targetGroupArn(group)
                .targets(target -> target.id("10.0.128.10"), target -> target.id("10.0.144.10")));
    }

    public static boolean hasService(Clients clients) {
        var ecs = clients.of(EcsClient.class);
        return ecs.listClusters().clusterArns().stream()
                .anyMatch(cluster -> !ecs.listServices(request -> request.cluster(cluster))
                        .serviceArns()
                        .isEmpty());
    }

    /** The launcher prints one line, once the port is open. */
    private String address(BufferedReader lines) throws IOException {
        var line = lines.readLine();
        if (line == null) throw new IllegalStateException("moto did not start:\n" + Files.readString(log));
        return line;
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
