package africa.mycandidate.operator.stack;

import java.util.Map;
import java.util.OptionalInt;

/** What a class of RDS instances has. The same table stands in the rules of the custom resource (Rules.CONNECTIONS). */
public final class DatabaseClass {
    private static final long GIB = 1L << 30;

    /** Memory of the size large, in GiB (Amazon RDS user guide, "Hardware specifications for DB instance classes"). */
    private static final Map<String, Integer> LARGE =
            Map.of("t3", 8, "t4g", 8, "m5", 8, "m6g", 8, "m7g", 8, "r5", 16, "r6g", 16, "r7g", 16);

    /** Memory of each size in eighths of large. */
    private static final Map<String, Integer> EIGHTHS = Map.ofEntries(
            Map.entry("micro", 1),
            Map.entry("small", 2),
            Map.entry("medium", 4),
            Map.entry("large", 8),
            Map.entry("xlarge", 16),
            Map.entry("2xlarge", 32),
            Map.entry("4xlarge", 64),
            Map.entry("8xlarge", 128),
            Map.entry("12xlarge", 192),
            Map.entry("16xlarge", 256),
            Map.entry("24xlarge", 384));

    private static final int BYTES_FOR_EACH = 9_531_392;
    private static final int MOST = 5_000;

    private DatabaseClass() {}

    /** max_connections of PostgreSQL: LEAST(DBInstanceClassMemory / 9531392, 5000) (Amazon RDS user guide, "Quotas and constraints"); empty for a class that is not listed. */
    static OptionalInt connections(String name) {
        var parts = name == null ? new String[0] : name.split("\\.");
        if (parts.length != 3 || !LARGE.containsKey(parts[1]) || !EIGHTHS.containsKey(parts[2]))
            return OptionalInt.empty();
        var memory = LARGE.get(parts[1]) * GIB / 8 * EIGHTHS.get(parts[2]);
        return OptionalInt.of((int) Math.min(memory / BYTES_FOR_EACH, MOST));
    }

    /** How many of them are the application's: three quarters, as the rule of the spec says; the rest is for AWS, for migrations and for somebody with psql. */
    public static OptionalInt room(String name) {
        var all = connections(name);
        return all.isPresent() ? OptionalInt.of((all.getAsInt() * 3 + 3) / 4) : all;
    }
}
