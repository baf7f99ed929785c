package africa.mycandidate.operator.converge;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Reading;
import africa.mycandidate.operator.model.Snapshot.Where;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.TargetGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How soon the end of a wait is seen, and what that costs in reads. */
class WatchesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-24T00:00:00Z");

    private final Watches watches = new Watches();

    private static Snapshot seen(Class<? extends Resource> type, Reading reading) {
        return new Snapshot("mycandidate/southafrica", Map.of(new Where(type, ""), reading), BEGIN);
    }

    private static Observed<Resource> creating() {
        var tags = Map.of(
                Tags.STACK, "mycandidate/southafrica",
                Tags.OWNER, "uid",
                Tags.RESOURCE, "DbInstance/main",
                Tags.VERSION, "1");
        return Observed.of(null, "id", "name", Phase.CREATING, Map.of(), tags);
    }

    private static Plan waiting(Class<? extends Resource> type, String because) {
        return new Plan(List.of(new Step.Wait(new Key(type, "main"), because)), true, Map.of());
    }

    /** The times of the looks while a wait lasts, and of the one after its end. */
    private List<Instant> looks(Class<? extends Resource> type, Duration lasts) {
        var looks = new ArrayList<Instant>();
        var end = BEGIN.plus(lasts);
        var now = BEGIN;
        while (true) {
            looks.add(now);
            if (!now.isBefore(end)) return looks;
            watches.take(waiting(type, "creating"), seen(type, new Reading.Read(List.of(creating()))), List.of(), now);
            now = now.plus(watches.next(now).orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 180, 240, 360, 480, 720})
    void aDatabaseIsSeenReadyInTimeWithFewReads(int seconds) {
        var looks = looks(DbInstance.class, Duration.ofSeconds(seconds));
        assertThat(looks).hasSizeLessThanOrEqualTo(75);
        assertThat(late(looks, seconds)).isLessThanOrEqualTo(Math.max(20, seconds * 0.03));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 30, 60, 100, 200})
    void whatTakesLessIsSeenWithinFiveSeconds(int seconds) {
        var looks = looks(EcsService.class, Duration.ofSeconds(seconds));
        assertThat(looks).hasSizeLessThanOrEqualTo(75);
        assertThat(late(looks, seconds)).isLessThanOrEqualTo(5);
    }

    private static double late(List<Instant> looks, int seconds) {
        return Duration.between(BEGIN.plusSeconds(seconds), looks.getLast()).toMillis() / 1000.0;
    }

    @Test
    void whatVotersWouldFeelIsLookedAtEachSecond() {
        var group = new Key(TargetGroup.class, "app");
        var listener = new Key(Listener.class, "https");
        for (var now = BEGIN; now.isBefore(BEGIN.plusSeconds(90)); now = now.plusSeconds(1)) {
            watches.take(handover(group, listener, true), standing(TargetGroup.class), List.of(), now);
            assertThat(watches.next(now)).contains(Duration.ofSeconds(1));
        }
        var now = BEGIN.plusSeconds(90);
        watches.take(handover(group, listener, false), standing(TargetGroup.class), List.of(), now);
        watches.take(handover(group, listener, false), standing(TargetGroup.class), List.of(), now.plusSeconds(60));
        assertThat(watches.next(now.plusSeconds(60)).orElseThrow()).isGreaterThan(Duration.ofSeconds(2));
    }

    private static Plan handover(Key group, Key listener, boolean closely) {
        var have = Observed.<Resource>of(null, "id", "name", Phase.READY, Map.of(), Map.of());
        return new Plan(
                List.of(
                        new Step.Keep(group, have),
                        new Step.Blocked(listener, Set.of(group), "takes over later", closely)),
                true,
                Map.of());
    }

    private static Snapshot standing(Class<? extends Resource> type) {
        return seen(type, new Reading.Read(List.of()));
    }

    @Test
    void otherWordsOfAwsAreAnotherWait() {
        looks(EcsService.class, Duration.ofMinutes(30));
        var now = BEGIN.plus(Duration.ofMinutes(40));
        watches.take(
                waiting(EcsService.class, "rolling out"),
                seen(EcsService.class, new Reading.Read(List.of())),
                List.of(),
                now);
        assertThat(watches.next(now).orElseThrow()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** Each answer carries another request id; that is no news. */
    @Test
    void whatCannotBeReadIsLookedForMoreAndMoreSeldom() {
        var now = BEGIN;
        var pauses = new ArrayList<Long>();
        for (var i = 0; i < 8; i++) {
            var unread = new Reading.Unread("AccessDenied (request " + i + ")", true);
            var plan = waiting(EcsService.class, "could not be read: AccessDenied (request " + i + ")");
            watches.take(plan, seen(EcsService.class, unread), List.of(), now);
            pauses.add(watches.next(now).orElseThrow().toSeconds());
            now = now.plus(watches.next(now).orElseThrow());
        }
        assertThat(pauses).containsExactly(2L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    /** A pass that comes for something else takes along what is nearly due. */
    @Test
    void whatCannotBeReadIsTriedAgainWithOthers() {
        var unread = seen(EcsService.class, new Reading.Unread("ThrottlingException", false));
        var now = BEGIN;
        for (var i = 0; i < 8; i++) {
            watches.take(waiting(EcsService.class, "could not be read"), unread, List.of(), now);
            now = now.plus(watches.next(now).orElseThrow());
        }
        watches.take(waiting(EcsService.class, "could not be read"), unread, List.of(), now);
        var where = new Where(EcsService.class, "");
        assertThat(watches.next(now)).contains(Duration.ofSeconds(30));
        assertThat(watches.isDue(where, now.plusSeconds(23))).isFalse();
        assertThat(watches.isDue(where, now.plusSeconds(25))).isTrue();
    }

    /** What was read before a write shows nothing of it, and may be just what a spec that was changed back asks for. */
    @Test
    void whatWasWrittenIsReadByTheVeryNextPass() {
        var key = new Key(DbInstance.class, "main");
        var change = new Step.Delete(key, creating(), "it is not part of the stack", List.of());
        var plan = new Plan(List.of(change), true, Map.of());
        var where = new Where(DbInstance.class, "");
        var read = seen(DbInstance.class, new Reading.Read(List.of(creating())));
        watches.take(plan, read, List.of(), BEGIN);
        assertThat(watches.isDue(where, BEGIN)).as("nothing was tried").isFalse();
        watches.take(plan, read, List.of(new Outcome.Done(change, "id")), BEGIN);
        assertThat(watches.isDue(where, BEGIN)).isTrue();
    }

    @Test
    void aSettledStackHasNothingToWatch() {
        looks(EcsService.class, Duration.ofMinutes(1));
        watches.take(
                new Plan(List.of(), true, Map.of()),
                seen(EcsService.class, new Reading.Read(List.of())),
                List.of(),
                BEGIN.plusSeconds(90));
        assertThat(watches.none()).isTrue();
    }
}
