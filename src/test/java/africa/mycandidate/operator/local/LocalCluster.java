package africa.mycandidate.operator.local;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.OSInfo;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real kube-apiserver over a real etcd, with RBAC on, and nothing else of Kubernetes: no controller, so a namespace never finishes its deletion and nothing is
 * garbage-collected. Each has a folder of its own, which goes away with it. Its processes end with this JVM, however that ends.
 */
public final class LocalCluster implements AutoCloseable {

    /** Part of the install script's folder name too. */
    private static final String VERSION = "1.34.2";

    /** Usually 5 to 10 s; a minute on a machine that is busy with four other things. */
    private static final int START_TIMEOUT_MS = 120_000;

    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules: [{level: Metadata}]
            """;

    private static final int ATTEMPTS = 4;

    private final Path folder;
    private final Path binaries;
    private final Server server;
    private final KubernetesClient client;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::stop, "stop-local-cluster");

    private LocalCluster(boolean audited) throws IOException {
        binaries = Script.install("kube/install");
        folder = Files.createTempDirectory("mycandidate-cluster-").toRealPath();
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            server = started(audited);
            Files.writeString(kubeconfig(), server.getKubeConfigYaml());
            client = connect(kubeconfig());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The ports are free when they are chosen, and may be taken by the time they are opened: then others are chosen, and nothing of the former attempt is left. */
    private Server started(boolean audited) throws IOException {
        for (var attempt = 1; ; attempt++) {
            furnish();
            var one = new Server(configuration(audited).build());
            try {
                one.start();
                return one;
            } catch (KubeAPITestException e) {
                one.stop();
                if (attempt == ATTEMPTS)
                    throw new IllegalStateException(e.getMessage() + "; its log ends\n" + logs(), e);
                delete(folder);
                pause(Duration.ofSeconds(5L * attempt));
            }
        }
    }

    /** kube-api-test waits for its whole time even where the program that it waits for has ended; this one then gives up at once. */
    private static final class Server extends KubeAPIServer {

        private final AtomicReference<Thread> starting = new AtomicReference<>();
        private final AtomicBoolean stopped = new AtomicBoolean();

        Server(KubeAPIServerConfig config) {
            super(config);
        }

        @Override
        public void start() {
            starting.set(Thread.currentThread());
            try {
                super.start();
            } finally {
                starting.set(null);
                // Set by what ended the wait, and not meant for what comes after it.
                Thread.interrupted();
            }
        }

        /** A second time it would fail: the folder of etcd is gone by then. */
        @Override
        public void stop() {
            if (stopped.compareAndSet(false, true)) super.stop();
        }

        @Override
        public void processStopped(Process process) {
            super.processStopped(process);
            var waiting = starting.get();
            if (waiting != null) waiting.interrupt();
        }
    }

    private String logs() {
        return Stream.of("etcd.log", "kube-apiserver.log")
                .map(folder::resolve)
                .filter(Files::exists)
                .flatMap(LocalCluster::lastLines)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> lastLines(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return lines.subList(Math.max(0, lines.size() - 10), lines.size()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server was to be started again", e);
        }
    }

    public static LocalCluster start() {
        return start(false);
    }

    /** Also writes every request, by whom and to what, to {@link #auditLog()}: one JSON object a line, complete when the request is answered. */
    public static LocalCluster startAudited() {
        return start(true);
    }

    private static LocalCluster start(boolean audited) {
        try {
            return new LocalCluster(audited);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kubeconfig of the cluster's administrator. */
    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** A client of the cluster's administrator. */
    public KubernetesClient client() {
        return client;
    }

    public Path auditLog() {
        return folder.resolve("audit.log");
    }

    public Path kubectl() {
        return binaries.resolve("kubectl");
    }

    /** A kubeconfig that may do what RBAC gives to this service account, which must exist, and no more. */
    public Path kubeconfigOf(String namespace, String serviceAccount) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(86_400L)
                .endSpec()
                .build();
        var token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
        var text = """
                apiVersion: v1
                kind: Config
                current-context: local
                clusters: [{name: local, cluster: {server: "%s", certificate-authority: "%s"}}]
                contexts: [{name: local, context: {cluster: local, user: local, namespace: "%s"}}]
                users: [{name: local, user: {token: "%s"}}]
                """.formatted(
                        client.getConfiguration().getMasterUrl(), folder.resolve("apiserver.crt"), namespace, token);
        try {
            return Files.writeString(folder.resolve("kubeconfig-" + namespace + "-" + serviceAccount), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static KubernetesClient connect(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** kube-api-test looks for its programs in a folder of this shape; ours are scripts that tie the real ones to this JVM. */
    private void furnish() throws IOException {
        var system = new OSInfo();
        var bin = folder.resolve("k8s").resolve(VERSION + "-" + system.getOSName() + "-" + system.getOSArch());
        Files.createDirectories(bin);
        Files.createSymbolicLink(bin.resolve("kubectl"), kubectl());
        var data = folder.resolve("etcd");
        // etcd keeps nothing here, so it need not wait for the disk; of a flag given twice it takes the last.
        program(
                bin.resolve("etcd"),
                "--data-dir",
                data.toString(),
                "--wal-dir",
                data.resolve("wal").toString(),
                "--unsafe-no-fsync");
        program(bin.resolve("kube-apiserver"));
        Files.writeString(folder.resolve("audit-policy.yaml"), AUDIT_POLICY);
    }

    private void program(Path file, String... more) throws IOException {
        var script = """
                #!/bin/sh
                exec '%s' '%s' "$@" %s 2>'%s'
                """.formatted(
                        Script.file("kube/tether"),
                        binaries.resolve(file.getFileName()),
                        String.join(" ", more),
                        folder.resolve(file.getFileName() + ".log"));
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private KubeAPIServerConfigBuilder configuration(boolean audited) {
        var builder = KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withTestDir(folder.toString())
                .withApiServerVersion(VERSION)
                .withUpdateKubeConfig(false)
                .withStartupTimeout(START_TIMEOUT_MS)
                .withApiServerFlag("--bind-address", "127.0.0.1")
                .withApiServerFlag("--advertise-address", "127.0.0.1");
        if (!audited) return builder;
        return builder.withApiServerFlag(
                        "--audit-policy-file",
                        folder.resolve("audit-policy.yaml").toString())
                .withApiServerFlag("--audit-log-path", auditLog().toString())
                .withApiServerFlag("--audit-log-mode", "blocking");
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook is what called.
        }
    }

    /** Whether it was stopped, perhaps by Ctrl-C under its user's hands. */
    boolean isClosed() {
        return closed.get();
    }

    private void stop() {
        if (!closed.compareAndSet(false, true)) return;
        if (client != null) client.close();
        if (server != null) server.stop();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
