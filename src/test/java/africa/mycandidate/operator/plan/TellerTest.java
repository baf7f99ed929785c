package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.BALANCER;
import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.REVISION;
import static africa.mycandidate.operator.plan.PlannerTest.SERVICE;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Asked;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code plan} and the status tell beforehand of a change: also what only follows from it later. */
class TellerTest {
    private static final Key LOGS = key(LogGroup.class, "app");
    private static final Key NAT = key(NatGateway.class, "a");
    private static final Key TARGETS = key(TargetGroup.class, "app");
    private static final Key FLASK_KEY = key(SecretValue.class, "flask-key");

    private static Entry entry(Forecast forecast, Key key) {
        var entries = entries(forecast, key);
        assertThat(entries).as(key.toString()).hasSize(1);
        return entries.getFirst();
    }

    private static List<Entry> entries(Forecast forecast, Key key) {
        return forecast.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .toList();
    }

    private static List<String> told(Forecast forecast) {
        return forecast.entries().stream()
                .map(entry -> entry.action() + " " + entry.key())
                .toList();
    }

    private static Stack with(String field, Object value) {
        return Specs.stack(Specs.with(field, value));
    }

    /** The stack, as one that takes over what somebody else made. */
    private static Stack adopting(Stack stack, Key key) {
        return new Stack(
                Sight.SITE,
                Sight.UID,
                stack.resources(),
                stack.tags(),
                Map.of(key, Sight.id(key)),
                Set.of(),
                Asked.NOTHING);
    }

