package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** One step of the plan. */
@Block
public record StepView(
        @JsonPropertyDescription(
                "Create, Adopt, Update, Replace, Delete, Wait, Blocked or Refuse. A step that is held back has the action that waits; with a hash it can be approved.")
        String action,

        @JsonPropertyDescription("Type and role, such as DbInstance/main.")
        String resource,

        @JsonPropertyDescription("Why the step is in the plan.")
        String because,

        @JsonPropertyDescription("What users feel of it: None, Restart, Failover, Replacement or DataLoss.")
        String interruption,

        @JsonPropertyDescription("Fields that change, each as field: old -> new. Secrets are not shown.")
        List<String> changes,

        @JsonPropertyDescription(
                "Hash of a step that is held back. The annotation mycandidate.africa/approve may name it alone.")
        String hash) {}
