package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.sim.Shortage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** The capacity of the load balancer is reserved for an election, and a reservation that is not to be had is no trouble of the site's. */
class ReservationTest extends ElectionFixture {
    private static final Instant RESERVED = RAISE.minus(Duration.ofHours(12));
    private static final String MAIL = "alarms: {email: on-call@example.org}";
    private static final String WANTED = election(", loadBalancerCapacityUnits: 300");

    private String balancer;

    @BeforeEach
    void live() {
        apply(WANTED, MAIL);
        ready();
        simulation.aws.readMail("on-call@example.org");
        balancer = elb().describeLoadBalancers().loadBalancers().stream()
                .map(LoadBalancer::loadBalancerArn)
                .findFirst()
                .orElseThrow();
    }

    private ElasticLoadBalancingV2Client elb() {
        return simulation.aws.of(ElasticLoadBalancingV2Client.class);
    }

    /** What AWS was last asked for. */
    private int asked() {
        var minimum = elb().describeCapacityReservation(call -> call.loadBalancerArn(balancer))
                .minimumLoadBalancerCapacity();
        return minimum == null ? 0 : minimum.capacityUnits();
    }

    private int provisioned() {
        return simulation.aws.provisioned(balancer);
    }

    private long requests() {
        return calls("modifyCapacityReservation");
    }

    private long calls(String operation) {
        return simulation.effects.stream()
                .filter(effect -> effect.operation().equals(operation))
                .count();
    }

    private void reserve(int units) {
        elb().modifyCapacityReservation(call ->
                call.loadBalancerArn(balancer).minimumLoadBalancerCapacity(minimum -> minimum.capacityUnits(units)));
    }

    private String check(String name) {
        return simulation.resource.getStatus().elections().getFirst().checks().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .message();
    }

    /** Whatever becomes of the reservation. */
    private void assertTheSiteIsFine() {
        var conditions = simulation.resource.getStatus().conditions();
        for (var type : List.of(Conditions.READY, Conditions.PROVISIONED, Conditions.SERVING))
            assertThat(Conditions.is(conditions, type))
                    .as(simulation.describe())
                    .isTrue();
        for (var type : List.of(Conditions.STALLED, Conditions.RECONCILING))
            assertThat(Conditions.is(conditions, type))
                    .as(simulation.describe())
                    .isFalse();
    }

    @Test
    void capacityIsReservedTwelveHoursAheadAndGoesAtTheEnd() {
        simulation.aws.capacityUnits(1000);
        until(RESERVED.minusSeconds(60));
        assertThat(asked()).isZero();
        assertThat(requests()).isZero();
        assertThat(failing()).isEmpty();
        assertThat(check("reservation"))
                .isEqualTo("300 load balancer capacity units are reserved from 2026-01-19T17:00:00Z on");
        until(RESERVED.plusSeconds(90));
        simulation.run(Duration.ofSeconds(90));
        assertThat(asked()).isEqualTo(300);
        assertTheSiteIsFine();
        assertThat(check("reservation"))
                .startsWith("AWS is about to reserve 300 load balancer capacity units in af-south-1a, ")
                .endsWith("must be done by 2026-01-20T05:00:00Z");
        until(RAISE);
        assertThat(provisioned()).isEqualTo(300);
        assertThat(failing()).isEmpty();
        assertThat(check("reservation")).isEqualTo("300 load balancer capacity units are reserved");
        until(TO.minusSeconds(60));
        assertThat(provisioned()).isEqualTo(300);
        until(TO.plusSeconds(180));
        assertThat(asked()).isZero();
        assertThat(requests()).isEqualTo(2);
        assertTheSiteIsFine();
    }

    /** Else it would cost on for ever. */
    @Test
    void whenTheElectionIsTakenOutOfGitTheReservationGoes() {
        simulation.aws.capacityUnits(1000);
        until(RAISE);
        assertThat(provisioned()).isEqualTo(300);
        apply(MAIL);
        simulation.run(Duration.ofMinutes(3));
        assertThat(asked()).isZero();
        assertThat(simulation.resource.getStatus().drift()).isEmpty();
        assertTheSiteIsFine();
    }

    @Test
    void anAccountThatMayReserveNothingIsToldTwoDaysAheadAndTheSiteIsFine() {
        until(RAISE.minus(Duration.ofHours(47)));
        assertThat(failing()).containsExactly("quotas");
        assertThat(check("quotas"))
                .isEqualTo(
                        "all load balancers of this account in af-south-1 may reserve 0 capacity units, and the"
                                + " election wants 300. Ask Service Quotas for more of L-8A66D0E6; that takes AWS hours to days");
        until(RESERVED.minusSeconds(30));
        simulation.run(Duration.ofHours(6));
        assertThat(failing()).containsExactly("quotas", "reservation");
        assertThat(check("reservation"))
                .contains("are not reserved: ElasticLoadBalancingV2 CapacityUnitsLimitExceeded")
                .contains("Ask Service Quotas for more of L-8A66D0E6");
        assertTheSiteIsFine();
        assertThat(simulation.describe()).contains("CapacityUnitsLimitExceeded");
        assertThat(simulation.resource.getStatus().drift()).isEmpty();
        // After the first quarter of an hour one request in ten to twelve minutes.
        assertThat(requests()).isBetween(10L, 55L);
        simulation.aws.capacityUnits(1000);
        simulation.run(Duration.ofMinutes(70));
        assertThat(asked()).isEqualTo(300);
        assertTheSiteIsFine();
    }

