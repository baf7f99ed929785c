package africa.mycandidate.operator.api;

/**
 * CEL rules that look at several blocks of the spec, or at the spec before the change. They stand on the spec, which is always there, because the API server
 * skips a rule with oldSelf where the field itself is added or removed; an absent field is compared as its default. Numbers go into a message through format:
 * for string(number) the API server's cost estimate knows no bound.
 */
final class Rules {
    private static final String CERTIFICATE = "self.domain.certificateArn";

    static final String CERTIFICATE_REGION =
            "!has(self.domain.certificateArn) || " + CERTIFICATE + ".split(':').size() < 4 || " + CERTIFICATE
                    + ".split(':')[2] != 'acm' || " + CERTIFICATE + ".split(':')[3] == self.region";
    static final String CERTIFICATE_REGION_MESSAGE =
            "'the certificate is in ' + " + CERTIFICATE + ".split(':')[3] + ', and the load balancer is in '"
                    + " + self.region + '; write a certificateArn of ' + self.region";

    /** Without spec.account nobody here knows the number of the account. */
    static final String CERTIFICATE_ACCOUNT =
            "!has(self.account) || !has(self.domain.certificateArn) || self.account.roleArn.split(':').size() < 5 || "
                    + CERTIFICATE + ".split(':').size() < 5 || " + CERTIFICATE + ".split(':')[4] == "
                    + "self.account.roleArn.split(':')[4]";

    static final String CERTIFICATE_ACCOUNT_MESSAGE =
            "'the certificate is in account ' + " + CERTIFICATE + ".split(':')[4] + ', and the load balancer is in '"
                    + " + self.account.roleArn.split(':')[4] + '; write a certificateArn of that account'";

    private static final String TOPIC = "self.alarms.topicArn";

    static final String TOPIC_REGION = "!has(self.alarms) || !has(self.alarms.topicArn) || " + TOPIC
            + ".split(':').size() < 6 || " + TOPIC + ".split(':')[3] == self.region";
    static final String TOPIC_REGION_MESSAGE =
            "'the topic is in ' + " + TOPIC + ".split(':')[3] + ', and the alarms are in ' + self.region"
                    + " + '; an alarm notifies topics of its own region only, so write a topicArn of ' + self.region";

    /** Without spec.account nobody here knows the number of the account. */
    static final String TOPIC_ACCOUNT =
            "!has(self.account) || !has(self.alarms) || !has(self.alarms.topicArn) || self.account.roleArn.split(':').size() < 5 || "
                    + TOPIC + ".split(':').size() < 6 || " + TOPIC + ".split(':')[4] == "
                    + "self.account.roleArn.split(':')[4]";

    static final String TOPIC_ACCOUNT_MESSAGE = "'the topic is in account ' + " + TOPIC
            + ".split(':')[4] + ', and the alarms are in ' + self.account.roleArn.split(':')[4]"
            + " + '; write a topicArn of that account'";

    private static final String ACCOUNT =
            "(has(self.account) && self.account.roleArn.split(':').size() > 4 ? self.account.roleArn.split(':')[4] : '')";
    private static final String OLD_ACCOUNT =
            "(has(oldSelf.account) && oldSelf.account.roleArn.split(':').size() > 4 ? oldSelf.account.roleArn.split(':')[4] : '')";

    private static final String CIDR =
            "(has(self.network) && has(self.network.cidr) ? self.network.cidr : '10.0.0.0/16')";
    private static final String OLD_CIDR =
            "(has(oldSelf.network) && has(oldSelf.network.cidr) ? oldSelf.network.cidr : '10.0.0.0/16')";
    private static final String ZONES =
            "(has(self.network) && has(self.network.availabilityZones) ? self.network.availabilityZones : 2)";
    private static final String OLD_ZONES =
            "(has(oldSelf.network) && has(oldSelf.network.availabilityZones) ? oldSelf.network.availabilityZones : 2)";
    private static final String KEY =
            "(has(self.database) && has(self.database.kmsKeyArn) ? self.database.kmsKeyArn : '')";
    private static final String OLD_KEY =
            "(has(oldSelf.database) && has(oldSelf.database.kmsKeyArn) ? oldSelf.database.kmsKeyArn : '')";
    private static final String STORAGE =
            "(has(self.database) && has(self.database.storageGiB) ? self.database.storageGiB : 20)";
    private static final String OLD_STORAGE =
            "(has(oldSelf.database) && has(oldSelf.database.storageGiB) ? oldSelf.database.storageGiB : 20)";
    private static final String VERSION =
            "(has(self.database) && has(self.database.engineVersion) ? self.database.engineVersion : '16')";
    private static final String OLD_VERSION =
            "(has(oldSelf.database) && has(oldSelf.database.engineVersion) ? oldSelf.database.engineVersion : '16')";
    private static final String REDIS =
            "(has(self.cache) && has(self.cache.engineVersion) ? self.cache.engineVersion : '7.1')";
    private static final String OLD_REDIS =
            "(has(oldSelf.cache) && has(oldSelf.cache.engineVersion) ? oldSelf.cache.engineVersion : '7.1')";

