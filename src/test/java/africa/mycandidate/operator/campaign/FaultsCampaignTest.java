package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.campaign.CallFault.ServiceDown;
import africa.mycandidate.operator.campaign.CallFault.Throttled;
import africa.mycandidate.operator.reconcile.Answers;
import africa.mycandidate.operator.reconcile.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of fault hits a creation, and a stack in service whose spec changes in the middle of it. While it lasts the status tells the truth and nothing
 * hammers; after it there is the same stack as without it, soon, and then silence.
 */
class FaultsCampaignTest {
    private static final long SEED = 17;
    private static final Duration LATE = FaultCase.LATE;
    /** How many calls trouble may cost, against a life without it. */
    private static final double MORE = 1.3;

    private static Map<String, Long> undisturbed;
    /** When the calls of a creation that nothing disturbs were made, since its beginning. */
    private static List<Duration> usualCalls;

    private static int creationPeak;
    private static Duration creation;

    @BeforeAll
    static void undisturbed() {
        var ordeal = new Ordeal(SEED);
        ordeal.simulation.apply(Simulation.minimal(ordeal.zone));
        var begin = ordeal.simulation.clock.instant();
        creation = ordeal.ready(begin);
        usualCalls =
                ordeal.calls.stream().map(at -> Duration.between(begin, at)).toList();
        creationPeak = ordeal.peak();
        ordeal.assertSilent();
        undisturbed = ordeal.simulation.holdings().census();
        System.out.printf(
                "undisturbed: Ready after %d s; %d calls in the busiest minute%n", creation.toSeconds(), creationPeak);
    }

    @TestFactory
    Stream<DynamicTest> ofACreation() {
        return FaultCase.CREATIONS.stream()
                .map(one -> DynamicTest.dynamicTest(one.fault().story(), () -> creates(one)));
    }

    private static void creates(FaultCase one) {
        var ordeal = new Ordeal(SEED);
        ordeal.simulation.apply(Simulation.minimal(ordeal.zone));
        var tale = ordeal.suffers(one.fault(), null, one.tells());
        print("a creation", one.fault(), tale);
        assertThat(one.tells().isEmpty() || !tale.told().isEmpty())
                .as("the status tells of " + one.tells())
                .isTrue();
        ordeal.assertSilent();
        assertThat(ordeal.simulation.holdings().census()).isEqualTo(undisturbed);
        assertNothingHammers(tale, creationPeak);
        assertThat(tale.recovery()).isLessThanOrEqualTo(creation.plus(LATE));
    }

    /** Nothing that goes wrong makes the operator ask much more often than it does where nothing does, not for a minute either. */
    private static void assertNothingHammers(Ordeal.Tale tale, int undisturbed) {
        assertThat(tale.peak()).as("calls in the busiest minute").isLessThanOrEqualTo((int) (undisturbed * MORE));
    }

    @Test
    void halfOfAllCallsThrottledAreNotAnsweredWithMore() {
        var ordeal = new Ordeal(SEED);
        ordeal.simulation.apply(Simulation.minimal(ordeal.zone));
        var lasts = Duration.ofMinutes(10);
        var tale = ordeal.suffers(new Throttled(new Span(Duration.ZERO, lasts), 0.5), null, "");
        var clean = usualCalls.stream().filter(at -> at.compareTo(lasts) < 0).count();
        System.out.printf(
                "half of all calls throttled for 10 min: %d calls, %d without: %.2f times as many%n",
                tale.calls(), clean, (double) tale.calls() / clean);
        assertThat(tale.calls()).isLessThanOrEqualTo((int) (clean * MORE));
    }

    @Test
    void aTwentiethOfAllCallsThrottledDelaysLittle() {
        var ratios = LongStream.rangeClosed(1, 16)
                .parallel()
                .mapToObj(seed -> {
                    var disturbed = new Throttled(Span.of(0, 600), 0.05);
                    return (double) created(seed, disturbed).toMillis()
                            / created(seed, null).toMillis();
                })
                .sorted()
                .toList();
        System.out.printf(
                "a twentieth of all calls throttled, 16 seeds: Ready after %.3f of the usual time, %.3f at worst%n",
                ratios.get(8), ratios.getLast());
        assertThat(ratios.getLast()).isLessThanOrEqualTo(1.15);
    }

