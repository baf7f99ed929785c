package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.Bucket;
import africa.mycandidate.operator.resource.Delivery;
import africa.mycandidate.operator.resource.DeliveryDestination;
import africa.mycandidate.operator.resource.DeliverySource;
import africa.mycandidate.operator.resource.Distribution;
import africa.mycandidate.operator.stack.Parts.Part;
import java.util.List;

/** The distribution's access logs, into the bucket: CloudFront's standard logging v2, which CloudWatch Logs delivers. */
final class CdnLogsArea {
    /** Of all three. */
    static final String ROLE = "cdn";

    private static final String ACCESS_LOGS = "ACCESS_LOGS";
    /** Tabs between the fields, and a line at the top that names them: what most tools know. */
    private static final String FORMAT = "w3c";

    private static final String BY_DAY = "{yyyy}/{MM}/{dd}";

    /** CloudFront's own choice, in its order, without {@code cs(Cookie)}: a session's cookie opens the session (CloudFront Developer Guide, "Log file fields"). */
    private static final List<String> FIELDS = List.of(
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

    private CdnLogsArea() {}

    /** @param place where in the bucket they may be written, once they may */
    static void of(Part<Distribution> distribution, Ref<Bucket> place, Parts parts) {
        var source = parts.add(ROLE, new DeliverySource(distribution.arn(), ACCESS_LOGS));
        var destination = parts.add(ROLE, new DeliveryDestination(place, FORMAT));
        parts.add(ROLE, new Delivery(source.name(), destination.arn(), FIELDS, BY_DAY, false));
    }
}
