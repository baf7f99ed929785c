package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.model.WeeklyWindow;
import africa.mycandidate.operator.reconcile.Annotations;
import africa.mycandidate.operator.reconcile.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * {@code make sim ELECTIONS=500}: an election a week or two ahead, with trouble between the operator and AWS before, at and in the window, and a change of the image in
 * the middle of it. Every other one is in a country whose clocks change inside the window. What AWS itself cannot give (no capacity, no image) is left out: no
 * operator has capacity up then.
 */
record ElectionCampaign(long seed) {
    private static final Duration LONGEST = Duration.ofHours(6);
    /** How long nobody looks while AWS stands still. */
    private static final Duration STILL = Duration.ofMinutes(10);

    private static final int FLOOR = 6;
    /** Every third election reserves load balancer capacity. */
    private static final int UNITS = 400;

    private static final String IMAGE = "example.org/mycandidate:1.5.0";
    /** What disturbs voters, besides a rollout. */
    private static final Set<String> DISRUPTIVE = Set.of(
            "modifyDBInstance",
            "rebootDBInstance",
            "deleteDBInstance",
            "modifyReplicationGroup",
            "increaseReplicaCount",
            "decreaseReplicaCount",
            "deleteReplicationGroup",
            "deleteService",
            "deleteListener",
            "deleteTargetGroup",
            "deleteLoadBalancer");

    /** @param wrong empty where all went well */
    record Outcome(long seed, String zone, List<String> story, String wrong) {}

    private static final class Life {
        private final Simulation simulation;
        private final Random random;
        private final String hostedZone;
        private final ZoneId zone;
        private final Instant from;
        private final Instant to;
        private final List<String> story = new ArrayList<>();
        private final int units;
        private Instant calm = Instant.MIN;

        private Life(long seed) {
            this.random = new Random(seed * 4099 + 17);
            this.simulation = new Simulation(seed);
            this.hostedZone = simulation.zone();
            this.units = seed % 3 == 0 ? UNITS : 0;
            simulation.aws.capacityUnits(UNITS);
            var changes = seed % 2 == 0;
            this.zone = ZoneId.of(changes ? "Africa/Casablanca" : "Africa/Johannesburg");
            // Morocco's clocks go back on 2026-02-15 at 03:00, for Ramadan (IANA time zone database).
            var begin = changes
                    ? LocalDateTime.of(2026, 2, 14, random.nextInt(24), 0)
                    : LocalDateTime.of(2026, 1, 15 + random.nextInt(7), random.nextInt(24), 30);
            this.from = ZonedDateTime.of(begin, zone).toInstant();
            this.to = ZonedDateTime.of(begin.plusHours(24 + random.nextInt(36)), zone)
                    .withLaterOffsetAtOverlap()
                    .toInstant();
        }

        private String[] spec(String... more) {
            var lines = new ArrayList<>(List.of(more));
            lines.add("timeZone: " + zone.getId());
            lines.add("elections: [{name: national, from: \"" + local(from) + "\", to: \"" + local(to)
                    + "\", minTasks: " + FLOOR + (units > 0 ? ", loadBalancerCapacityUnits: " + units : "") + "}]");
            return lines.toArray(String[]::new);
        }

        private String local(Instant moment) {
            return moment.atZone(zone).toLocalDateTime().toString();
        }

        private void live() {
            simulation.apply(Simulation.spec(hostedZone, spec()));
            simulation.until("Ready", LONGEST, Simulation::ready);
            var raise = from.minus(Duration.ofHours(1));
            quietly(raise.minus(Duration.ofHours(12)));
            trouble();
            until(raise.minus(Duration.ofMinutes(random.nextInt(120))));
            trouble();
            if (random.nextInt(4) == 0) {
                story.add("the operator is away from before the lead until after the first voter");
                rest(from);
            } else until(from);
            check(
                    simulation.bounds().minCapacity() >= FLOOR,
                    "the floor is " + simulation.bounds().minCapacity() + " when the first voter comes");
            check(
                    simulation.service().runningCount() >= FLOOR,
                    simulation.service().runningCount() + " tasks run when the first voter comes");
            check(reserved() == units, reserved() + " capacity units are reserved when the first voter comes");
            for (var time : simulation.maintenance())
                check(
                        !WeeklyWindow.of(time).meets(new WeeklyWindow.Span(from, to)),
                        "AWS maintains in the election: " + time);
            inTheWindow();
            until(to.plusSeconds(1));
            simulation.port = Port.OPEN;
            until(later(calm, to).plus(Duration.ofMinutes(10)));
            check(
                    simulation.bounds().minCapacity() == 2,
                    "the floor is still " + simulation.bounds().minCapacity() + " after the election");
            until(later(calm, to).plus(Duration.ofMinutes(25)));
            check(reserved() == 0, reserved() + " capacity units are still reserved after the election");
            simulation.until(
                    "the image after the election",
                    LONGEST,
                    status -> Simulation.ready(status)
                            && IMAGE.equals(status.rollout().image()));
        }

