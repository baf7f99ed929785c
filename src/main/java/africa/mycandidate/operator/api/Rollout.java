package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An image on its way. */
@Block
public record Rollout(
        @JsonPropertyDescription("Image that serves, or that takes over from the one that served.")
        String image,

        @JsonPropertyDescription("Revision of the ECS task definition.")
        Integer revision,

        @JsonPropertyDescription("IN_PROGRESS, COMPLETED or FAILED, as ECS says it.")
        String state,

        @JsonPropertyDescription("Tasks that are wanted.") Integer desired,

        @JsonPropertyDescription("Tasks of this revision that run.")
        Integer running,

        @JsonPropertyDescription("The command of spec.release for the image of the spec. Absent where there is none.")
        RunStatus release,

        @JsonPropertyDescription("The image of the spec, where it failed and another one goes on serving.")
        FailedRollout failed) {}
