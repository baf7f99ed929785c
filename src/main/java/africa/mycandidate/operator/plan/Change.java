package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Interruption;

/**
 * One field that is not as it should be.
 *
 * @param desired the value that it should have, for people; a mark where it is secret
 * @param actual the value that AWS has, for people; a mark where it is secret
 */
public record Change(String field, String desired, String actual, Interruption interruption) {
    /** The field name under which differing tags are shown. */
    public static final String TAGS = "tags";

    /** The same change, felt otherwise. */
    Change as(Interruption felt) {
        return new Change(field, desired, actual, felt);
    }

    @Override
    public String toString() {
        return field + ": " + actual + " → " + desired;
    }
}
