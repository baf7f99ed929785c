package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.SUBNET;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.DnsRecord;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.stack.Asked;
import africa.mycandidate.operator.stack.Stack;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What somebody else made becomes the stack's, and is given back. */
class TakeoverTest {
    private static final Key RECORD = key(DnsRecord.class, "site");

    static Stack adopting(Stack stack, Key key, String id) {
        return new Stack(
                Sight.SITE, Sight.UID, stack.resources(), stack.tags(), Map.of(key, id), Set.of(), Asked.NOTHING);
    }

    static Stack adopting(Stack stack, Key key) {
        return adopting(stack, key, Sight.id(key));
    }

    static Observed<?> nobodys(Observed<?> one) {
        var others = one;
        for (var tag : one.tags().keySet()) others = Sight.withoutTag(others, tag);
        return others;
    }

    private static Sight somebodyElses(Stack stack, Key key) {
        return Sight.standing(stack).change(key, TakeoverTest::nobodys);
    }

    @Test
    void whatTheSpecNamesIsTaggedAndNothingElse() {
        var stack = adopting(network(), VPC);
        var plan = somebodyElses(network(), VPC).plan(stack);
        var adopt = step(plan, VPC, Step.Adopt.class);
        assertThat(adopt.tags()).containsAllEntriesOf(stack.tagsOf(VPC));
        assertThat(adopt.because()).startsWith("vpc-main is taken over as spec.adopt asks");
        assertThat(plan.of(Step.Act.class)).hasSize(1);
        assertThat(adopt.changes()).isEmpty();
        assertThat(adopt.interruption()).isEqualTo(Interruption.NONE);
    }

    @Test
    void whatTheSpecChangesOfItIsDoneAsItIsTakenOver() {
        var stack = adopting(network(), VPC);
        var plan =
                somebodyElses(network(), VPC).field(VPC, "dnsHostnames", false).plan(stack);
        var update = step(plan, VPC, Step.Update.class);
        assertThat(update.fields()).containsExactly("dnsHostnames");
        // The version too: it says which blueprint drew what is now the stack's.
        assertThat(update.setTags()).isEqualTo(stack.tagsOf(VPC)).containsKey(Tags.VERSION);
        assertThat(update.removeTags()).isEmpty();
    }

    @Test
    void itIsNotWrittenToWhileAwsIsAtWorkOnIt() {
        var sight = somebodyElses(network(), VPC).phase(VPC, Phase.BUSY);
        assertThat(step(sight.plan(adopting(network(), VPC)), VPC, Step.Wait.class)
                        .because())
                .isEqualTo("AWS is changing it; then it is taken over");
    }

    @Test
    void itWaitsForWhatItIsToBeWiredTo() {
        var sight = somebodyElses(network(), SUBNET).remove(VPC);
        assertThat(step(sight.plan(adopting(network(), SUBNET)), SUBNET, Step.Blocked.class)
                        .by())
                .containsExactly(VPC);
    }

    @Test
    void whatIsNamedAndNotThereIsNeverMade() {
        var plan = Sight.empty(network()).plan(adopting(network(), VPC, "vpc-9"));
        assertThat(step(plan, VPC, Step.Refuse.class).because())
                .isEqualTo(
                        "spec.adopt names vpc-9, and there is no such Vpc in this account and region; correct its id");
    }

    @Test
    void aNameThatNobodyHasAnyMoreIsSimplyMade() {
        var name = site().resources().get(RECORD).uniqueName();
        var plan = Sight.standing(site()).remove(RECORD).plan(adopting(site(), RECORD, name));
        step(plan, RECORD, Step.Create.class);
    }

    @Test
    void theNamedOneIsTakenAndNotAnotherThatFits() {
        var sight = Sight.standing(network());
        sight.add(Sight.withId(nobodys(sight.get(VPC)), "named"));
        sight.add(Sight.withId(nobodys(sight.get(VPC)), "aaa"));
        var plan = sight.plan(adopting(network(), VPC, "named"));
        assertThat(plan.of(Step.Adopt.class))
                .singleElement()
                .satisfies(adopt -> assertThat(adopt.have().id()).isEqualTo("named"));
        // What nobody named and is nobody's is not touched.
        assertThat(plan.steps()).noneMatch(step -> step.because().contains("aaa"));
    }

    @Test
    void whatAnotherStackHasIsNotTakenFromIt() {
        var sight = Sight.standing(network())
                .change(VPC, one -> one.withOwner(new Owner.Stack("other/site", "uid-2", "main", "1")));
        assertThat(step(sight.plan(adopting(network(), VPC)), VPC, Step.Refuse.class)
                        .because())
                .contains("vpc-main belongs to the stack other/site")
                .contains("Take it out of spec.adopt");
    }

