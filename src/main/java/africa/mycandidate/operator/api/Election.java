package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A time of many visitors that is known beforehand. */
@Block
public record Election(
        @Required
        @Size(max = 63)
        @JsonPropertyDescription("Name of the election, such as national-2029: lower case letters, digits and hyphens.")
        String name,

        @Required @Size(max = 16) @JsonPropertyDescription("When it begins, as YYYY-MM-DDTHH:MM in spec.timeZone.")
        String from,

        @Required
        @Size(max = 16)
        @JsonPropertyDescription("When it ends, as YYYY-MM-DDTHH:MM in spec.timeZone. Later than from.")
        String to,

        @Min(0)
        @Max(1440)
        @JsonPropertyDescription("Minutes before from at which the stack is scaled up, 0 to 1440. Default 60.")
        Integer leadMinutes,

        @Min(1)
        @Max(1000)
        @JsonPropertyDescription("Fewest tasks during the election, 1 to 1000. Default scaling.minTasks.")
        Integer minTasks,

        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
                "Most tasks during the election, 1 to 1000, at least minTasks. Default scaling.maxTasks.")
        Integer maxTasks,

        @JsonPropertyDescription("true: no disruptive change is made during the election. Default true.")
        Boolean freeze,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Database class during the election, such as db.m7g.large. Default database.instanceClass.")
        String databaseClass,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Cache node type during the election, such as cache.m7g.large. Default cache.nodeType.")
        String cacheNodeType) {}
