package africa.mycandidate.operator.model;

import java.util.Comparator;

/** What a resource is within its stack: its type and the part that it plays there, such as {@code Subnet/public-a}. */
public record Key(Class<? extends Resource> type, String role) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
            Comparator.comparing((Key key) -> key.type().getSimpleName()).thenComparing(Key::role);

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }

    /** The form used in the {@code mycandidate.africa/resource} tag and wherever a person reads it. */
    @Override
    public String toString() {
        return type.getSimpleName() + "/" + role;
    }
}
