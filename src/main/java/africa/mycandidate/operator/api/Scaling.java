package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How many tasks run. */
@Block
@ValidationRule(value = Scaling.MIN + " <= " + Scaling.MAX, messageExpression = Scaling.MIN_OVER_MAX)
@ValidationRule(value = Scaling.IN + " < " + Scaling.OUT, messageExpression = Scaling.IN_OVER_OUT)
public record Scaling(
        @Min(1) @Max(1000) @JsonPropertyDescription("Fewest tasks that run at any time, 1 to 1000. Default 2.")
        Integer minTasks,

        @Min(1)
        @Max(1000)
        @JsonPropertyDescription("Most tasks that run at any time, 1 to 1000, at least minTasks. Default 10.")
        Integer maxTasks,

        @Min(2)
        @Max(100)
        @JsonPropertyDescription(
                "Average CPU in percent of what the tasks have, 2 to 100, above which tasks are added. Default 70.")
        Integer scaleOutCpuPercent,

        @Min(1)
        @Max(99)
        @JsonPropertyDescription(
                "Average CPU in percent, 1 to 99, below which tasks are removed. Lower than scaleOutCpuPercent. "
                        + "Default 30.")
        Integer scaleInCpuPercent) {
    static final String MIN = "(has(self.minTasks) ? self.minTasks : 2)";
    static final String MAX = "(has(self.maxTasks) ? self.maxTasks : 10)";
    static final String OUT = "(has(self.scaleOutCpuPercent) ? self.scaleOutCpuPercent : 70)";
    static final String IN = "(has(self.scaleInCpuPercent) ? self.scaleInCpuPercent : 30)";

    static final String MIN_OVER_MAX =
            "'minTasks is %d and maxTasks is %d; write a scaling.maxTasks of at least minTasks'" + ".format([" + MIN
                    + ", " + MAX + "])";

    static final String IN_OVER_OUT =
            "'tasks would be added and removed in turns: scaleInCpuPercent is %d and scaleOutCpuPercent is %d;"
                    + " write a lower scaling.scaleInCpuPercent'.format([" + IN + ", " + OUT + "])";
}