    static final String REGION_STAYS = "self.region == oldSelf.region";
    static final String REGION_STAYS_MESSAGE =
            "'a stack cannot move to another region; write region: ' + oldSelf.region"
                    + " + ' again, and make a new MyCandidateDeployment for ' + self.region";

    /** Another role of the same account is fine. */
    static final String ACCOUNT_STAYS = ACCOUNT + " == " + OLD_ACCOUNT;

    static final String ACCOUNT_STAYS_MESSAGE =
            "'a stack cannot move to another account; ' + (has(oldSelf.account) ? 'write account.roleArn: '"
                    + " + oldSelf.account.roleArn + ' again' : 'remove spec.account again')"
                    + " + ', and make a new MyCandidateDeployment for the other account'";

    static final String CIDR_STAYS = CIDR + " == " + OLD_CIDR;
    static final String CIDR_STAYS_MESSAGE =
            "'the range of a VPC cannot change while the stack lives in it; write network.cidr: ' + " + OLD_CIDR;

    static final String ZONES_STAY = ZONES + " == " + OLD_ZONES;
    static final String ZONES_STAY_MESSAGE =
            "'the zones of a stack cannot change; write network.availabilityZones: %d'.format([" + OLD_ZONES + "])";

    static final String KEY_STAYS =
            KEY + " == " + OLD_KEY + " || (has(self.allowDataLoss) && 'database' in self.allowDataLoss)";
    static final String KEY_STAYS_MESSAGE =
            "the key of an encrypted database cannot change; write database.kmsKeyArn as it was (absent if it was absent),"
                    + " or list database in allowDataLoss to have an empty one in its place";

    /** Nobody wrote down with what an adopted one began. */
    private static final String ADOPTED_DATABASE = "(has(self.adopt) && 'DbInstance/main' in self.adopt) || ";

    static final String STORAGE_GROWS = ADOPTED_DATABASE + STORAGE + " >= " + OLD_STORAGE;
    static final String STORAGE_GROWS_MESSAGE =
            "'a database\\'s storage cannot shrink; write database.storageGiB of at least %d'.format([" + OLD_STORAGE
                    + "])";

    /** "16" takes any minor version, so going from 16.9 to 16 is no way back. */
    static final String DATABASE_VERSION_RISES =
            ADOPTED_DATABASE + "int(" + VERSION + ".split('.')[0]) > int(" + OLD_VERSION + ".split('.')[0])"
                    + " || (int(" + VERSION + ".split('.')[0]) == int(" + OLD_VERSION + ".split('.')[0])"
                    + " && (" + VERSION + ".split('.').size() == 1 || " + OLD_VERSION + ".split('.').size() == 1"
                    + " || int(" + VERSION + ".split('.')[1]) >= int(" + OLD_VERSION + ".split('.')[1])))";

    static final String DATABASE_VERSION_RISES_MESSAGE =
            "'a database cannot go back to an older version; write database.engineVersion: \"' + " + OLD_VERSION
                    + " + '\" or newer'";

    static final String CACHE_VERSION_RISES = "(has(self.adopt) && 'ReplicationGroup/main' in self.adopt) || double("
            + REDIS + ") >= double(" + OLD_REDIS + ")";
    static final String CACHE_VERSION_RISES_MESSAGE =
            "'a cache cannot go back to an older version; write cache.engineVersion: \"' + " + OLD_REDIS
                    + " + '\" or newer'";

    private static final String TASKS =
            "(has(self.scaling) && has(self.scaling.maxTasks) ? self.scaling.maxTasks : 10)";
    private static final String EACH =
            "(has(self.container) && has(self.container.databaseConnections) ? self.container.databaseConnections : 10)";
    private static final String CLASS =
            "(has(self.database) && has(self.database.instanceClass) ? self.database.instanceClass : 'db.t3.small')";
    /** Three quarters of the connections that a class's large size has: 901 for 8 GiB, 1802 for 16 GiB. */
    private static final String LARGE =
            "{'t3': 676, 't4g': 676, 'm5': 676, 'm6g': 676, 'm7g': 676, 'r5': 1352, 'r6g': 1352, 'r7g': 1352}";
    /** Memory of each size in eighths of large. */
    private static final String EIGHTHS =
            "{'micro': 1, 'small': 2, 'medium': 4, 'large': 8, 'xlarge': 16, '2xlarge': 32, '4xlarge': 64,"
                    + " '8xlarge': 128, '12xlarge': 192, '16xlarge': 256, '24xlarge': 384}";

