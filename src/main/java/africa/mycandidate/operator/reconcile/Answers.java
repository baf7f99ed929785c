package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Status;
import java.time.Duration;

/** What a pass answers to the Kubernetes side. */
public sealed interface Answers {
    /** How often {@code status.lastVerifiedTime} is renewed while nothing else changes. */
    Duration VERIFIED_EVERY = Duration.ofMinutes(10);

    /** How long until the next look, in AWS's time. */
    Duration next();

    /** The whole status to show. */
    record Show(Status status, Duration next) implements Answers {}

    /** Nothing of the stack is left: the finalizer can go. */
    record Gone() implements Answers {
        @Override
        public Duration next() {
            return Duration.ZERO;
        }
    }
}
