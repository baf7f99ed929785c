package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code make demo}, as its own process: what a newcomer sees first must not be what breaks unseen. */
class DemoIT {
    private static final Duration LONGEST = Duration.ofMinutes(8);

    @Test
    void allOfItHappens() throws Exception {
        var log = Files.createTempFile("mycandidate-demo-", ".log");
        var jars = String.join(
                File.pathSeparator,
                "target/mycandidate-operator.jar",
                "target/mycandidate-operator-tests.jar",
                "target/test-lib/*");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dseed=3",
                        "-cp",
                        jars,
                        Demo.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MYCANDIDATE_HTTP_PORT", "0");
        var process = builder.start();
        try {
            var ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            var said = Files.readString(log);
            System.out.println(said.lines()
                    .filter(line -> line.startsWith("==") || line.startsWith("--"))
                    .toList());
            assertThat(ended).as("it ends; it said: %s", said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).contains("All of it happened");
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(log);
        }
    }
}
