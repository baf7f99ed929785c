package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.model.Version;
import africa.mycandidate.operator.resource.CacheSubnetGroup;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.InternetGateway;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.Subnet;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
    static final Key VPC = key(Vpc.class, "main");
    static final Key SUBNET = key(Subnet.class, "a");
    static final Key BALANCER = key(LoadBalancer.class, "main");
    static final Key DATABASE = key(DbInstance.class, "main");
    static final Key CACHE = key(ReplicationGroup.class, "main");
    static final Key SERVICE = key(EcsService.class, "app");
    static final Key REVISION = key(TaskDefinition.class, "app");

    static Vpc vpc() {
        return new Vpc("10.0.0.0/16", true, true);
    }

    static Subnet subnet() {
        return new Subnet(Ref.to(Vpc.class, "main", "id"), "10.0.0.0/18", "af-south-1a", false);
    }

    static Stack network() {
        return Sight.stack("main", vpc(), "a", subnet());
    }

    static Stack site() {
        return Specs.stack(Specs.minimal());
    }

    static Step step(Plan plan, Key key) {
        return plan.steps().stream()
                .filter(step -> step.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    static <S extends Step> S step(Plan plan, Key key, Class<S> kind) {
        var step = step(plan, key);
        assertThat(step).as(step.key() + ": " + step.because()).isInstanceOf(kind);
        return kind.cast(step);
    }

    @Test
    void whatIsAbsentIsMadeAndWhatNeedsItIsBlockedByName() {
        var plan = Sight.empty(network()).plan();
        var create = step(plan, VPC, Step.Create.class);
        assertThat(create.tags()).containsEntry(Tags.RESOURCE, "Vpc/main").containsEntry(Tags.OWNER, Sight.UID);
        assertThat(create.token()).hasSize(64);
        var blocked = step(plan, SUBNET, Step.Blocked.class);
        assertThat(blocked.by()).containsExactly(VPC);
        assertThat(blocked.because()).isEqualTo("waits for Vpc/main (id)");
    }

    @Test
    void whatStandsIsKept() {
        assertThat(Sight.standing(network()).plan().settled()).isTrue();
        assertThat(PlanText.of(Sight.standing(site()).plan()))
                .isEqualTo(site().resources().size() + " kept, 0 to do\n");
    }

    @Test
    void onlyReferencesThatACreateNeedsHoldItUp() {
        var stack = Sight.stack("main", new InternetGateway(Ref.to(Vpc.class, "main", "id")), "main", vpc());
        step(Sight.empty(stack).plan(), key(InternetGateway.class, "main"), Step.Create.class);
    }

    @Test
    void aKindThatCouldNotBeReadIsNeverTakenForAbsent() {
        var plan = Sight.standing(network())
                .unread(Vpc.class, "RequestLimitExceeded")
                .plan();
        assertThat(step(plan, VPC, Step.Wait.class).because()).isEqualTo("could not be read: RequestLimitExceeded");
        // The subnet's vpc is unknown, not different: it is neither replaced nor refused.
        step(plan, SUBNET, Step.Blocked.class);
        assertThat(plan.complete()).isFalse();
        assertThat(plan.settled()).isFalse();
    }

    @Test
    void nothingIsWrittenWhileAnyOneKindIsUnreadExceptWhatIsKnown() {
        for (var type :
                site().resources().keySet().stream().map(Key::type).distinct().toList()) {
            var plan = Sight.standing(site()).unread(type, "Throttling").plan();
            assertThat(plan.of(Step.Act.class))
                    .as("without " + type.getSimpleName())
                    .isEmpty();
            assertThat(plan.of(Step.Refuse.class))
                    .as("without " + type.getSimpleName())
                    .isEmpty();
        }
    }

    @Test
    void aFieldThatCouldNotBeReadIsNoDifference() {
        var sight = Sight.standing(network())
                .field(VPC, "dnsHostnames", null)
                .change(VPC, one -> one.withUnread(Set.of("dnsHostnames")));
        step(sight.plan(), VPC, Step.Keep.class);
    }

    /** Field, the value that AWS shows, and whether that is a difference. */
    static Stream<Arguments> fields() {
        return Stream.of(
                Arguments.of(DATABASE, "instanceClass", "db.t3.medium", true),
                Arguments.of(DATABASE, "backupRetentionDays", null, true),
                Arguments.of(DATABASE, "engineVersion", new Version("16.9"), false),
                Arguments.of(DATABASE, "engineVersion", new Version("17.1"), true),
                Arguments.of(DATABASE, "engineVersion", new Version("15.17"), true),
                Arguments.of(DATABASE, "engineVersion", new Version("160"), true),
                Arguments.of(DATABASE, "storageGiB", new AtLeast(40), false),
                Arguments.of(DATABASE, "storageGiB", new AtLeast(10), true),
                Arguments.of(DATABASE, "password", null, true),
                Arguments.of(DATABASE, "kmsKeyArn", "arn:aws:kms:af-south-1:111122223333:key/1", false),
                Arguments.of(CACHE, "engineVersion", new Version("7.1"), false),
                Arguments.of(SERVICE, "desiredCount", 7, false),
                Arguments.of(SERVICE, "assignPublicIp", true, true),
                Arguments.of(REVISION, "failed", "", false),
                Arguments.of(BALANCER, "attributes", attributes("true", "idle_timeout.timeout_seconds", "60"), false),
                Arguments.of(BALANCER, "attributes", attributes("false", "idle_timeout.timeout_seconds", "60"), true),
                Arguments.of(BALANCER, "attributes", Map.of(), true),
                Arguments.of(key(LogGroup.class, "app"), "retentionDays", null, true));
    }

    private static Map<String, String> attributes(String protection, String key, String value) {
        return Map.of(
                LoadBalancer.DELETION_PROTECTION,
                protection,
                "routing.http.drop_invalid_header_fields.enabled",
                "true",
                key,
                value);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aDifferenceIsUpdatedAndNamed(Key key, String field, Object actual, boolean differs) {
        var plan = Sight.standing(site()).field(key, field, actual).plan();
        if (differs) assertThat(step(plan, key, Step.Update.class).fields()).containsExactly(field);
        else step(plan, key, Step.Keep.class);
        assertThat(plan.of(Step.Act.class)).hasSize(differs ? 1 : 0);
    }

    @Test
    void aChangeSaysWhatUsersFeel() {
        var sight = Sight.standing(site());
        sight.field(DATABASE, "instanceClass", "db.t3.medium").field(SERVICE, "assignPublicIp", true);
        sight.field(key(LogGroup.class, "app"), "retentionDays", 7);
        var plan = sight.plan();
        assertThat(step(plan, DATABASE, Step.Update.class).interruption()).isEqualTo(Interruption.FAILOVER);
        assertThat(step(plan, SERVICE, Step.Update.class).interruption()).isEqualTo(Interruption.RESTART);
        assertThat(step(plan, key(LogGroup.class, "app"), Step.Update.class).interruption())
                .isEqualTo(Interruption.NONE);
    }

    @Test
    void anOutputThatFollowsFromAFieldAboutToChangeIsUnknown() {
        var password = key(SecretValue.class, "flask-key");
        var plan = Sight.standing(site())
                .field(password, "content", new SecretValue.Stored("somebody-elses", ""))
                .plan();
        var update = step(plan, password, Step.Update.class);
        assertThat(update.changes()).singleElement().satisfies(change -> assertThat(change.toString())
                .isEqualTo("content: (secret, differs) → (secret, current)"));
        assertThat(step(plan, REVISION, Step.Blocked.class).by()).containsExactly(password);
        assertThat(plan.of(Step.Act.class)).containsExactly(update);
    }

    @Test
    void itWaitsWhileAwsIsAtWork() {
        for (var phase : new Phase[] {Phase.CREATING, Phase.BUSY}) {
            var plan = Sight.standing(site())
                    .field(DATABASE, "instanceClass", "db.t3.medium")
                    .phase(DATABASE, phase)
                    .plan();
            assertThat(step(plan, DATABASE, Step.Wait.class).because()).endsWith("then it is changed");
        }
        step(
                Sight.standing(site())
                        .field(DATABASE, "instanceClass", "db.t3.medium")
                        .phase(DATABASE, Phase.ROLLING)
                        .plan(),
                DATABASE,
                Step.Update.class);
    }

    @Test
    void whatAwsGaveUpAndCannotBeReplacedIsRefused() {
        var plan = Sight.standing(site())
                .phase(DATABASE, Phase.FAILED)
                .change(DATABASE, one -> one.withMessage("incompatible-network"))
                .plan();
        assertThat(step(plan, DATABASE, Step.Refuse.class).because())
                .isEqualTo("dbinstance-main failed: incompatible-network");
    }

    @Test
    void aDatabaseThatIsGoneIsNeverMadeAnewWhereAnythingWasBuiltOnIt() {
        var url = key(SecretValue.class, "database-url");
        assertThat(step(Sight.standing(site()).remove(DATABASE).plan(), DATABASE, Step.Refuse.class)
                        .because())
                .contains("somebody deleted it");
        // Not even where its URL is gone as well: a task definition could only be made after both.
        step(Sight.standing(site()).remove(DATABASE).remove(url).plan(), DATABASE, Step.Refuse.class);
        step(Sight.standing(site()).remove(CACHE).plan(), CACHE, Step.Refuse.class);
    }

    @Test
    void aCacheThatAwsIsChangingIsNotTakenForGone() {
        var sight = Sight.standing(site())
                .phase(CACHE, Phase.BUSY)
                .change(CACHE, one -> one.withOwner(new Owner.Unreadable()).withMessage("modifying"));
        var wait = step(sight.plan(), CACHE, Step.Wait.class);
        assertThat(wait.because()).contains("modifying").contains("AWS does not show its tags now");
        assertThat(sight.plan().of(Step.Act.class)).isEmpty();
        // What it holds is in use.
        var group = key(CacheSubnetGroup.class, "cache");
        var without = new java.util.TreeMap<Key, Resource>(site().resources());
        without.remove(group);
        without.remove(CACHE);
        var plan = sight.plan(new Stack(Sight.SITE, Sight.UID, without, Map.of()));
        assertThat(step(plan, group, Step.Wait.class).because()).contains("still in use");
    }

    @Test
    void aSecretInItsRecoveryWindowIsTakenBack() {
        var secret = key(SecretValue.class, "flask-key");
        var sight = Sight.standing(site()).change(secret, PlannerTest::scheduled);
        var plan = sight.plan();
        var update = step(plan, secret, Step.Update.class);
        assertThat(update.fields()).contains("scheduledForDeletion");
        assertThat(update.setTags()).containsEntry(Tags.OWNER, Sight.UID);
        assertThat(step(plan, REVISION, Step.Blocked.class).by()).containsExactly(secret);
    }

    static Observed<?> scheduled(Observed<?> one) {
        var released = Sight.withTag(one, Tags.OWNER, Owner.Stack.RELEASED);
        return Sight.withOutputs(
                Sight.withPhase(Sight.withField(released, "scheduledForDeletion", true), Phase.RESTORABLE), Map.of());
    }

    @Test
    void aSharedValidationRecordIsTakenAsItIs() {
        var record = key(ValidationRecord.class, "site");
        step(Sight.standing(site()).plan(), record, Step.Keep.class);
        // Another certificate's record beside it is nobody's business, and ours is made.
        var plan = Sight.standing(site())
                .field(record, "name", Ref.of("_other.example.org"))
                .plan();
        step(plan, record, Step.Create.class);
        assertThat(plan.of(Step.Delete.class)).isEmpty();
    }

    @Test
    void samePlanForSameInput() {
        assertThat(PlanText.of(Sight.empty(site()).plan()))
                .isEqualTo(PlanText.of(Sight.empty(site()).plan()));
    }
}
