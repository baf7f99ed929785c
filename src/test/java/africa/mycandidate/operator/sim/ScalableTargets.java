package africa.mycandidate.operator.sim;

/** What ECS tells Application Auto Scaling. */
interface ScalableTargets {
    /** AWS deregisters the target of a deleted service by itself, with its policies. */
    void serviceDeleted(String cluster, String service);
}
