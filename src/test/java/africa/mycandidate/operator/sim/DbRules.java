package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DatabaseInsightsMode;

/** What RDS refuses in a request, whatever the state of things. */
final class DbRules {
    private static final Set<String> RESERVED =
            Set.of("admin", "rdsadmin", "rds_superuser", "rdsrepladmin", "user", "public", "all");

    private DbRules() {}

    /** Names are stored in lower case. */
    static String name(String what, String name, int longest) {
        if (name == null || name.length() > longest || !name.matches("[A-Za-z](-?[A-Za-z0-9.])*"))
            throw RdsErrors.value("The parameter " + what
                    + " is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, "
                    + "and hyphens; and must not end with a hyphen or contain two consecutive hyphens.");
        return name.toLowerCase();
    }

    static Integer records(Integer wanted) {
        if (wanted != null && (wanted < 20 || wanted > 100))
            throw RdsErrors.value("Invalid value " + wanted + " for MaxRecords. Must be between 20 and 100");
        return wanted;
    }

    static void username(String name) {
        if (name == null || !name.matches("[A-Za-z]\\w{0,62}"))
            throw RdsErrors.value("The parameter MasterUsername is not a valid identifier.");
        if (RESERVED.contains(name.toLowerCase()) || name.startsWith("pg_"))
            throw RdsErrors.value(
                    "MasterUsername " + name + " cannot be used as it is a reserved word used by the engine");
    }

    static void password(String password) {
        if (password == null || password.length() < 8 || password.length() > 128)
            throw RdsErrors.value(
                    "The parameter MasterUserPassword is not a valid password because it is shorter than 8 or longer than 128 characters.");
        if (!password.matches("[!-~]+") || password.matches(".*[/\"@].*"))
            throw RdsErrors.value(
                    "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
    }

    /** gp3 of PostgreSQL takes IOPS and throughput from 400 GiB on (terraform-provider-aws, isStorageTypeGP3BelowAllocatedStorageThreshold). */
    static void storage(String type, Integer gib, Integer most, Integer iops, Integer throughput) {
        if (!List.of("gp2", "gp3", "io1", "io2", "standard").contains(type))
            throw RdsErrors.value("Invalid storage type: " + type);
        if (gib == null || gib < (type.startsWith("io") ? 100 : 20) || gib > 65_536)
            throw RdsErrors.combination(
                    "Invalid storage size for engine name postgres and storage type " + type + ": " + gib);
        if (type.equals("gp3") && gib < 400 && (iops != null || throughput != null))
            throw RdsErrors.combination(
                    "You can't specify IOPS or storage throughput for engine postgres and a storage size less than 400.");
        if (most != null && most < gib)
            throw RdsErrors.combination("Max storage size must be greater than storage size");
    }

    static void retention(Integer days) {
        if (days != null && (days < 0 || days > 35))
            throw RdsErrors.value("Invalid backup retention period: " + days + ". Must be between 0 and 35.");
    }

    static void windows(String maintenance, String backup) {
        if (maintenance != null && !Windows.weekly(maintenance))
            throw RdsErrors.value("Invalid maintenance window: " + maintenance);
        if (backup != null && !Windows.daily(backup)) throw RdsErrors.value("Invalid backup window: " + backup);
    }

    /** RDS user guide, "Backup window": it cannot overlap with the weekly maintenance window. */
    static void apart(String maintenance, String backup) {
        if (Windows.overlap(maintenance, backup))
            throw RdsErrors.value("The backup window and maintenance window must not overlap.");
    }

    /** Advanced mode keeps 15 months of Performance Insights (User Guide, Database Insights). */
    static void insights(DBInstance shown) {
        var on = Boolean.TRUE.equals(shown.performanceInsightsEnabled());
        var days = shown.performanceInsightsRetentionPeriod();
        if (!on && days != null)
            throw RdsErrors.combination("PerformanceInsightsRetentionPeriod needs EnablePerformanceInsights.");
        if (days != null && days != 7 && days != 731 && (days % 31 != 0 || days / 31 > 23))
            throw RdsErrors.value("Invalid Performance Insights retention period: " + days);
        if (shown.databaseInsightsMode() == DatabaseInsightsMode.ADVANCED && (!on || days == null || days < 465))
            throw RdsErrors.combination(
                    "To enable the Advanced mode of Database Insights, set the retention period of Performance Insights to at least 465 days.");
    }
}
