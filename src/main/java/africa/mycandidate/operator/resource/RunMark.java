package africa.mycandidate.operator.resource;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;

/**
 * What the cluster's tag remembers of a task that runs once, as the tag's value has it: words with spaces between, of which a person who sets it by hand needs only
 * the first.
 *
 * @param state begun, started, succeeded or failed; unreadable for any other word
 * @param since when that was
 * @param database the resource id of the database that it worked on; empty where nobody wrote it down
 * @param task the id of the ECS task; while begun, that of the attempt before; may be empty
 * @param attempt 1 for the first; more where ECS could not start the task
 * @param exitCode of the command; empty for none
 */
record RunMark(String state, Instant since, String database, String task, int attempt, String exitCode, String words) {
    private static final String NONE = "-";
    private static final int PARTS = 7;
    private static final Set<String> STATES = Set.of(Run.BEGUN, Run.STARTED, Run.SUCCEEDED, Run.FAILED);

    static RunMark begun(Instant at, String database, String before, int attempt) {
        return new RunMark(Run.BEGUN, at, database, before, attempt, "", "");
    }

    /** What a person wrote after the first word counts where it is what would stand there. */
    static RunMark parse(String value) {
        var parts = value.strip().split(" +", PARTS);
        var state = parts[0].toLowerCase(Locale.ROOT);
        var attempt = part(parts, 4, "\\d{1,3}");
        return new RunMark(
                STATES.contains(state) ? state : Run.UNREADABLE,
                time(part(parts, 1, ".*")),
                part(parts, 2, "db-[A-Za-z0-9]+"),
                part(parts, 3, "[0-9a-f-]{8,64}"),
                attempt.isEmpty() ? 1 : Integer.parseInt(attempt),
                part(parts, 5, "-?\\d{1,9}"),
                part(parts, 6, ".*"));
    }

    private static String part(String[] parts, int index, String form) {
        return parts.length <= index || parts[index].equals(NONE) || !parts[index].matches(form) ? "" : parts[index];
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** As it fits into a tag. */
    String value() {
        return TaskDefinition.mark(String.join(
                " ",
                state,
                since.truncatedTo(ChronoUnit.SECONDS).toString(),
                or(database),
                or(task),
                String.valueOf(attempt),
                or(exitCode),
                or(words)));
    }

    private static String or(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
