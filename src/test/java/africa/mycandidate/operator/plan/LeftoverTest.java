package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.SUBNET;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.PlannerTest.vpc;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.RouteTable;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.Vpc;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What carries the stack's tags and stands for nothing that is desired. */
class LeftoverTest {
    private static final Key OTHER = key(Vpc.class, "other");

    private static Sight withOther() {
        return Sight.standing(Sight.stack("main", vpc(), "other", vpc(), "a", PlannerTest.subnet()));
    }

    @Test
    void itStaysWhileOneOfOursHoldsItInAWayThatNoFieldShows() {
        var held = withOther().change(SUBNET, one -> one.withUses(Set.of("vpc-other")));
        assertThat(step(held.plan(network()), OTHER, Step.Wait.class).because())
                .isEqualTo("vpc-other is not needed, but still in use");
        // Whose tags are hidden may be ours.
        held.change(SUBNET, one -> one.withOwner(new Owner.Unreadable()));
        step(held.plan(network()), OTHER, Step.Wait.class);
    }

    @Test
    void itGoesWhereOnlySomebodyElseHoldsIt() {
        var elsewhere = Sight.withId(withOther().get(SUBNET), "zzz").withUses(Set.of("vpc-other"));
        for (var owner : Set.<Owner>of(new Owner.Nobody(), new Owner.Stack("other/site", "uid-2", "a", "1"))) {
            var sight = withOther().add(elsewhere.withOwner(owner));
            step(sight.plan(network()), OTHER, Step.Delete.class);
        }
        // One that is gone holds nothing.
        var dead = Sight.withPhase(elsewhere, Phase.GONE);
        step(withOther().add(dead).plan(network()), OTHER, Step.Delete.class);
    }

    @Test
    void itIsNotDeletedTwice() {
        var plan = withOther().phase(OTHER, Phase.DELETING).plan(network());
        assertThat(step(plan, OTHER, Step.Wait.class).because()).isEqualTo("vpc-other: deleting");
        assertThat(withOther().phase(OTHER, Phase.GONE).plan(network()).settled())
                .isTrue();
    }

    @Test
    void aPredecessorStaysUntilItsSuccessorStands() {
        var nat = key(NatGateway.class, "a");
        var sight = Sight.standing(site()).phase(nat, Phase.FAILED);
        // Nothing is sent through it any more.
        for (var role : Set.of("private-a", "private-b")) sight.field(key(RouteTable.class, role), "routes", Set.of());
        var plan = sight.plan();
        assertThat(plan.of(Step.Wait.class)).anySatisfy(wait -> {
            assertThat(wait.because()).isEqualTo("natgateway-a goes once its successor stands");
            assertThat(wait.idle()).isTrue();
        });
        sight.add(Sight.withPhase(Sight.withId(sight.get(nat), "next"), Phase.READY));
        assertThat(sight.plan().of(Step.Delete.class))
                .singleElement()
                .satisfies(delete -> assertThat(delete.have().id()).isEqualTo("natgateway-a"));
    }

    @Test
    void whatBelongsToAnotherObjectOrWasGivenUpIsNoLeftover() {
        for (var owner : Set.of("uid-9", Owner.Stack.RELEASED)) {
            var sight = withOther().change(OTHER, one -> Sight.withTag(one, Tags.OWNER, owner));
            assertThat(sight.plan(network()).settled()).as(owner).isTrue();
        }
        var secret = key(SecretValue.class, "flask-key");
        var sight = Sight.standing(network())
                .add(PlannerTest.scheduled(Sight.standing(site()).get(secret)));
        assertThat(sight.plan().settled()).isTrue();
    }

    @Test
    void stepsOfOneResourceAreInTheSameOrderEveryTime() {
        var sight = Sight.standing(network());
        sight.add(Sight.withId(sight.get(VPC), "zzz"));
        assertThat(sight.plan().steps())
                .filteredOn(step -> step.key().equals(VPC))
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("Delete", "Keep");
    }
}