    /** A change that the spec asks for goes on beside it. */
    @Test
    void aRefusedReservationHoldsUpNothingElse() {
        until(RESERVED.minusSeconds(30));
        simulation.run(Duration.ofMinutes(30));
        assertThat(requests()).isPositive();
        apply(WANTED, MAIL, "image: example.org/mycandidate:1.5.0", "tags: {team: elections}");
        simulation.until(
                "the new image",
                Duration.ofHours(1),
                status -> Simulation.ready(status)
                        && "example.org/mycandidate:1.5.0"
                                .equals(status.rollout().image()));
        assertThat(elb().describeTags(call -> call.resourceArns(balancer))
                        .tagDescriptions()
                        .getFirst()
                        .tags())
                .anyMatch(tag -> tag.key().equals("team"));
    }

    @Test
    void whatAwsCouldNotReserveIsAskedForAgainOnceAnHour() {
        simulation.aws.capacityUnits(1000);
        simulation.aws.shortage(Shortage.LATER);
        until(RESERVED.minusSeconds(30));
        simulation.run(Duration.ofHours(6));
        assertThat(requests()).isBetween(2L, 6L);
        simulation.until("it failed", Duration.ofHours(6), status -> failing().contains("reservation"));
        assertThat(check("reservation"))
                .startsWith("AWS could not reserve the 300 load balancer capacity units that it was asked for at ")
                .contains("it is asked again once an hour. Lower loadBalancerCapacityUnits");
        assertTheSiteIsFine();
        assertThat(simulation.resource.getStatus().drift()).isEmpty();
        simulation.aws.shortage(Shortage.NONE);
        simulation.until("it is there", Duration.ofHours(7), status -> provisioned() == 300);
        simulation.run(Duration.ofMinutes(2));
        assertThat(failing()).doesNotContain("reservation");
    }

    @Test
    void whereThereIsNoCapacityItIsTriedAgainNowAndThen() {
        simulation.aws.capacityUnits(1000);
        simulation.aws.shortage(Shortage.AT_ONCE);
        until(RESERVED.minusSeconds(30));
        simulation.run(Duration.ofHours(3));
        assertThat(failing()).containsExactly("reservation");
        assertThat(check("reservation"))
                .contains("InsufficientCapacity")
                .contains("It is tried again by itself. Lower loadBalancerCapacityUnits");
        assertThat(requests()).isBetween(8L, 35L);
        assertTheSiteIsFine();
        simulation.aws.shortage(Shortage.NONE);
        simulation.run(Duration.ofMinutes(14));
        assertThat(asked()).isEqualTo(300);
    }

    /** AWS takes no third decrease a day: it goes when the day is over. */
    @Test
    void aReservationThatCannotBeLoweredAnyMoreTodayGoesTomorrow() {
        simulation.aws.capacityUnits(1000);
        until(TO.minus(Duration.ofHours(1)));
        for (var units : List.of(200, 100)) {
            apply(election(", loadBalancerCapacityUnits: " + units), MAIL);
            simulation.until("lowered", Duration.ofHours(6), status -> provisioned() == units);
        }
        apply(MAIL);
        simulation.run(Duration.ofMinutes(30));
        assertThat(asked()).isEqualTo(100);
        assertThat(simulation.describe()).contains("CapacityDecreaseRequestLimitExceeded");
        assertTheSiteIsFine();
        simulation.run(Duration.ofHours(24));
        assertThat(asked()).isZero();
    }

    @Test
    void aReservationThatNobodyMayReadIsNotAskedForAndHoldsUpNothing() {
        simulation.aws.capacityUnits(1000);
        simulation.port = (effect, call) -> {
            if (effect.operation().equals("describeCapacityReservation"))
                throw ElasticLoadBalancingV2Exception.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .errorMessage(
                                        "not authorized to perform elasticloadbalancing:DescribeCapacityReservation")
                                .build())
                        .build();
            return call.run();
        };
        until(RESERVED.minusSeconds(30));
        simulation.run(Duration.ofHours(1));
        assertThat(requests()).isZero();
        assertThat(failing()).containsExactly("reservation");
        assertThat(check("reservation")).startsWith("could not be read: AccessDenied: not authorized to perform");
        assertTheSiteIsFine();
        assertThat(simulation.describe()).contains("its capacity reservation could not be read: AccessDenied");
    }

    @Test
    void onlyThatOfOurOwnLoadBalancerIsAskedFor() {
        var ours = elb().describeLoadBalancers().loadBalancers().getFirst();
        elb().createLoadBalancer(call -> call.name("mcd-theirs")
                .subnets(ours.availabilityZones().stream()
                        .map(where -> where.subnetId())
                        .toList())
                .securityGroups(ours.securityGroups()));
        simulation.run(Duration.ofMinutes(2));
        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(5));
        assertThat(calls("describeCapacityReservation"))
                .isPositive()
                .isEqualTo(calls("describeLoadBalancerAttributes"));
    }

    /** Whoever it was, it is put back as any other field is. */
    @Test
    void aReservationByHandIsDriftAndTakenAway() {
        simulation.aws.capacityUnits(1000);
        simulation.run(Duration.ofMinutes(2));
        reserve(500);
        simulation.run(Duration.ofSeconds(90));
        assertThat(simulation.resource.getStatus().drift()).singleElement().satisfies(entry -> assertThat(entry.field())
                .isEqualTo("capacityUnits"));
        simulation.until(
                "taken away",
                Duration.ofHours(6),
                status -> asked() == 0 && status.drift().isEmpty());
        assertTheSiteIsFine();
    }
}
