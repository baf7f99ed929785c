package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What runs once for each new image, before it serves. */
@Block
@ValidationRule(value = Release.LENGTH, message = Release.LENGTH_MESSAGE, fieldPath = ".command")
public record Release(
        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription(
                "Command and its arguments, run in a container of the new image, such as [alembic, upgrade, head]. Another command runs again.")
        List<@Size(max = 1024) String> command,

        @Min(1)
        @Max(120)
        @JsonPropertyDescription("Minutes after which the command is stopped and has failed, 1 to 120. Default 15.")
        Integer timeoutMinutes) {

    /** ECS takes 8,192 characters of overrides, written as JSON (ECS API reference, RunTask). */
    static final String LENGTH = "self.command.map(c, size(c)).sum() <= 4000";

    static final String LENGTH_MESSAGE =
            "the command is longer than 4000 characters together; put it into a script in the image";
}
