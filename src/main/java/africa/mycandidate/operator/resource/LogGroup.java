package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Resource;

/** Where the containers' output goes. Retention is a second call; until then nothing expires. Outputs: {@code name}, {@code arn}. */
@AwsType(replacement = Replacement.NEVER, nameLength = 512)
public record LogGroup(@Late Integer retentionDays) implements Resource {}