    private static Duration created(long seed, Fault fault) {
        var ordeal = new Ordeal(seed);
        ordeal.simulation.apply(Simulation.minimal(ordeal.zone));
        if (fault != null) ordeal.begins(fault);
        return ordeal.ready(ordeal.simulation.clock.instant());
    }

    /** Nothing may be deleted before everything can be read, and nothing but what cannot be is worth asking for more often than each minute. */
    @ParameterizedTest
    @EnumSource(names = {"EC2", "RDS", "ECS"})
    void aDeletionThatCannotReadAServiceWaitsQuietly(AwsService service) {
        var ordeal = new Ordeal(SEED);
        ordeal.simulation.apply(Simulation.spec(ordeal.zone, "database: {deletionProtection: false}"));
        ordeal.ready(ordeal.simulation.clock.instant());
        var lasts = Duration.ofHours(1);
        var end = ordeal.simulation.clock.instant().plus(lasts);
        ordeal.begins(new CallFault.ServiceDown(new Span(Duration.ZERO, lasts), service));
        ordeal.calls.clear();
        while (ordeal.simulation.clock.instant().isBefore(end))
            ordeal.simulation.rest(ordeal.simulation.depart().next());
        System.out.printf(
                "a deletion with %s down for an hour: %d calls, %d in the busiest minute%n",
                service, ordeal.calls.size(), ordeal.peak());
        assertThat(ordeal.peak()).isLessThanOrEqualTo(creationPeak);
        assertThat(ordeal.calls.size() / lasts.toMinutes()).isLessThanOrEqualTo(90);
        var longest = end.plus(Duration.ofHours(2));
        while (!(ordeal.simulation.depart() instanceof Answers.Gone)) {
            assertThat(ordeal.simulation.clock.instant()).as("gone soon after").isBefore(longest);
            ordeal.simulation.rest(Duration.ofSeconds(10));
        }
    }

    /** RDS, then ECS, then EC2 answer nothing for six hours; meanwhile somebody changes the alarm, the logs, and what the absent service keeps. */
    @Test
    void theDriftOfOthersIsCorrectedWhileOneServiceIsDown() {
        var ordeal = new Ordeal(SEED);
        ordeal.simulation.apply(Simulation.minimal(ordeal.zone));
        ordeal.ready(ordeal.simulation.clock.instant());
        ordeal.assertSilent();
        for (var service : List.of(AwsService.RDS, AwsService.ECS, AwsService.EC2)) {
            var down = new ServiceDown(Span.of(0, 360), service);
            ordeal.begins(down);
            ordeal.passes(Duration.ofHours(3));
            ordeal.keepLogsFor(90);
            ordeal.liftProtection();
            var meanwhile = ordeal.timeUntil(() -> ordeal.logsKept() == 30);
            ordeal.passes(Duration.ofHours(3));
            var rest = ordeal.timeUntil(ordeal::isProtected);
            var after = rest.plus(ordeal.timeUntil(ordeal.simulation::ready));
            System.out.printf(
                    "%s: drift elsewhere corrected after %d s; Ready %d s after its return, its own drift after %d s%n",
                    down.story(), meanwhile.toSeconds(), after.toSeconds(), rest.toSeconds());
            assertThat(meanwhile).isLessThanOrEqualTo(Duration.ofMinutes(2));
            assertThat(after).isLessThanOrEqualTo(LATE);
            assertThat(rest).isLessThanOrEqualTo(LATE);
            ordeal.assertSilent();
        }
    }