    @Test
    void aNamedOneWhoseTagsAreHiddenIsWaitedFor() {
        var stack = adopting(network(), VPC);
        var sight = Sight.standing(network()).change(VPC, one -> one.withOwner(new Owner.Unreadable()));
        assertThat(step(sight.plan(stack), VPC, Step.Wait.class).because()).contains("AWS does not show its tags now");
        // And one that nobody named is nobody's business.
        var other = Sight.standing(network())
                .remove(VPC)
                .add(Sight.withId(Sight.standing(network()).get(VPC), "zzz").withOwner(new Owner.Unreadable()))
                .plan(network());
        step(other, VPC, Step.Create.class);
    }

    @Test
    void whatWasTakenOverIsNotLostSightOfWhileItsNetworkIs() {
        var stack = adopting(network(), SUBNET);
        var sight = Sight.standing(network()).remove(VPC);
        step(sight.plan(stack), SUBNET, Step.Blocked.class);
        sight.change(SUBNET, one -> one.withOwner(new Owner.Unreadable()));
        step(sight.plan(stack), SUBNET, Step.Wait.class);
    }

    @Test
    void aDomainIsSwitchedLastOnceTheNewSiteAnswers() {
        var name = site().resources().get(RECORD).uniqueName();
        var stack = adopting(site(), RECORD, name);
        var sight = somebodyElses(site(), RECORD);
        var old = sight.get(RECORD);
        sight.remove(RECORD).add(Sight.withField(Sight.withId(old, name), "target", Ref.of("old.example.org")));
        var wait = step(sight.plan(stack), RECORD, Step.Wait.class);
        assertThat(wait.because()).isEqualTo("is switched last, once what is to take its place answers");
        assertThat(wait.changes()).extracting(Change::field).containsExactly("target");
        var target = key(TargetGroup.class, "app");
        sight.change(target, one -> with(one, "healthy", "2"));
        sight.change(key(EcsService.class, "app"), one -> with(one, "desired", "2"));
        assertThat(step(sight.plan(stack), RECORD, Step.Update.class).fields()).containsExactly("target");
        // Nobody knows then how many tasks there are to be.
        sight.unread(EcsService.class, "timed out");
        step(sight.plan(stack), RECORD, Step.Wait.class);
    }

    private static Observed<?> with(Observed<?> one, String output, String value) {
        var outputs = new TreeMap<>(one.outputs());
        outputs.put(output, value);
        return Sight.withOutputs(one, outputs);
    }

    @Test
    void whatANewerOperatorMadeIsLeftToIt() {
        var sight = Sight.standing(network()).change(VPC, one -> Sight.withTag(one, Tags.VERSION, "999"));
        var plan = sight.plan();
        assertThat(step(plan, VPC, Step.Refuse.class).because())
                .startsWith("vpc-main was made by a newer version of the operator");
        assertThat(plan.of(Step.Act.class)).isEmpty();
    }

    @Test
    void whatWasTakenOverIsGivenBackAsItIs() {
        var stack = adopting(network(), VPC);
        var plan = Leaving.plan(stack, Sight.standing(network()).snapshot());
        var update = step(plan, VPC, Step.Update.class);
        assertThat(update.removeTags()).isEqualTo(stack.tagsOf(VPC).keySet());
        assertThat(update.setTags()).isEmpty();
        assertThat(update.because()).isEqualTo("spec.adopt took it over: it is given back, and stays as it is");
        assertThat(plan.of(Step.Delete.class)).singleElement().satisfies(delete -> assertThat(delete.key())
                .isEqualTo(SUBNET));
    }

    @Test
    void aNameThatWasTakenOverIsOursAloneAndGoes() {
        var name = site().resources().get(RECORD).uniqueName();
        var only = Sight.stack("site", site().resources().get(RECORD));
        var sight = Sight.empty(only).add(Sight.withId(Sight.standing(site()).get(RECORD), name));
        var plan = Leaving.plan(adopting(only, RECORD, name), sight.snapshot());
        step(plan, RECORD, Step.Delete.class);
    }

    @Test
    void theGuardOfWhatIsGivenBackHoldsNothingUp() {
        var sight = Sight.standing(site());
        assertThat(Leaving.plan(site(), sight.snapshot()).of(Step.Refuse.class)).hasSize(1);
        var plan = Leaving.plan(adopting(site(), DATABASE), sight.snapshot());
        assertThat(plan.of(Step.Refuse.class)).isEmpty();
        assertThat(step(plan, DATABASE, Step.Update.class).removeTags()).contains(Tags.OWNER);
    }
}
