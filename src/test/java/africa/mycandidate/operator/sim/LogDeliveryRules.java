package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.model.*;

/** What CloudWatch Logs takes of those who have CloudFront's access logs delivered, and what it refuses. Its words are those that moto's tests found AWS to use. */
final class LogDeliveryRules {
    /** Of standard logs (CloudFront Developer Guide, "Log file fields"): all of them unless others are named. */
    static final List<String> FIELDS = List.of(
            "date",
            "time",
            "x-edge-location",
            "sc-bytes",
            "c-ip",
            "cs-method",
            "cs(Host)",
            "cs-uri-stem",
            "sc-status",
            "cs(Referer)",
            "cs(User-Agent)",
            "cs-uri-query",
            "cs(Cookie)",
            "x-edge-result-type",
            "x-edge-request-id",
            "x-host-header",
            "cs-protocol",
            "cs-bytes",
            "time-taken",
            "x-forwarded-for",
            "ssl-protocol",
            "ssl-cipher",
            "x-edge-response-result-type",
            "cs-protocol-version",
            "fle-status",
            "fle-encrypted-fields",
            "c-port",
            "time-to-first-byte",
            "x-edge-detailed-result-type",
            "sc-content-type",
            "sc-content-len",
            "sc-range-start",
            "sc-range-end");

    /** What CloudFront puts before a suffix path where the destination has no prefix (hashicorp/terraform-provider-aws#46328). */
    static final String OWN_PREFIX = "AWSLogs/{account-id}/CloudFront/";

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
    private static final List<String> VARIABLES =
            List.of("DistributionId", "distributionid", "yyyy", "MM", "dd", "HH", "accountid", "account-id");

    private LogDeliveryRules() {}

    static void name(String name) {
        if (name == null || !name.matches("[\\w-]{1,60}"))
            throw invalid("1 validation error detected: Value at 'name' failed to satisfy constraint");
    }

    /** CloudFront's logs alone, which are set up in us-east-1 (terraform-aws-modules/terraform-aws-cloudfront#203). */
    static void source(PutDeliverySourceRequest r, String region) {
        name(r.name());
        if (r.resourceArn() == null || !r.resourceArn().matches("arn:aws:cloudfront::\\d{12}:distribution/\\w+"))
            throw missing("Cannot access provided service.");
        if (!"ACCESS_LOGS".equals(r.logType())) throw invalid("This service is not allowed for this LogSource.");
        if (!region.equals("us-east-1"))
            throw invalid("PutDeliverySource action is not supported for this LogType in region " + region);
    }

    static void destination(PutDeliveryDestinationRequest r) {
        name(r.name());
        if (r.outputFormat() == OutputFormat.UNKNOWN_TO_SDK_VERSION)
            throw invalid(
                    "1 validation error detected: Value '" + r.outputFormatAsString()
                            + "' at 'outputFormat' failed to satisfy constraint: Member must satisfy enum value set: [w3c, raw, json, plain, parquet]");
        var arn = r.deliveryDestinationConfiguration() == null
                ? null
                : r.deliveryDestinationConfiguration().destinationResourceArn();
        if (arn == null || !arn.startsWith("arn:aws:s3:::"))
            throw new UnsupportedOperationException("Logs are delivered to buckets alone in this simulation.");
    }

    static List<String> fields(List<String> asked) {
        if (asked.isEmpty()) return FIELDS;
        if (!FIELDS.containsAll(asked)) throw invalid("Provided recordFields are invalid.");
        return List.copyOf(asked);
    }

    /** API reference, S3DeliveryConfiguration; the words are those of KensioSoftware/yulin#1003. */
    static void suffix(String path) {
        if (path == null) return;
        var known = VARIABLE.matcher(path).results().allMatch(hit -> VARIABLES.contains(hit.group(1)));
        if (path.isEmpty() || path.length() > 256 || !known) throw invalid("Provided suffixPath is invalid.");
    }

    /** @param place ARN of a bucket, with or without a prefix */
    static String bucket(String place) {
        return place.substring("arn:aws:s3:::".length()).split("/", 2)[0];
    }

    static Optional<String> prefix(String place) {
        var parts = place.substring("arn:aws:s3:::".length()).split("/", 2);
        return parts.length < 2 || parts[1].isEmpty() ? Optional.empty() : Optional.of(parts[1]);
    }

    static AwsServiceException invalid(String message) {
        return error(ValidationException.builder(), "ValidationException", message);
    }

    static AwsServiceException missing(String message) {
        return error(ResourceNotFoundException.builder(), "ResourceNotFoundException", message);
    }

    static AwsServiceException conflict(String message) {
        return error(ConflictException.builder(), "ConflictException", message);
    }

    static AwsServiceException denied() {
        return error(
                AccessDeniedException.builder(),
                "AccessDeniedException",
                "Access Denied for this Delivery Destination");
    }

    private static AwsServiceException error(AwsServiceException.Builder builder, String code, String message) {
        return Errors.of(builder, "CloudWatchLogs", code, 400, message);
    }
}
