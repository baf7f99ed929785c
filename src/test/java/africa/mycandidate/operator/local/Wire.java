package africa.mycandidate.operator.local;

import africa.mycandidate.operator.aws.Port.Effect;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The wire between the operator and moto: it passes each request on, and counts those that change something. It can be cut after one of them. */
final class Wire implements AutoCloseable {
    private static final Pattern FORM = Pattern.compile("(?:^|&)Action=(\\w+)");
    private static final Pattern RPC = Pattern.compile("/operation/(\\w+)");

    /** The JDK's client sets these itself. */
    private static final Set<String> OF_THE_HOP =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final Moto moto;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private volatile Cut cut = new Cut(Integer.MAX_VALUE, call -> {});
    private volatile boolean down;

    /** @param then is told of the last call, which moto has done, before its answer is given */
    private record Cut(int after, Consumer<String> then) {}

    Wire(Moto moto) throws IOException {
        this.moto = moto;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** The environment with which a process reaches moto over this wire. */
    Map<String, String> environment() {
        var environment = new HashMap<>(moto.environment());
        environment.put(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort());
        return environment;
    }

    /** Opens the wire until so many changes have passed since the beginning; from then on nothing passes. */
    void cutAfter(int change, Consumer<String> then) {
        cut = new Cut(change, then);
        down = false;
    }

    /** Opens the wire for good. */
    void open() {
        cutAfter(Integer.MAX_VALUE, call -> {});
    }

    /** The changes until now, in order. */
    List<String> changes() {
        return List.copyOf(changes);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var call = call(exchange, body);
            if (call.mutating()) change(exchange, body, call.operation());
            else if (!down) answer(exchange, send(exchange, body));
        }
    }

    /** Changes pass one by one, so that the one before a cut is the last. */
    private void change(HttpExchange exchange, byte[] body, String call) throws IOException {
        oneByOne.lock();
        try {
            if (down) return;
            var answer = send(exchange, body);
            changes.add(call);
            if (changes.size() >= cut.after()) {
                down = true;
                cut.then().accept(call);
                return;
            }
            answer(exchange, answer);
        } finally {
            oneByOne.unlock();
        }
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(
                        URI.create(moto.endpoint() + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (passes(name)) values.forEach(value -> request.header(name, value));
        });
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the wire was closed", e);
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (passes(name)) exchange.getResponseHeaders().put(name, values);
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static boolean passes(String header) {
        return !OF_THE_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    /** The name of a call stands in a header, in the form, in the path, or (Route 53) nowhere. */
    private static Effect call(HttpExchange exchange, byte[] body) {
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) return effect(target.substring(target.lastIndexOf('.') + 1));
        var path = exchange.getRequestURI().getPath();
        var rpc = RPC.matcher(path);
        if (rpc.find()) return effect(rpc.group(1));
        var form = FORM.matcher(new String(body, StandardCharsets.UTF_8));
        if (form.find()) return effect(form.group(1));
        var reads = exchange.getRequestMethod().equals("GET");
        return new Effect("wire", reads ? "get" + path : "change" + path, !reads);
    }

    private static Effect effect(String name) {
        return Effect.of("wire", Character.toLowerCase(name.charAt(0)) + name.substring(1));
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
        threads.shutdownNow();
    }
}
