package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.REVISION;
import static africa.mycandidate.operator.plan.PlannerTest.SERVICE;
import static africa.mycandidate.operator.plan.PlannerTest.SUBNET;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.DnsRecord;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which observed resource stands for which desired one, and what becomes of the others. */
class ClaimsTest {
    private static final Key NAT = key(NatGateway.class, "a");
    private static final Key TARGETS = key(TargetGroup.class, "app");

    @Test
    void ofTwoTheUsedOneIsKeptAndTheOtherDeleted() {
        for (var name : Set.of("aaa", "zzz")) {
            var sight = Sight.standing(network());
            sight.add(Sight.withId(sight.get(VPC), name));
            var plan = sight.plan();
            assertThat(plan.of(Step.Keep.class))
                    .extracting(keep -> keep.have().id())
                    .contains("vpc-main");
            assertThat(plan.of(Step.Delete.class))
                    .singleElement()
                    .satisfies(delete -> assertThat(delete.have().id()).isEqualTo(name));
        }
    }

    @Test
    void aFailedGatewayIsReplacedWithAnotherToken() {
        var first = step(Sight.standing(site()).remove(NAT).plan(), NAT, Step.Create.class);
        var sight =
                Sight.standing(site()).phase(NAT, Phase.FAILED).change(NAT, one -> one.withMessage("InternalError"));
        var plan = sight.plan();
        var replace = step(plan, NAT, Step.Replace.class);
        assertThat(replace.because()).isEqualTo("natgateway-a failed: InternalError");
        assertThat(replace.create().token()).isNotEqualTo(first.token());
        assertThat(plan.of(Step.Delete.class)).isEmpty();
        // The tombstone keeps the token another one, so that the dead gateway is not given back.
        var after = step(Sight.standing(site()).phase(NAT, Phase.GONE).plan(), NAT, Step.Create.class);
        assertThat(after.token()).isEqualTo(replace.create().token());
    }

    @Test
    void aSuccessorStandsBesideTheOldOneUnderAnotherName() {
        var old = Sight.standing(site());
        var before = step(Sight.standing(site()).remove(TARGETS).plan(), TARGETS, Step.Create.class);
        var plan = old.plan(Specs.stack(Specs.with("container.port", 8000)));
        var replace = step(plan, TARGETS, Step.Replace.class);
        assertThat(replace.create().name()).hasSizeLessThanOrEqualTo(32).isNotEqualTo(before.name());
        assertThat(replace.changes()).extracting(Change::field).containsExactly("port");
        assertThat(plan.of(Step.Delete.class)).isEmpty();
        assertThat(plan.steps())
                .filteredOn(step -> step instanceof Step.Wait && step.key().equals(TARGETS))
                .hasSize(1);
    }

    @Test
    void dataIsNeverReplaced() {
        var database = key(DbInstance.class, "main");
        var plan = Sight.standing(site()).field(database, "encrypted", false).plan();
        var refuse = step(plan, database, Step.Refuse.class);
        assertThat(refuse.changes()).extracting(Change::field).containsExactly("encrypted");
        assertThat(refuse.because()).contains("replacing it loses its data");
        var balancer = key(LoadBalancer.class, "main");
        step(Sight.standing(site()).field(balancer, "scheme", "internal").plan(), balancer, Step.Refuse.class);
    }

    @Test
    void whatBelongsToAnotherObjectIsNeitherWrittenNorBuiltOn() {
        var sight = Sight.empty(network());
        sight.add(Sight.withTag(Sight.standing(network()).get(VPC), Tags.OWNER, "uid-9"));
        var plan = sight.plan();
        assertThat(step(plan, VPC, Step.Refuse.class).because())
                .contains("vpc-main belongs to another object")
                .contains("uid-9");
        step(plan, SUBNET, Step.Blocked.class);
        assertThat(plan.of(Step.Act.class)).isEmpty();
    }

    @Test
    void anEqualNameIsNotOwnership() {
        var balancer = key(LoadBalancer.class, "main");
        var ours = Sight.standing(site()).get(balancer);
        var nobodys = Sight.standing(site())
                .remove(balancer)
                .add(ours.withOwner(new Owner.Nobody()))
                .plan();
        assertThat(step(nobodys, balancer, Step.Refuse.class).because())
                .contains(ours.name())
                .contains("not ours");
        var others = Sight.standing(site())
                .remove(balancer)
                .add(ours.withOwner(new Owner.Stack("other/site", "uid-2", "main", "1")))
                .plan();
        assertThat(step(others, balancer, Step.Refuse.class).because()).contains("belongs to the stack other/site");
        var hidden = Sight.standing(site())
                .remove(balancer)
                .add(ours.withOwner(new Owner.Unreadable()))
                .plan();
        step(hidden, balancer, Step.Wait.class);
    }

    @Test
    void aDnsRecordOfOthersIsLeftAlone() {
        var record = key(DnsRecord.class, "site");
        var ours = Sight.standing(site()).get(record);
        var plan = Sight.standing(site())
                .remove(record)
                .add(ours.withOwner(new Owner.Nobody()))
                .plan();
        assertThat(step(plan, record, Step.Refuse.class).because())
                .startsWith("southafrica.mycandidate.africa exists and is not ours");
    }

