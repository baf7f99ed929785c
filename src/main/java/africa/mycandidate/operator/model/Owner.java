package africa.mycandidate.operator.model;

/** Whose a resource is, by its tags. An equal name is never ownership. */
public sealed interface Owner {

    /**
     * It carries our tags.
     *
     * @param stack namespace and name of the custom resource, {@code mycandidate/southafrica}
     * @param uid UID of the object that owns it, or {@link #RELEASED}
     * @param role the part after the slash of the resource tag
     * @param version the blueprint version that made it
     */
    record Stack(String stack, String uid, String role, String version) implements Owner {
        /** The UID of a resource that was given up (a secret in its recovery window): the same stack may take it back. */
        public static final String RELEASED = "released";
    }

    /**
     * It takes no tags and belongs to whom its parent belongs.
     *
     * @param output the name of the parent's output that holds {@code value}
     */
    record Child(Class<? extends Resource> parent, String output, String value, String role) implements Owner {}

    /** It is everybody's (an ACM validation record): it is taken as ours where its immutable fields are equal, and never changed or deleted. */
    record Shared() implements Owner {}

    /** It carries no tags of ours. */
    record Nobody() implements Owner {}

    /** AWS does not show its tags now (ElastiCache while creating): wait, and do not write. */
    record Unreadable() implements Owner {}
}
