package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliveryDestinationRequest;

/**
 * Where logs are delivered to, and in which format; the format is for ever ("Update to existing Delivery Destination with new Output Format is not allowed"). It
 * stands in the region of its source, whatever the region of the bucket. Outputs: {@code arn}.
 *
 * @param resource the ARN of the bucket, with the prefix below which the logs go: without one CloudFront adds its own, {@code AWSLogs/<account>/CloudFront}, but at
 *     the creation only (CloudFront Developer Guide, "Send logs to Amazon S3"; hashicorp/terraform-provider-aws#46328)
 */
@AwsType(nameLength = 60, generation = true, optional = true)
public record DeliveryDestination(
        Ref<Bucket> resource,
        @Immutable @Interrupts(Interruption.NONE) String outputFormat) implements Resource {}

final class DeliveryDestinationHandler implements Handler<DeliveryDestination> {
    private final CloudWatchLogsClient logs;
    private final DeliveryTags tags;

    DeliveryDestinationHandler(Clients clients) {
        this.logs = clients.global().of(CloudWatchLogsClient.class);
        this.tags = new DeliveryTags(logs);
    }

    @Override
    public Class<DeliveryDestination> type() {
        return DeliveryDestination.class;
    }

    @Override
    public List<Observed<DeliveryDestination>> list(String place) {
        return logs.describeDeliveryDestinationsPaginator(request -> {}).deliveryDestinations().stream()
                .filter(destination -> Identity.names(destination.name()))
                .map(this::observed)
                .toList();
    }

    private Observed<DeliveryDestination> observed(
            software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestination destination) {
        var configuration = destination.deliveryDestinationConfiguration();
        var actual = new DeliveryDestination(
                configuration == null ? null : Ref.of(configuration.destinationResourceArn()),
                destination.outputFormatAsString());
        return tags.observed(actual, destination.name(), destination.name(), Map.of("arn", destination.arn()));
    }

    /** A put of a name that is there changes it, but one with tags is refused then. */
    @Override
    public String create(DeliveryDestination want, Creation creation) {
        logs.putDeliveryDestination(
                put(creation.name(), want).tags(creation.tags()).build());
        return creation.name();
    }

    @Override
    public void update(Observed<DeliveryDestination> have, DeliveryDestination goal, Set<String> fields) {
        logs.putDeliveryDestination(put(have.id(), goal).build());
    }

    /** All of it is overwritten, but for the tags (API reference, PutDeliveryDestination). */
    private static PutDeliveryDestinationRequest.Builder put(String name, DeliveryDestination like) {
        return PutDeliveryDestinationRequest.builder()
                .name(name)
                .outputFormat(like.outputFormat())
                .deliveryDestinationConfiguration(
                        to -> to.destinationResourceArn(like.resource().value()));
    }

    @Override
    public void delete(Observed<DeliveryDestination> have, Deletion deletion) {
        logs.deleteDeliveryDestination(request -> request.name(have.id()));
    }

    @Override
    public void tag(Observed<DeliveryDestination> have, Map<String, String> set, Set<String> remove) {
        tags.change(have, set, remove);
    }
}
