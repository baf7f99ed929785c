package africa.mycandidate.operator.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code deploy/mycandidate}, which runs a command of the jar that ships, as somebody at a terminal or a build does. */
final class Launcher {
    private static final Path SCRIPT = Path.of("deploy", "mycandidate");

    private Launcher() {}

    /** What a command left behind. */
    record Ended(int code, String out, String err) {}

    static Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(SCRIPT.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var err = Files.createTempFile("mycandidate-", ".err");
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes());
        var ended = new Ended(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return ended;
    }
}
