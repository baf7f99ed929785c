package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Map;
import java.util.Set;

/** A CloudWatch alarm. Each put overwrites all of it; tags are taken at creation only. Outputs: {@code arn}, {@code name}. */
@AwsType(replacement = Replacement.NEVER, nameLength = 255)
public record Alarm(
        String description,
        String namespace,
        String metric,
        Map<String, Ref<? extends Resource>> dimensions,
        String statistic,
        Integer periodSeconds,
        Integer evaluationPeriods,
        String comparison,
        Double threshold,
        String treatMissingData,
        Set<Ref<? extends Resource>> actions)
        implements Resource {}
