package africa.mycandidate.operator.reconcile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}. */
public final class Probes {
    private Probes() {}

    /** @param port 0 for any free one */
    public static HttpServer serve(int port, Liveness liveness, PrometheusMeterRegistry registry, Executor executor)
            throws IOException {
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(executor);
        server.createContext("/healthz", exchange -> {
            var neglected = liveness.neglected();
            var ok = neglected.isEmpty();
            answer(
                    exchange,
                    ok ? 200 : 500,
                    ok ? "ok\n" : "not looked at for ten minutes: " + String.join(", ", neglected) + "\n");
        });
        // A standby is ready too: it waits for the lease.
        server.createContext("/readyz", exchange -> answer(exchange, 200, "ok\n"));
        server.createContext("/metrics", exchange -> answer(exchange, 200, registry.scrape()));
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
