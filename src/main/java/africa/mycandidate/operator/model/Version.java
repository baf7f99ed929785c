package africa.mycandidate.operator.model;

/** An engine version, as far as the spec pins it: the rest is AWS's business (minor versions change on their own). */
public record Version(String text) implements Judging {
    @Override
    public boolean accepts(Object actual) {
        return actual instanceof Version(String have) && (have.equals(text) || have.startsWith(text + "."));
    }

    @Override
    public String toString() {
        return text;
    }
}
