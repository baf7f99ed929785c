package africa.mycandidate.operator.aws;

/** The operator itself held a call back: the budget of its service is used up, or this instance may not write. */
public final class CallRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CallRefused(String why) {
        super(why, null, false, false);
    }
}
