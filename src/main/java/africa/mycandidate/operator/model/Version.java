package africa.mycandidate.operator.model;

/**
 * An engine version, as far as the spec pins it: the rest is AWS's business. A minor version that is newer than the pinned one is its business too: it upgrades them
 * on its own, and takes none back.
 */
public record Version(String text) implements Judging {
    @Override
    public boolean accepts(Object actual) {
        return actual instanceof Version(String have)
                && (have.equals(text)
                        || have.startsWith(text + ".")
                        || isNewerMinor(have.split("\\."), text.split("\\.")));
    }

    private static boolean isNewerMinor(String[] have, String[] pinned) {
        return have.length > 1
                && pinned.length > 1
                && have[0].equals(pinned[0])
                && have[1].matches("\\d{1,6}")
                && pinned[1].matches("\\d{1,6}")
                && Integer.parseInt(have[1]) > Integer.parseInt(pinned[1]);
    }

    @Override
    public String toString() {
        return text;
    }
}
