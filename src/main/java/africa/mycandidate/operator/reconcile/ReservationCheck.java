package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.ElectionCheck;
import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.CapacityUnits;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.stack.ElectionCalendar;
import africa.mycandidate.operator.stack.ElectionWindow;
import java.time.Duration;
import java.util.Optional;

/** Whether the load balancer capacity that an election wants is reserved. */
record ReservationCheck(ElectionWindow window, Cycle.Result result) {
    private static final String NAME = "reservation";
    /** AWS fulfils a request within minutes, at most a few hours: one that is open so near to the lead may not be fulfilled in time. */
    private static final Duration LATE_BEFORE = Duration.ofHours(6);

    private static final String OR_DO_WITHOUT =
            "Lower loadBalancerCapacityUnits, or ask AWS Support; without it the load balancer grows with the voters, as it does every day";

    ElectionCheck check() {
        var units = window.capacityUnits();
        var from = ElectionCalendar.reservedFrom(window);
        if (result.at().isBefore(from))
            return passed(units + " load balancer capacity units are reserved from " + Standing.time(from) + " on");
        return balancer().map(this::of).orElse(failed("there is no load balancer yet"));
    }

    private ElectionCheck of(Observed<LoadBalancer> balancer) {
        var told = balancer.outputs();
        var units = window.capacityUnits();
        if (told.containsKey(LoadBalancer.RESERVATION_UNREAD))
            return failed("could not be read: " + told.get(LoadBalancer.RESERVATION_UNREAD)
                    + ". Allow elasticloadbalancing:DescribeCapacityReservation, which is in deploy/iam-policy.json");
        var has = balancer.actual().capacityUnits();
        if (has != null && has.units() >= units) return asked(balancer, has);
        return refusal()
                .map(failure -> failed(
                        units + " load balancer capacity units are not reserved: " + failure + ". " + advice(failure)))
                .orElseGet(
                        () -> failed(
                                units
                                        + " load balancer capacity units are not reserved yet; the row of LoadBalancer in status.resources, or status.plan, says what waits"));
    }

    private ElectionCheck asked(Observed<LoadBalancer> balancer, CapacityUnits has) {
        var words = balancer.actual().notice(balancer);
        return switch (has.state()) {
            case PROVISIONED -> passed(has + " load balancer capacity units are reserved");
            case PENDING -> pending(words);
            case FAILED -> failed(words + ". " + OR_DO_WITHOUT);
        };
    }

    private ElectionCheck pending(String notice) {
        var due = window.raise();
        var words = notice + "; that takes it minutes, at most some hours, and must be done by " + Standing.time(due);
        return result.at().isBefore(due.minus(LATE_BEFORE)) ? passed(words) : failed(words + ". Ask AWS Support");
    }

    private Optional<AwsFailure> refusal() {
        return result.plan().of(Step.Update.class).stream()
                .filter(update -> update.key().type() == LoadBalancer.class && update.isDispensable())
                .flatMap(update -> Optional.ofNullable(result.failing().get(update.key())).stream())
                .map(failing -> failing.failure())
                .findFirst();
    }

    private static String advice(AwsFailure failure) {
        return switch (failure.kind()) {
            case DENIED -> "Allow elasticloadbalancing:ModifyCapacityReservation, which is in deploy/iam-policy.json";
            case QUOTA -> "Ask Service Quotas for more of L-8A66D0E6 or L-0BB7B635, or lower loadBalancerCapacityUnits";
            default -> "It is tried again by itself. " + OR_DO_WITHOUT;
        };
    }

    private Optional<Observed<LoadBalancer>> balancer() {
        return result.seen().ours(LoadBalancer.class).stream()
                .filter(one -> one.phase() != Phase.GONE)
                .findFirst();
    }

    private static ElectionCheck passed(String words) {
        return new ElectionCheck(NAME, true, words);
    }

    private static ElectionCheck failed(String words) {
        return new ElectionCheck(NAME, false, words);
    }
}
