package africa.mycandidate.operator.sim;

import java.util.function.Supplier;

/** What ECS asks of the load balancer. */
interface Targets {
    boolean exists(String targetGroupArn);

    /** Whether a listener of a load balancer forwards to the group. */
    boolean attached(String targetGroupArn);

    /** Registers a target. {@code answers} tells at any time whether it answers the health check with an accepted code. */
    void register(String targetGroupArn, String address, int port, Supplier<Boolean> answers);

    /** Starts draining; the target is gone after the deregistration delay. */
    void deregister(String targetGroupArn, String address, int port);

    /** Whether the target is healthy now. */
    boolean healthy(String targetGroupArn, String address, int port);

    /** Seconds that a deregistered target drains. */
    int deregistrationDelay(String targetGroupArn);

    /** How many targets are healthy behind listeners of the load balancer, over all its groups: whether voters see a page. */
    int serving(String loadBalancerArn);

    /** The security groups of the load balancer that forwards to the group. */
    java.util.List<String> groupsInFront(String targetGroupArn);
}
