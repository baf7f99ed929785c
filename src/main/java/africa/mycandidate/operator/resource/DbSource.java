package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Unusable;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/**
 * What a restored database has from its source, and what of it nobody can change.
 *
 * @param what how people call it
 * @param databaseName null where AWS does not show it
 */
record DbSource(
        String what,
        String engine,
        String version,
        String user,
        String databaseName,
        int storageGiB,
        boolean encrypted,
        String kmsKeyArn) {

    static DbSource of(DBSnapshot snapshot) {
        return new DbSource(
                "the snapshot " + snapshot.dbSnapshotIdentifier(),
                snapshot.engine(),
                snapshot.engineVersion(),
                snapshot.masterUsername(),
                null,
                snapshot.allocatedStorage(),
                Boolean.TRUE.equals(snapshot.encrypted()),
                snapshot.kmsKeyId());
    }

    static DbSource of(DBInstanceAutomatedBackup backup, String databaseName) {
        return new DbSource(
                "the instance " + backup.dbInstanceIdentifier(),
                backup.engine(),
                backup.engineVersion(),
                backup.masterUsername(),
                databaseName,
                backup.allocatedStorage(),
                Boolean.TRUE.equals(backup.encrypted()),
                backup.kmsKeyId());
    }

    /** A parameter group is of one major version: a source of an older one starts with AWS's group, and is upgraded afterwards. */
    boolean isOfTheMajorOf(DbInstance want) {
        return part(version, 0) == part(want.engineVersion().text(), 0);
    }

    void mustFit(DbInstance want) {
        if (!"postgres".equals(engine))
            throw new Unusable(what + " is of " + engine
                    + ", and the site needs postgres; name another one in database.restoreFrom");
        if (!want.username().equals(user))
            throw new Unusable(what + " has the master user " + user + ", and the application logs in as "
                    + want.username()
                    + ": a restore keeps the user. Name one in database.restoreFrom whose master user is "
                    + want.username());
        if (databaseName != null && !databaseName.equals(want.databaseName()))
            throw new Unusable(what + " holds the database " + databaseName + ", and the application uses "
                    + want.databaseName() + ". Name one in database.restoreFrom that holds " + want.databaseName());
        if (storageGiB > want.storageGiB().value())
            throw new Unusable(
                    what + " needs " + storageGiB + " GiB; write database.storageGiB of at least " + storageGiB);
        if (isNewer(want.engineVersion().text()))
            throw new Unusable(
                    what + " is of PostgreSQL " + version + ", and no database goes back to an older version;"
                            + " write database.engineVersion: \"" + part(version, 0) + "\"");
        mustHaveTheKey(want);
    }

    private void mustHaveTheKey(DbInstance want) {
        if (Boolean.TRUE.equals(want.encrypted()) && !encrypted)
            throw new Unusable(what + " is not encrypted, and a restore cannot change that. Copy it with a key (aws rds"
                    + " copy-db-snapshot --kms-key-id) and name the copy in database.restoreFrom");
        if (want.kmsKeyArn() != null && !want.kmsKeyArn().equals(kmsKeyArn))
            throw new Unusable(
                    what + " is encrypted with " + kmsKeyArn + ", and a restore cannot change that. Write this"
                            + " as database.kmsKeyArn, or copy it with the other key and name the copy in database.restoreFrom");
    }

    private boolean isNewer(String wanted) {
        if (part(version, 0) != part(wanted, 0)) return part(version, 0) > part(wanted, 0);
        return wanted.contains(".") && part(version, 1) > part(wanted, 1);
    }

    private static int part(String version, int at) {
        return Integer.parseInt(version.split("[.-]")[at]);
    }
}
