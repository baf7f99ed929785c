package africa.mycandidate.operator.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/**
 * MyCandidate in a container: it answers while it can log in to its database and its cache with the credentials it started with. Tags
 * of the image make it misbehave: {@code crash} exits at once, {@code unhealthy} never answers, {@code missing} cannot be pulled, {@code badmigration} fails at
 * its command, {@code slow} takes an hour for it.
 */
final class Application {
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[a-z]+)://(?:(?<user>[^:@/]*):(?<password>[^@/]*)@)?(?<host>[^:/?@]+)(?::(?<port>\\d+))?(?:/(?<path>[^?]*))?(?:\\?(?<query>.*))?");

    /** 128 and the number of SIGSEGV. */
    private static final int SEGMENTATION_FAULT = 139;

    private final SimAws aws;
    private final ContainerDefinition container;
    private final List<String> command;
    private final Map<String, String> environment;
    private final List<String> groups;
    private final boolean broken;

    /**
     * @param command what runs instead of the container's own command; empty for none
     * @param environment everything the container was given, secrets too
     * @param groups security groups of the task
     */
    Application(
            SimAws aws,
            ContainerDefinition container,
            List<String> command,
            Map<String, String> environment,
            List<String> groups) {
        this.aws = aws;
        this.container = container;
        this.command = command.isEmpty() ? container.command() : command;
        this.environment = Map.copyOf(environment);
        this.groups = groups;
        this.broken = aws.incidents.applicationBroken;
    }

    static boolean pullable(String image) {
        return !tag(image).contains("missing");
    }

    private static String tag(String image) {
        var name = image.substring(image.lastIndexOf('/') + 1);
        return name.contains(":") ? name.substring(name.indexOf(':') + 1) : "latest";
    }

    /** Whether it runs one command, as a migration does, and ends; the image's own command serves. */
    boolean endsByItself() {
        return !command.isEmpty() && !String.join(" ", command).contains("gunicorn");
    }

    /** The exit code of a command that ends by itself: it needs the database, and a word {@code false} in it fails. An image that crashes dies of a signal. */
    int exitCode() {
        if (crashes()) return SEGMENTATION_FAULT;
        return tag(container.image()).contains("badmigration") || command.contains("false") || !database() ? 1 : 0;
    }

    /** How long such a command usually runs. */
    Duration usually() {
        return tag(container.image()).contains("slow") ? Duration.ofHours(1) : Duration.ofSeconds(15);
    }

    /** The command, with the image that it runs in. */
    String what() {
        return container.image() + " " + String.join(" ", command);
    }

    /** Whether gunicorn ends right after its start. It keeps its workers' heartbeat files in /tmp and needs to write there. */
    boolean crashes() {
        return broken
                || tag(container.image()).contains("crash")
                || Boolean.TRUE.equals(container.readonlyRootFilesystem()) && !writableTmp();
    }

    private boolean writableTmp() {
        return container.mountPoints().stream()
                .anyMatch(mount -> "/tmp".equals(mount.containerPath()) && !Boolean.TRUE.equals(mount.readOnly()));
    }

    /** Whether the health check gets an accepted answer now. */
    boolean answers() {
        return !tag(container.image()).contains("unhealthy")
                && !environment.getOrDefault("SECRET_KEY", "").isEmpty()
                && database()
                && cache();
    }

    private boolean database() {
        // The app replaces every "postgres" in the URL, in host and user too.
        var url = URL.matcher(environment.getOrDefault("DATABASE_URL", "").replace("postgres", "postgresql"));
        if (!url.matches()
                || !url.group("scheme").equals("postgresql")
                || url.group("user") == null
                || url.group("path") == null) return false;
        var port = url.group("port") == null ? 5432 : Integer.parseInt(url.group("port"));
        // libpq tries TLS first unless it is switched off (PostgreSQL manual, "SSL Support").
        var tls = url.group("query") == null || !url.group("query").contains("sslmode=disable");
        return Logins.Login.OK
                == aws.rds.login(
                        url.group("host"),
                        port,
                        groups,
                        decoded(url.group("user")),
                        decoded(url.group("password")),
                        decoded(url.group("path")),
                        tls);
    }

    private boolean cache() {
        var url = URL.matcher(environment.getOrDefault("REDIS_URL", ""));
        if (!url.matches() || !List.of("redis", "rediss").contains(url.group("scheme"))) return false;
        var port = url.group("port") == null ? 6379 : Integer.parseInt(url.group("port"));
        var password = url.group("password") == null ? "" : decoded(url.group("password"));
        var user = url.group("user") == null ? "" : decoded(url.group("user"));
        return Logins.Login.OK
                == aws.elastiCache.login(
                        url.group("host"),
                        port,
                        groups,
                        user,
                        password,
                        "0",
                        url.group("scheme").equals("rediss"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
