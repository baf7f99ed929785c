package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.stack.Defaults;

/** What the operator may do to AWS for one object. */
enum Mode {
    /** Converge it to the spec. */
    MANAGE("", ""),
    /** Look and tell. */
    OBSERVE("Observing", "management is Observe"),
    /** Look and tell, until it goes on. */
    SUSPENDED("Suspended", "spec.suspend is true"),
    /** Look and tell: the whole operator only reads. */
    READ_ONLY("ReadOnly", "the operator is read-only (MYCANDIDATE_READ_ONLY)"),
    /** Take it away. */
    DELETE("", "");

    private final String reason;
    private final String words;

    Mode(String reason, String words) {
        this.reason = reason;
        this.words = words;
    }

    static Mode of(Spec spec, boolean readOnly) {
        if (readOnly) return READ_ONLY;
        var full = Defaults.applied(spec);
        if (full.suspend()) return SUSPENDED;
        return full.management() == Spec.Management.OBSERVE ? OBSERVE : MANAGE;
    }

    boolean writes() {
        return this == MANAGE || this == DELETE;
    }

    boolean deletes() {
        return this == DELETE;
    }

    /** A condition's reason, for the modes that do not write. */
    String reason() {
        return reason;
    }

    /** Why nothing is written, for people. */
    String words() {
        return words;
    }
}
