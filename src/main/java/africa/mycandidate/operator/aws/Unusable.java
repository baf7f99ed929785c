package africa.mycandidate.operator.aws;

/** Something that the spec names is not there, or not fit for what it is named for: AWS would refuse it, or take it and make something that is of no use. */
public final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why a sentence that says what to write instead */
    public Unusable(String why) {
        super(why, null, false, false);
    }
}
