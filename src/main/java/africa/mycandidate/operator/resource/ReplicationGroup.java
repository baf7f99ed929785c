package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Secret;
import africa.mycandidate.operator.model.Version;
import java.util.Set;

/**
 * The Redis cache. Ready means: the group, each of its node groups and as many members as it should have. Several settings are shown by its members only, and
 * changes must come in an order. Outputs: {@code id}, {@code arn}, and {@code endpoint} (the primary's host name) and {@code port} once it can be used.
 */
@AwsType(replacement = Replacement.NEVER, data = true, nameLength = 40, usually = "8 min")
public record ReplicationGroup(
        String description,
        @Interrupts(Interruption.FAILOVER) Version engineVersion,
        @Interrupts(Interruption.FAILOVER) String nodeType,
        Integer replicas,
        Boolean automaticFailover,
        Boolean multiAz,
        @Immutable Boolean atRestEncryption,
        @Immutable Boolean transitEncryption,
        @Initial @Secret Ref<SecretValue> authToken,
        @Immutable Ref<CacheSubnetGroup> subnetGroup,
        Set<Ref<SecurityGroup>> securityGroups,
        Integer snapshotRetentionDays,
        Boolean autoMinorVersionUpgrade)
        implements Resource {}
