package africa.mycandidate.operator.model;

/**
 * A string that names another resource to AWS: known, or to be known once the resource in {@link Output#role} has the given output.
 *
 * @param <T> the type that is referred to
 */
public sealed interface Ref<T extends Resource> {

    /** An output of a resource of this stack, for example its {@code id}, {@code arn}, {@code name} or {@code endpoint}. */
    record Output<T extends Resource>(Class<T> type, String role, String output) implements Ref<T> {
        public Key key() {
            return new Key(type, role);
        }

        @Override
        public String toString() {
            return "(" + output + " of " + key() + ")";
        }
    }

    /** The string itself: resolved, observed, or somebody else's resource that the spec names. */
    record Known<T extends Resource>(String value) implements Ref<T> {
        @Override
        public String toString() {
            return value;
        }
    }

    static <T extends Resource> Ref<T> to(Class<T> type, String role, String output) {
        return new Output<>(type, role, output);
    }

    static <T extends Resource> Ref<T> of(String value) {
        return new Known<>(value);
    }

    /** The string for AWS. The planner resolves every record before a handler sees it, so that asking too early is a defect of the engine. */
    default String value() {
        return switch (this) {
            case Known<T> known -> known.value();
            case Output<T> output -> throw new IllegalStateException("unresolved reference " + output);
        };
    }
}
