package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How many tasks run. */
@Block
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
