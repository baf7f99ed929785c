package africa.mycandidate.operator.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The scripts that stand beside the tests: they prepare what the local cluster and the local AWS need, once, and keep it. */
final class Script {

    private Script() {}

    /** A file below src/test, seen from the project's folder. */
    static Path file(String name) {
        var file = Path.of("src", "test").resolve(name).toAbsolutePath();
        if (!Files.exists(file))
            throw new IllegalStateException("There is no " + file + ": start this from the project's folder.");
        return file;
    }

    /** Runs an install script; what it says while it works goes to the terminal, and its last line is the folder that it made. */
    static Path install(String name) {
        try {
            var process = new ProcessBuilder(file(name).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var said = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0)
                throw new IllegalStateException(name + " failed; its own message stands above.");
            return Path.of(said.substring(said.lastIndexOf('\n') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", e);
        }
    }
}
