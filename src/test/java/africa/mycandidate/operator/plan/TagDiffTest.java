package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.step;
import static africa.mycandidate.operator.plan.PlannerTest.vpc;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.stack.Stack;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagDiffTest {
    private static Stack tagged(Map<String, String> tags) {
        return Sight.stack(tags, "main", vpc());
    }

    @Test
    void aTagOfTheSpecIsSet() {
        var update =
                step(Sight.standing(tagged(Map.of())).plan(tagged(Map.of("team", "civic"))), VPC, Step.Update.class);
        assertThat(update.setTags()).containsExactlyInAnyOrderEntriesOf(Map.of("team", "civic", Tags.KEYS, "team"));
        assertThat(update.removeTags()).isEmpty();
        assertThat(update.fields()).isEmpty();
        assertThat(update.changes()).extracting(Change::field).containsExactly(Change.TAGS);
    }

    @Test
    void aTagThatLeftTheSpecIsTakenOff() {
        var two = tagged(Map.of("team", "civic", "cost", "7"));
        var one = step(Sight.standing(two).plan(tagged(Map.of("team", "civic"))), VPC, Step.Update.class);
        assertThat(one.removeTags()).containsExactly("cost");
        // A crash after the first of two calls would leave a tag that nobody lists any more, so the list follows once
        // it is off.
        assertThat(one.setTags()).isEmpty();
        var off = Sight.standing(two).change(VPC, seen -> Sight.withoutTag(seen, "cost"));
        var list = step(off.plan(tagged(Map.of("team", "civic"))), VPC, Step.Update.class);
        assertThat(list.setTags()).containsExactly(Map.entry(Tags.KEYS, "team"));
        assertThat(list.removeTags()).isEmpty();
        var other = step(Sight.standing(two).plan(tagged(Map.of("stage", "live"))), VPC, Step.Update.class);
        assertThat(other.setTags()).contains(Map.entry(Tags.KEYS, "cost stage team"), Map.entry("stage", "live"));
        var none = step(Sight.standing(two).plan(tagged(Map.of())), VPC, Step.Update.class);
        assertThat(none.removeTags()).containsExactlyInAnyOrder("cost", "team", Tags.KEYS);
    }

    @Test
    void tagsOfOthersAreTheirs() {
        var sight = Sight.standing(tagged(Map.of("team", "civic")))
                .change(VPC, one -> Sight.withTag(one, "auditor", "seen"));
        step(sight.plan(), VPC, Step.Keep.class);
    }

    @Test
    void aTagThatSomebodyChangedIsPutBack() {
        var sight =
                Sight.standing(tagged(Map.of("team", "civic"))).change(VPC, one -> Sight.withTag(one, "team", "other"));
        var update = step(sight.plan(), VPC, Step.Update.class);
        assertThat(update.setTags()).containsExactly(Map.entry("team", "civic"));
        assertThat(update.changes()).singleElement().hasToString("tags: team=other → team=civic");
    }

    @Test
    void theVersionAloneIsNoDifference() {
        step(
                Sight.standing(tagged(Map.of()))
                        .change(VPC, one -> Sight.withTag(one, Tags.VERSION, "0"))
                        .plan(),
                VPC,
                Step.Keep.class);
    }

    @Test
    void ownTagsCannotBeOverwrittenByTheSpec() {
        assertThat(tagged(Map.of(Tags.OWNER, "me")).tagsOf(VPC)).containsEntry(Tags.OWNER, Sight.UID);
    }
}
