package africa.mycandidate.operator.stack;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How many connections a database class leaves to the application: three quarters of {@code max_connections}, which for RDS PostgreSQL is
 * LEAST(DBInstanceClassMemory / 9531392, 5000) (Amazon RDS User Guide, "Quotas and constraints"). The same as the CEL rule of the spec says.
 */
public final class DatabaseConnections {
    private static final int MOST = 3750;
    private static final Map<String, Integer> OF_LARGE =
            Map.of("t3", 676, "t4g", 676, "m5", 676, "m6g", 676, "m7g", 676, "r5", 1352, "r6g", 1352, "r7g", 1352);
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

    private DatabaseConnections() {}

    /** Empty for a class that is not listed here. */
    public static OptionalInt of(String instanceClass) {
        var parts = instanceClass == null ? new String[0] : instanceClass.split("\\.");
        if (parts.length != 3 || !OF_LARGE.containsKey(parts[1]) || !EIGHTHS.containsKey(parts[2]))
            return OptionalInt.empty();
        return OptionalInt.of(Math.min(MOST, OF_LARGE.get(parts[1]) * EIGHTHS.get(parts[2]) / 8));
    }
}