    @Test
    void ofANewStackEverythingIsMadeThoughOnlyTheFirstOfItCanBeMadeNow() {
        var forecast = Sight.empty(site()).forecast(site());
        assertThat(forecast.entries()).hasSize(site().resources().size()).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo(Action.CREATE);
            assertThat(entry.id()).isEmpty();
            assertThat(entry.because()).isEmpty();
        });
        assertThat(forecast.kept()).isZero();
        assertThat(forecast.worst()).isEqualTo(Interruption.NONE);
    }

    @Test
    void ofWhatIsMadeItSaysSizesAndVersionsAndNotWhatItIsWiredTo() {
        var forecast = Sight.empty(site()).forecast(site());
        assertThat(entry(forecast, DATABASE).fields())
                .containsEntry("instanceClass", "db.t3.small")
                .containsEntry("multiAz", "true")
                .doesNotContainKeys("password", "subnetGroup", "securityGroups", "parameterGroup", "restoreFrom");
        assertThat(entry(forecast, VPC).fields()).containsEntry("cidr", "10.0.0.0/16");
        // A whole policy is nothing that somebody decides on, nor is how the operator keeps its own books.
        for (var entry : forecast.entries()) {
            assertThat(entry.fields().values()).allSatisfy(words -> assertThat(words)
                    .hasSizeLessThanOrEqualTo(64)
                    .isNotEqualTo("(none)")
                    .doesNotContain("(id of"));
            assertThat(entry.fields()).doesNotContainKeys("environment", "content", "clusterName");
        }
    }

    @Test
    void thereIsNothingToTellOfAStackThatStands() {
        var forecast = Sight.standing(site()).forecast(site());
        assertThat(forecast.entries()).isEmpty();
        assertThat(forecast.kept()).isEqualTo(site().resources().size());
    }

    @Test
    void aNewImageReplacesTheRevisionAndTheServiceFollows() {
        var forecast = Sight.standing(site()).forecast(with("image", "example.org/mycandidate:1.5.0"));
        // The old revision's end is part of its replacement.
        assertThat(told(forecast)).containsExactly("UPDATE EcsService/app", "REPLACE TaskDefinition/app");
        var revision = entry(forecast, REVISION);
        assertThat(revision.because()).isEqualTo("AWS cannot change its image; a new one takes its place");
        assertThat(revision.id()).isEqualTo("taskdefinition-app");
        assertThat(revision.interruption()).isEqualTo(Interruption.RESTART);
        var service = entry(forecast, SERVICE);
        assertThat(service.because()).isEqualTo("follows from TaskDefinition/app");
        assertThat(service.changes()).extracting(Change::field).containsExactly("taskDefinition");
        assertThat(forecast.kept()).isEqualTo(site().resources().size() - 2);
    }

    @Test
    void anotherPortIsFollowedThroughEveryoneThatNamesWhatGivesWay() {
        var forecast = Sight.standing(site()).forecast(with("container.port", 8000));
        assertThat(told(forecast))
                .contains("REPLACE TargetGroup/app", "REPLACE TaskDefinition/app", "UPDATE EcsService/app")
                .contains("UPDATE Listener/https")
                .noneMatch(line -> line.startsWith("DELETE"));
        assertThat(entry(forecast, key(Listener.class, "https")).because()).isEqualTo("follows from TargetGroup/app");
        assertThat(entry(forecast, SERVICE).because()).isEqualTo("follows from TargetGroup/app, TaskDefinition/app");
        assertThat(entry(forecast, SERVICE).changes())
                .extracting(Change::field)
                .contains("taskDefinition", "targetGroups", "containerPort");
    }

    @Test
    void whatIsReplacedForTheSakeOfItsParentIsToldAsAReplacement() {
        var standing = Sight.standing(network());
        var other = Sight.stack("main", PlannerTest.vpc(), "a", PlannerTest.subnet(), "b", PlannerTest.subnet());
        assertThat(told(standing.forecast(other))).containsExactly("CREATE Subnet/b");
        var target = key(ScalableTarget.class, "app");
        // The service gives way to a new one, so its scaling does too, and the policies with it.
        var sight = Sight.standing(site()).field(SERVICE, "cluster", Ref.of("somebody-elses"));
        var forecast = sight.forecast(site());
        assertThat(entry(forecast, SERVICE).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(forecast, target).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(forecast, target).because()).isEqualTo("follows from EcsService/app");
        assertThat(told(forecast)).contains("REPLACE ScalingPolicy/scale-out");
    }

    @Test
    void whatIsOnlyChangedMayComeOutWithTheOutputThatItHas() {
        var forecast = Sight.standing(site())
                .field(FLASK_KEY, "content", new SecretValue.Stored("somebody-elses", ""))
                .forecast(site());
        var secret = entry(forecast, FLASK_KEY);
        assertThat(secret.action()).isEqualTo(Action.UPDATE);
        assertThat(secret.because()).startsWith("a new version of: Flask's SECRET_KEY");
        assertThat(secret.changes()).singleElement().satisfies(change -> assertThat(change.desired())
                .isEqualTo("(secret, current)"));
        assertThat(entry(forecast, REVISION).because()).isEqualTo("may follow from SecretValue/flask-key");
        assertThat(entry(forecast, SERVICE).because()).isEqualTo("follows from TaskDefinition/app");
    }

    @Test
    void anUpdateSaysItsReasonOnlyWhereItIsMoreThanTheDifference() {
        var bigger = Sight.standing(site()).forecast(with("database.instanceClass", "db.t3.medium"));
        assertThat(told(bigger)).containsExactly("UPDATE DbInstance/main");
        assertThat(entry(bigger, DATABASE).because()).isEmpty();
        assertThat(entry(bigger, DATABASE).id()).isEqualTo("dbinstance-main");
        assertThat(bigger.worst()).isEqualTo(Interruption.FAILOVER);
        var group = key(DbParameterGroup.class, "database");
        var newer = Sight.standing(site()).forecast(with("database.engineVersion", "17"));
        assertThat(entry(newer, group).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(newer, DATABASE).changes())
                .extracting(Change::field)
                .contains("engineVersion", "parameterGroup");
    }

    @Test
    void tagsAreToldWithTheRest() {
        var forecast = Sight.standing(network()).forecast(tagged("team", "civic"));
        assertThat(told(forecast)).containsExactly("UPDATE Subnet/a", "UPDATE Vpc/main");
        assertThat(entry(forecast, VPC).changes())
                .extracting(Change::field, Change::desired)
                .containsExactly(tuple("tags", "mycandidate.africa/tag-keys=team, team=civic"));
        var both = Sight.standing(network()).field(VPC, "dnsHostnames", false).forecast(tagged("team", "civic"));
        assertThat(entry(both, VPC).changes()).extracting(Change::field).containsExactly("dnsHostnames", "tags");
    }

    private static Stack tagged(String tag, String value) {
        return new Stack(Sight.SITE, Sight.UID, network().resources(), Map.of(tag, value));
    }

    @Test
    void whatIsHeldBackIsToldBesideWhatIsDoneNow() {
        var stack = Specs.stack(
                Specs.with(Map.of("database.instanceClass", "db.t3.medium", "database.backupRetentionDays", 14)));
        var forecast = Sight.standing(site()).forecast(stack, Doings.NONE.approval());
        var both = entries(forecast, DATABASE);
        assertThat(both).extracting(Entry::action).containsExactly(Action.UPDATE, Action.HELD);
        assertThat(both.getFirst().changes()).extracting(Change::field).containsExactly("backupRetentionDays");
        assertThat(both.getFirst().interruption()).isEqualTo(Interruption.NONE);
        assertThat(both.getLast().changes()).extracting(Change::field).containsExactly("instanceClass");
        assertThat(both.getLast().because()).isEqualTo("waits for an approval");
        assertThat(both.getLast().held().orElseThrow().hash()).hasSize(8);
        assertThat(both.getLast().interruption()).isEqualTo(Interruption.FAILOVER);
    }

    @Test
    void nothingFollowsFromASuccessorThatIsHeldBack() {
        var forecast = Sight.standing(site())
                .field(REVISION, "image", "tampered")
                .forecast(site(), Doings.drift("image").leftAlone());
        assertThat(told(forecast)).containsExactly("HELD TaskDefinition/app");
        assertThat(entry(forecast, REVISION).id()).isEqualTo("taskdefinition-app");
        assertThat(forecast.acts()).isFalse();
    }

    @Test
    void theGatewayWhoseSuccessorWaitsForAnApprovalIsNotToldAsGoing() {
        var sight = Sight.standing(site()).field(NAT, "subnet", Ref.of("elsewhere"));
        var forecast = sight.forecast(site(), Doings.NONE.approval());
        assertThat(told(forecast))
                .containsExactly("HELD NatGateway/a", "WAIT RouteTable/private-a", "WAIT RouteTable/private-b");
        assertThat(entry(forecast, NAT).interruption()).isEqualTo(Interruption.REPLACEMENT);
        assertThat(told(sight.forecast(site())))
                .contains("REPLACE NatGateway/a")
                .doesNotContain("DELETE NatGateway/a");
    }

    @Test
    void whatWasDeletedAndIsLeftAloneIsToldOnce() {
        var forecast = Sight.standing(site())
                .remove(LOGS)
                .forecast(site(), Doings.gone(LOGS).leftAlone());
        assertThat(entry(forecast, LOGS).action()).isEqualTo(Action.HELD);
        assertThat(entry(forecast, LOGS).id()).isEmpty();
    }

    @Test
    void aRefusalIsToldWithWhatItConcerns() {
        var forecast =
                Sight.standing(site()).field(DATABASE, "encrypted", false).forecast(site());
        assertThat(told(forecast)).containsExactly("REFUSED DbInstance/main");
        var refused = entry(forecast, DATABASE);
        assertThat(refused.because()).contains("replacing it loses its data");
        assertThat(refused.changes()).extracting(Change::field).containsExactly("encrypted");
        assertThat(forecast.kept()).isEqualTo(site().resources().size() - 1);
    }

    @Test
    void whatAwsGaveUpIsReplacedForThatReason() {
        var forecast = Sight.standing(site())
                .phase(NAT, Phase.FAILED)
                .change(NAT, one -> one.withMessage("InternalError"))
                .forecast(site());
        assertThat(entry(forecast, NAT).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(forecast, NAT).because()).isEqualTo("natgateway-a failed: InternalError");
        assertThat(told(forecast)).anyMatch(line -> line.startsWith("UPDATE RouteTable/private"));
    }

    @Test
    void anotherCertificatesRecordIsNoPredecessor() {
        var record = key(ValidationRecord.class, "site");
        var forecast = Sight.standing(site())
                .field(record, "name", Ref.of("_other.example.org"))
                .forecast(site());
        assertThat(entry(forecast, record).action()).isEqualTo(Action.CREATE);
        assertThat(entry(forecast, record).fields()).containsKey("domain");
    }

    @Test
    void whatIsBeingDeletedIsNoPredecessorEither() {
        var forecast = Sight.standing(site()).phase(NAT, Phase.DELETING).forecast(site());
        assertThat(entries(forecast, NAT)).extracting(Entry::action).contains(Action.CREATE);
    }

    @Test
    void whatLeftTheStackIsToldAsGoingEvenWhileOthersHoldIt() {
        var sight = Sight.standing(with("network.natGateways", "PerZone"));
        var forecast = sight.forecast(site());
        var other = entry(forecast, key(NatGateway.class, "b"));
        assertThat(other.action()).isEqualTo(Action.DELETE);
        assertThat(other.because()).contains("still in use");
        var gone = Sight.standing(Sight.stack("main", PlannerTest.vpc(), "other", PlannerTest.vpc()))
                .forecast(Sight.stack("main", PlannerTest.vpc()));
        assertThat(told(gone)).containsExactly("DELETE Vpc/other");
        assertThat(gone.entries().getFirst().id()).isEqualTo("vpc-other");
        assertThat(gone.kept()).isOne();
    }

    @Test
    void aSecondOneInARoleIsToldAsGoingBesideTheOneThatStays() {
        var sight = Sight.standing(network());
        sight.add(Sight.withId(sight.get(VPC), "zzz"));
        var forecast = sight.forecast(network());
        assertThat(told(forecast)).containsExactly("DELETE Vpc/main");
        assertThat(entry(forecast, VPC).id()).isEqualTo("zzz");
        assertThat(forecast.kept()).isEqualTo(2);
    }

    @Test
    void whatLeftTheStackAndHasToBeEmptiedFirstIsToldAsGoing() {
        var group = key(SecurityGroup.class, "cache");
        var stack = Sight.stack("main", PlannerTest.vpc());
        var sight = Sight.standing(stack).add(Sight.standing(site()).get(group));
        var plan = sight.plan(stack);
        assertThat(PlannerTest.step(plan, group, Step.Update.class).fields()).isNotEmpty();
        var entry = entry(sight.forecast(stack), group);
        assertThat(entry.action()).isEqualTo(Action.DELETE);
        assertThat(entry.id()).isEqualTo("securitygroup-cache");
    }

    @Test
    void dataThatLeftTheStackStayAndAreToldSo() {
        var sight = Sight.standing(network()).add(Sight.standing(site()).get(DATABASE));
        assertThat(told(sight.forecast(network()))).containsExactly("REFUSED DbInstance/main");
        sight.phase(DATABASE, Phase.DELETING);
        assertThat(told(sight.forecast(network()))).containsExactly("WAIT DbInstance/main");
    }

    @Test
    void whatSomebodyAddedAndIsLeftAloneIsHeld() {
        var added = key(Vpc.class, "other");
        var forecast = Sight.standing(Sight.stack("main", PlannerTest.vpc(), "other", PlannerTest.vpc()))
                .forecast(
                        Sight.stack("main", PlannerTest.vpc()),
                        Doings.added(added).leftAlone());
        assertThat(entries(forecast, added)).hasSize(1);
    }

    @Test
    void whatIsTakenOverIsOnlyTagged() {
        var stack = adopting(network(), VPC);
        var sight = Sight.standing(network())
                .change(VPC, one -> Sight.withoutTag(Sight.withoutTag(one, "mycandidate.africa/stack"), "x"));
        var forecast = sight.forecast(stack);
        assertThat(told(forecast)).containsExactly("ADOPT Vpc/main");
        assertThat(entry(forecast, VPC).because()).isEqualTo("is only tagged");
        assertThat(entry(forecast, VPC).id()).isEqualTo("vpc-main");
    }

    @Test
    void whatAwsIsAtWorkOnIsNoChange() {
        var forecast = Sight.standing(site()).phase(BALANCER, Phase.BUSY).forecast(site());
        assertThat(told(forecast)).containsExactly("WAIT LoadBalancer/main");
        assertThat(entry(forecast, BALANCER).because()).isEqualTo("AWS is changing it");
        assertThat(forecast.kept()).isEqualTo(site().resources().size() - 1);
    }

    @Test
    void whatIsChangedOnceAwsHasDoneIsToldNow() {
        var forecast = Sight.standing(site())
                .phase(DATABASE, Phase.BUSY)
                .forecast(with("database.instanceClass", "db.t3.medium"));
        assertThat(entry(forecast, DATABASE).action()).isEqualTo(Action.UPDATE);
        assertThat(entry(forecast, DATABASE).changes())
                .extracting(Change::field)
                .containsExactly("instanceClass");
        assertThat(entry(forecast, DATABASE).because()).endsWith("then it is changed");
    }

    @Test
    void aCacheWhoseTagsAreHiddenIsNotToldAsGoing() {
        var sight = Sight.standing(site())
                .phase(PlannerTest.CACHE, Phase.BUSY)
                .change(PlannerTest.CACHE, one -> one.withOwner(new Owner.Unreadable()));
        assertThat(told(sight.forecast(site()))).containsExactly("WAIT ReplicationGroup/main");
    }

    @Test
    void aChainIsFollowedToItsEndWhateverElseIsToBeDone() {
        var password = key(SecretValue.class, "database-password");
        var record = key(ValidationRecord.class, "site");
        var sight = Sight.standing(site()).field(password, "content", new SecretValue.Stored("tampered", ""));
        for (var missing : List.of(false, true)) {
            if (missing) sight.remove(record);
            var forecast = sight.forecast(site());
            assertThat(told(forecast))
                    .contains(
                            "UPDATE SecretValue/database-password",
                            "UPDATE DbInstance/main",
                            "UPDATE SecretValue/database-url",
                            "REPLACE TaskDefinition/app",
                            "UPDATE EcsService/app");
            assertThat(entry(forecast, DATABASE).because()).startsWith("may follow from SecretValue/database-password");
        }
    }

    @Test
    void whatChangesTogetherIsToldTogether() {
        var forecast = Sight.standing(site())
                .field(SERVICE, "targetGroups", Set.of(Ref.of("somebody-elses")))
                .forecast(with("image", "example.org/mycandidate:1.5.0"));
        assertThat(entry(forecast, SERVICE).changes())
                .extracting(Change::field)
                .containsExactlyInAnyOrder("taskDefinition", "targetGroups");
    }

    @Test
    void aSecondOneThatHasToBeEmptiedFirstIsToldAsGoing() {
        var group = key(SecurityGroup.class, "cache");
        var sight = Sight.standing(site());
        sight.add(Sight.withId(sight.get(group), "zzz"));
        var forecast = sight.forecast(site());
        assertThat(told(forecast)).containsExactly("DELETE SecurityGroup/cache");
        assertThat(entry(forecast, group).id()).isEqualTo("zzz");
    }
}
