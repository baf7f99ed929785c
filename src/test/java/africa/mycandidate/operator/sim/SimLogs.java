package africa.mycandidate.operator.sim;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.*;

/** Log groups, and who has logs delivered. Retention is a call of its own; a new group keeps its events for ever (docs/aws-notes.md). */
final class SimLogs implements CloudWatchLogsClient, LogGroups {
    /** API reference, PutRetentionPolicy. */
    private static final Set<Integer> RETENTIONS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private final SimAws aws;
    private final Table<Row> groups;
    private final Map<String, Instant> busyUntil = new HashMap<>();
    final LogDeliveries deliveries;

    private record Row(LogGroup group, Map<String, String> tags) {
        Row with(UnaryOperator<LogGroup.Builder> change) {
            return new Row(change.apply(group.toBuilder()).build(), tags);
        }
    }

    SimLogs(SimAws aws) {
        this.aws = aws;
        this.groups = new Table<>(aws.world);
        this.deliveries = new LogDeliveries(aws);
    }

    @Override
    public String serviceName() {
        return "logs";
    }

    @Override
    public void close() {}

    @Override
    public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest r) {
        return aws.world.call(() -> {
            var name = r.logGroupName();
            if (name == null || !name.matches("[.\\-_/#A-Za-z0-9]{1,512}"))
                throw invalid("1 validation error detected: Value at 'logGroupName' failed to satisfy constraint");
            if (groups.truth(name).isPresent())
                throw error(
                        ResourceAlreadyExistsException.builder(),
                        "ResourceAlreadyExistsException",
                        "The specified log group already exists");
            if (busyUntil.getOrDefault(name, Instant.MIN).isAfter(aws.world.now())) throw aborted();
            var arn = aws.arn("logs", "log-group:" + name);
            var group = LogGroup.builder()
                    .logGroupName(name)
                    .creationTime(aws.world.now().toEpochMilli())
                    .metricFilterCount(0)
                    .storedBytes(0L)
                    .kmsKeyId(r.kmsKeyId())
                    .logGroupClass(r.logGroupClass() == null ? LogGroupClass.STANDARD : r.logGroupClass())
                    .deletionProtectionEnabled(Boolean.TRUE.equals(r.deletionProtectionEnabled()))
                    .arn(arn + ":*")
                    .logGroupArn(arn)
                    .build();
            groups.put(name, new Row(group, Map.copyOf(r.tags())));
            return CreateLogGroupResponse.builder().build();
        });
    }

    @Override
    public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest r) {
        return aws.world.call(() -> {
            var limit = r.limit() == null ? 50 : r.limit();
            if (limit < 1 || limit > 50) throw invalid("limit must be between 1 and 50");
            if (r.logGroupNamePrefix() != null && r.logGroupNamePattern() != null)
                throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
            var found = groups.seen().stream()
                    .map(Row::group)
                    .filter(group -> r.logGroupNamePrefix() == null
                            || group.logGroupName().startsWith(r.logGroupNamePrefix()))
                    .filter(group -> r.logGroupNamePattern() == null
                            || group.logGroupName().contains(r.logGroupNamePattern()))
                    .sorted(Comparator.comparing(LogGroup::logGroupName))
                    .toList();
            var page = Page.of(found, r.nextToken(), limit, 50);
            return DescribeLogGroupsResponse.builder()
                    .logGroups(page.items())
                    .nextToken(page.marker())
                    .build();
        });
    }

    @Override
    public PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest r) {
        return aws.world.call(() -> {
            if (r.retentionInDays() == null || !RETENTIONS.contains(r.retentionInDays()))
                throw invalid("Invalid retention value. Valid values are: "
                        + RETENTIONS.stream().sorted().toList());
            var row = existing(r.logGroupName());
            groups.put(r.logGroupName(), row.with(group -> group.retentionInDays(r.retentionInDays())));
            return PutRetentionPolicyResponse.builder().build();
        });
    }

    @Override
    public DeleteRetentionPolicyResponse deleteRetentionPolicy(DeleteRetentionPolicyRequest r) {
        return aws.world.call(() -> {
            groups.put(r.logGroupName(), existing(r.logGroupName()).with(group -> group.retentionInDays(null)));
            return DeleteRetentionPolicyResponse.builder().build();
        });
    }

    @Override
    public DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest r) {
        return aws.world.call(() -> {
            if (existing(r.logGroupName()).group().deletionProtectionEnabled())
                throw invalid("The log group is protected from deletion.");
            groups.remove(r.logGroupName());
            // A create right behind a delete is refused for a moment (docs/aws-notes.md: parallel create and delete).
            busyUntil.put(r.logGroupName(), aws.world.now().plus(aws.world.lag()));
            return DeleteLogGroupResponse.builder().build();
        });
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest r) {
        return aws.world.call(() -> {
            var tags = new TreeMap<>(tags(r.resourceArn()));
            tags.putAll(r.tags());
            if (tags.size() > 50)
                throw error(
                        TooManyTagsException.builder(), "TooManyTagsException", "A resource can have at most 50 tags.");
            tag(r.resourceArn(), tags);
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest r) {
        return aws.world.call(() -> {
            var tags = new TreeMap<>(tags(r.resourceArn()));
            r.tagKeys().forEach(tags::remove);
            tag(r.resourceArn(), tags);
            return UntagResourceResponse.builder().build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        return aws.world.call(() -> {
            var name = delivers(r.resourceArn())
                    ? ""
                    : byArn(r.resourceArn()).group().logGroupName();
            var tags = delivers(r.resourceArn())
                    ? deliveries.tags().seen(r.resourceArn())
                    : groups.seen(name).map(Row::tags);
            return ListTagsForResourceResponse.builder()
                    .tags(tags.orElseThrow(SimLogs::missing))
                    .build();
        });
    }

    private static boolean delivers(String arn) {
        return arn.matches("arn:aws:logs:[^:]*:[^:]*:delivery(-source|-destination)?:.*");
    }

    private Map<String, String> tags(String arn) {
        return delivers(arn)
                ? deliveries.tags().truth(arn).orElseThrow(SimLogs::missing)
                : byArn(arn).tags();
    }

    private void tag(String arn, Map<String, String> tags) {
        if (delivers(arn)) deliveries.tags().put(arn, Map.copyOf(tags));
        else {
            var group = byArn(arn).group();
            groups.put(group.logGroupName(), new Row(group, Map.copyOf(tags)));
        }
    }

    @Override
    public PutDeliverySourceResponse putDeliverySource(PutDeliverySourceRequest r) {
        return aws.world.call(() -> PutDeliverySourceResponse.builder()
                .deliverySource(deliveries.put(r))
                .build());
    }

    @Override
    public PutDeliveryDestinationResponse putDeliveryDestination(PutDeliveryDestinationRequest r) {
        return aws.world.call(() -> PutDeliveryDestinationResponse.builder()
                .deliveryDestination(deliveries.put(r))
                .build());
    }

    @Override
    public CreateDeliveryResponse createDelivery(CreateDeliveryRequest r) {
        return aws.world.call(() ->
                CreateDeliveryResponse.builder().delivery(deliveries.create(r)).build());
    }

    @Override
    public DescribeDeliverySourcesResponse describeDeliverySources(DescribeDeliverySourcesRequest r) {
        return aws.world.call(() -> deliveries.sources(r));
    }

    @Override
    public DescribeDeliveryDestinationsResponse describeDeliveryDestinations(DescribeDeliveryDestinationsRequest r) {
        return aws.world.call(() -> deliveries.destinations(r));
    }

    @Override
    public DescribeDeliveriesResponse describeDeliveries(DescribeDeliveriesRequest r) {
        return aws.world.call(() -> deliveries.deliveries(r));
    }

    @Override
    public UpdateDeliveryConfigurationResponse updateDeliveryConfiguration(UpdateDeliveryConfigurationRequest r) {
        return aws.world.call(() -> {
            deliveries.update(r);
            return UpdateDeliveryConfigurationResponse.builder().build();
        });
    }

    @Override
    public DeleteDeliveryResponse deleteDelivery(DeleteDeliveryRequest r) {
        return aws.world.call(() -> {
            deliveries.deleteDelivery(r.id());
            return DeleteDeliveryResponse.builder().build();
        });
    }

    @Override
    public DeleteDeliverySourceResponse deleteDeliverySource(DeleteDeliverySourceRequest r) {
        return aws.world.call(() -> {
            deliveries.deleteSource(r.name());
            return DeleteDeliverySourceResponse.builder().build();
        });
    }

    @Override
    public DeleteDeliveryDestinationResponse deleteDeliveryDestination(DeleteDeliveryDestinationRequest r) {
        return aws.world.call(() -> {
            deliveries.deleteDestination(r.name());
            return DeleteDeliveryDestinationResponse.builder().build();
        });
    }

    @Override
    public boolean exists(String name) {
        return groups.truth(name).isPresent();
    }

    /** What really exists, by ARN, with its tags. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<String, Map<String, String>>();
        for (var row : groups.truths()) all.put(row.group().logGroupArn(), row.tags());
        all.putAll(deliveries.existing());
        return all;
    }

    private Row existing(String name) {
        return groups.truth(name == null ? "" : name).orElseThrow(SimLogs::missing);
    }

    private Row byArn(String arn) {
        if (arn.endsWith(":*")) throw invalid("The resource ARN must not end with ':*'.");
        return groups.truths().stream()
                .filter(row -> row.group().logGroupArn().equals(arn))
                .findFirst()
                .orElseThrow(SimLogs::missing);
    }

    private static AwsServiceException missing() {
        return error(
                ResourceNotFoundException.builder(),
                "ResourceNotFoundException",
                "The specified log group does not exist.");
    }

    private static AwsServiceException aborted() {
        return error(
                OperationAbortedException.builder(),
                "OperationAbortedException",
                "A conflicting operation is currently in progress against this resource. Please try again.");
    }

    private static AwsServiceException invalid(String message) {
        return error(InvalidParameterException.builder(), "InvalidParameterException", message);
    }

    private static AwsServiceException error(AwsServiceException.Builder builder, String code, String message) {
        return Errors.of(builder, "CloudWatchLogs", code, 400, message);
    }
}
