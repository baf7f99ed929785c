package africa.mycandidate.operator.stack;

import java.util.Set;

/**
 * What somebody asked for by annotating the custom resource: things that are done once, and so have no place in the spec.
 *
 * @param rotation the value of {@code mycandidate.africa/rotate-secrets}: a value that the secrets do not know yet makes them anew; empty where nobody asked
 * @param takeOver the UID of another object, lost or given up, whose resources this one takes over; empty for none
 * @param approved hashes of held-back steps that may go on, as {@code mycandidate.africa/approve} lists them
 */
public record Asked(String rotation, String takeOver, Set<String> approved) {
    /** Nobody asked for anything. */
    public static final Asked NOTHING = new Asked("", "", Set.of());

    public Asked {
        approved = Set.copyOf(approved);
    }
}