    @Test
    void ofSharedRecordsTheOneThatFitsIsFoundWhereverItIsListed() {
        var record = key(ValidationRecord.class, "site");
        var ours = Sight.standing(site()).get(record);
        var other = Sight.withField(Sight.withId(ours, "other"), "name", Ref.of("_other.example.org"));
        for (var last : List.of(ours, other)) {
            var first = last == ours ? other : ours;
            var sight = Sight.standing(site()).remove(record).add(first).add(last);
            step(sight.plan(), record, Step.Keep.class);
        }
    }

    @Test
    void aSecretStandsForTheVersionThatIsWantedAndNotForTheNewest() {
        var secret = key(SecretValue.class, "flask-key");
        var sight = Sight.standing(site()).change(secret, one -> {
            var outputs = new TreeMap<>(one.outputs());
            outputs.put("valueFrom", "arn:newer");
            return Sight.withOutputs(one, outputs);
        });
        step(sight.plan(), REVISION, Step.Keep.class);
    }

    @Test
    void aPolicyBelongsToItsTarget() {
        var policy = key(ScalingPolicy.class, "scale-out");
        step(Sight.standing(site()).plan(), policy, Step.Keep.class);
        var plan = Sight.standing(site()).field(policy, "cooldownSeconds", 1).plan();
        step(plan, policy, Step.Update.class);
    }

    @Test
    void aRoleThatLeftTheStackGoesOnceNothingUsesIt() {
        var plan = Sight.standing(Specs.stack(Specs.with("network.natGateways", "PerZone")))
                .plan(site());
        var other = key(NatGateway.class, "b");
        assertThat(step(plan, other, Step.Wait.class).because()).contains("still in use");
        var sight = Sight.standing(Specs.stack(Specs.with("network.natGateways", "PerZone")));
        sight.change(
                key(africa.mycandidate.operator.resource.RouteTable.class, "private-b"), one -> Sight.standing(site())
                        .get(key(africa.mycandidate.operator.resource.RouteTable.class, "private-b")));
        step(sight.plan(site()), other, Step.Delete.class);
        assertThat(step(sight.unread(Vpc.class, "Throttling").plan(site()), other, Step.Wait.class)
                        .because())
                .contains("when everything can be read");
    }

    @Test
    void aResourceDoesNotHoldItself() {
        var target = key(ScalableTarget.class, "app");
        var without = new TreeMap<Key, Resource>(site().resources());
        without.keySet().removeIf(key -> Set.of("ScalableTarget", "ScalingPolicy", "Alarm")
                .contains(key.type().getSimpleName()));
        var sight = Sight.standing(site());
        site().resources().keySet().stream()
                .filter(key -> !without.containsKey(key) && !key.equals(target))
                .forEach(sight::remove);
        step(sight.plan(new Stack(Sight.SITE, Sight.UID, without, Map.of())), target, Step.Delete.class);
    }

    @Test
    void dataThatLeftTheStackIsLeftAlone() {
        var database = key(DbInstance.class, "main");
        var sight = Sight.empty(network()).add(Sight.standing(site()).get(database));
        assertThat(step(sight.plan(), database, Step.Refuse.class).because()).contains("left alone");
    }

    @Test
    void aMajorVersionTakesAnotherParameterGroupFirst() {
        var group = key(DbParameterGroup.class, "database");
        var plan = Sight.standing(site()).plan(Specs.stack(Specs.with("database.engineVersion", "17")));
        step(plan, group, Step.Replace.class);
        assertThat(step(plan, key(DbInstance.class, "main"))).isNotInstanceOf(Step.Replace.class);
    }

    @Test
    void aFailedRevisionIsMarkedAndNotAppliedAgain() {
        var sight = Sight.standing(site());
        var failed = sight.get(REVISION);
        // The circuit breaker put the service back to the revision before.
        sight.field(SERVICE, "taskDefinition", Ref.<TaskDefinition>of("arn:older"));
        sight.change(SERVICE, one -> {
            var outputs = new TreeMap<>(one.outputs());
            outputs.put("failedTaskDefinition", failed.id());
            return Sight.withOutputs(one, outputs).withMessage("tasks failed to start");
        });
        // A task definition is known by its ARN.
        sight.change(REVISION, one -> Sight.withOutputs(Sight.withId(one, one.id()), Map.of("arn", one.id())));
        var plan = sight.plan();
        assertThat(step(plan, REVISION, Step.Update.class).fields()).containsExactly("failed");
        assertThat(step(plan, SERVICE, Step.Refuse.class).because())
                .contains("tasks failed to start")
                .contains("previous version keeps serving");
        // Later the service shows nothing of it any more.
        sight.field(REVISION, "failed", "circuit breaker: tasks failed to start");
        sight.change(
                SERVICE,
                one -> Sight.withOutputs(one, Map.of("id", one.id(), "name", one.id(), "resourceId", "service/app")));
        assertThat(step(sight.plan(), SERVICE, Step.Refuse.class).because())
                .contains("circuit breaker: tasks failed to start");
    }

    @Test
    void revisionTargetGroupAndPortMoveTogether() {
        var next = Specs.stack(Specs.with("container.port", 8000));
        var plan = Sight.standing(site()).plan(next);
        assertThat(step(plan, SERVICE, Step.Blocked.class).by()).contains(REVISION);
        // A drift of the service that has nothing to do with it is repaired meanwhile.
        var drifted =
                Sight.standing(site()).field(SERVICE, "assignPublicIp", true).plan(next);
        assertThat(step(drifted, SERVICE, Step.Update.class).fields()).containsExactly("assignPublicIp");
    }
}
