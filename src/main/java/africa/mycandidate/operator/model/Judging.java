package africa.mycandidate.operator.model;

/** A desired value that knows which actual values satisfy it: {@code Version("16")} accepts 16.9, {@code AtLeast(20)} accepts 40. */
public interface Judging {
    /** @param actual the observed value of the same field, of the same type; never null */
    boolean accepts(Object actual);
}
