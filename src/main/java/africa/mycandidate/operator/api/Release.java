package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What runs once for each new image, before it serves. */
@Block
public record Release(
        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription(
                "Command and its arguments, run in a container of the new image, such as [alembic, upgrade, head].")
        List<@Size(max = 1024) String> command,

        @Min(1) @Max(120) @JsonPropertyDescription("Minutes after which the command has failed, 1 to 120. Default 15.")
        Integer timeoutMinutes) {}
