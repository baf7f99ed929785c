package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Reading;
import africa.mycandidate.operator.model.Snapshot.Where;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Listener.Action;
import africa.mycandidate.operator.stack.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One target group takes over from another, where two tasks answer in the old one. */
class HandoverTest {
    private static final Identity SITE = new Identity("111122223333", "af-south-1", "mycandidate", "southafrica");
    private static final Ref<TargetGroup> OLD = Ref.of("old");
    private static final Ref<TargetGroup> NEW = Ref.of("new");
    private static final Action FORWARD = new Action.Forward(NEW);

    private static Observed<TargetGroup> group(Ref<TargetGroup> id, int starting, int healthy) {
        var tags = Map.of(
                Tags.STACK, "mycandidate/southafrica",
                Tags.OWNER, "uid",
                Tags.RESOURCE, "TargetGroup/app",
                Tags.VERSION, "1");
        var actual = new TargetGroup(null, null, null, null, null, null, null, null, null, null, null, null, null);
        var outputs = Map.of("starting", "" + starting, "healthy", "" + healthy);
        return Observed.of(actual, id.value(), id.value(), Phase.READY, outputs, tags);
    }

    private static Snapshot seen(int starting, int healthy) {
        var groups = List.of(group(OLD, 0, 2), group(NEW, starting, healthy));
        return new Snapshot(
                "mycandidate/southafrica",
                Map.of(new Where(TargetGroup.class, ""), new Reading.Read(groups)),
                Instant.EPOCH);
    }

    @Test
    void theNewOneTakesOverOnceAsManyAnswerInIt() {
        var now = new Action.Forward(OLD);
        assertThat(FORWARD.towards(now, seen(2, 0))).isEqualTo(new Action.Handover(OLD, NEW));
        assertThat(FORWARD.towards(new Action.Handover(OLD, NEW), seen(1, 1))).isEqualTo(new Action.Handover(OLD, NEW));
        assertThat(FORWARD.towards(new Action.Handover(OLD, NEW), seen(0, 2))).isEqualTo(FORWARD);
    }

    @Test
    void itIsWatchedCloselyFromTheMomentThatTasksComeUpInIt() {
        assertThat(FORWARD.fills(seen(0, 0))).isFalse();
        assertThat(FORWARD.fills(seen(1, 0))).isTrue();
        assertThat(FORWARD.fills(seen(0, 1))).isTrue();
        assertThat(new Action.Refuse(403).fills(seen(2, 0))).isFalse();
    }

    @Test
    void theListenerAndTheRuleOfTheCdnBothWatchIt() {
        var listener = new Listener(null, 443, "HTTPS", null, null, FORWARD);
        var rule = new ListenerRule(null, null, null, FORWARD);
        assertThat(listener.waitsClosely(seen(1, 0))).isTrue();
        assertThat(rule.waitsClosely(seen(1, 0))).isTrue();
    }

    @Test
    void thePlanSaysSoToWhoeverLooks() {
        assertThat(planned(0).closely()).isFalse();
        assertThat(planned(1).closely()).isTrue();
    }

    /** What the plan has for a listener that already forwards to both. */
    private static Step.Blocked planned(int starting) {
        var group = new TargetGroup(null, null, null, null, null, null, null, null, null, null, null, null, null);
        var groups = new Key(TargetGroup.class, "app");
        var listeners = new Key(Listener.class, "https");
        var wanted = new Listener(null, 443, "HTTPS", null, null, FORWARD);
        var standing = new Listener(null, 443, "HTTPS", null, null, new Action.Handover(OLD, NEW));
        var stack = new Stack(SITE, "uid", Map.of(groups, group, listeners, wanted), Map.of());
        var seen = new Snapshot(
                SITE.stack(),
                Map.of(
                        new Where(TargetGroup.class, ""),
                        new Reading.Read(List.of(group(OLD, 0, 2), group(NEW, starting, 0))),
                        new Where(Listener.class, wanted.place()),
                        new Reading.Read(List.of(Observed.of(
                                standing, "listener", "", Phase.READY, Map.of(), stack.tagsOf(listeners))))),
                Instant.EPOCH);
        return Planner.plan(stack, seen).of(Step.Blocked.class).getFirst();
    }
}
