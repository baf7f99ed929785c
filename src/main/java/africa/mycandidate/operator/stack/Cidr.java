package africa.mycandidate.operator.stack;

/** An IPv4 block, such as 10.0.0.0/16. */
record Cidr(int address, int prefix) {

    static Cidr of(String text) {
        var slash = text.indexOf('/');
        var address = 0;
        for (var octet : text.substring(0, slash).split("\\.")) address = address << 8 | Integer.parseInt(octet);
        return new Cidr(address, Integer.parseInt(text.substring(slash + 1)));
    }

    /** The block at the index among the equal parts of which there are at least {@code parts}, a power of two. */
    Cidr part(int index, int parts) {
        var bits = 32 - Integer.numberOfLeadingZeros(parts - 1);
        return new Cidr(address + (index << (32 - prefix - bits)), prefix + bits);
    }

    @Override
    public String toString() {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255)
                + "/" + prefix;
    }
}
