package africa.mycandidate.operator.campaign;

/** Something that must never be so, was. */
final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what, null, false, false);
    }
}
