package africa.mycandidate.operator.sim;

import java.util.Optional;

/** An IPv4 block in its canonical form: the bits behind the prefix are zero. */
record Cidr(long base, int bits) {
    Cidr {
        base = base & ~(size(bits) - 1);
    }

    /** Reads {@code 10.0.0.0/16}; empty where the text is no IPv4 block. */
    static Optional<Cidr> parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) return Optional.empty();
        var bits = text.substring(slash + 1);
        if (!bits.matches("\\d{1,2}") || Integer.parseInt(bits) > 32) return Optional.empty();
        return number(text.substring(0, slash)).map(base -> new Cidr(base, Integer.parseInt(bits)));
    }

    static Cidr of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is not an IPv4 block"));
    }

    private static Optional<Long> number(String address) {
        var parts = address.split("\\.", -1);
        if (parts.length != 4) return Optional.empty();
        var number = 0L;
        for (var part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) return Optional.empty();
            number = number << 8 | Integer.parseInt(part);
        }
        return Optional.of(number);
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
