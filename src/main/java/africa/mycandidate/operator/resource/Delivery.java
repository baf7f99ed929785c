package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Fields;
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
import software.amazon.awssdk.services.cloudwatchlogs.model.S3DeliveryConfiguration;

/**
 * The delivery of logs from a source to a destination. It has no name; a second one of the same two is refused, and so is a second one from a source to another
 * bucket ("Delivery already exists for this Delivery Source with the same Delivery Destination Type"), so that the old one goes first. Neither source nor destination
 * can be deleted while it is there (API reference, DeleteDeliverySource). Outputs: {@code arn}.
 *
 * @param recordFields what stands in a line, in order
 * @param suffixPath what comes in the key after the destination's prefix, with variables for the date and the distribution
 * @param hiveCompatible whether the names of the variables stand in the key too
 */
@AwsType(replacement = Replacement.DELETE_FIRST, optional = true)
public record Delivery(
        @Immutable @Interrupts(Interruption.NONE) Ref<DeliverySource> source,
        @Immutable @Interrupts(Interruption.NONE) Ref<DeliveryDestination> destination,
        List<String> recordFields,
        String suffixPath,
        Boolean hiveCompatible)
        implements Resource {}

final class DeliveryHandler implements Handler<Delivery> {
    private final CloudWatchLogsClient logs;
    private final DeliveryTags tags;

    DeliveryHandler(Clients clients) {
        this.logs = clients.global().of(CloudWatchLogsClient.class);
        this.tags = new DeliveryTags(logs);
    }

    @Override
    public Class<Delivery> type() {
        return Delivery.class;
    }

    /** Those of sources that may be ours. */
    @Override
    public List<Observed<Delivery>> list(String place) {
        return logs.describeDeliveriesPaginator(request -> {}).deliveries().stream()
                .filter(delivery -> Identity.names(delivery.deliverySourceName()))
                .map(this::observed)
                .toList();
    }

    private Observed<Delivery> observed(software.amazon.awssdk.services.cloudwatchlogs.model.Delivery delivery) {
        var s3 = delivery.s3DeliveryConfiguration();
        var actual = new Delivery(
                Ref.of(delivery.deliverySourceName()),
                Ref.of(delivery.deliveryDestinationArn()),
                delivery.recordFields(),
                s3 == null ? null : s3.suffixPath(),
                s3 != null && Boolean.TRUE.equals(s3.enableHiveCompatiblePath()));
        return tags.observed(actual, delivery.id(), delivery.id(), Map.of("arn", delivery.arn()));
    }

    @Override
    public String create(Delivery want, Creation creation) {
        return logs.createDelivery(
                        request -> request.deliverySourceName(want.source().value())
                                .deliveryDestinationArn(want.destination().value())
                                .recordFields(want.recordFields())
                                .s3DeliveryConfiguration(s3(want))
                                .tags(creation.tags()))
                .delivery()
                .id();
    }

    /** What does not differ goes along as it was: what is left out may be lost. */
    @Override
    public void update(Observed<Delivery> have, Delivery goal, Set<String> fields) {
        var had = Fields.of(have.actual());
        var whole = Fields.map(
                goal,
                (component, value) -> fields.contains(component.getName()) ? value : had.get(component.getName()));
        logs.updateDeliveryConfiguration(request ->
                request.id(have.id()).recordFields(whole.recordFields()).s3DeliveryConfiguration(s3(whole)));
    }

    private static S3DeliveryConfiguration s3(Delivery like) {
        return S3DeliveryConfiguration.builder()
                .suffixPath(like.suffixPath())
                .enableHiveCompatiblePath(like.hiveCompatible())
                .build();
    }

    @Override
    public void delete(Observed<Delivery> have, Deletion deletion) {
        logs.deleteDelivery(request -> request.id(have.id()));
    }

    @Override
    public void tag(Observed<Delivery> have, Map<String, String> set, Set<String> remove) {
        tags.change(have, set, remove);
    }
}
