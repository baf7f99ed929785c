package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Cache;
import africa.mycandidate.operator.api.Database;
import africa.mycandidate.operator.api.RestoreFrom;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Version;
import africa.mycandidate.operator.model.WeeklyWindow;
import africa.mycandidate.operator.resource.CacheSubnetGroup;
import africa.mycandidate.operator.resource.CacheToken;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.DbOrigin;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.DbSubnetGroup;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecretValue.Template;
import africa.mycandidate.operator.stack.Parts.Part;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/** The database and the cache, and the URLs by which the application reaches them. */
record DataArea(Part<SecretValue> databaseUrl, Part<SecretValue> redisUrl) {
    /** User and database name; the application rewrites every "postgres" in its URL, so neither contains it. */
    static final String APPLICATION = "mycandidate";

    /**
     * Only MariaDB and MySQL have classes without Database Insights; PostgreSQL has it on every class (RDS user guide, "DB engine, Region, and instance class
     * support for Database Insights").
     */
    private static final String INSIGHTS = "standard";

    /** The database, whoever made it. */
    static Part<DbInstance> database() {
        return new Part<>(DbInstance.class, DATABASE.role());
    }

    private static final Database NO_DATABASE = new Database(null, null, null, null, null, null, null, null, null);

    static final Key DATABASE = new Key(DbInstance.class, "main");
    static final Key CACHE = new Key(ReplicationGroup.class, "main");

    /** @param maintenance when AWS is to maintain what is not adopted; null for whenever it does */
    static DataArea of(
            Spec spec,
            WeeklyWindow maintenance,
            NetworkArea network,
            SecretsArea secrets,
            Adoption adoption,
            Parts parts) {
        return new DataArea(
                adoption.names(DATABASE)
                        ? adoptedDatabase(adoption.written().database(), parts)
                        : databaseUrl(database(spec, maintenance, network, secrets, parts), parts),
                adoption.names(CACHE)
                        ? adoptedCache(adoption.written().cache(), parts)
                        : redisUrl(cache(spec, maintenance, network, secrets, parts), secrets, parts));
    }

    /** With the secret that holds its whole URL. */
    private static Part<SecretValue> adoptedDatabase(Database written, Parts parts) {
        var given = written == null ? NO_DATABASE : written;
        parts.add(
                DATABASE.role(),
                new DbInstance(
                        given.engineVersion() == null ? null : new Version(given.engineVersion()),
                        given.instanceClass(),
                        given.multiAz(),
                        given.storageGiB() == null ? null : new AtLeast(given.storageGiB()),
                        given.maxStorageGiB(),
                        null,
                        null,
                        given.kmsKeyArn(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        given.backupRetentionDays(),
                        given.deletionProtection(),
                        null,
                        null,
                        null,
                        null,
                        null));
        return parts.add("database-url", SecretValue.ofOthers());
    }

    private static Part<SecretValue> adoptedCache(Cache written, Parts parts) {
        var given = written == null ? new Cache(null, null, null) : written;
        var failover = given.replicas() == null ? null : Boolean.valueOf(given.replicas() > 0);
        parts.add(
                CACHE.role(),
                new ReplicationGroup(
                        null,
                        given.engineVersion() == null ? null : new Version(given.engineVersion()),
                        given.nodeType(),
                        given.replicas(),
                        failover,
                        failover,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        return parts.add("redis-url", SecretValue.ofOthers());
    }

    private static Part<SecretValue> databaseUrl(Part<DbInstance> database, Parts parts) {
        var url = new Template(
                "postgres://" + APPLICATION + ":{password}@{host}:" + NetworkArea.DATABASE_PORT + "/" + APPLICATION
                        + "?sslmode=require",
                Map.of("host", database.output("endpoint")),
                Map.of("password", database.secret("passwordFrom")));
        return parts.add("database-url", new SecretValue("DATABASE_URL of the application", url, false));
    }

    private static Part<SecretValue> redisUrl(Part<ReplicationGroup> cache, SecretsArea secrets, Parts parts) {
        var token = parts.add(
                "main",
                new CacheToken(
                        cache.output("usableId"),
                        secrets.cacheToken().output("valueFrom"),
                        new Part<>(SecretValue.class, "redis-url").output(SecretValue.MADE)));
        var url = new Template(
                "rediss://:{token}@{host}:" + NetworkArea.CACHE_PORT + "/0",
                Map.of("host", cache.output("endpoint")),
                Map.of("token", token.secret("acceptedFrom")));
        return parts.add("redis-url", new SecretValue("REDIS_URL of the application", url, false));
    }

    private static Part<DbInstance> database(
            Spec spec, WeeklyWindow maintenance, NetworkArea network, SecretsArea secrets, Parts parts) {
        var wanted = spec.database();
        var major = wanted.engineVersion().split("\\.")[0];
        var subnets = parts.add(
                "database", new DbSubnetGroup(network.vpc(), "Private subnets of the database", network.inside()));
        var parameters = parts.add(
                "database", new DbParameterGroup("postgres" + major, "TLS is required", Map.of("rds.force_ssl", "1")));
        return parts.add(
                "main",
                new DbInstance(
                        new Version(wanted.engineVersion()),
                        wanted.instanceClass(),
                        wanted.multiAz(),
                        new AtLeast(wanted.storageGiB()),
                        wanted.maxStorageGiB(),
                        "gp3",
                        true,
                        wanted.kmsKeyArn(),
                        APPLICATION,
                        APPLICATION,
                        secrets.databasePassword().output("valueFrom"),
                        subnets.name(),
                        parameters.output("tunedName"),
                        Set.of(network.database().id()),
                        false,
                        wanted.backupRetentionDays(),
                        wanted.deletionProtection(),
                        true,
                        true,
                        INSIGHTS,
                        maintenance,
                        origin(wanted.restoreFrom(), ZoneId.of(spec.timeZone()))));
    }

    private static DbOrigin origin(RestoreFrom from, ZoneId zone) {
        if (from == null) return null;
        if (from.snapshot() != null) return new DbOrigin.OfSnapshot(from.snapshot());
        return new DbOrigin.OfInstance(
                from.instance(),
                from.time() == null
                        ? null
                        : LocalDateTime.parse(from.time()).atZone(zone).toInstant());
    }

    private static Part<ReplicationGroup> cache(
            Spec spec, WeeklyWindow maintenance, NetworkArea network, SecretsArea secrets, Parts parts) {
        var wanted = spec.cache();
        var failover = wanted.replicas() > 0;
        var subnets = parts.add(
                "cache", new CacheSubnetGroup(network.vpc(), "Private subnets of the cache", network.inside()));
        return parts.add(
                "main",
                new ReplicationGroup(
                        "Sessions and API cache of MyCandidate",
                        new Version(wanted.engineVersion()),
                        wanted.nodeType(),
                        wanted.replicas(),
                        failover,
                        failover,
                        true,
                        true,
                        secrets.cacheToken().output("valueFrom"),
                        subnets.name(),
                        Set.of(network.cache().id()),
                        null,
                        true,
                        maintenance));
    }
}