        /** Of all load balancers, as no other one is here. */
        private int reserved() {
            return simulation
                    .aws
                    .of(ElasticLoadBalancingV2Client.class)
                    .describeLoadBalancers()
                    .loadBalancers()
                    .stream()
                    .mapToInt(balancer -> simulation.aws.provisioned(balancer.loadBalancerArn()))
                    .sum();
        }

        private void inTheWindow() {
            simulation.effects.clear();
            var before = simulation.service().taskDefinition();
            until(from.plus(Duration.ofHours(1 + random.nextInt(8))));
            trouble();
            simulation.apply(
                    Simulation.spec(hostedZone, spec("image: " + IMAGE, "database: {instanceClass: db.t3.medium}")));
            var plan = simulation.resource.getStatus().plan();
            if (plan != null && plan.hash() != null) simulation.annotate(Annotations.APPROVE, plan.hash());
            while (simulation.now().isBefore(to.minusSeconds(120))) {
                until(earlier(simulation.now().plus(Duration.ofHours(2)), to.minusSeconds(120)));
                check(
                        simulation.service().taskDefinition().equals(before),
                        "the tasks are rolled in the frozen window");
                check(reserved() == units, "only " + reserved() + " capacity units are reserved in the window");
                check(
                        simulation.service().runningCount() >= FLOOR,
                        "only " + simulation.service().runningCount() + " tasks run in the window");
                var disruptive = simulation.mutating().stream()
                        .map(Port.Effect::operation)
                        .filter(DISRUPTIVE::contains)
                        .toList();
                check(disruptive.isEmpty(), "in the frozen window: " + disruptive);
            }
        }

        /** Some fault between the operator and AWS, and perhaps crashes. */
        private void trouble() {
            var fault =
                    CallFault.KINDS.get(random.nextInt(CallFault.KINDS.size())).apply(random);
            story.add(fault.story());
            var end = simulation.now().plus(fault.span().end());
            calm = later(calm, end);
            var ports = new ArrayList<Port>();
            if (random.nextInt(3) == 0) ports.add(new Chaos(random, 10, story::add));
            ports.add(fault.port(simulation.clock, random));
            simulation.port = Port.chain(ports.toArray(Port[]::new));
        }

        /** Hours in which nothing happens, but for a look now and then. */
        private void quietly(Instant moment) {
            while (simulation.now().isBefore(moment)) {
                simulation.pass();
                var left = Duration.between(simulation.now(), moment);
                if (left.compareTo(Duration.ofHours(8)) > 0) simulation.rest(Duration.ofHours(8));
            }
        }

        /** Without trouble, and with nothing to write, a pass is like the last: time goes on to what AWS does next. */
        private void until(Instant moment) {
            while (simulation.now().isBefore(moment)) {
                var before = simulation.mutations();
                simulation.pass();
                if (simulation.now().isBefore(calm) || simulation.mutations() > before) continue;
                var next = simulation.world.nextWork();
                var still = earlier(moment, simulation.now().plus(STILL));
                rest(next == null ? still : earlier(next, still));
            }
        }

        private void rest(Instant moment) {
            var time = Duration.between(simulation.now(), moment);
            if (time.isPositive()) simulation.rest(time);
            simulation.world.settle();
        }
    }

    Outcome live() {
        var life = new Life(seed);
        try {
            life.live();
            return new Outcome(seed, life.zone.getId(), life.story, "");
        } catch (Violation | AssertionError e) {
            return new Outcome(seed, life.zone.getId(), life.story, String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether nothing was wrong. */
    static boolean live(long first, long count) {
        var began = System.nanoTime();
        var done = new AtomicInteger();
        var outcomes = LongStream.range(first, first + count)
                .parallel()
                .mapToObj(seed -> new ElectionCampaign(seed).live())
                .peek(outcome -> {
                    var so = done.incrementAndGet();
                    if (so % 50 == 0) System.out.println(so + " of " + count + " elections");
                })
                .toList();
        var wrong = outcomes.stream().filter(one -> !one.wrong().isEmpty()).toList();
        wrong.forEach(one -> {
            System.out.println("seed " + one.seed() + " (" + one.zone() + "): " + one.wrong());
            one.story().forEach(line -> System.out.println("  " + line));
        });
        System.out.printf(
                "%d elections, %d of them with a change of the clocks inside: capacity up and reserved before the first voter, nothing disruptive in the window and the floor back and nothing reserved afterwards in %d, %.0f s%n",
                count,
                outcomes.stream()
                        .filter(one -> one.zone().endsWith("Casablanca"))
                        .count(),
                count - wrong.size(),
                (System.nanoTime() - began) / 1e9);
        return wrong.isEmpty();
    }

    private static void check(boolean holds, String what) {
        if (!holds) throw new Violation(what);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
