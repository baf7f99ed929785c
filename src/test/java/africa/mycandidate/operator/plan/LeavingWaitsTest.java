package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.LeavingTest.unprotected;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.resource.Vpc;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a deletion waits for, and that it says so. */
class LeavingWaitsTest {
    @Test
    void whatSomethingStillHoldsGoesAfterIt() {
        var revision = key(TaskDefinition.class, "app");
        var logs = key(LogGroup.class, "app");
        var sight = Sight.empty(site())
                .add(Sight.standing(site()).get(logs))
                .add(Sight.standing(site()).get(revision));
        // Its own references are gone, and a deployment that is still draining writes there.
        sight.field(revision, "logGroup", null).change(revision, one -> one.withUses(Set.of(Sight.id(logs))));
        var others = Sight.stack("main", PlannerTest.vpc());
        var plan = Leaving.plan(others, sight.snapshot());
        assertThat(step(plan, logs, Step.Blocked.class).by()).containsExactly(revision);
        step(plan, revision, Step.Delete.class);
    }

    @Test
    void aRoleThatTheStackDoesNotKnowHoldsNobodyUp() {
        var two = Sight.stack("main", PlannerTest.vpc(), "other", PlannerTest.vpc());
        var plan = Leaving.plan(
                Sight.stack("main", PlannerTest.vpc()), Sight.standing(two).snapshot());
        assertThat(plan.of(Step.Delete.class)).hasSize(2);
    }

    @Test
    void itSaysWhatItWaitsFor() {
        var vpc = key(Vpc.class, "main");
        var stack = Sight.stack("main", PlannerTest.vpc());
        for (var said : Set.of("", "modifying")) {
            var mark = said.isEmpty() ? "" : " (modifying)";
            var sight = Sight.standing(stack).change(vpc, one -> one.withMessage(said));
            assertThat(step(sight.phase(vpc, Phase.DELETING).leave(), vpc, Step.Wait.class)
                            .because())
                    .isEqualTo("deleting" + mark);
            assertThat(step(sight.phase(vpc, Phase.CREATING).leave(), vpc, Step.Wait.class)
                            .because())
                    .isEqualTo("AWS is at work on it" + mark);
        }
        var cache = key(ReplicationGroup.class, "main");
        var sight = Sight.standing(unprotected())
                .change(cache, one -> one.withOwner(new Owner.Unreadable()).withMessage("modifying"));
        assertThat(step(sight.leave(), cache, Step.Wait.class).because()).isEqualTo("AWS is at work on it (modifying)");
        sight.change(cache, one -> one.withMessage(""));
        assertThat(step(sight.leave(), cache, Step.Wait.class).because()).isEqualTo("AWS is at work on it");
    }

    @Test
    void itSaysWhatCouldNotBeRead() {
        var network = Sight.standing(PlannerTest.network()).unread(Vpc.class, "Throttling");
        var plan = network.leave();
        assertThat(step(plan, PlannerTest.SUBNET, Step.Wait.class).because())
                .isEqualTo("deleted once everything can be read; Vpc could not be: Throttling");
        assertThat(step(plan, key(Vpc.class, ""), Step.Wait.class).because())
                .isEqualTo("could not be read: Throttling");
    }
}
