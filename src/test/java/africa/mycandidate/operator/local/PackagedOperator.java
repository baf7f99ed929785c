package africa.mycandidate.operator.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The jar that ships, as a process of its own, with a kubeconfig and an AWS environment and nothing else of this JVM. What it says goes to a file. */
final class PackagedOperator implements AutoCloseable {
    private static final Path JAR = Path.of("target", "mycandidate-operator.jar");
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Pattern MUTATING_AWS_CALL = Pattern.compile(
            "(?m)^mycandidate_calls_total\\{(?=[^}]*mutating=\"true\")(?![^}]*service=\"Kubernetes\")[^}]*} (\\S+)$");

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private PackagedOperator(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static PackagedOperator start(Path kubeconfig, Map<String, String> environment) throws IOException {
        if (!Files.exists(JAR)) throw new IllegalStateException("There is no " + JAR + ": run mvn package first.");
        var port = freePort();
        var log = Files.createTempFile("mycandidate-operator-", ".log");
        // It lives for seconds: compiling it well would take longer than it runs.
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("POD_"));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("MYCANDIDATE_HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new PackagedOperator(process, log, port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    List<String> log() {
        try {
            return new ArrayList<>(Files.readAllLines(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of one of its HTTP endpoints; empty where it does not answer with 200. */
    String get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** How many calls that change AWS it has made since it started. */
    long mutatingCalls() {
        return (long) MUTATING_AWS_CALL
                .matcher(get("/metrics"))
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    /** kill -9. */
    void kill() {
        waitFor(process.destroyForcibly());
    }

    /** SIGTERM, as a pod's end begins; returns the exit code, and fails where it takes longer than the pod's grace. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS))
            throw new AssertionError("it did not end within " + GRACE.toSeconds() + " s of SIGTERM");
        return process.exitValue();
    }

    /** Waits for it to end by itself. */
    int exitCode(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError("it still runs");
        return process.exitValue();
    }

    private static void waitFor(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        http.close();
        Files.deleteIfExists(log);
    }
}
