package africa.mycandidate.operator.sim;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The pairs of CPU and memory that Fargate sells (ECS developer guide, "Task CPU and memory"). */
final class FargateSize {
    private static final Map<Integer, Set<Integer>> MEMORY = Map.of(
            256, Set.of(512, 1024, 2048),
            512, steps(1, 4, 1),
            1024, steps(2, 8, 1),
            2048, steps(4, 16, 1),
            4096, steps(8, 30, 1),
            8192, steps(16, 60, 4),
            16384, steps(32, 120, 8),
            32768, Set.of(60 * 1024, 120 * 1024, 244 * 1024));

    private FargateSize() {}

    private static Set<Integer> steps(int from, int to, int step) {
        var all = new TreeSet<Integer>();
        for (var gigabytes = from; gigabytes <= to; gigabytes += step) all.add(gigabytes * 1024);
        return all;
    }

    static void validate(String cpu, String memory) {
        if (cpu == null) throw EcsRefusal.client("Fargate requires that 'cpu' be defined at the task level.");
        if (memory == null) throw EcsRefusal.client("Fargate requires that 'memory' be defined at the task level.");
        if (!MEMORY.containsKey(cpu(cpu)))
            throw EcsRefusal.client(
                    "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.");
        if (!MEMORY.get(cpu(cpu)).contains(memory(memory)))
            throw EcsRefusal.client("No Fargate configuration exists for given values: " + cpu(cpu) + " CPU, "
                    + memory(memory) + " memory. See the Amazon ECS documentation for the valid values.");
    }

    /** "1 vCPU" and "1024" are the same. */
    static int cpu(String text) {
        return units(text, "vcpu", "Invalid 'cpu' setting for task.");
    }

    /** "2GB" and "2048" are the same. */
    static int memory(String text) {
        return units(text, "gb", "Invalid 'memory' setting for task.");
    }

    private static int units(String text, String unit, String refusal) {
        var plain = text.toLowerCase(Locale.ROOT).replace(" ", "");
        var scaled = plain.endsWith(unit);
        if (scaled) plain = plain.substring(0, plain.length() - unit.length());
        if (!plain.matches("\\d+(\\.\\d+)?")) throw EcsRefusal.client(refusal);
        return (int) Math.round(Double.parseDouble(plain) * (scaled ? 1024 : 1));
    }
}
