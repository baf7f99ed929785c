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

/** Log groups. Retention is a call of its own; a new group keeps its events for ever (docs/aws-notes.md). */
final class SimLogs implements CloudWatchLogsClient, LogGroups {
    /** API reference, PutRetentionPolicy. */
    private static final Set<Integer> RETENTIONS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private final SimAws aws;
    private final Table<Row> groups;
    private final Map<String, Instant> busyUntil = new HashMap<>();

    private record Row(LogGroup group, Map<String, String> tags) {
        Row with(UnaryOperator<LogGroup.Builder> change) {
            return new Row(change.apply(group.toBuilder()).build(), tags);
        }
    }

    SimLogs(SimAws aws) {
        this.aws = aws;
        this.groups = new Table<>(aws.world);
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
            var row = byArn(r.resourceArn());
            var tags = new TreeMap<>(row.tags());
            tags.putAll(r.tags());
            if (tags.size() > 50)
                throw error(
                        TooManyTagsException.builder(), "TooManyTagsException", "A resource can have at most 50 tags.");
            groups.put(row.group().logGroupName(), new Row(row.group(), Map.copyOf(tags)));
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest r) {
        return aws.world.call(() -> {
            var row = byArn(r.resourceArn());
            var tags = new TreeMap<>(row.tags());
            r.tagKeys().forEach(tags::remove);
            groups.put(row.group().logGroupName(), new Row(row.group(), Map.copyOf(tags)));
            return UntagResourceResponse.builder().build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        return aws.world.call(() -> {
            var name = byArn(r.resourceArn()).group().logGroupName();
            var tags = groups.seen(name).map(Row::tags).orElseThrow(SimLogs::missing);
            return ListTagsForResourceResponse.builder().tags(tags).build();
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
