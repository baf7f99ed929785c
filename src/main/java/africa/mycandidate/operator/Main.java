package africa.mycandidate.operator;

import africa.mycandidate.operator.aws.CallBudget;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.aws.RealCloud;
import africa.mycandidate.operator.cli.Cli;
import africa.mycandidate.operator.converge.Threads;
import africa.mycandidate.operator.reconcile.CountedCalls;
import africa.mycandidate.operator.reconcile.Gauges;
import africa.mycandidate.operator.reconcile.KubernetesStatuses;
import africa.mycandidate.operator.reconcile.LeaseCheck;
import africa.mycandidate.operator.reconcile.Liveness;
import africa.mycandidate.operator.reconcile.MyCandidateReconciler;
import africa.mycandidate.operator.reconcile.Preview;
import africa.mycandidate.operator.reconcile.Probes;
import africa.mycandidate.operator.reconcile.Regions;
import africa.mycandidate.operator.reconcile.StackReconciler;
import africa.mycandidate.operator.reconcile.Wakes;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.MissingCRDException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the operator, and the commands of the same jar. Clock, randomness, threads and environment are taken here and nowhere else. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Duration LET_CALLS_END = Duration.ofSeconds(25);
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 78;

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0) System.exit(command(arguments));
        else operate();
    }

    private static int command(String[] arguments) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var random = new SecureRandom();
            var regions = new Regions(cloud(), () -> Port.READ_ONLY, new Threads(threads), random, "plan");
            var preview = new Preview(regions, Clock.systemUTC(), random, Main::pause);
            return new Cli(preview, new Cli.Terminal(System.in, utf8(System.out), utf8(System.err), isColourful()))
                    .run(arguments);
        }
    }

    /** Signs and arrows come out right in a build's container too, where the locale is POSIX. */
    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** See no-color.org. */
    private static boolean isColourful() {
        var console = System.console();
        return console != null
                && console.isTerminal()
                && environment("NO_COLOR").isEmpty();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Cloud cloud() {
        return ServiceLoader.load(Cloud.class).findFirst().orElseGet(() -> new RealCloud(Clock.systemUTC()));
    }

    private static void operate() {
        var cloud = cloud();
        var client = new KubernetesClientBuilder().build();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var instance = environment("POD_NAME").orElse("local");
        var namespace = environment("POD_NAMESPACE");

        var readOnly =
                environment("MYCANDIDATE_READ_ONLY").map(Boolean::parseBoolean).orElse(false);
        Port counted = new CountedCalls(registry);
        var lease = namespace.map(where -> new LeaseCheck(client, where, instance, Clock.systemUTC()));
        var regions = new Regions(
                cloud,
                () -> Port.chain(
                        readOnly ? Port.READ_ONLY : Port.OPEN,
                        lease.<Port>map(check -> check).orElse(Port.OPEN),
                        new CallBudget(cloud.clock(), Main::moment),
                        counted),
                new Threads(threads),
                new SecureRandom(),
                instance);
        var statuses = new KubernetesStatuses(client, counted, Clock.systemUTC(), instance);
        var stacks = new StackReconciler(
                regions, statuses, Clock.systemUTC(), new SecureRandom(), readOnly, new Gauges(registry));
        var liveness = new Liveness(Clock.systemUTC());

        var operator = new Operator(configuration -> {
            configuration
                    .withKubernetesClient(client)
                    .withExecutorService(threads)
                    .withMetrics(MicrometerMetrics.newMicrometerMetricsBuilder(registry)
                            .build())
                    .withReconciliationTerminationTimeout(LET_CALLS_END)
                    .withCloseClientOnStop(true);
            namespace.ifPresent(where -> configuration.withLeaderElectionConfiguration(
                    new LeaderElectionConfiguration(LeaseCheck.LEASE, where, instance)));
        });
        operator.register(
                new MyCandidateReconciler(stacks, liveness, cloud.pace()),
                controller -> controller.withOnUpdateFilter(Wakes::isDue));
        operator.installShutdownHook(LET_CALLS_END);
        serve(liveness, registry, threads);
        try {
            operator.start();
        } catch (RuntimeException e) {
            if (knowsNoSuchResource(e))
                end(
                        MISCONFIGURED,
                        "The cluster does not know MyCandidateDeployment; apply crds/ first (make install).");
            // Without this the probes' own threads would keep a process alive, and healthy, that does nothing.
            end(FAILED, "The Kubernetes API server cannot be used (" + root(e) + "). Look at KUBECONFIG and RBAC.");
        }
        LOG.info(
                "The operator runs. AWS: {}.",
                cloud instanceof RealCloud
                        ? "with the ambient credentials"
                        : "simulated, " + cloud.pace() + " times real");
    }

    /** 200 to 600 ms: by then AWS's buckets hold some tokens again (EC2 API reference, "Request throttling": 20 a second). */
    private static void moment() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(200, 600));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serve(Liveness liveness, PrometheusMeterRegistry registry, Executor threads) {
        var port = environment("MYCANDIDATE_HTTP_PORT").orElse("8080");
        try {
            Probes.serve(Integer.parseInt(port), liveness, registry, threads);
        } catch (IOException | IllegalArgumentException e) {
            end(
                    MISCONFIGURED,
                    "Port " + port + " for health and metrics cannot be opened (" + e.getMessage()
                            + "); set MYCANDIDATE_HTTP_PORT to a free one.");
        }
    }

    private static void end(int code, String why) {
        LOG.error(why);
        System.exit(code);
    }

    /** The SDK says so by an exception of its own in some of the places that meet the API server's 404, not in all. */
    private static boolean knowsNoSuchResource(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingCRDException) return true;
            if (cause instanceof KubernetesClientException refused && refused.getCode() == 404) return true;
        }
        return false;
    }

    private static String root(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) cause = cause.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
