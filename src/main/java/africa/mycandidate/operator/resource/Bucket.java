package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An S3 bucket for the application's files and for access logs. Names are shared by every account of a partition, so that somebody else may have ours
 * (BucketAlreadyExists): only what the own account lists is ever written to or named to others. A bucket that its stack gave up keeps its files and its tags
 * ({@code released}), and the same stack takes it back.
 *
 * <p>Since April 2023 a new bucket blocks public access, takes no ACLs and is encrypted (S3 User Guide, "Default settings for new S3 buckets"); all the same these
 * settings are compared, as anybody can change them. Outputs: {@code name}, {@code arn}, and, once its policy is set (the last of what secures it),
 * {@code filesArn} and {@code accessLogs}, the place that a load balancer may write to; {@code cdnLogs}, the place of a distribution's, once the policy lets it.
 *
 * @param ownership {@code BucketOwnerEnforced}: ACLs count for nothing
 * @param encryption algorithm of the default encryption, {@code AES256} for S3's own keys
 * @param publicAccessBlock which of S3's four blocks are on
 * @param lifecycle what expires, by the id of the rule
 * @param contents the first of what is in it, files and old versions; empty for nothing. Only what is to be deleted must be empty
 */
@AwsType(replacement = AwsType.Replacement.NEVER, nameLength = 63, data = "storage")
public record Bucket(
        @Immutable String region,
        String ownership,
        @Late String encryption,
        @Late Set<String> publicAccessBlock,
        @Late Boolean versioning,
        @Late Role.Policy policy,
        @Late Map<String, Expiry> lifecycle,
        @Late String contents)
        implements Resource {
    /** Where the application's files are. */
    public static final String FILES = "files/";
    /** Where the load balancer's access logs go; neither begins nor ends with a slash, as ELB wants it. */
    public static final String ACCESS_LOGS = "logs/alb";
    /** Where a distribution's access logs go. */
    public static final String CDN_LOGS = "logs/cdn";
    /** As whom CloudWatch Logs delivers what others log (CloudWatch Logs User Guide, "Logs sent to Amazon S3"). */
    public static final String LOG_DELIVERY = "delivery.logs.amazonaws.com";

    public static final Set<String> ALL_PUBLIC_ACCESS =
            Set.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets");

    /**
     * A rule by which S3 deletes of its own accord.
     *
     * @param prefix of the keys; empty for all
     * @param days after which a file goes; in a versioned bucket its last version stays as an old one. Null for never
     * @param oldVersionDays after which a version goes that is not the current one
     * @param uploadDays after which the parts of an unfinished upload go
     * @param markers whether delete markers go that have no version left beneath them
     * @param rest what else stands in the rule; empty where there is nothing
     */
    public record Expiry(
            String prefix, Integer days, Integer oldVersionDays, Integer uploadDays, boolean markers, String rest) {}

    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new Bucket(null, null, null, null, null, null, null, ""));
    }

    @Override
    public Set<Class<? extends Resource>> witnesses() {
        return Set.of(LoadBalancer.class, Role.class);
    }

    /** Both name it only once it is there, and keep the name when somebody deletes it. */
    @Override
    public boolean remembered(String name, Snapshot seen) {
        var logs = seen.ours(LoadBalancer.class).stream()
                .map(Observed::actual)
                .anyMatch(balancer -> balancer.accessLogs() != null
                        && balancer.accessLogs().value().equals(accessLogs(name)));
        return logs
                || seen.ours(Role.class).stream()
                        .map(Observed::actual)
                        .flatMap(role ->
                                role.policies() == null ? Stream.<Role.Policy>of() : role.policies().values().stream())
                        .flatMap(policy -> policy.statements().stream())
                        .flatMap(statement -> statement.resources().stream())
                        .map(Ref::value)
                        .anyMatch(arn -> arn.endsWith(":s3:::" + name + "/" + FILES + "*"));
    }

    /** A place for a load balancer's access logs, as {@link LoadBalancer#accessLogs} has it. */
    static String accessLogs(String name) {
        return name + "/" + ACCESS_LOGS;
    }
}
