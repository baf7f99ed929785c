package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AtLeast;
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
import java.util.Optional;
import java.util.Set;

/**
 * The PostgreSQL database. Nothing ever replaces it. A value that was asked for and is pending counts as had, while the phase stays BUSY; the password is never
 * returned. Outputs: {@code id}, {@code arn}, and {@code endpoint} (the host name) and {@code port} once it can be used.
 */
@AwsType(replacement = Replacement.NEVER, data = true, nameLength = 63, usually = "12 min")
public record DbInstance(
        @Interrupts(Interruption.FAILOVER) Version engineVersion,
        @Interrupts(Interruption.FAILOVER) String instanceClass,
        Boolean multiAz,
        AtLeast storageGiB,
        Integer maxStorageGiB,
        String storageType,
        @Immutable Boolean encrypted,
        @Immutable String kmsKeyArn,
        @Immutable String databaseName,
        @Immutable String username,
        @Initial @Secret Ref<SecretValue> password,
        @Immutable Ref<DbSubnetGroup> subnetGroup,
        @Interrupts(Interruption.FAILOVER) Ref<DbParameterGroup> parameterGroup,
        Set<Ref<SecurityGroup>> securityGroups,
        Boolean publiclyAccessible,
        Integer backupRetentionDays,
        Boolean deletionProtection,
        Boolean autoMinorVersionUpgrade,
        Boolean copyTagsToSnapshot,
        String insightsMode)
        implements Resource {

    @Override
    public Optional<String> guard() {
        return Boolean.TRUE.equals(deletionProtection)
                ? Optional.of("the database is protected: set spec.database.deletionProtection to false to allow its deletion (a final snapshot is taken)")
                : Optional.empty();
    }

    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new DbInstance(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, false, null, null, null));
    }
}
