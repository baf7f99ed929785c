package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.CacheSubnetGroup;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.InternetGateway;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.Subnet;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LeavingTest {
    private static Teardown teardown;

    static Stack unprotected() {
        return Specs.stack(Specs.with("database.deletionProtection", false));
    }

    @BeforeAll
    static void tearDown() {
        teardown = Teardown.of(unprotected(), Sight.standing(unprotected()));
    }

    @Test
    void nothingIsLeftButSecretsThatCanBeRestoredAndSharedRecords() {
        var left = teardown.sight().snapshot().readings().values().stream()
                .flatMap(
                        reading -> ((africa.mycandidate.operator.model.Snapshot.Reading.Read) reading).found().stream())
                .collect(Collectors.groupingBy(one -> one.type().getSimpleName(), Collectors.counting()));
        assertThat(left).isEqualTo(Map.of("SecretValue", 5L, "ValidationRecord", 1L));
    }

    /** The second may be asked to go only when the first is gone: what AWS demands, and that the application stops before its data goes. */
    @ParameterizedTest
    @CsvSource({
        "Alarm/cpu-high, ScalingPolicy/scale-out",
        "ScalingPolicy/scale-in, ScalableTarget/app",
        "ScalableTarget/app, EcsService/app",
        "Alarm/cpu-low, EcsService/app",
        "Listener/https, LoadBalancer/main",
        "Listener/http, LoadBalancer/main",
        "DnsRecord/site, LoadBalancer/main",
        "EcsService/app, TargetGroup/app",
        "Listener/https, TargetGroup/app",
        "Listener/https, Certificate/site",
        "EcsService/app, TaskDefinition/app",
        "EcsService/app, EcsCluster/app",
        "EcsService/app, DbInstance/main",
        "SecretValue/database-url, DbInstance/main",
        "EcsService/app, SecretValue/database-url",
        "EcsService/app, SecretValue/flask-key",
        "EcsService/app, ReplicationGroup/main",
        "DbInstance/main, DbSubnetGroup/database",
        "DbInstance/main, DbParameterGroup/database",
        "DbInstance/main, SecurityGroup/database",
        "DbInstance/main, SecretValue/database-password",
        "ReplicationGroup/main, CacheSubnetGroup/cache",
        "ReplicationGroup/main, SecurityGroup/cache",
        "TaskDefinition/app, Role/execution",
        "TaskDefinition/app, LogGroup/app",
        "EcsService/app, NatGateway/a",
        "EcsService/app, SecurityGroup/tasks",
        "LoadBalancer/main, SecurityGroup/load-balancer",
        "NatGateway/a, ElasticIp/a",
        "NatGateway/a, InternetGateway/main",
        "LoadBalancer/main, InternetGateway/main",
        "NatGateway/a, Subnet/public-a",
        "LoadBalancer/main, Subnet/public-b",
        "DbSubnetGroup/database, Subnet/private-b",
        "CacheSubnetGroup/cache, Subnet/private-a",
        "Subnet/private-a, Vpc/main",
        "SecurityGroup/tasks, Vpc/main",
        "RouteTable/public-a, Vpc/main"
    })
    void oneGoesBeforeTheOther(String first, String then) {
        assertThat(teardown.touched(then)).as(then + " after " + first).isGreaterThanOrEqualTo(teardown.gone(first));
    }

    @Test
    void whatIsTiedIsEmptiedFirst() {
        assertThat(teardown.emptied())
                .contains("InternetGateway/main", "LoadBalancer/main", "RouteTable/private-a", "Role/execution");
        assertThat(teardown.emptied())
                .filteredOn(key -> key.startsWith("SecurityGroup"))
                .hasSize(4);
        for (var key : teardown.emptied()) assertThat(teardown.gone(key)).isGreaterThan(teardown.touched(key));
    }

    @Test
    void theGuardIsCheckedBeforeTheFirstDelete() {
        var plan = Sight.standing(site()).leave();
        assertThat(plan.steps()).singleElement().isInstanceOf(Step.Refuse.class);
        assertThat(plan.steps().getFirst().because()).contains("set spec.database.deletionProtection to false");
        // Where it cannot be seen whether there is a database, there may be one.
        assertThat(Sight.standing(site())
                        .unread(DbInstance.class, "Throttling")
                        .leave()
                        .of(Step.Act.class))
                .isEmpty();
        // And where there is none, nothing is guarded.
        assertThat(Sight.standing(site())
                        .remove(key(DbInstance.class, "main"))
                        .leave()
                        .has(Step.Act.class))
                .isTrue();
    }

    @Test
    void anIncompleteSnapshotDeletesNothingAndIsNotDone() {
        for (var type :
                unprotected().resources().keySet().stream().map(Key::type).collect(Collectors.toSet())) {
            var plan = Sight.standing(unprotected()).unread(type, "Throttling").leave();
            assertThat(plan.of(Step.Act.class))
                    .as("without " + type.getSimpleName())
                    .isEmpty();
            assertThat(Sight.empty(unprotected())
                            .unread(type, "Throttling")
                            .leave()
                            .settled())
                    .isFalse();
        }
        assertThat(Sight.empty(unprotected()).leave().settled()).isTrue();
    }

    @Test
    void whatBelongsToAnotherObjectStopsTheDeletion() {
        var sight = Sight.standing(unprotected())
                .change(key(Vpc.class, "main"), one -> Sight.withTag(one, Tags.OWNER, "uid-9"));
        assertThat(sight.leave().steps()).singleElement().satisfies(step -> assertThat(step.because())
                .contains("uid-9"));
    }

    @Test
    void aSecretReleasedBeforeACrashIsStillScheduledForDeletion() {
        var secret = key(SecretValue.class, "flask-key");
        var stack = Sight.stack("flask-key", unprotected().resources().get(secret));
        var sight = Sight.standing(stack).change(secret, one -> Sight.withTag(one, Tags.OWNER, Owner.Stack.RELEASED));
        step(sight.leave(), secret, Step.Delete.class);
    }

    @Test
    void aCacheWhoseOwnerIsHiddenHoldsItsNetwork() {
        var cache = key(ReplicationGroup.class, "main");
        var stack = unprotected();
        var sight = Sight.empty(stack);
        for (var key : Set.of(
                cache,
                key(CacheSubnetGroup.class, "cache"),
                key(SecurityGroup.class, "cache"),
                key(SecretValue.class, "cache-token"))) {
            sight.add(Sight.standing(stack).get(key));
        }
        sight.change(cache, one -> Sight.withPhase(one, Phase.CREATING).withOwner(new Owner.Unreadable()));
        var plan = sight.leave();
        assertThat(plan.of(Step.Act.class)).isEmpty();
        step(plan, cache, Step.Wait.class);
        assertThat(step(plan, key(CacheSubnetGroup.class, "cache"), Step.Blocked.class)
                        .by())
                .containsExactly(cache);
    }

    @Test
    void theInternetGatewayStaysAttachedWhileAddressesAreBehindIt() {
        var plan = Sight.standing(unprotected()).leave();
        assertThat(step(plan, key(InternetGateway.class, "main"))).isInstanceOf(Step.Blocked.class);
        assertThat(step(plan, key(LoadBalancer.class, "main"))).isInstanceOf(Step.Blocked.class);
    }

    /** Deletion may begin at any point of a creation: whatever subset of the stack stands, all of it goes. */
    static Stream<Key> points() {
        return unprotected().resources().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("points")
    void whateverIsMissingTheRestGoes(Key missing) {
        var sight = Sight.standing(unprotected()).remove(missing);
        assertThat(Teardown.of(unprotected(), sight).sight().leave().settled()).isTrue();
    }

    @Test
    void groupsThatNameEachOtherByOneSideOnlyGoToo() {
        var stack = unprotected();
        var sight = Sight.empty(stack);
        for (var role : Set.of("load-balancer", "tasks", "database", "cache"))
            sight.add(Sight.standing(stack).get(key(SecurityGroup.class, role)));
        sight.field(key(SecurityGroup.class, "tasks"), "ingress", Set.of());
        sight.field(key(SecurityGroup.class, "database"), "ingress", Set.of());
        sight.add(Sight.standing(stack).get(key(Subnet.class, "public-a")));
        assertThat(Teardown.of(stack, sight).sight().leave().settled()).isTrue();
    }
}
