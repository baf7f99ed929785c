package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.BALANCER;
import static africa.mycandidate.operator.plan.PlannerTest.CACHE;
import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.REVISION;
import static africa.mycandidate.operator.plan.PlannerTest.SERVICE;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.stack.Specs;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When something is made where nothing stands for it, under which name and with which token; and when not. */
class MissingTest {
    private static final Key NAT = key(NatGateway.class, "a");
    private static final Key TARGETS = key(TargetGroup.class, "app");
    private static final Key URL = key(SecretValue.class, "database-url");

    @Test
    void whatHasAUniqueNameIsMadeOnceTheOldOneHasGone() {
        var wait = step(Sight.standing(site()).phase(BALANCER, Phase.DELETING).plan(), BALANCER, Step.Wait.class);
        assertThat(wait.because()).isEqualTo("loadbalancer-main is still being deleted");
        // Names that carry a generation, and no names at all, are in nobody's way.
        step(Sight.standing(site()).phase(TARGETS, Phase.DELETING).plan(), TARGETS, Step.Create.class);
        step(Sight.standing(site()).phase(NAT, Phase.DELETING).plan(), NAT, Step.Create.class);
    }

    @Test
    void ofWhatAwsAllowsOnlyOneTheOldOneGoesFirst() {
        var listener = key(Listener.class, "https");
        var plan = Sight.standing(site()).field(listener, "port", 8443).plan();
        assertThat(plan.of(Step.Wait.class))
                .extracting(Step::because)
                .contains("its predecessor listener-https goes first");
        assertThat(plan.of(Step.Delete.class))
                .singleElement()
                .satisfies(delete -> assertThat(delete.have().id()).isEqualTo("listener-https"));
        assertThat(plan.has(Step.Create.class)).isFalse();
    }

    @Test
    void aDatabaseIsMadeThatNothingWasBuiltOn() {
        var sight = Sight.standing(site())
                .remove(DATABASE)
                .remove(URL)
                .remove(REVISION)
                .remove(SERVICE);
        site().resources().keySet().stream()
                .filter(key -> Set.of(ScalableTarget.class, ScalingPolicy.class, Alarm.class)
                        .contains(key.type()))
                .forEach(sight::remove);
        var create = step(sight.plan(), DATABASE, Step.Create.class);
        assertThat(create.because()).isEqualTo("it does not exist");
        assertThat(create.interruption()).isEqualTo(Interruption.NONE);
        // One that stands at the far end is enough: it cannot have come before its database.
        sight.add(Sight.standing(site()).get(SERVICE));
        step(sight.plan(), DATABASE, Step.Refuse.class);
    }

    @Test
    void somebodysNameIsToldBeforeTheNetworkIsBuilt() {
        var nobodys = Sight.standing(site()).get(BALANCER).withOwner(new Owner.Nobody());
        var refuse = step(Sight.empty(site()).add(nobodys).plan(), BALANCER, Step.Refuse.class);
        assertThat(refuse.because()).contains("not ours");
        var other = Sight.withName(nobodys, "somebody-elses-site");
        step(Sight.empty(site()).add(other).plan(), BALANCER, Step.Blocked.class);
        step(Sight.standing(site()).remove(BALANCER).add(other).plan(), BALANCER, Step.Create.class);
    }

    @Test
    void ourOwnFailedOneDoesNotHaveTheNameOfAnother() {
        var name = step(Sight.standing(site()).remove(TARGETS).plan(), TARGETS, Step.Create.class)
                .name();
        var sight =
                Sight.standing(site()).phase(TARGETS, Phase.FAILED).change(TARGETS, one -> Sight.withName(one, name));
        step(sight.plan(), TARGETS, Step.Replace.class);
    }

    @Test
    void somebodysNameIsInTheWayOfASuccessorToo() {
        var name = step(Sight.standing(site()).remove(TARGETS).plan(), TARGETS, Step.Create.class)
                .name();
        var nobodys = Sight.withName(
                Sight.withId(Sight.standing(site()).get(TARGETS), "zzz").withOwner(new Owner.Nobody()), name);
        var sight = Sight.standing(site()).phase(TARGETS, Phase.FAILED).add(nobodys);
        assertThat(step(sight.plan(), TARGETS, Step.Refuse.class).because())
                .startsWith(name + " exists and is not ours");
    }

    @Test
    void aSecretIsTakenBackOnceItsContentIsKnown() {
        var sight = Sight.standing(site()).change(URL, PlannerTest::scheduled).phase(DATABASE, Phase.CREATING);
        sight.change(DATABASE, one -> Sight.withOutputs(one, Map.of("id", one.id())));
        assertThat(step(sight.plan(), URL, Step.Blocked.class).by()).containsExactly(DATABASE);
    }

    @Test
    void aNameWhoseOwnerIsHiddenIsWaitedFor() {
        for (var said : Set.of("", "creating")) {
            var name = step(Sight.standing(site()).remove(TARGETS).plan(), TARGETS, Step.Create.class)
                    .name();
            var sight = Sight.standing(site())
                    .change(TARGETS, one -> Sight.withName(one.withOwner(new Owner.Unreadable()), name)
                            .withMessage(said));
            assertThat(step(sight.plan(), TARGETS, Step.Wait.class).because())
                    .isEqualTo(name + " exists; AWS does not show yet whose it is"
                            + (said.isEmpty() ? "" : " (creating)"));
        }
    }

