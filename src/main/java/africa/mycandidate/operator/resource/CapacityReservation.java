package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.resource.CapacityUnits.State;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ZonalCapacityReservationState;

/**
 * What AWS says of the capacity reservation of one load balancer.
 *
 * @param units null where it could not be read
 * @param outputs what people are told of it
 */
record CapacityReservation(CapacityUnits units, Map<String, String> outputs) {

    /** It is not everywhere, and not everybody may read it: what is not known holds nothing up. */
    static CapacityReservation read(ElasticLoadBalancingV2Client elb, String arn) {
        try {
            return of(elb.describeCapacityReservation(request -> request.loadBalancerArn(arn)));
        } catch (SdkException e) {
            var failure = AwsFailure.of("ElasticLoadBalancingV2", e);
            return new CapacityReservation(
                    null, Map.of(LoadBalancer.RESERVATION_UNREAD, failure.code() + ": " + failure.message()));
        }
    }

    /** Each zone has a state of its own (ELBv2 API reference, ZonalCapacityReservationState). */
    private static CapacityReservation of(DescribeCapacityReservationResponse answer) {
        var units = Optional.ofNullable(answer.minimumLoadBalancerCapacity())
                .map(minimum -> minimum.capacityUnits())
                .orElse(0);
        var state = units == 0 ? State.PROVISIONED : state(answer);
        var outputs = new TreeMap<String, String>();
        if (units > 0 && answer.lastModifiedTime() != null)
            outputs.put(LoadBalancer.RESERVED, answer.lastModifiedTime().toString());
        if (state == State.PENDING)
            outputs.put(LoadBalancer.UNRESERVED, zones(answer, CapacityReservationStateEnum.PENDING));
        if (state == State.FAILED)
            outputs.put(LoadBalancer.UNRESERVED, zones(answer, CapacityReservationStateEnum.FAILED));
        return new CapacityReservation(new CapacityUnits(units, state), outputs);
    }

    /** What is spread over other zones ({@code rebalancing}) is there. */
    private static State state(DescribeCapacityReservationResponse answer) {
        if (in(answer, CapacityReservationStateEnum.PENDING)) return State.PENDING;
        return in(answer, CapacityReservationStateEnum.FAILED) ? State.FAILED : State.PROVISIONED;
    }

    private static boolean in(DescribeCapacityReservationResponse answer, CapacityReservationStateEnum code) {
        return answer.capacityReservationState().stream().anyMatch(zone -> is(zone, code));
    }

    private static boolean is(ZonalCapacityReservationState zone, CapacityReservationStateEnum code) {
        return zone.state() != null && zone.state().code() == code;
    }

    /** The zones in that state, with AWS's reason where it gives one. */
    private static String zones(DescribeCapacityReservationResponse answer, CapacityReservationStateEnum code) {
        return answer.capacityReservationState().stream()
                .filter(zone -> is(zone, code))
                .map(zone -> zone.availabilityZone()
                        + (zone.state().reason() == null
                                ? ""
                                : " (" + zone.state().reason() + ")"))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** No units are no reservation at all: a minimum of none is not known to AWS (ELBv2 API reference, ModifyCapacityReservation). */
    static void ask(ElasticLoadBalancingV2Client elb, String arn, CapacityUnits wanted) {
        elb.modifyCapacityReservation(request -> {
            request.loadBalancerArn(arn);
            if (wanted.units() == 0) request.resetCapacityReservation(true);
            else request.minimumLoadBalancerCapacity(minimum -> minimum.capacityUnits(wanted.units()));
        });
    }
}
