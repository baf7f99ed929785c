package africa.mycandidate.operator.model;

/** A size that may have grown on its own (RDS storage autoscaling) and is never shrunk. */
public record AtLeast(int value) implements Judging {
    @Override
    public boolean accepts(Object actual) {
        return actual instanceof AtLeast(int have) && have >= value;
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
