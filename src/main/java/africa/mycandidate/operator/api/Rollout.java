package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An image on its way. */
@Block
public record Rollout(
        @JsonPropertyDescription("Image that is rolled out.")
        String image,

        @JsonPropertyDescription("Revision of the ECS task definition.")
        Integer revision,

        @JsonPropertyDescription("InProgress, Completed or Failed.")
        String state,

        @JsonPropertyDescription("Tasks that are wanted.") Integer desired,

        @JsonPropertyDescription("Tasks of this revision that run.")
        Integer running) {}
