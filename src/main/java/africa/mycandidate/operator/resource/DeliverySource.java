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

/**
 * What CloudWatch Logs calls a resource that sends logs: here a distribution with its access logs, so that it stands in the region of what is global. An account has
 * one for a resource and log type at most, and AWS points none to another resource (aws-cloudformation/cloudformation-coverage-roadmap#2513): the name carries the
 * generation, so that the source of a new distribution stands beside the old one's. Outputs: {@code name}, {@code arn}.
 *
 * @param resource the ARN of what sends them
 */
@AwsType(nameLength = DeliverySource.NAME_LENGTH, generation = true, optional = true)
public record DeliverySource(
        @Immutable @Interrupts(Interruption.NONE) Ref<Distribution> resource,
        @Immutable @Interrupts(Interruption.NONE) String logType)
        implements Resource {
    /** CloudWatch Logs API reference, PutDeliverySource. */
    public static final int NAME_LENGTH = 60;
}

final class DeliverySourceHandler implements Handler<DeliverySource> {
    private final CloudWatchLogsClient logs;
    private final DeliveryTags tags;

    DeliverySourceHandler(Clients clients) {
        this.logs = clients.global().of(CloudWatchLogsClient.class);
        this.tags = new DeliveryTags(logs);
    }

    @Override
    public Class<DeliverySource> type() {
        return DeliverySource.class;
    }

    @Override
    public List<Observed<DeliverySource>> list(String place) {
        return logs.describeDeliverySourcesPaginator(request -> {}).deliverySources().stream()
                .filter(source -> Identity.names(source.name()))
                .map(this::observed)
                .toList();
    }

    private Observed<DeliverySource> observed(
            software.amazon.awssdk.services.cloudwatchlogs.model.DeliverySource source) {
        var actual = new DeliverySource(Ref.of(source.resourceArns().getFirst()), source.logType());
        return tags.observed(actual, source.name(), source.name(), Map.of("name", source.name(), "arn", source.arn()));
    }

    /** A put of a name that is there changes it, but one with tags is refused then (ConflictException, "Tags can only be provided when a resource is being created"). */
    @Override
    public String create(DeliverySource want, Creation creation) {
        logs.putDeliverySource(request -> request.name(creation.name())
                .resourceArn(want.resource().value())
                .logType(want.logType())
                .tags(creation.tags()));
        return creation.name();
    }

    @Override
    public void update(Observed<DeliverySource> have, DeliverySource goal, Set<String> fields) {
        throw new UnsupportedOperationException("a delivery source has nothing to change");
    }

    @Override
    public void delete(Observed<DeliverySource> have, Deletion deletion) {
        logs.deleteDeliverySource(request -> request.name(have.id()));
    }

    @Override
    public void tag(Observed<DeliverySource> have, Map<String, String> set, Set<String> remove) {
        tags.change(have, set, remove);
    }
}
