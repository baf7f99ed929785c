package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One country's MyCandidate site. The operator keeps an AWS stack equal to it. */
@Group("deploy.mycandidate.africa")
@Version("v1alpha1")
@Kind("MyCandidateDeployment")
@Plural("mycandidatedeployments")
@ShortNames("mcd")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "STATE", jsonPath = ".status.summary.state")
@AdditionalPrinterColumn(name = "TASKS", jsonPath = ".status.summary.tasks")
@AdditionalPrinterColumn(name = "DRIFT", jsonPath = ".status.summary.drift", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "COST", jsonPath = ".status.summary.costPerMonth")
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url")
@AdditionalPrinterColumn(name = "VERIFIED", jsonPath = ".status.lastVerifiedTime", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "ELECTION",
        jsonPath = ".status.conditions[?(@.type==\"ElectionReady\")].message",
        priority = 1)
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@ValidationRule(
        value = "size(self.metadata.name) <= 63",
        message = "the name is too long for AWS tags and names; write at most 63 characters in metadata.name")
public class MyCandidateDeployment extends CustomResource<Spec, Status> implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    @Required
    @JsonPropertyDescription("What is wanted. At least region, image and domain.name.")
    public Spec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What the operator sees. Written by the operator only.")
    public Status getStatus() {
        return super.getStatus();
    }
}
