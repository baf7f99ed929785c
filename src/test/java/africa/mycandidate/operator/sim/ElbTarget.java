package africa.mycandidate.operator.sim;

import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** One registered address. It counts answers in a row, as the load balancer's health check does. */
final class ElbTarget {
    final String address;
    final int port;
    private final Supplier<Boolean> answers;
    private TargetHealthStateEnum state = TargetHealthStateEnum.UNUSED;
    private int good;
    private int bad;
    /** Whether a next probe is planned. */
    boolean probing;

    ElbTarget(String address, int port, Supplier<Boolean> answers) {
        this.address = address;
        this.port = port;
        this.answers = answers;
    }

    TargetHealthStateEnum state() {
        return state;
    }

    void state(TargetHealthStateEnum next) {
        state = next;
        good = 0;
        bad = 0;
    }

    /** Whether a probe now would only confirm the state: then none needs to be planned. */
    boolean settled() {
        return switch (state) {
            case HEALTHY -> answers.get() && bad == 0;
            case UNHEALTHY -> !answers.get() && good == 0;
            case INITIAL -> false;
            default -> true;
        };
    }

    void probe(int healthyThreshold, int unhealthyThreshold) {
        if (answers.get()) {
            good++;
            bad = 0;
            if (good >= healthyThreshold) state(TargetHealthStateEnum.HEALTHY);
        } else {
            bad++;
            good = 0;
            if (bad >= unhealthyThreshold) state(TargetHealthStateEnum.UNHEALTHY);
        }
    }

    TargetHealth health() {
        var health = TargetHealth.builder().state(state);
        return switch (state) {
            case INITIAL ->
                health.reason(
                                probing
                                        ? TargetHealthReasonEnum.ELB_INITIAL_HEALTH_CHECKING
                                        : TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS)
                        .description(
                                probing ? "Initial health checks in progress" : "Target registration is in progress")
                        .build();
            case UNHEALTHY ->
                health.reason(TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS)
                        .description("Health checks failed")
                        .build();
            case DRAINING ->
                health.reason(TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS)
                        .description("Target deregistration is in progress")
                        .build();
            case UNUSED ->
                health.reason(TargetHealthReasonEnum.TARGET_NOT_IN_USE)
                        .description("Target group is not configured to receive traffic from the load balancer")
                        .build();
            default -> health.build();
        };
    }
}
