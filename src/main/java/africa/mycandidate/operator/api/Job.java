package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What runs once, beside the site. */
@Block
@ValidationRule(
        value = "self.name.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$')",
        message = "write the name of a job in lower case letters, digits and hyphens, such as load-candidates",
        fieldPath = ".name")
@ValidationRule(value = Release.LENGTH, message = Release.LENGTH_MESSAGE, fieldPath = ".command")
public record Job(
        @Required
        @Size(min = 1, max = 40)
        @JsonPropertyDescription("Name of the job, such as load-candidates. Under another name it runs again.")
        String name,

        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription(
                "Command and its arguments, run in a container of the image that serves, such as [flask, load-candidates]. Another command runs again.")
        List<@Size(max = 1024) String> command,

        @Min(1)
        @Max(1440)
        @JsonPropertyDescription("Minutes after which the job is stopped and has failed, 1 to 1440. Default 60.")
        Integer timeoutMinutes) {}
