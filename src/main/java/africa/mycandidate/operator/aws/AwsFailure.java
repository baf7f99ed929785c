package africa.mycandidate.operator.aws;

import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * An error of AWS, sorted by what it means for the operator. The code on the wire decides, never the HTTP status alone: a load balancer that is not there answers
 * 400, and so does a throttled call.
 *
 * @param code AWS's code, or the exception's name where there was no answer
 * @param requestId empty where there was no answer
 */
public record AwsFailure(Kind kind, String service, String code, String message, String requestId) {

    /** What an error asks of the operator. */
    public enum Kind {
        /** Too many calls: later, and slower. */
        THROTTLED,
        /** No answer, or a fault on AWS's side: the call may have happened. */
        TRANSIENT,
        /** What it was about is not there (yet): a success for a delete, a matter of time for a create. */
        ABSENT,
        /** It exists already: look again. */
        EXISTS,
        /** Another resource is not ready, or holds on to it: a matter of time. */
        NOT_YET,
        /** AWS lets it rest for hours. */
        RESTING,
        /** The operator lacks a permission. Only the user can go on. */
        DENIED,
        /** A quota of the account is used up. Only the user can go on. */
        QUOTA,
        /** AWS refuses what was asked for. Only the user can go on, if it stays. */
        INVALID,
        /** AWS says yes, and nothing changes. Only the user can go on. */
        WITHOUT_EFFECT
    }

