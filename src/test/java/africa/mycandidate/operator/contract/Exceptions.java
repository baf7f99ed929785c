package africa.mycandidate.operator.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an emulator of AWS cannot do. It is tried all the same: once the emulator can do it, the test fails, so that the row is removed.
 *
 * @param rows of src/test/moto/exceptions.tsv
 */
public record Exceptions(List<Row> rows) {
    private static final Path FILE = Path.of("src", "test", "moto", "exceptions.tsv");
    public static final Exceptions NONE = new Exceptions(List.of());

    /**
     * @param what a field of the type, or what is done with it: create, tags, delete
     * @param answer words of the failure, as it comes
     * @param why what the emulator does, from the comment above the row
     */
    public record Row(String type, String what, String answer, String why) {}

    public static Exceptions ofMoto() {
        var rows = new ArrayList<Row>();
        var why = "";
        for (var line : lines()) {
            if (line.startsWith("# ")) why = line.substring(2);
            else if (!line.isBlank()) rows.add(row(line, why));
        }
        return new Exceptions(List.copyOf(rows));
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line, String why) {
        var cells = line.split("\t");
        if (cells.length != 3)
            throw new IllegalStateException("exceptions.tsv wants type, field or operation, and the answer, with tabs"
                    + " between them, not " + Arrays.toString(cells));
        return new Row(cells[0], cells[1], cells[2], why);
    }

    public Optional<Row> of(String type, String what) {
        return rows.stream()
                .filter(row -> row.type().equals(type) && row.what().equals(what))
                .findFirst();
    }

    /** Does it, unless it is known to fail: then it must fail as it always has. Returns whether it was done. */
    public boolean attempt(String type, String what, Runnable check) {
        var known = of(type, what);
        if (known.isEmpty()) {
            check.run();
            return true;
        }
        var answer = known.get().answer();
        try {
            check.run();
        } catch (AssertionError | RuntimeException e) {
            if (String.valueOf(e.getMessage()).contains(answer)) return false;
            throw new AssertionError(
                    "it fails otherwise than exceptions.tsv says (" + answer + "): " + e.getMessage(), e);
        }
        throw new AssertionError("it works now: remove the row " + type + ", " + what + " from exceptions.tsv");
    }
}
