package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/**
 * Reservations of load balancer capacity units. Each zone is pending first and provisioned within minutes, at times after some hours, or fails; meanwhile no other
 * request is taken; two decreases a day (ELB User Guide, "Request Load balancer Capacity Unit reservation", "Monitor Load Balancer Capacity Unit reservation").
 */
final class ElbReservations {
    private static final int FEWEST = 100;
    private static final int DECREASES_A_DAY = 2;
    private static final String PER_BALANCER = "L-0BB7B635";
    private static final String PER_REGION = "L-8A66D0E6";

    private final SimAws aws;
    private final SimElb elb;
    private final Table<Reservation> rows;
    Shortage shortage = Shortage.NONE;

    /** @param units 0 for none @param zones the state of each @param decreases how many there were on the day of the last one */
    private record Reservation(
            int units, Map<String, CapacityReservationStateEnum> zones, Instant since, int decreases, Instant day) {
        boolean isPending() {
            return zones.containsValue(CapacityReservationStateEnum.PENDING);
        }

        boolean failed() {
            return zones.containsValue(CapacityReservationStateEnum.FAILED);
        }

        Reservation with(Map<String, CapacityReservationStateEnum> next) {
            return new Reservation(units, next, since, decreases, day);
        }
    }

    ElbReservations(SimAws aws, SimElb elb) {
        this.aws = aws;
        this.elb = elb;
        this.rows = new Table<>(aws.world);
    }

    DescribeCapacityReservationResponse describe(DescribeCapacityReservationRequest request) {
        elb.loadBalancers.seen(request.loadBalancerArn());
        var row = rows.seen(request.loadBalancerArn()).orElse(none());
        return DescribeCapacityReservationResponse.builder()
                .minimumLoadBalancerCapacity(minimum(row))
                .lastModifiedTime(row.since())
                .decreaseRequestsRemaining(DECREASES_A_DAY - decreasesToday(row))
                .capacityReservationState(states(row))
                .build();
    }

    ModifyCapacityReservationResponse modify(ModifyCapacityReservationRequest request) {
        var arn = request.loadBalancerArn();
        var balancer = elb.loadBalancers.truth(arn).shown();
        var had = rows.truth(arn).orElse(none());
        var units = wanted(request);
        if (had.isPending())
            throw ElbErrors.of(
                    CapacityReservationPendingException.builder(),
                    "CapacityReservationPending",
                    "There is a pending capacity reservation");
        if (units > had.units() || had.failed() && units > 0) checkQuotas(arn, units);
        if (units < had.units() && decreasesToday(had) >= DECREASES_A_DAY)
            throw ElbErrors.of(
                    CapacityDecreaseRequestsLimitExceededException.builder(),
                    "CapacityDecreaseRequestLimitExceeded",
                    "You've exceeded the daily capacity decrease limit for this reservation");
        if (units > 0 && shortage == Shortage.AT_ONCE)
            throw Errors.of(
                    InsufficientCapacityException.builder(),
                    "ElasticLoadBalancingV2",
                    "InsufficientCapacity",
                    500,
                    "There is insufficient capacity to reserve");
        var zones = new TreeMap<String, CapacityReservationStateEnum>();
        if (units > 0)
            for (var zone : balancer.availabilityZones())
                zones.put(zone.zoneName(), CapacityReservationStateEnum.PENDING);
        var decreases = decreasesToday(had) + (units < had.units() ? 1 : 0);
        var next = new Reservation(units, zones, aws.world.now(), decreases, today());
        rows.put(arn, next);
        if (units > 0) aws.world.after(duration(), () -> provision(arn, next));
        return ModifyCapacityReservationResponse.builder()
                .minimumLoadBalancerCapacity(minimum(next))
                .lastModifiedTime(next.since())
                .decreaseRequestsRemaining(DECREASES_A_DAY - decreases)
                .capacityReservationState(states(next))
                .build();
    }

