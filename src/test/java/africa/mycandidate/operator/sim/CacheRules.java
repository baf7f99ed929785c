package africa.mycandidate.operator.sim;

import java.util.List;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;

/** What ElastiCache refuses in a request, whatever the state of things. */
final class CacheRules {
    /** cfn-lint's data: what can be created today. */
    private static final List<String> REDIS = List.of("4.0.10", "5.0.6", "6.0", "6.2", "7.0", "7.1");

    private CacheRules() {}

    static Integer records(Integer wanted) {
        if (wanted != null && (wanted < 20 || wanted > 100))
            throw CacheErrors.value("Invalid value " + wanted + " for MaxRecords. Must be between 20 and 100");
        return wanted;
    }

    /** Ids are stored in lower case. */
    static String id(String id) {
        if (id == null || id.length() > 40 || !id.matches("[A-Za-z](-?[A-Za-z0-9])*"))
            throw CacheErrors.value(
                    "The parameter ReplicationGroupIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII "
                            + "letters, digits, and hyphens; must not end with a hyphen or contain two consecutive hyphens; and must have at most 40 characters.");
        return id.toLowerCase();
    }

    /** "7.1" reads 7.1.0, "6.x" reads 6.2.6 (ACK, elasticache-controller pkg/util/engine_version.go). */
    static String version(String asked) {
        var version = asked == null ? "7.1" : asked.equals("6.x") ? "6.2" : asked;
        var minor = version.matches("[67]\\.\\d\\.\\d+") ? version.substring(0, 3) : version;
        if (!REDIS.contains(minor)) throw CacheErrors.value("Unsupported engine version " + asked + " for redis.");
        return switch (minor) {
            case "6.0" -> "6.0.5";
            case "6.2" -> "6.2.6";
            case "7.0" -> "7.0.7";
            case "7.1" -> "7.1.0";
            default -> minor;
        };
    }

    static String parameterGroup(String version) {
        return version.startsWith("6.")
                ? "default.redis6.x"
                : version.startsWith("7.") ? "default.redis7" : "default.redis" + version.substring(0, 3);
    }

    static void nodeType(String type) {
        if (type == null
                || !type.matches(
                        "cache\\.((t3|t4g)\\.(micro|small|medium)|[mr](5|6g|7g)\\.(large|([248]|12|16|24)?xlarge)|t1\\.micro)"))
            throw CacheErrors.value("Invalid cache node type: " + type);
    }

    /** User Guide, auth.md: 16 to 128 printable characters, of the others only these. */
    static void token(String token) {
        if (token.length() < 16 || token.length() > 128)
            throw CacheErrors.value("Invalid AuthToken provided. It must be between 16 and 128 characters long.");
        if (!token.matches("[A-Za-z0-9!&#$^<>-]+"))
            throw CacheErrors.value(
                    "Invalid AuthToken provided. Only !, &, #, $, ^, <, > and - are allowed as special characters.");
    }

    static int members(CreateReplicationGroupRequest request) {
        if (request.numNodeGroups() != null && request.numNodeGroups() > 1)
            throw new UnsupportedOperationException("replication group with several shards");
        if (request.numCacheClusters() != null && request.replicasPerNodeGroup() != null)
            throw CacheErrors.combination("NumCacheClusters and ReplicasPerNodeGroup must not be given together.");
        var members = request.numCacheClusters() != null
                ? request.numCacheClusters()
                : request.replicasPerNodeGroup() != null ? request.replicasPerNodeGroup() + 1 : 1;
        if (members < 1 || members > 6)
            throw CacheErrors.value("The number of cache clusters must be between 1 and 6.");
        return members;
    }

    static void create(CreateReplicationGroupRequest request, int members) {
        var failover = Boolean.TRUE.equals(request.automaticFailoverEnabled());
        if (failover && members < 2)
            throw CacheErrors.combination(
                    "When using automatic failover, there must be at least 2 cache clusters in the replication group.");
        if (Boolean.TRUE.equals(request.multiAZEnabled()) && !failover)
            throw CacheErrors.combination("Must enable automatic failover to enable Multi-AZ.");
        if (failover && request.cacheNodeType().startsWith("cache.t1"))
            throw CacheErrors.combination("Automatic failover is not supported for T1 cache node types.");
        var tls = Boolean.TRUE.equals(request.transitEncryptionEnabled());
        if (request.authToken() != null && !tls)
            throw CacheErrors.combination("The AUTH token is only supported when encryption-in-transit is enabled.");
        if (request.authToken() != null) token(request.authToken());
        if (request.kmsKeyId() != null && !Boolean.TRUE.equals(request.atRestEncryptionEnabled()))
            throw CacheErrors.combination("KmsKeyId needs AtRestEncryptionEnabled.");
        if (request.cacheSubnetGroupName() == null)
            throw CacheErrors.combination("There is no default VPC in this account: CacheSubnetGroupName must be given"
                    + (tls ? ", and encryption-in-transit needs it." : "."));
    }
}