    private static final String FAMILY = CLASS + ".split('.')[1]";
    private static final String SIZE = CLASS + ".split('.')[2]";

    /**
     * What a class leaves to the application is three quarters of max_connections, which for RDS PostgreSQL is LEAST(DBInstanceClassMemory / 9531392, 5000)
     * (Amazon RDS User Guide, "Quotas and constraints"); the rest is for AWS, for migrations and for somebody with psql. A class that is not listed is let through.
     */
    static final String CONNECTIONS = TASKS + " * " + EACH + " <= 3750 && (" + CLASS + ".split('.').size() != 3"
            + " || !(" + FAMILY + " in " + LARGE + ") || !(" + SIZE + " in " + EIGHTHS + ")"
            + " || " + TASKS + " * " + EACH + " * 8 <= " + LARGE + "[" + FAMILY + "] * " + EIGHTHS + "[" + SIZE + "])";

    static final String CONNECTIONS_MESSAGE =
            "'%d tasks with %d connections each are %d, more than %s has room for; lower scaling.maxTasks or"
                    + " container.databaseConnections, or write a larger database.instanceClass'.format([" + TASKS
                    + ", " + EACH + ", "
                    + TASKS + " * " + EACH + ", " + CLASS + "])";

    private static final String OWN =
            "(!has(self.container.environment) || !('STORAGE_BUCKET' in self.container.environment))"
                    + " && (!has(self.container.secrets) || !('STORAGE_BUCKET' in self.container.secrets))";

    static final String BUCKET_VARIABLE = "!has(self.storage) || !has(self.container) || (" + OWN + ")";
    static final String BUCKET_VARIABLE_MESSAGE =
            "with spec.storage the operator sets STORAGE_BUCKET; take it out of container.environment and container.secrets";
    static final String ELECTIONS_APART = "!has(self.elections) || self.elections.all(a, self.elections.all(b,"
            + " a.name == b.name || a.to <= b.from || b.to <= a.from))";
    static final String ELECTIONS_APART_MESSAGE =
            "two elections overlap: let one end before the other begins, or write one for both";

    static final String ELECTION_NAMES =
            "!has(self.elections) || self.elections.all(a, self.elections.exists_one(b, a.name == b.name))";
    static final String ELECTION_NAMES_MESSAGE = "two elections have the same name; write another one for each";

    private static final String ELECTION_TASKS = "(has(e.maxTasks) ? e.maxTasks : (has(e.minTasks) && e.minTasks > "
            + TASKS + " ? e.minTasks : " + TASKS + "))";
    private static final String ELECTION_CLASS = "(has(e.databaseClass) ? e.databaseClass : " + CLASS + ")";
    private static final String ELECTION_FAMILY = ELECTION_CLASS + ".split('.')[1]";
    private static final String ELECTION_SIZE = ELECTION_CLASS + ".split('.')[2]";
    static final String ELECTION_CONNECTIONS = "!has(self.elections) || self.elections.all(e, " + ELECTION_TASKS + " * "
            + EACH + " <= 3750 && (" + ELECTION_CLASS + ".split('.').size() != 3 || !(" + ELECTION_FAMILY + " in "
            + LARGE + ") || !(" + ELECTION_SIZE + " in " + EIGHTHS + ") || " + ELECTION_TASKS + " * " + EACH
            + " * 8 <= " + LARGE + "[" + ELECTION_FAMILY + "] * " + EIGHTHS + "[" + ELECTION_SIZE + "]))";
    static final String ELECTION_CONNECTIONS_MESSAGE =
            "an election's tasks with container.databaseConnections each have more connections than its database has"
                    + " room for; lower its maxTasks or write a larger databaseClass";

    static final String ELECTION_ADOPTED = "!has(self.elections) || !has(self.adopt) || ("
            + "(!('DbInstance/main' in self.adopt) || (has(self.database) && has(self.database.instanceClass))"
            + " || self.elections.all(e, !has(e.databaseClass))) && "
            + "(!('ReplicationGroup/main' in self.adopt) || (has(self.cache) && has(self.cache.nodeType))"
            + " || self.elections.all(e, !has(e.cacheNodeType))))";
    static final String ELECTION_ADOPTED_MESSAGE =
            "what is taken over goes back to its class after the election: write it in database.instanceClass or"
                    + " cache.nodeType, or leave databaseClass and cacheNodeType out";

    private Rules() {}
}
