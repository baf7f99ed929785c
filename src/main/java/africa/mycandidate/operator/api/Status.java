package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the operator sees. Times are ISO 8601 in UTC. All of it can be made again from AWS: what is lost here is not missed. */
@Block
public record Status(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Provisioned, Serving, Ready, Reconciling, Stalled, InSync and ElectionReady, each with a reason, a "
                        + "message and the time of its last transition.")
        List<Condition> conditions,

        @JsonPropertyDescription("Address of the site, https and the domain name.")
        String url,

        @JsonPropertyDescription("The few words and numbers that kubectl get shows.")
        Summary summary,

        @JsonPropertyDescription("The image that is rolled out, and how far.")
        Rollout rollout,

        @JsonPropertyDescription("What became of each job of the spec.")
        List<RunStatus> jobs,

        @JsonPropertyDescription("Names under which AWS serves the parts of the stack.")
        Endpoints endpoints,

        @JsonPropertyDescription("DNS records to add by hand. Empty where a hosted zone is given.")
        List<DnsRecordToAdd> dnsRecords,

        @JsonPropertyDescription("How much of the stack is as it should be.")
        Progress progress,

        @JsonPropertyDescription("Every AWS resource of the stack.")
        List<ResourceStatus> resources,

        @JsonPropertyDescription("Differences between AWS and the spec that somebody else made.")
        List<DriftEntry> drift,

        @JsonPropertyDescription("What the operator is going to do next.")
        PlanView plan,

        @JsonPropertyDescription("State of each election of the spec.")
        List<ElectionStatus> elections,

        @JsonPropertyDescription("Estimate of what the stack costs, from list prices.")
        CostView cost,

        @JsonPropertyDescription("What the defaults came to.")
        Resolved resolved,

        @JsonPropertyDescription(
                "Creations that were about to begin, of resources with neither a name nor a token of their own. Safe "
                        + "to lose.")
        List<Intent> intents,

        @JsonPropertyDescription(
                "When the operator last read all of the stack from AWS. Written at most every 10 minutes.")
        String lastVerifiedTime) {}