    @Test
    void theTokenChangesWithWhatIsDeadAndOnlyWithThat() {
        var next = Specs.stack(Specs.with("container.port", 8000));
        var fresh = step(Sight.standing(site()).remove(TARGETS).plan(next), TARGETS, Step.Create.class);
        var beside = step(Sight.standing(site()).plan(next), TARGETS, Step.Replace.class);
        assertThat(beside.create().token()).as("the old one lives").isEqualTo(fresh.token());
        var first = step(Sight.standing(site()).remove(NAT).plan(), NAT, Step.Create.class);
        var again = step(Sight.standing(site()).phase(NAT, Phase.DELETING).plan(), NAT, Step.Create.class);
        assertThat(again.token()).as("the old one would be given back").isNotEqualTo(first.token());
    }

    @Test
    void aCacheWhoseTagsAreHiddenIsAsItShouldBeWhileAwsLooksAfterIt() {
        var sight = Sight.standing(site()).change(CACHE, one -> one.withOwner(new Owner.Unreadable()));
        step(sight.phase(CACHE, Phase.TENDED).plan(), CACHE, Step.Keep.class);
        assertThat(step(sight.phase(CACHE, Phase.BUSY).plan(), CACHE, Step.Wait.class)
                        .because())
                .isEqualTo("AWS is changing it; AWS does not show its tags now");
        // What is to be changed of it is told already, and is done once it can be.
        var wait = step(sight.field(CACHE, "nodeType", "cache.t3.large").plan(), CACHE, Step.Wait.class);
        assertThat(wait.because()).endsWith("; AWS does not show its tags now");
        assertThat(wait.changes()).extracting(Change::field).containsExactly("nodeType");
        step(sight.phase(CACHE, Phase.TENDED).plan(), CACHE, Step.Wait.class);
    }

    @Test
    void aHiddenOneOfAnotherNameIsNobodysBusiness() {
        var other =
                Sight.withName(Sight.standing(site()).get(BALANCER), "other").withOwner(new Owner.Unreadable());
        step(Sight.standing(site()).remove(BALANCER).add(other).plan(), BALANCER, Step.Create.class);
    }

    @Test
    void aCertificateThatDoesNotFitIsRefusedBeforeAwsTakesIt() {
        var stack = Specs.stack(
                Specs.with("domain.certificateArn", "arn:aws:acm:af-south-1:111122223333:certificate/not-there"));
        var plan = Sight.standing(site()).plan(stack);
        assertThat(step(plan, key(Listener.class, "https"), Step.Refuse.class).because())
                .startsWith("there is no certificate arn:aws:acm");
    }

    @Test
    void itSaysHowLongACreationUsuallyTakes() {
        assertThat(step(Sight.standing(site()).phase(DATABASE, Phase.CREATING).plan(), DATABASE, Step.Wait.class)
                        .because())
                .isEqualTo("creating, usually 12 min");
        assertThat(step(Sight.standing(network()).phase(VPC, Phase.CREATING).plan(), VPC, Step.Wait.class)
                        .because())
                .isEqualTo("creating");
        assertThat(step(Sight.standing(network()).phase(VPC, Phase.PENDING).plan(), VPC, Step.Wait.class)
                        .because())
                .startsWith("creating");
        var rolling = Sight.standing(site())
                .phase(SERVICE, Phase.ROLLING)
                .change(SERVICE, one -> one.withMessage("1 of 2 tasks"));
        assertThat(step(rolling.plan(), SERVICE, Step.Wait.class).because()).isEqualTo("rolling out (1 of 2 tasks)");
    }

    @Test
    void aDatabaseSaysWhatItIsRestoredFrom() {
        var stack = Specs.stack(Specs.with("database.restoreFrom", Map.of("snapshot", "lists")));
        var alone = Sight.stack("main", Sight.standing(stack).get(DATABASE).actual());
        var restored = new TreeMap<>(alone.resources());
        restored.replaceAll((key, want) -> Fields.map(
                want,
                (field, was) -> field.getName().equals("restoreFrom")
                        ? Fields.value(field, stack.resources().get(key))
                        : was));
        var create = step(Sight.empty(alone).plan(alone.with(restored)), DATABASE, Step.Create.class);
        assertThat(create.because()).isEqualTo("it does not exist; it is restored from the snapshot lists");
        assertThat(create.interruption()).isEqualTo(Interruption.NONE);
    }

    @Test
    void whatWasNamedWhileTheDatabaseWasThereIsOlderThanWhatWasLost() {
        var stack = Specs.stack(Specs.with("database.restoreFrom", Map.of("snapshot", "lists")));
        var policy = Doings.drift("restoreFrom").inTheWindow();
        var refuse = step(Sight.standing(site()).remove(DATABASE).plan(stack, policy), DATABASE, Step.Refuse.class);
        assertThat(refuse.because())
                .contains("spec.database.restoreFrom names the snapshot lists, as it did while it was there");
    }
}
