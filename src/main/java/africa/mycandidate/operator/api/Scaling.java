package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How many tasks run. */
@Block
@ValidationRule(
        value = "(has(self.minTasks) ? self.minTasks : 2) <= (has(self.maxTasks) ? self.maxTasks : 10)",
        messageExpression = "'minTasks is ' + string((has(self.minTasks) ? self.minTasks : 2)) + ' and maxTasks "
                + "is ' + string((has(self.maxTasks) ? self.maxTasks : 10)) + '; write a "
                + "scaling.maxTasks of at least minTasks'")
@ValidationRule(
        value = "(has(self.scaleInCpuPercent) ? self.scaleInCpuPercent : 30) < "
                + "(has(self.scaleOutCpuPercent) ? self.scaleOutCpuPercent : 70)",
        messageExpression = "'tasks would be added and removed in turns: scaleInCpuPercent is ' + "
                + "string((has(self.scaleInCpuPercent) ? self.scaleInCpuPercent : 30)) + ' and "
                + "scaleOutCpuPercent is ' + string((has(self.scaleOutCpuPercent) ? "
                + "self.scaleOutCpuPercent : 70)) + '; write a lower scaling.scaleInCpuPercent'")
public record Scaling(
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription("Fewest tasks that run at any time, 1 to 1000. Default 2.")
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
        Integer scaleInCpuPercent) {}
