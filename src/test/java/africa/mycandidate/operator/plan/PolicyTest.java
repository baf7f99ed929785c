package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
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
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.plan.Step.Held;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Asked;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is held back of a plan, and what lets it go on. */
class PolicyTest {
    private static final Key LOGS = key(LogGroup.class, "app");

    private static final Stack BIGGER = Specs.stack(Specs.with("database.instanceClass", "db.t3.medium"));

    static Sight smallerDatabase() {
        return Sight.standing(site()).field(DATABASE, "instanceClass", "db.t3.micro");
    }

    static Held held(Plan plan, Key key) {
        return plan.of(Held.class).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void driftThatInterruptsIsPutBackInTheWindow() {
        var drift = Doings.drift("instanceClass");
        var held = held(smallerDatabase().plan(site(), drift.outsideTheWindow()), DATABASE);
        assertThat(held.waits()).isEqualTo(Held.For.WINDOW);
        assertThat(held.because()).isEqualTo("waits for the maintenance window, Sun 02:00, or for an approval");
        step(smallerDatabase().plan(site(), drift.inTheWindow()), DATABASE, Step.Update.class);
        step(smallerDatabase().plan(site(), drift.outsideTheWindow(held.hash())), DATABASE, Step.Update.class);
        // What the spec newly asks for waits for no window.
        step(smallerDatabase().plan(site(), Doings.NONE.outsideTheWindow()), DATABASE, Step.Update.class);
    }

    @Test
    void anElectionHoldsBackWhatIsFeltWhoeverAskedForItAndWhateverWasApproved() {
        for (var doings : List.of(Doings.NONE, Doings.drift("instanceClass"))) {
            var plan = smallerDatabase().plan(site(), doings.frozen(false));
            var held = held(plan, DATABASE);
            assertThat(held.waits()).isEqualTo(Held.For.ELECTION);
            assertThat(held.because()).isEqualTo("waits for the end of the election national");
            assertThat(Policy.hash(plan)).as("there is nothing to approve").isEmpty();
            held(smallerDatabase().plan(site(), doings.frozen(false, held.hash())), DATABASE);
        }
        var sight = Sight.standing(site()).field(LOGS, "retentionDays", 7);
        step(sight.plan(site(), Doings.NONE.frozen(false)), LOGS, Step.Update.class);
    }

    @Test
    void whereNobodyIsAnsweredAnElectionHoldsBackOnlyWhatIsNew() {
        var drift = Doings.drift("instanceClass");
        step(smallerDatabase().plan(site(), drift.frozen(true)), DATABASE, Step.Update.class);
        held(smallerDatabase().plan(site(), Doings.NONE.frozen(true)), DATABASE);
    }

    @Test
    void theClassThatAnElectionAskedForComesBeforeItOrNotAtAll() {
        var held = held(smallerDatabase().plan(site(), Doings.NONE.keepingSizes()), DATABASE);
        assertThat(held.waits()).isEqualTo(Held.For.ELECTION);
        held(smallerDatabase().plan(site(), Doings.NONE.keepingSizes(held.hash())), DATABASE);
    }

    @Test
    void driftThatNobodyFeelsIsPutBackAtOnce() {
        var sight = Sight.standing(site()).field(LOGS, "retentionDays", 7);
        step(sight.plan(site(), Doings.drift("retentionDays").outsideTheWindow()), LOGS, Step.Update.class);
    }

    @Test
    void driftThatIsOnlyReportedIsLeftAloneWhateverIsApproved() {
        var sight = Sight.standing(site()).field(LOGS, "retentionDays", 7);
        var policy = Doings.drift("retentionDays").leftAlone();
        var plan = sight.plan(site(), policy);
        var held = held(plan, LOGS);
        assertThat(held.waits()).isEqualTo(Held.For.CORRECT);
        assertThat(held.because()).isEqualTo("is left alone: driftPolicy is Report");
        assertThat(plan.of(Step.Act.class)).isEmpty();
        assertThat(plan.quiet()).as("nothing is outstanding").isTrue();
        assertThat(plan.settled()).as("but it is not as the spec has it").isFalse();
        var approved = new Policy(
                policy.origin(), policy.leftAlone(), false, policy.window(), Policy.Freeze.NONE, Set.of(held.hash()));
        held(sight.plan(site(), approved), LOGS);
    }

    @Test
    void whatTheSpecAsksForIsDoneWhileDriftIsLeftAlone() {
        var sight = Sight.standing(site()).field(DATABASE, "backupRetentionDays", 1);
        var plan = sight.plan(BIGGER, Doings.drift("backupRetentionDays").leftAlone());
        assertThat(plan.of(Step.Update.class)).singleElement().satisfies(update -> assertThat(update.fields())
                .containsExactly("instanceClass"));
        assertThat(held(plan, DATABASE).act().changes())
                .extracting(Change::field)
                .containsExactly("backupRetentionDays");
    }

    @Test
    void tagsGoWithTheStepThatHasThemAndNotWithTheOther() {
        var stack = Specs.stack(Specs.with(Map.of(
                "tags", Map.of("team", "civic"), "database.instanceClass", "db.t3.medium", "logs.retentionDays", 90)));
        var plan = Sight.standing(site()).plan(stack, Doings.NONE.approval());
        assertThat(((Step.Update) held(plan, DATABASE).act()).setTags()).isEmpty();
        var going = plan.of(Step.Update.class).stream()
                .filter(update -> update.key().equals(DATABASE))
                .toList();
        assertThat(going).singleElement().satisfies(update -> {
            assertThat(update.fields()).isEmpty();
            assertThat(update.setTags()).containsEntry("team", "civic");
        });
        // Left alone are the tags here, and their removal stays out of what goes on.
        var had = Sight.standing(Specs.stack(Specs.with("tags", Map.of("team", "civic"))));
        var alone = had.plan(
                Specs.stack(Specs.with("logs.retentionDays", 90)),
                Doings.drift(Change.TAGS).leftAlone());
        var logs = alone.of(Step.Update.class);
        assertThat(logs).singleElement().satisfies(update -> {
            assertThat(update.fields()).containsExactly("retentionDays");
            assertThat(update.removeTags()).isEmpty();
        });
        assertThat(((Step.Update) held(alone, LOGS).act()).removeTags()).containsExactlyInAnyOrder("team", Tags.KEYS);
    }

    @Test
    void aNewOwnersTagIsNoDriftThatCouldBeLeftAlone() {
        var stack = new Stack(
                Sight.SITE,
                Sight.UID,
                network().resources(),
                Map.of(),
                Map.of(),
                Set.of(),
                new Asked("", "uid-9", Set.of()));
        var sight = Sight.standing(stack).change(VPC, one -> Sight.withTag(one, Tags.OWNER, "uid-9"));
        var plan = sight.plan(stack, Doings.drift(Change.TAGS).leftAlone());
        assertThat(step(plan, VPC, Step.Update.class).setTags()).containsEntry(Tags.OWNER, Sight.UID);
    }

    @Test
    void whatSomebodyElsesScheduleSetsIsNoDrift() {
        var target = key(ScalableTarget.class, "app");
        var sight = Sight.standing(site()).field(target, "minTasks", 5);
        var policy = Doings.drift("minTasks").inTheWindow();
        step(sight.plan(site(), policy), target, Step.Update.class);
        sight.change(target, one -> Sight.withOutputs(one, Map.of("id", one.id(), "scheduled minTasks", "5 9")));
        step(sight.plan(site(), policy), target, Step.Keep.class);
        // What the spec newly asks for is set all the same.
        step(sight.plan(site(), Doings.NONE.inTheWindow()), target, Step.Update.class);
    }

    @Test
    void whatSomebodyDeletedIsMadeAgainUnlessItIsLeftAlone() {
        var sight = Sight.standing(site()).remove(LOGS);
        var policy = Doings.gone(LOGS);
        step(sight.plan(site(), policy.inTheWindow()), LOGS, Step.Create.class);
        var plan = sight.plan(site(), policy.leftAlone());
        var held = held(plan, LOGS);
        assertThat(held.act()).isInstanceOf(Step.Create.class);
        assertThat(plan.quiet())
                .as("a resource is missing, which is not harmless")
                .isFalse();
        step(sight.plan(site(), Doings.NONE.leftAlone()), LOGS, Step.Create.class);
    }

    @Test
    void anEmptyDatabaseIsNeverTheRepairOfDriftAndWaitsForAnApproval() {
        var stack = Specs.stack(Specs.with("allowDataLoss", List.of("database")));
        var sight = Sight.standing(site()).remove(DATABASE);
        var gone = Doings.gone(DATABASE);
        step(sight.plan(stack, gone.leftAlone()), DATABASE, Step.Create.class);
        step(sight.plan(stack, gone.outsideTheWindow()), DATABASE, Step.Create.class);
        var held = held(sight.plan(stack, gone.approval()), DATABASE);
        assertThat(held.drift()).isFalse();
        step(sight.plan(stack, gone.approval(held.hash())), DATABASE, Step.Create.class);
    }

    @Test
    void whatSomebodyAddedIsTakenAwayUnlessItIsLeftAlone() {
        var role = key(Vpc.class, "other");
        var stack = Sight.stack("main", PlannerTest.vpc(), "other", PlannerTest.vpc(), "a", PlannerTest.subnet());
        var added = Doings.added(role);
        step(Sight.standing(stack).plan(network(), added.inTheWindow()), role, Step.Delete.class);
        var plan = Sight.standing(stack).plan(network(), added.leftAlone());
        assertThat(held(plan, role).act()).isInstanceOf(Step.Delete.class);
        assertThat(plan.quiet()).isTrue();
        step(Sight.standing(stack).plan(network(), Doings.NONE.leftAlone()), role, Step.Delete.class);
    }

    @Test
    void aSuccessorIsLeftAloneOnlyWhereAllOfItsReasonsAreDrift() {
        var sight = Sight.standing(site()).field(REVISION, "image", "tampered").field(REVISION, "cpu", 1);
        held(sight.plan(site(), Doings.drift("image", "cpu").leftAlone()), REVISION);
        step(sight.plan(site(), Doings.drift("image").leftAlone()), REVISION, Step.Replace.class);
    }

    @Test
    void whileASuccessorIsHeldBackOthersStandOnTheOldOne() {
        var sight = Sight.standing(site()).field(REVISION, "image", "tampered");
        var plan = sight.plan(site(), Doings.drift("image").leftAlone());
        step(plan, SERVICE, Step.Keep.class);
        assertThat(plan.of(Step.Act.class)).isEmpty();
        assertThat(plan.of(Step.Blocked.class)).isEmpty();
    }

    @Test
    void aSecondOneGoesThoughAnUpdateOfTheFirstIsHeldBack() {
        var sight = Sight.standing(network()).field(VPC, "dnsHostnames", false);
        sight.add(Sight.withId(Sight.standing(network()).get(VPC), "zzz"));
        var plan = sight.plan(network(), Doings.drift("dnsHostnames").leftAlone());
        held(plan, VPC);
        assertThat(plan.of(Step.Delete.class))
                .singleElement()
                .satisfies(delete -> assertThat(delete.have().id()).isEqualTo("zzz"));
    }

    @Test
    void withNothingHeldBackThereIsNothingLeftToApprove() {
        var plan = Sight.standing(network()).remove(SUBNET).plan(network(), Policy.OPEN);
        assertThat(plan.has(Held.class)).isFalse();
        assertThat(Policy.OPEN.origin().isDrift(VPC, PlannerTest.vpc(), "cidr")).isFalse();
    }
}
