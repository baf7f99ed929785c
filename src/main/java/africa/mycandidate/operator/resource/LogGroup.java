package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** Where the containers' output goes. Retention is a second call; until then nothing expires. Outputs: {@code name}, and {@code arn},
 * which ends in {@code :*} as AWS shows it and as a policy names the group with its streams. */
@AwsType(replacement = Replacement.NEVER, nameLength = 512)
public record LogGroup(@Late Integer retentionDays) implements Resource {}

final class LogGroupHandler implements Handler<LogGroup> {
    private final CloudWatchLogsClient logs;

    LogGroupHandler(Clients clients) {
        this.logs = clients.of(CloudWatchLogsClient.class);
    }

    @Override
    public Class<LogGroup> type() {
        return LogGroup.class;
    }

    @Override
    public List<Observed<LogGroup>> list(String place) {
        return logs.describeLogGroupsPaginator(request -> request.logGroupNamePrefix("mcd-")).logGroups().stream()
                .map(this::observed)
                .toList();
    }

    private Observed<LogGroup> observed(software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup group) {
        var name = group.logGroupName();
        var arn = taggable(group.arn());
        var tags = logs.listTagsForResource(request -> request.resourceArn(arn)).tags();
        var outputs = Map.of("name", name, "arn", arn + ":*");
        return Observed.of(new LogGroup(group.retentionInDays()), name, name, Phase.READY, outputs, tags);
    }

    /** DescribeLogGroups' {@code arn} ends in {@code :*}, which the tagging calls refuse (CloudWatch Logs API reference, LogGroup). */
    private static String taggable(String arn) {
        return arn.endsWith(":*") ? arn.substring(0, arn.length() - 2) : arn;
    }

    @Override
    public String create(LogGroup want, Creation creation) {
        logs.createLogGroup(request -> request.logGroupName(creation.name()).tags(creation.tags()));
        return creation.name();
    }

    @Override
    public void update(Observed<LogGroup> have, LogGroup goal, Set<String> fields) {
        if (fields.contains("retentionDays"))
            logs.putRetentionPolicy(request -> request.logGroupName(have.name()).retentionInDays(goal.retentionDays()));
    }

    @Override
    public void delete(Observed<LogGroup> have, Deletion deletion) {
        logs.deleteLogGroup(request -> request.logGroupName(have.name()));
    }

    @Override
    public void tag(Observed<LogGroup> have, Map<String, String> set, Set<String> remove) {
        var arn = taggable(have.outputs().get("arn"));
        if (!set.isEmpty()) logs.tagResource(request -> request.resourceArn(arn).tags(set));
        if (!remove.isEmpty())
            logs.untagResource(request -> request.resourceArn(arn).tagKeys(remove));
    }
}
