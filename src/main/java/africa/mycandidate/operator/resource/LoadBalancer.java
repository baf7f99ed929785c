package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Dispensable;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Application Load Balancer. Creating one with the name and settings of an existing one succeeds and returns somebody else's: names are looked up first.
 * Attributes are a call of their own; only declared ones are compared. Outputs: {@code arn}, {@code name}, {@code dnsName}, {@code zoneId},
 * {@code activeArn} once it serves, and those of its reservation, as far as there is something to say.
 *
 * @param accessLogs bucket and prefix, {@code name/prefix}, of the access logs; empty for none
 * @param capacityUnits the least capacity that it keeps, however few come
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 32, usually = "3 min", seldomBefore = 60)
public record LoadBalancer(
        @Immutable String scheme,
        Set<Ref<Subnet>> subnets,
        Set<Ref<SecurityGroup>> securityGroups,
        @Late @Declared Map<String, String> attributes,
        @Late Ref<Bucket> accessLogs,
        @Late @Dispensable CapacityUnits capacityUnits)
        implements Resource {
    public static final String DELETION_PROTECTION = "deletion_protection.enabled";
    /** Output: when AWS was last asked for the capacity that it keeps or is to keep. */
    public static final String RESERVED = "reservedSince";
    /** Output: the zones that lack it, with AWS's reason. */
    public static final String UNRESERVED = "unreserved";
    /** Output: why nobody knows. */
    public static final String RESERVATION_UNREAD = "reservationUnread";

    /** AWS may have capacity an hour later; what it could not provide just now is not asked for at each look. */
    public static final Duration ASKED_AGAIN_AFTER = Duration.ofHours(1);

    static final String LOGS_ENABLED = "access_logs.s3.enabled";
    static final String LOGS_BUCKET = "access_logs.s3.bucket";
    static final String LOGS_PREFIX = "access_logs.s3.prefix";

    /** One whose access logs and reservation are as they are. */
    public LoadBalancer(
            String scheme,
            Set<Ref<Subnet>> subnets,
            Set<Ref<SecurityGroup>> securityGroups,
            Map<String, String> attributes) {
        this(scheme, subnets, securityGroups, attributes, null, null);
    }

    /**
     * Where no access logs are asked for any more, those into a bucket of ours end. Its name may be anybody's once it is gone, and whoever has it then would be
     * given the logs. Where somebody else had them sent is not touched.
     */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        var now = ((LoadBalancer) have.actual()).accessLogs();
        var ends = accessLogs == null && now != null && isOurs(now.value());
        var units = isAskedFor(have, seen) ? null : capacityUnits;
        return new LoadBalancer(scheme, subnets, securityGroups, attributes, ends ? Ref.of("") : accessLogs, units);
    }

    /** AWS is at it, or could not do it within the last hour. Another number is asked for at once. */
    private boolean isAskedFor(Observed<?> have, Snapshot seen) {
        var now = ((LoadBalancer) have.actual()).capacityUnits();
        if (now == null || capacityUnits == null || now.units() != capacityUnits.units()) return false;
        return switch (now.state()) {
            case PROVISIONED -> false;
            case PENDING -> true;
            case FAILED ->
                have.outputs().containsKey(RESERVED)
                        && seen.at()
                                .isBefore(Instant.parse(have.outputs().get(RESERVED))
                                        .plus(ASKED_AGAIN_AFTER));
        };
    }

    @Override
    public String notice(Observed<?> have) {
        var told = have.outputs();
        if (capacityUnits == null)
            return told.containsKey(RESERVATION_UNREAD)
                    ? "its capacity reservation could not be read: " + told.get(RESERVATION_UNREAD)
                    : "";
        var units = capacityUnits.units() + " load balancer capacity units";
        return switch (capacityUnits.state()) {
            case PROVISIONED -> "";
            case PENDING -> "AWS is about to reserve " + units + " in " + told.get(UNRESERVED);
            case FAILED ->
                "AWS could not reserve the " + units + " that it was asked for at " + told.get(RESERVED) + " in "
                        + told.get(UNRESERVED) + "; it is asked again once an hour";
        };
    }

    private static boolean isOurs(String logs) {
        return Identity.names(logs) && logs.endsWith("/" + Bucket.ACCESS_LOGS);
    }

    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new LoadBalancer(null, null, null, Map.of(DELETION_PROTECTION, "false")));
    }
}
