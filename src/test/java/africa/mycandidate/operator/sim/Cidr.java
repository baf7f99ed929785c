package africa.mycandidate.operator.sim;

import java.util.Optional;
import java.util.regex.Pattern;

/** An IPv4 block in its canonical form: the bits behind the prefix are zero. */
record Cidr(long base, int bits) {
    private static final Pattern BLOCK =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    Cidr {
        base = base & ~(size(bits) - 1);
    }

    /** Reads {@code 10.0.0.0/16}; empty where the text is no IPv4 block. */
    static Optional<Cidr> parse(String text) {
        var parts = BLOCK.matcher(text);
        if (!parts.matches()) return Optional.empty();
        var number = 0L;
        for (var group = 1; group <= 4; group++) {
            var part = Integer.parseInt(parts.group(group));
            if (part > 255) return Optional.empty();
            number = number << 8 | part;
        }
        var bits = Integer.parseInt(parts.group(5));
        return bits > 32 ? Optional.empty() : Optional.of(new Cidr(number, bits));
    }

    static Cidr of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is not an IPv4 block"));
    }

    private static long size(int bits) {
        return 1L << 32 - bits;
    }

    long size() {
        return size(bits);
    }

    boolean contains(Cidr other) {
        return bits <= other.bits && new Cidr(other.base, bits).base == base;
    }

    boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** The address at an offset from the first one. */
    String address(long offset) {
        var number = base + offset;
        return (number >> 24) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    @Override
    public String toString() {
        return address(0) + "/" + bits;
    }
}
