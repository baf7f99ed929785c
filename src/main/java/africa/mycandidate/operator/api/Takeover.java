package africa.mycandidate.operator.api;

/** CEL rules on what existed before: resources to take over ({@code spec.adopt}), and a network to use ({@code spec.network.existing}). */
final class Takeover {
    private static final String NONE = "!has(self.adopt) || ";
    private static final String NETWORK = "self.adopt.exists(k, k == 'Vpc/main' || k.startsWith('Subnet/'))";
    private static final String EXISTING = "has(self.network) && has(self.network.existing)";
    private static final String OLD_EXISTING = "has(oldSelf.network) && has(oldSelf.network.existing)";

    static final String PARTS = NONE + "self.adopt.all(k, k.matches('^(Vpc/main|Subnet/(public|private)-[a-c]"
            + "|SecurityGroup/(load-balancer|tasks|database|cache)|DbInstance/main|ReplicationGroup/main|Certificate/site"
            + "|SecretValue/(database-url|redis-url|flask-key)|DnsRecord/site)$'))";
    static final String PARTS_MESSAGE = "write the part that each resource is to play: Vpc/main, Subnet/public-a, "
            + "Subnet/private-a (and -b, -c), SecurityGroup/load-balancer, SecurityGroup/tasks, "
            + "SecurityGroup/database, SecurityGroup/cache, DbInstance/main, ReplicationGroup/main, "
            + "SecretValue/database-url, SecretValue/redis-url, SecretValue/flask-key, Certificate/site or "
            + "DnsRecord/site; other types cannot be taken over";

    static final String IDS = NONE
            + "self.adopt.all(k, self.adopt[k].matches(k.startsWith('Vpc/') ? '^vpc-[0-9a-f]+$'"
            + " : k.startsWith('Subnet/') ? '^subnet-[0-9a-f]+$'"
            + " : k.startsWith('SecurityGroup/') ? '^sg-[0-9a-f]+$'"
            + " : k.startsWith('SecretValue/') ? '^arn:aws[a-z-]*:secretsmanager:[^ ]+$'"
            + " : k.startsWith('Certificate/') ? '^arn:aws[a-z-]*:acm:[^ ]+$'"
            + " : '^[a-z0-9.-]+$'))";
    static final String IDS_MESSAGE = "write the id by which AWS knows each: vpc-…, subnet-… or sg-…, the ARN of a "
            + "secret or certificate, the identifier of a database or replication group in lower case, the name of a "
            + "DNS record";

    static final String ONCE =
            NONE + "self.adopt.all(k, self.adopt.exists_one(other, self.adopt[other] == self.adopt[k]))";
    static final String ONCE_MESSAGE = "one resource cannot play two parts; name each id once";

    static final String WHOLE_NETWORK = NONE + "!" + NETWORK + " || ('Vpc/main' in self.adopt && "
            + "'Subnet/public-a' in self.adopt && 'Subnet/public-b' in self.adopt && "
            + "'Subnet/private-a' in self.adopt && 'Subnet/private-b' in self.adopt)";
    static final String WHOLE_NETWORK_MESSAGE = "a network is taken over whole: name Vpc/main, Subnet/public-a, "
            + "Subnet/public-b, Subnet/private-a and Subnet/private-b";

    private static final String GROUND = "(" + NETWORK + " || (" + EXISTING + "))";
    static final String DATA_NETWORK =
            NONE + "!('DbInstance/main' in self.adopt || 'ReplicationGroup/main' in self.adopt) || " + GROUND;
    static final String DATA_NETWORK_MESSAGE = "a database or cache is reached in its own VPC only: take that over too "
            + "(Vpc/main and its subnets), or name it in network.existing";

    static final String DATA_GROUP =
            NONE + "!('DbInstance/main' in self.adopt || 'ReplicationGroup/main' in self.adopt) || "
                    + "'SecurityGroup/tasks' in self.adopt";
    static final String DATA_GROUP_MESSAGE =
            "name as SecurityGroup/tasks the security group that the database or cache "
                    + "lets in: the new tasks join it, so that nothing of what is taken over has to change";

    static final String TASK_GROUP =
            NONE + "!('SecurityGroup/tasks' in self.adopt) || " + "'SecurityGroup/load-balancer' in self.adopt";
    static final String TASK_GROUP_MESSAGE = "name as SecurityGroup/load-balancer the security group that "
            + "SecurityGroup/tasks lets in on the container's port: the new load balancer joins it";

    static final String GROUP_NETWORK = NONE + "!self.adopt.exists(k, k.startsWith('SecurityGroup/')) || " + GROUND;
    static final String GROUP_NETWORK_MESSAGE =
            "a security group belongs to a VPC: take that over too (Vpc/main and its "
                    + "subnets), or name it in network.existing";

    static final String DATABASE_URL =
            NONE + "('DbInstance/main' in self.adopt) == ('SecretValue/database-url' in self.adopt)";
    static final String DATABASE_URL_MESSAGE =
            "DbInstance/main and SecretValue/database-url go together: AWS never shows "
                    + "a password, so name the secret that holds the whole URL, postgres://user:password@host:5432/name?sslmode=require";

    static final String REDIS_URL =
            NONE + "('ReplicationGroup/main' in self.adopt) == ('SecretValue/redis-url' in self.adopt)";
    static final String REDIS_URL_MESSAGE =
            "ReplicationGroup/main and SecretValue/redis-url go together: AWS never shows "
                    + "a token, so name the secret that holds the whole URL, rediss://:token@host:6379/0";

    static final String RECORD = NONE + "!('DnsRecord/site' in self.adopt) || "
            + "(has(self.domain.hostedZoneId) && self.adopt['DnsRecord/site'] == self.domain.name)";
    static final String RECORD_MESSAGE =
            "DnsRecord/site is the record of domain.name in domain.hostedZoneId: write that " + "name, and the zone";

    static final String CERTIFICATE = NONE + "!('Certificate/site' in self.adopt) || !has(self.domain.certificateArn)";
    static final String CERTIFICATE_MESSAGE =
            "domain.certificateArn uses a certificate, Certificate/site takes one over; " + "write one of the two";

    static final String STAYS = "!has(oldSelf.adopt) || (has(self.adopt) && "
            + "oldSelf.adopt.all(k, k in self.adopt && self.adopt[k] == oldSelf.adopt[k]))";
    static final String STAYS_MESSAGE = "what was taken over stays so: write spec.adopt as it was (more can be added); "
            + "to give it back, delete this object";

    static final String ONE_NETWORK = "!(has(self.adopt) && " + NETWORK + " && " + EXISTING + ")";
    static final String ONE_NETWORK_MESSAGE =
            "network.existing uses a network, adopt takes one over; write one of the two";

    static final String EXISTING_STAYS = "(" + EXISTING + ") == (" + OLD_EXISTING + ") && (!(" + EXISTING
            + ") || self.network.existing == oldSelf.network.existing)";
    static final String EXISTING_STAYS_MESSAGE =
            "a site cannot move to another network; write network.existing as it was " + "(absent if it was absent)";

    private Takeover() {}
}
