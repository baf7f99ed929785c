package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.CACHE;
import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.REVISION;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.PolicyTest.held;
import static africa.mycandidate.operator.plan.PolicyTest.smallerDatabase;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.plan.Step.Held;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits for an approval, and what one approval is for. */
class ApprovalTest {
    private static final Stack BIGGER = Specs.stack(Specs.with("database.instanceClass", "db.t3.medium"));
    private static final Stack BIGGER_AND_LONGER = Specs.stack(
            Specs.with(Map.of("database.instanceClass", "db.t3.medium", "database.backupRetentionDays", 14)));
    private static final Key LOGS = key(LogGroup.class, "app");

    @Test
    void whatUsersFeelWaitsForAnApprovalAndTheRestOfTheResourceGoesOn() {
        var plan = Sight.standing(site()).plan(BIGGER_AND_LONGER, Doings.NONE.approval());
        var held = held(plan, DATABASE);
        assertThat(held.waits()).isEqualTo(Held.For.APPROVAL);
        assertThat(held.because()).isEqualTo("waits for an approval");
        assertThat(held.act().changes()).extracting(Change::field).containsExactly("instanceClass");
        assertThat(held.hash()).hasSize(8);
        assertThat(plan.of(Step.Update.class)).singleElement().satisfies(update -> assertThat(update.fields())
                .containsExactly("backupRetentionDays"));
        assertThat(plan.quiet()).as("the spec asks for more").isFalse();
    }

    @Test
    void aRollingRestartNeedsNoApproval() {
        var plan = Sight.standing(site()).plan(Specs.stack(Specs.with("container.cpu", 1024)), Doings.NONE.approval());
        step(plan, REVISION, Step.Replace.class);
    }

    @Test
    void anApprovalLetsAllOfItGoOnInOneCall() {
        var sight = Sight.standing(site());
        var hash = held(sight.plan(BIGGER_AND_LONGER, Doings.NONE.approval()), DATABASE)
                .hash();
        var plan = sight.plan(BIGGER_AND_LONGER, Doings.NONE.approval("other", hash));
        assertThat(step(plan, DATABASE, Step.Update.class).fields())
                .containsExactlyInAnyOrder("instanceClass", "backupRetentionDays");
        assertThat(plan.has(Held.class)).isFalse();
    }

    @Test
    void anApprovalIsForThisValueAndNoOther() {
        var sight = Sight.standing(site());
        var hash = held(sight.plan(BIGGER, Doings.NONE.approval()), DATABASE).hash();
        var larger = Specs.stack(Specs.with("database.instanceClass", "db.t3.large"));
        assertThat(held(sight.plan(larger, Doings.NONE.approval(hash)), DATABASE)
                        .hash())
                .isNotEqualTo(hash);
        // What AWS has on the way there does not count.
        sight.field(DATABASE, "instanceClass", "db.t3.small");
        step(sight.plan(BIGGER, Doings.NONE.approval(hash)), DATABASE, Step.Update.class);
    }

    @Test
    void anApprovalIsForThisResourceAndNotForTheOneThatTookItsPlace() {
        var sight = smallerDatabase();
        var hash = held(sight.plan(site(), Doings.NONE.approval()), DATABASE).hash();
        sight.change(DATABASE, one -> Sight.withId(one, "another"));
        var held = sight.plan(site(), Doings.NONE.approval(hash)).of(Held.class);
        assertThat(held).singleElement().satisfies(one -> assertThat(one.hash()).isNotEqualTo(hash));
    }

    @Test
    void anApprovalOfDriftIsForThisOneTime() {
        var monday = Doings.drift("instanceClass");
        var hash = held(smallerDatabase().plan(site(), monday.approval()), DATABASE)
                .hash();
        step(smallerDatabase().plan(site(), monday.approval(hash)), DATABASE, Step.Update.class);
        held(smallerDatabase().plan(site(), monday.since("Friday").approval(hash)), DATABASE);
    }

    @Test
    void theHashOfAPlanNamesEachStepThatAnApprovalLetsGoOn() {
        var stack = Specs.stack(
                Specs.with(Map.of("database.instanceClass", "db.t3.medium", "cache.nodeType", "cache.t3.medium")));
        var sight = Sight.standing(site()).field(LOGS, "retentionDays", 7);
        var plan = sight.plan(stack, Doings.NONE.approval());
        var hashes = List.of(held(plan, DATABASE).hash(), held(plan, CACHE).hash());
        assertThat(Policy.hash(plan))
                .isEqualTo(String.join("-", hashes.stream().sorted().toList()));
        assertThat(Policy.hash(sight.plan(site(), Doings.drift("retentionDays").leftAlone())))
                .as("no approval lets go on what is left alone")
                .isEmpty();
        assertThat(Policy.hash(Sight.standing(site()).plan())).isEmpty();
    }

    @Test
    void aPlanIsNotQuietWhileWhatTheSpecAsksForWaits() {
        var plan = Sight.standing(site()).plan(BIGGER, Doings.NONE.approval());
        assertThat(plan.steps())
                .filteredOn(step -> !(step instanceof Step.Keep))
                .hasSize(1);
        assertThat(plan.quiet()).isFalse();
        // What somebody else changed may wait quietly, as the resource is all the same as the spec has it.
        assertThat(smallerDatabase()
                        .plan(site(), Doings.drift("instanceClass").outsideTheWindow())
                        .quiet())
                .isTrue();
    }
}