    /** Most requests are fulfilled within minutes, and some take hours. */
    private Duration duration() {
        return aws.world.draw(aws.world.below(8) == 0 ? Duration.ofMinutes(100) : Duration.ofMinutes(5));
    }

    private static int wanted(ModifyCapacityReservationRequest request) {
        var resets = Boolean.TRUE.equals(request.resetCapacityReservation());
        var minimum = request.minimumLoadBalancerCapacity();
        if (resets == (minimum != null))
            throw ElbErrors.validation(
                    "Exactly one of MinimumLoadBalancerCapacity and ResetCapacityReservation must be specified");
        if (resets) return 0;
        if (minimum.capacityUnits() < FEWEST)
            throw ElbErrors.configuration("The capacity reservation must be at least " + FEWEST + " capacity units");
        return minimum.capacityUnits();
    }

    private void checkQuotas(String arn, int units) {
        var others = rows.ids().stream()
                .filter(id -> !id.equals(arn))
                .flatMap(id -> rows.truth(id).stream())
                .mapToInt(Reservation::units)
                .sum();
        if (units > aws.quotas.balancers(PER_BALANCER) || units + others > aws.quotas.balancers(PER_REGION))
            throw ElbErrors.of(
                    CapacityUnitsLimitExceededException.builder(),
                    "CapacityUnitsLimitExceeded",
                    "You've exceeded the capacity units limit");
    }

    private void provision(String arn, Reservation asked) {
        if (!rows.truth(arn).filter(asked::equals).isPresent()) return;
        var zones = new TreeMap<>(asked.zones());
        zones.replaceAll((zone, state) -> CapacityReservationStateEnum.PROVISIONED);
        if (shortage == Shortage.LATER) zones.put(zones.firstKey(), CapacityReservationStateEnum.FAILED);
        rows.put(arn, asked.with(zones));
    }

    /** The load balancer serves other zones than before: what is reserved is spread anew. */
    void spread(String arn, List<AvailabilityZone> over) {
        var had = rows.truth(arn).orElse(none());
        if (had.units() == 0 || had.isPending()) return;
        var zones = new TreeMap<String, CapacityReservationStateEnum>();
        over.forEach(zone -> zones.put(zone.zoneName(), CapacityReservationStateEnum.REBALANCING));
        var next = had.with(zones);
        rows.put(arn, next);
        aws.world.after(duration(), () -> provision(arn, next));
    }

    void remove(String arn) {
        if (rows.truth(arn).isPresent()) rows.remove(arn);
    }

    /** What is reserved and there, in all zones. */
    int provisioned(String arn) {
        return rows.truth(arn)
                .filter(row -> row.zones().values().stream().allMatch(CapacityReservationStateEnum.PROVISIONED::equals))
                .map(Reservation::units)
                .orElse(0);
    }

    private static Reservation none() {
        return new Reservation(0, Map.of(), null, 0, null);
    }

    private int decreasesToday(Reservation row) {
        return today().equals(row.day()) ? row.decreases() : 0;
    }

    private Instant today() {
        return aws.world.now().truncatedTo(ChronoUnit.DAYS);
    }

    private static MinimumLoadBalancerCapacity minimum(Reservation row) {
        return row.units() == 0
                ? null
                : MinimumLoadBalancerCapacity.builder()
                        .capacityUnits(row.units())
                        .build();
    }

    private static List<ZonalCapacityReservationState> states(Reservation row) {
        return row.zones().entrySet().stream()
                .map(zone -> ZonalCapacityReservationState.builder()
                        .availabilityZone(zone.getKey())
                        .state(state -> state.code(zone.getValue()))
                        .effectiveCapacityUnits(
                                zone.getValue() == CapacityReservationStateEnum.PROVISIONED
                                        ? (double) row.units() / row.zones().size()
                                        : 0.0)
                        .build())
                .toList();
    }
}