    private static final Set<String> THROTTLES = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottledException",
            "RequestThrottled",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "SlowDown",
            "PriorRequestNotComplete",
            "APICallRateForCustomerExceeded",
            "ConcurrentAccess",
            "ConcurrentUpdateException",
            "ConcurrentModification",
            "ConcurrentModificationException",
            "OperationAbortedException",
            "OperationAborted");

    /** A reservation of load balancer capacity is being provisioned, or was lowered twice today (ELBv2 API reference, ModifyCapacityReservation). */
    private static final Set<String> RESERVATION_RESTS =
            Set.of("CapacityReservationPending", "CapacityDecreaseRequestLimitExceeded");

    private static final Set<String> LIMITS_THAT_PASS = Set.of("LimitExceededException");

    private static final Pattern ABSENT = Pattern.compile(
            "NotFound|NoSuch|Gateway\\.NotAttached|ServiceNotActive|\\.Malformed$|InvalidAssociationID");
    private static final Pattern EXISTS = Pattern.compile(
            "(?<!CNAME)AlreadyExist|AlreadyOwnedByYou|AlreadyAssociated|Duplicate|EntityAlreadyExists|ResourceExists|\\.Conflict$");
    /** S3 shares its names among all accounts, and says otherwise where the bucket is the caller's own (S3 API reference, "List of error codes"). */
    private static final String TAKEN_BY_OTHERS = "BucketAlreadyExists";

    private static final Pattern NOT_YET = Pattern.compile(
            "DependencyViolation|InUse|InvalidDB\\w*State|Invalid\\w*State|InvalidState|DeleteConflict|ClusterContains|UpdateInProgress|UnsupportedCertificate"
                    + "|OperationNotPermitted|PendingVerification|InvalidVPCNetworkState|IncorrectState|InsufficientDBInstanceCapacity|InsufficientCapacity"
                    + "|NotDisabled|PreconditionFailed|InvalidIfMatchVersion"
                    + "|InsufficientCacheClusterCapacity|FailedResourceAccess|BucketNotEmpty|AuthFailure$");
    private static final Pattern DENIED = Pattern.compile(
            "AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|AuthFailure\\.|OptInRequired|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature");
    private static final Pattern EXPIRED = Pattern.compile("ExpiredToken|RequestExpired|Expired");
    /** The clock of this machine is wrong; the SDK takes AWS's from the answer (IAM user guide, "Troubleshoot Signature Version 4 signing"). */
    private static final Pattern SKEWED =
            Pattern.compile("RequestTimeTooSkewed|RequestInTheFuture|Signature expired|Signature not yet current");
    /** Codes for credentials that are no good any more: EC2 has its own (EC2 API Reference, "Error codes"). */
    private static final Pattern CREDENTIALS =
            Pattern.compile("Expired|InvalidClientTokenId|UnrecognizedClient|AuthFailure$");

    private static final Pattern QUOTA = Pattern.compile("LimitExceeded|QuotaExceeded|TooMany\\w+|ServiceQuota");

    /** Words of messages whose code says too little. Each is a refusal that passes by itself: an order of creation, or IAM's propagation. */
    private static final Pattern PASSING = Pattern.compile(
            "still Draining|does not have an associated load balancer|service linked role|service role being passed|assume IAM role|assume the role"
                    + "|ECS service doesn't exist|scheduled for deletion|was deleted|Invalid principal|unsupported principal|deployments are active"
                    + "|scaled above 0|another engine version upgrade|is not in available state"
                    + "|mapped public address|IAM role ARN value is invalid|already being deleted|InvalidNatGatewayID"
                    + "|Access Denied for bucket",
            Pattern.CASE_INSENSITIVE);

    /** RDS takes no second change of a storage for six hours (RDS user guide, "Modifying settings for storage"). */
    private static final Pattern RESTING = Pattern.compile("storage change is being optimized");

    /** CloudWatch Logs tries the bucket policy, which may not be everywhere yet; its code is that of a right that the caller lacks (ministryofjustice/cloud-platform#8430). */
    private static final Pattern NOT_LET_IN = Pattern.compile("Access Denied for this Delivery Destination");

    /** CloudWatch Logs has one code for what passes (a delivery holds on to it, hashicorp/terraform-provider-aws#42194), what is there already, and what somebody else has set up. */
    private static final String CONFLICT = "ConflictException";

    private static final Pattern MADE_BEFORE =
            Pattern.compile("only be provided when a resource is being created|specified Delivery already exists");
    private static final Pattern SET_UP_BY_OTHERS =
            Pattern.compile("already been used in another|same Delivery Destination Type|is not allowed");

    private static final Pattern IDEMPOTENT = Pattern.compile("not idempotent", Pattern.CASE_INSENSITIVE);

    /** @param service what is named where the answer does not say which service it came from */
    public static AwsFailure of(String service, Throwable thrown) {
        return switch (thrown) {
            case AwsServiceException error
            when error.awsErrorDetails() != null -> {
                var code = error.awsErrorDetails().errorCode() == null
                        ? ""
                        : error.awsErrorDetails().errorCode();
                var message = error.awsErrorDetails().errorMessage() == null
                        ? ""
                        : error.awsErrorDetails().errorMessage();
                yield new AwsFailure(
                        kind(code, message, error.statusCode()),
                        named(error, service),
                        code.isEmpty() ? "HTTP " + error.statusCode() : code,
                        code.isEmpty() && message.isEmpty() ? "no readable answer" : message,
                        error.requestId() == null ? "" : error.requestId());
            }
            case AwsServiceException error ->
                new AwsFailure(
                        kind("", "", error.statusCode()),
                        service,
                        "HTTP " + error.statusCode(),
                        "no readable answer",
                        String.valueOf(error.requestId()));
            case CallRefused refused -> new AwsFailure(Kind.THROTTLED, service, "CallBudget", refused.getMessage(), "");
            case Unusable unusable -> new AwsFailure(Kind.INVALID, service, "Unusable", unusable.getMessage(), "");
            case SdkClientException error ->
                new AwsFailure(Kind.TRANSIENT, service, error.getClass().getSimpleName(), firstLine(error), "");
            default ->
                new AwsFailure(Kind.TRANSIENT, service, thrown.getClass().getSimpleName(), firstLine(thrown), "");
        };
    }

    private static String named(AwsServiceException error, String otherwise) {
        var name = error.awsErrorDetails().serviceName();
        return name == null || name.isBlank() ? otherwise : name;
    }

    private static Kind kind(String code, String message, int status) {
        if (RESERVATION_RESTS.contains(code)) return Kind.RESTING;
        if (THROTTLES.contains(code) || status == 429 || status == 503 || status == 509) return Kind.THROTTLED;
        if (status >= 500) return Kind.TRANSIENT;
        if (EXPIRED.matcher(code).find()) return Kind.TRANSIENT;
        if (SKEWED.matcher(code + " " + message).find()) return Kind.TRANSIENT;
        if (NOT_LET_IN.matcher(message).find()) return Kind.NOT_YET;
        if (DENIED.matcher(code).find()) return Kind.DENIED;
        if (RESTING.matcher(message).find()) return Kind.RESTING;
        if (PASSING.matcher(message).find()) return Kind.NOT_YET;
        if (IDEMPOTENT.matcher(message).find()) return Kind.EXISTS;
        if (code.equals(CONFLICT)) return conflict(message);
        if (NOT_YET.matcher(code).find()) return Kind.NOT_YET;
        if (ABSENT.matcher(code).find()) return Kind.ABSENT;
        if (code.equals(TAKEN_BY_OTHERS)) return Kind.INVALID;
        if (EXISTS.matcher(code).find()) return Kind.EXISTS;
        if (LIMITS_THAT_PASS.contains(code) && message.isEmpty()) return Kind.THROTTLED;
        if (QUOTA.matcher(code).find()) return Kind.QUOTA;
        return Kind.INVALID;
    }

    private static Kind conflict(String message) {
        if (MADE_BEFORE.matcher(message).find()) return Kind.EXISTS;
        return SET_UP_BY_OTHERS.matcher(message).find() ? Kind.INVALID : Kind.NOT_YET;
    }

    private static String firstLine(Throwable thrown) {
        var text = thrown.getMessage() == null ? "" : thrown.getMessage();
        var end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Whether only the user can go on. */
    public boolean needsUser() {
        return kind == Kind.DENIED || kind == Kind.QUOTA || kind == Kind.INVALID || kind == Kind.WITHOUT_EFFECT;
    }

    /** Whether it was about who called, not about what was called: their session has ended, or their role is gone. */
    public boolean ofCredentials() {
        return CREDENTIALS.matcher(code).find();
    }

    @Override
    public String toString() {
        return service + " " + code + ": " + message + (requestId.isEmpty() ? "" : " (request " + requestId + ")");
    }
}
