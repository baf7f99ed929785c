package africa.mycandidate.operator.sim;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The PostgreSQL versions and instance classes that RDS sells here. */
final class DbCatalog {
    /** The default minor of each major comes first (cfn-lint's data of orderable instances). */
    private static final List<String> CREATABLE =
            List.of("13.23", "14.18", "14.19", "15.13", "15.14", "16.9", "16.10", "17.5", "17.6", "18.1");

    /** Old minors of which only some classes are left; existing instances go on. */
    private static final Set<String> LEAVING = Set.of("15.12", "16.8", "17.4");

    private static final Set<String> STILL = Set.of("db.t3.medium", "db.t3.large", "db.t4g.medium", "db.t4g.large");

    private DbCatalog() {}

    static Set<String> families() {
        return CREATABLE.stream().map(version -> "postgres" + major(version)).collect(Collectors.toSet());
    }

    static int major(String version) {
        return Integer.parseInt(version.split("\\.")[0]);
    }

    /** The full version: "16" is its default minor. */
    static String resolve(String asked) {
        var version = asked == null ? "17" : asked;
        if (CREATABLE.contains(version) || LEAVING.contains(version)) return version;
        return CREATABLE.stream()
                .filter(full -> full.startsWith(version + "."))
                .findFirst()
                .orElseThrow(() -> RdsErrors.combination("Cannot find version " + version + " for postgres"));
    }

    static String newestMinor(String version) {
        return CREATABLE.stream()
                .filter(full -> major(full) == major(version))
                .max(Comparator.comparingInt(DbCatalog::release))
                .orElse(version);
    }

    /** When each minor came out. A newer major is open only to what is not younger than it (User Guide, "Choosing a major version upgrade for PostgreSQL"). */
    private static final List<Set<String>> RELEASES = List.of(
            Set.of("15.12", "16.8", "17.4"),
            Set.of("14.18", "15.13", "16.9", "17.5"),
            Set.of("14.19", "15.14", "16.10", "17.6"),
            Set.of("13.23", "18.1"));

    private static int release(String version) {
        return IntStream.range(0, RELEASES.size())
                .filter(at -> RELEASES.get(at).contains(version))
                .findFirst()
                .orElseThrow();
    }

    static void upgradable(String from, String to) {
        if (major(to) < major(from) || release(to) < release(from))
            throw RdsErrors.combination("Cannot upgrade postgres from " + from + " to " + to);
    }

    static void offered(String instanceClass, String version) {
        if (instanceClass == null
                || !instanceClass.matches(
                        "db\\.(t3|t4g)\\.(micro|small|medium|large|xlarge|2xlarge)|db\\.[mr](5|6g|6i|7g|7i)\\.(large|([248]|12|16|24)?xlarge)"))
            throw RdsErrors.value("Invalid DB Instance class: " + instanceClass);
        var combined = "DBInstanceClass=" + instanceClass + ", Engine=postgres, EngineVersion=" + version
                + ", LicenseModel=postgresql-license";
        if (LEAVING.contains(version) && !STILL.contains(instanceClass))
            throw RdsErrors.combination(
                    "RDS does not support creating a DB instance with the following combination: " + combined
                            + ". For supported combinations of instance class and database engine version, see the documentation.");
    }
}
