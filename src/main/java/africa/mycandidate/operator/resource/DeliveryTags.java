package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Tags of delivery sources, destinations and deliveries. What lists these shows no tags, although the model has a place for them (terraform-provider-aws,
 * internal/service/logs/delivery.go), so that each costs a call: it is made for those only that may be ours.
 */
record DeliveryTags(CloudWatchLogsClient logs) {

    /** One whose tags are not there yet is nobody's to be changed. */
    <R extends Resource> Observed<R> observed(R actual, String id, String name, Map<String, String> outputs) {
        var arn = outputs.get("arn");
        try {
            var tags = logs.listTagsForResource(request -> request.resourceArn(arn))
                    .tags();
            return Observed.of(actual, id, name, Phase.READY, outputs, tags);
        } catch (ResourceNotFoundException e) {
            return Observed.of(actual, id, name, Phase.READY, outputs, Map.of()).withOwner(new Owner.Unreadable());
        }
    }

    void change(Observed<?> have, Map<String, String> set, Set<String> remove) {
        var arn = have.outputs().get("arn");
        if (!set.isEmpty()) logs.tagResource(request -> request.resourceArn(arn).tags(set));
        if (!remove.isEmpty())
            logs.untagResource(request -> request.resourceArn(arn).tagKeys(remove));
    }
}
