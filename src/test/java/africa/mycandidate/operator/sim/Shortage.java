package africa.mycandidate.operator.sim;

/** What AWS says to a reservation of capacity that is not to be had. */
public enum Shortage {
    NONE,
    /** The request is refused. */
    AT_ONCE,
    /** The request is taken, and fails in one zone afterwards. */
    LATER
}
