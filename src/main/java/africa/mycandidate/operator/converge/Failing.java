package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.aws.AwsFailure;
import java.time.Duration;
import java.time.Instant;

/**
 * A step that keeps failing.
 *
 * @param since when it failed first
 * @param next when it is tried again
 */
public record Failing(AwsFailure failure, Instant since, Instant next) {
    /** AWS may take a refusal back while it is still spreading what was just created. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Whether only the user can go on: at once for a permission or a quota, after a while for a value that AWS refuses. */
    public boolean needsUser(Instant now) {
        return switch (failure.kind()) {
            case DENIED, QUOTA -> true;
            case INVALID, EXISTS, WITHOUT_EFFECT -> !now.isBefore(since.plus(PATIENCE));
            default -> false;
        };
    }
}
