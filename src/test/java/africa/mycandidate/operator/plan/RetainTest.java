package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.SUBNET;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.Sight.key;
import static africa.mycandidate.operator.plan.TakeoverTest.adopting;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.resource.Vpc;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code deletionPolicy: Retain}: everything stays, and is nobody's. */
class RetainTest {
    @Test
    void retainTakesTheTagsOffAndDeletesNothing() {
        var tagged = Sight.stack(Map.of("team", "civic"), "main", PlannerTest.vpc(), "a", PlannerTest.subnet());
        var plan = Leaving.retain(tagged, Sight.standing(tagged).snapshot());
        assertThat(plan.steps()).hasSize(2).allSatisfy(step -> {
            var update = (Step.Update) step;
            assertThat(update.removeTags()).contains(Tags.OWNER, Tags.STACK).doesNotContain("team");
            assertThat(update.fields()).isEmpty();
            assertThat(update.because()).isEqualTo("deletionPolicy is Retain: it stays, and is nobody's");
            assertThat(update.changes()).singleElement().satisfies(change -> assertThat(change.actual())
                    .contains("mycandidate.africa/owner, mycandidate.africa/resource"));
        });
        assertThat(plan.complete()).isTrue();
    }

    @Test
    void retainIsDoneOnceTheTagsAreOff() {
        var off = Sight.standing(network()).change(VPC, TakeoverTest::nobodys).change(SUBNET, TakeoverTest::nobodys);
        assertThat(Leaving.retain(network(), off.snapshot()).settled()).isTrue();
        // What takes no tags belongs to what does.
        var record = key(ValidationRecord.class, "site");
        var sight = Sight.empty(site()).add(Sight.standing(site()).get(record));
        assertThat(Leaving.retain(site(), sight.snapshot()).steps()).isEmpty();
    }

    @Test
    void retainIsNotDoneWhileAnythingIsUnread() {
        var sight = Sight.standing(network()).unread(Vpc.class, "Throttling");
        var plan = Leaving.retain(network(), sight.snapshot());
        assertThat(plan.of(Step.Wait.class)).singleElement().satisfies(wait -> assertThat(wait.because())
                .isEqualTo("could not be read: Throttling"));
        step(plan, SUBNET, Step.Update.class);
        assertThat(plan.complete()).isFalse();
    }

    @Test
    void retainWaitsForTagsThatAreHidden() {
        var stack = adopting(network(), VPC);
        var sight = Sight.standing(network()).change(VPC, one -> one.withOwner(new Owner.Unreadable()));
        assertThat(step(Leaving.retain(stack, sight.snapshot()), VPC, Step.Wait.class)
                        .because())
                .isEqualTo("AWS does not show its tags now");
    }

    @Test
    void retainTakesNoTagsOffWhatBelongsToAnotherObject() {
        var sight = Sight.standing(network()).change(VPC, one -> Sight.withTag(one, Tags.OWNER, "uid-9"));
        var plan = Leaving.retain(network(), sight.snapshot());
        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step).isInstanceOf(Step.Refuse.class);
            assertThat(step.because()).contains("uid-9");
        });
    }
}
