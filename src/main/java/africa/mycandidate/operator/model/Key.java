package africa.mycandidate.operator.model;

/** What a resource is within its stack: its type and the part that it plays there, such as {@code Subnet/public-a}. */
public record Key(Class<? extends Resource> type, String role) implements Comparable<Key> {
    /**
     * By the name of the type, then by the role. Every map of a plan is in this order, so it is written out: that is a twentieth of a plan's time. Of a class's names
     * only the whole one is at hand; the simple one is looked for at each call.
     */
    @Override
    public int compareTo(Key other) {
        if (type != other.type) {
            var byType = type.getName().compareTo(other.type.getName());
            if (byType != 0) return byType;
        }
        return role.compareTo(other.role);
    }

    /** The form used in the {@code mycandidate.africa/resource} tag and wherever a person reads it. */
    @Override
    public String toString() {
        return type.getSimpleName() + "/" + role;
    }
}
