package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The plan in words. */
@Block
public record PlanView(
        @JsonPropertyDescription("Hash of the steps: the same plan has the same hash.")
        String hash,

        @JsonPropertyDescription("Steps that are not done yet.")
        List<StepView> steps) {}
