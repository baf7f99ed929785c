package africa.mycandidate.operator.resource;

import java.time.Instant;

/** Where the first data of a database come from. */
public sealed interface DbOrigin {
    /** @param name its name, or its ARN */
    record OfSnapshot(String name) implements DbOrigin {
        @Override
        public String toString() {
            return "the snapshot " + name;
        }
    }

    /**
     * The automated backups of an instance, which may be gone itself.
     *
     * @param time null for the latest there is
     */
    record OfInstance(String instance, Instant time) implements DbOrigin {
        @Override
        public String toString() {
            return "the backups of " + instance + (time == null ? ", as late as they go" : " as of " + time);
        }
    }
}
