package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The plan in words. */
@Block
public record PlanView(
        @JsonPropertyDescription(
                "Hash of the steps that are held back; absent while none is. The annotation mycandidate.africa/approve with "
                        + "this value lets them go on.")
        String hash,

        @JsonPropertyDescription("Steps that are not done yet.")
        List<StepView> steps) {}
