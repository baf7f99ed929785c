package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Version;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The handlers of database and cache take every type through its life in the simulated AWS. */
class DataHandlersTest {
    private final Simulated aws = new Simulated(11);
    private final Life life = aws.life;
    private final Ground ground = new Ground(aws);

    @Test
    void aDatabaseComesChangesAndGoes() {
        var subnets = life.create(new DbSubnetGroup(ground.vpc, "inside", Set.of(ground.first, ground.second)), "db");
        var parameters =
                life.create(new DbParameterGroup("postgres16", "TLS is required", Map.of("rds.force_ssl", "1")), "db");
        assertThat(parameters.outputs()).containsEntry("tunedName", parameters.name());
        var password = life.create(new SecretValue("password", new SecretValue.Generated(32, ""), false), "password");
        Ref<SecretValue> secret = Ref.of(password.outputs().get("valueFrom"));
        Ref<DbSubnetGroup> subnetGroup = Ref.of(subnets.name());
        Ref<DbParameterGroup> parameterGroup = Ref.of(parameters.name());

        var database = life.create(
                database("db.t3.small", 20, secret, subnetGroup, parameterGroup, ground.inside, true), "db");
        assertThat(database.phase()).isEqualTo(Phase.READY);
        assertThat(database.outputs()).containsKeys("endpoint", "port", "arn", "id");
        var larger = database("db.t3.medium", 21, secret, subnetGroup, parameterGroup, ground.outside, false);
        database = life.converge(larger, database.id());
        assertThat(database.actual().storageGiB()).isEqualTo(new AtLeast(22));
        life.handler(DbInstance.class).tag(database, Map.of("team", "a"), Set.of());
        life.await(DbInstance.class, "", database.id(), one -> "a"
                .equals(one.tags().get("team")));

        life.delete(database);
        life.delete(subnets);
        life.delete(parameters);
        assertThat(life.handler(DbInstance.class).list("")).isEmpty();
        assertThat(life.handler(DbSubnetGroup.class).list("")).isEmpty();
        assertThat(life.handler(DbParameterGroup.class).list("")).isEmpty();
    }

    @Test
    void aCacheGainsAndLosesAReplicaInTheOrderThatAwsDemands() {
        var subnets =
                life.create(new CacheSubnetGroup(ground.vpc, "inside", Set.of(ground.first, ground.second)), "cache");
        subnets = life.converge(
                new CacheSubnetGroup(ground.vpc, "private", Set.of(ground.first, ground.second)), subnets.id());
        var token = life.create(new SecretValue("token", new SecretValue.Generated(32, ""), false), "token");
        Ref<SecretValue> secret = Ref.of(token.outputs().get("valueFrom"));
        Ref<CacheSubnetGroup> group = Ref.of(subnets.name());

        var cache = life.create(cache("cache.t3.micro", 0, secret, group, ground.inside), "main");
        assertThat(cache.phase()).isEqualTo(Phase.READY);
        assertThat(cache.unread()).isEmpty();
        assertThat(cache.outputs()).containsKeys("endpoint", "port", "arn", "id");
        cache = life.converge(cache("cache.t3.small", 1, secret, group, ground.outside), cache.id());
        assertThat(cache.actual().multiAz()).isTrue();
        cache = life.converge(cache("cache.t3.small", 0, secret, group, ground.outside), cache.id());
        assertThat(cache.actual().automaticFailover()).isFalse();

        life.delete(cache);
        life.delete(subnets);
        assertThat(life.handler(ReplicationGroup.class).list("")).isEmpty();
    }

    private static ReplicationGroup cache(
            String nodeType,
            int replicas,
            Ref<SecretValue> token,
            Ref<CacheSubnetGroup> subnets,
            Ref<SecurityGroup> group) {
        return new ReplicationGroup(
                "sessions and answers",
                new Version("7.1"),
                nodeType,
                replicas,
                replicas > 0,
                replicas > 0,
                true,
                true,
                token,
                subnets,
                Set.of(group),
                1,
                true,
                null);
    }

    private static DbInstance database(
            String instanceClass,
            int storage,
            Ref<SecretValue> password,
            Ref<DbSubnetGroup> subnets,
            Ref<DbParameterGroup> parameters,
            Ref<SecurityGroup> group,
            boolean multiAz) {
        return new DbInstance(
                new Version("16"),
                instanceClass,
                multiAz,
                new AtLeast(storage),
                100,
                "gp3",
                true,
                null,
                "mycandidate",
                "mycandidate",
                password,
                subnets,
                parameters,
                Set.of(group),
                false,
                7,
                false,
                true,
                true,
                "standard",
                null,
                null);
    }
}