    @Test
    void everyKindIsDrawnAndTold() {
        var random = new Random(SEED);
        var drawn = Stream.generate(() -> Fault.draw(random)).limit(500).toList();
        assertThat(drawn.stream().map(Fault::getClass).distinct()).hasSize(Fault.KINDS.size());
        assertThat(drawn).allSatisfy(fault -> assertThat(fault.story()).matches("from .*, for \\d+ (min|h).*: .+"));
        var again = new Random(SEED);
        assertThat(Stream.generate(() -> Fault.draw(again)).limit(500)).isEqualTo(drawn);
        assertThat(new ServiceDown(Span.of(12, 360), AwsService.RDS).story())
                .isEqualTo("from minute 12, for 6 h: RDS answers nothing");
    }

    /** A stack in service, and what it is to become with the next change. */
    private static Ordeal standing;

    private static boolean larger;
    private static Duration change;
    private static int changePeak;
    private static final Map<Boolean, Map<String, Long>> CENSUS = new TreeMap<>();

    private static Spec spec(Ordeal of) {
        return larger
                ? Simulation.spec(
                        of.zone,
                        "image: example.org/mycandidate:1.5.0",
                        "database: {instanceClass: db.t3.medium}",
                        "cache: {nodeType: cache.t3.small}",
                        "network: {natGateways: PerZone}",
                        "domain: {name: www." + Simulation.DOMAIN + ", hostedZoneId: " + of.zone + "}")
                : Simulation.minimal(of.zone);
    }

    /** A change that nothing disturbs. Returns how long it takes. */
    private static Duration turn(Ordeal ordeal) {
        ordeal.calls.clear();
        ordeal.simulation.apply(spec(ordeal));
        var took = ordeal.ready(ordeal.simulation.clock.instant());
        ordeal.assertSilent();
        larger = !larger;
        changePeak = Math.max(changePeak, ordeal.peak());
        return took;
    }

    /** Made anew where the last fault left it in disorder; the change is measured both ways. */
    private static void stand() {
        if (standing != null) return;
        standing = new Ordeal(SEED);
        larger = false;
        change = Duration.ZERO;
        for (var turn = 0; turn < 3; turn++) {
            var took = turn(standing);
            if (turn > 0 && took.compareTo(change) > 0) change = took;
            CENSUS.put(!larger, standing.simulation.holdings().census());
        }
        System.out.printf(
                "undisturbed: a change takes %d s at most; %d calls in the busiest minute%n",
                change.toSeconds(), changePeak);
    }

    @TestFactory
    Stream<DynamicTest> ofAStackInService() {
        return FaultCase.IN_SERVICE.stream()
                .map(one -> DynamicTest.dynamicTest(one.fault().story(), () -> survives(one)));
    }

    private static void survives(FaultCase one) {
        stand();
        var ordeal = standing;
        standing = null;
        if (one.growing() && !larger) turn(ordeal);
        var data = ordeal.data();
        var tale = ordeal.suffers(one.fault(), spec(ordeal), one.tells());
        print("in service", one.fault(), tale);
        assertThat(one.tells().isEmpty() || !tale.told().isEmpty())
                .as("the status tells of " + one.tells())
                .isTrue();
        ordeal.assertSilent();
        assertThat(ordeal.simulation.holdings().census()).isEqualTo(CENSUS.get(larger));
        assertThat(ordeal.data()).isEqualTo(data);
        assertNothingHammers(tale, changePeak);
        assertThat(tale.recovery()).isLessThanOrEqualTo(change.plus(one.late()));
        standing = ordeal;
        larger = !larger;
    }

    private static void print(String what, Fault fault, Ordeal.Tale tale) {
        System.out.printf(
                "%s, %s: %d calls, %.0f a minute, at most %d; %d writes; %sReady %d s after; \"%.110s\"%n",
                what,
                fault.story(),
                tale.calls(),
                tale.perMinute(),
                tale.peak(),
                tale.writes(),
                tale.stalled() ? "Stalled; " : "",
                tale.recovery().toSeconds(),
                tale.told());
    }
}
