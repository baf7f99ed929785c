package africa.mycandidate.operator.load;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.ScalingPolicy.Adjustment;
import africa.mycandidate.operator.resource.TargetGroup;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.stack.Defaults;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Map;

/**
 * What is set up in AWS. The operator's own is read off the stack that it would make, so that the model follows it.
 *
 * @param out when tasks are added
 * @param in when they are removed
 */
record Setup(int minTasks, int maxTasks, Rule out, Rule in, boolean leastOutstanding, Fixed fixed) {
    /**
     * @param connectionsEach most connections that one task opens
     * @param connections that the database takes
     */
    record Fixed(
            double vcpu,
            TargetGroup health,
            int graceSeconds,
            int maximumPercent,
            int connectionsEach,
            int connections,
            double databaseVcpu) {
        double drainSeconds() {
            return Double.parseDouble(health.attributes().get("deregistration_delay.timeout_seconds"));
        }
    }

    private static final int COOLDOWN_UNLESS_TOLD = 300;
    private static final String ALGORITHM = "load_balancing.algorithm.type";

    /** GiB of each size, and its vCPUs (Amazon RDS user guide, "Hardware specifications"): the burstable classes, which RDS never slows down ("unlimited"). */
    private static final Map<String, int[]> SIZES = Map.of(
            "micro", new int[] {1, 2}, "small", new int[] {2, 2}, "medium", new int[] {4, 2}, "large", new int[] {8, 2
            });

    static Setup operator(Spec spec) {
        var stack = Specs.stack(spec);
        var cpu = get(stack, TaskDefinition.class, "app").cpu() / 1024.0;
        // With more, one worker could not use all of it, which the model leaves out.
        if (cpu > 1) throw new UnsupportedOperationException("tasks of " + cpu + " vCPU");
        var target = get(stack, ScalableTarget.class, "app");
        var group = get(stack, TargetGroup.class, "app");
        var service = get(stack, EcsService.class, "app");
        var size =
                SIZES.get(get(stack, DbInstance.class, "main").instanceClass().split("\\.")[2]);
        return new Setup(
                target.minTasks(),
                target.maxTasks(),
                rule(stack, "cpu-high", "scale-out"),
                rule(stack, "cpu-low", "scale-in"),
                group.attributes().getOrDefault(ALGORITHM, "round_robin").equals("least_outstanding_requests"),
                new Fixed(
                        cpu,
                        group,
                        service.healthCheckGraceSeconds(),
                        service.maximumPercent(),
                        Defaults.applied(spec).container().databaseConnections(),
                        // max_connections of RDS PostgreSQL (Amazon RDS user guide, "Quotas and constraints").
                        (int) Math.min(size[0] * (1L << 30) / 9531392, 5000),
                        size[1]));
    }

    /**
     * The reference architecture says only: out above 70 %, in below 30 %, 2 to 10 tasks. Read as the plainest policy of that kind: the operator's alarms, one task
     * at a time, and the cooldown that Application Auto Scaling has unless told (API reference, StepScalingPolicyConfiguration).
     */
    static Setup reference() {
        var operator = operator(Specs.minimal());
        var out = new Rule.Steps(List.of(new Adjustment(0.0, null, 1)), false);
        var in = new Rule.Steps(List.of(new Adjustment(null, 0.0, -1)), false);
        return new Setup(
                operator.minTasks,
                operator.maxTasks,
                operator.out.with(out, COOLDOWN_UNLESS_TOLD),
                operator.in.with(in, COOLDOWN_UNLESS_TOLD),
                operator.leastOutstanding,
                operator.fixed);
    }

    private static Rule rule(Stack stack, String alarm, String policy) {
        return Rule.of(get(stack, Alarm.class, alarm), get(stack, ScalingPolicy.class, policy));
    }

    private static <R extends Resource> R get(Stack stack, Class<R> type, String role) {
        return type.cast(stack.resources().get(new Key(type, role)));
    }

    /** The same with another way to scale out. */
    Setup out(Rule other) {
        return new Setup(minTasks, maxTasks, other, in, leastOutstanding, fixed);
    }

    /** The same within other bounds: what a scheduled action sets for an election. */
    Setup between(int min, int max) {
        return new Setup(min, max, out, in, leastOutstanding, fixed);
    }

    /** The same with the load balancer's other algorithm. */
    Setup toLeastOutstanding() {
        return new Setup(minTasks, maxTasks, out, in, true, fixed);
    }
}
