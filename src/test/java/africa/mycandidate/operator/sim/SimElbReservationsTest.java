package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** The simulated reservations of capacity keep AWS's rules. */
class SimElbReservationsTest extends ElbSite {
    private static final Duration LONGEST = Duration.ofHours(6);

    private ModifyCapacityReservationResponse modify(Consumer<ModifyCapacityReservationRequest.Builder> change) {
        return elb.modifyCapacityReservation(call -> {
            call.loadBalancerArn(loadBalancer);
            change.accept(call);
        });
    }

    private ModifyCapacityReservationResponse reserve(int units) {
        return modify(call -> call.minimumLoadBalancerCapacity(minimum -> minimum.capacityUnits(units)));
    }

    private void provision(int units) {
        reserve(units);
        pass(LONGEST);
    }

    private DescribeCapacityReservationResponse describe() {
        return elb.describeCapacityReservation(call -> call.loadBalancerArn(loadBalancer));
    }

    private List<CapacityReservationStateEnum> states() {
        return describe().capacityReservationState().stream()
                .map(zone -> zone.state().code())
                .distinct()
                .toList();
    }

    private Supplier<?> asked(int units) {
        return () -> reserve(units);
    }

    @TestFactory
    Stream<DynamicTest> wrongRequests() {
        aws.capacityUnits(20_000);
        return refusals(
                elb::existing,
                refusal("neither", "ValidationError", 400, () -> modify(call -> {})),
                refusal(
                        "both",
                        "ValidationError",
                        400,
                        () -> modify(call -> call.resetCapacityReservation(true)
                                .minimumLoadBalancerCapacity(minimum -> minimum.capacityUnits(100)))),
                refusal("fewer than a hundred", "InvalidConfigurationRequest", 400, asked(99)),
                refusal("more than one may have", "CapacityUnitsLimitExceeded", 400, asked(15_001)),
                refusal(
                        "of an unknown load balancer",
                        "LoadBalancerNotFound",
                        400,
                        () -> elb.describeCapacityReservation(
                                call -> call.loadBalancerArn(NONE + "loadbalancer/app/x/0"))));
    }

    @Test
    void aNewAccountMayReserveNothing() {
        refused("CapacityUnitsLimitExceeded", 400, asked(100));
        assertThat(describe().minimumLoadBalancerCapacity()).isNull();
        assertThat(describe().capacityReservationState()).isEmpty();
        assertThat(describe().decreaseRequestsRemaining()).isEqualTo(2);
    }

    @Test
    void theQuotaIsThatOfAllLoadBalancersTogether() {
        aws.capacityUnits(250);
        elb.modifyCapacityReservation(call -> call.loadBalancerArn(otherLoadBalancer)
                .minimumLoadBalancerCapacity(minimum -> minimum.capacityUnits(150)));
        refused("CapacityUnitsLimitExceeded", 400, asked(101));
        reserve(100);
    }

    @Test
    void aRequestIsPendingInEachZoneAndThenProvisioned() {
        aws.capacityUnits(1000);
        var answer = reserve(200);
        assertThat(answer.minimumLoadBalancerCapacity().capacityUnits()).isEqualTo(200);
        settle();
        assertThat(states()).containsExactly(CapacityReservationStateEnum.PENDING);
        assertThat(aws.provisioned(loadBalancer)).isZero();
        refused("CapacityReservationPending", 400, asked(300));
        refused("CapacityReservationPending", 400, () -> modify(call -> call.resetCapacityReservation(true)));
        pass(LONGEST);
        assertThat(states()).containsExactly(CapacityReservationStateEnum.PROVISIONED);
        assertThat(describe().capacityReservationState())
                .extracting(zone -> zone.effectiveCapacityUnits())
                .containsOnly(100.0);
        assertThat(aws.provisioned(loadBalancer)).isEqualTo(200);
    }

    @Test
    void itIsLoweredTwiceADayAndRaisedAsOftenAsOneLikes() {
        aws.capacityUnits(1000);
        provision(300);
        provision(400);
        provision(500);
        var day = now().atOffset(java.time.ZoneOffset.UTC).toLocalDate();
        pass(Duration.between(
                now(), day.plusDays(1).atStartOfDay(java.time.ZoneOffset.UTC).toInstant()));
        provision(400);
        assertThat(describe().decreaseRequestsRemaining()).isEqualTo(1);
        modify(call -> call.resetCapacityReservation(true));
        settle();
        assertThat(describe().minimumLoadBalancerCapacity()).isNull();
        assertThat(describe().capacityReservationState()).isEmpty();
        assertThat(aws.provisioned(loadBalancer)).isZero();
        provision(200);
        refused("CapacityDecreaseRequestLimitExceeded", 400, () -> modify(call -> call.resetCapacityReservation(true)));
        pass(Duration.ofHours(18));
        modify(call -> call.resetCapacityReservation(true));
    }

    @Test
    void whereThereIsNoCapacityItIsRefusedOrFails() {
        aws.capacityUnits(1000);
        aws.shortage(Shortage.AT_ONCE);
        refused("InsufficientCapacity", 500, asked(200));
        aws.shortage(Shortage.LATER);
        provision(200);
        assertThat(states()).contains(CapacityReservationStateEnum.FAILED);
        assertThat(aws.provisioned(loadBalancer)).isZero();
        aws.shortage(Shortage.NONE);
        provision(200);
        assertThat(aws.provisioned(loadBalancer)).isEqualTo(200);
    }
}
