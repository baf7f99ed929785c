package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Judging;
import java.util.Optional;

/**
 * How far a task that runs once has come.
 *
 * @param of what is run, so that the success of one is not taken for that of another
 * @param state in words, as it stands in plans
 */
public record Run(String of, String state) implements Judging {
    /** It is about to be started. */
    public static final String BEGUN = "begun";
    /** ECS took it, and does not show it now. */
    static final String STARTED = "started";

    static final String RUNNING = "running";
    /** It is being stopped. */
    static final String STOPPING = "stopping";
    /** It has ended, and what follows is yet to be written down. */
    private static final String ENDED = "ended, ";

    /** Written down. */
    public static final String SUCCEEDED = "succeeded";
    /** Written down. */
    public static final String FAILED = "failed";
    /** Somebody wrote down something else. */
    static final String UNREADABLE = "unreadable";

    /** Nothing ran: it is to be noted anew. */
    static final String WITHDRAWN = "withdrawn";

    /** @param verdict what is to be written down: succeeded, failed, or begun for another attempt */
    static Run ended(String of, String verdict) {
        return new Run(of, ENDED + verdict);
    }

    /** What is to be written down of one that has ended. */
    Optional<String> verdict() {
        return state.startsWith(ENDED) ? Optional.of(state.substring(ENDED.length())) : Optional.empty();
    }

    /** Whether it is written down how it ended. */
    boolean isFinal() {
        return state.equals(SUCCEEDED) || state.equals(FAILED);
    }

    @Override
    public boolean accepts(Object actual) {
        return actual instanceof Run run && run.state.equals(state);
    }

    @Override
    public String toString() {
        return state;
    }
}
