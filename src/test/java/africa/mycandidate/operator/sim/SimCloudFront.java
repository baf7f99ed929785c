package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.*;

/** CloudFront: distributions, whose every change takes minutes to reach all edges. */
final class SimCloudFront implements CloudFrontClient {
    private static final int PAGE = 100;
    /** 3 to 15 min for each change (Terraform's waiter, which reckons with more). */
    private static final Duration DEPLOYMENT = Duration.ofMinutes(5);

    private final SimAws aws;
    private final Table<Row> rows;

    /**
     * @param atEdges what edges may know; empty for one that knows nothing of it yet
     * @param deletableFrom CloudFront refuses for a moment what it says is deployed
     */
    record Row(
            String id,
            String domain,
            DistributionConfig config,
            String version,
            boolean deployed,
            List<Optional<DistributionConfig>> atEdges,
            Instant changed,
            Instant deletableFrom,
            Map<String, String> tags) {
        Row tags(Map<String, String> next) {
            return new Row(id, domain, config, version, deployed, atEdges, changed, deletableFrom, Map.copyOf(next));
        }
    }

    SimCloudFront(SimAws aws) {
        this.aws = aws;
        this.rows = new Table<>(aws.world);
    }

    @Override
    public String serviceName() {
        return "cloudfront";
    }

    @Override
    public void close() {}

    @Override
    public CreateDistributionWithTagsResponse createDistributionWithTags(CreateDistributionWithTagsRequest request) {
        return aws.world.call(() -> {
            var asked = request.distributionConfigWithTags();
            var row = create(asked.distributionConfig(), tags(asked.tags()));
            return CreateDistributionWithTagsResponse.builder()
                    .distribution(shown(row))
                    .eTag(row.version())
                    .build();
        });
    }

    @Override
    public CreateDistributionResponse createDistribution(CreateDistributionRequest request) {
        return aws.world.call(() -> {
            var row = create(request.distributionConfig(), Map.of());
            return CreateDistributionResponse.builder()
                    .distribution(shown(row))
                    .eTag(row.version())
                    .build();
        });
    }

    /** A caller reference is good for one distribution, whatever its settings (API reference, CreateDistribution). */
    private Row create(DistributionConfig asked, Map<String, String> tags) {
        if (rows.truths().stream()
                .anyMatch(row -> row.config().callerReference().equals(asked.callerReference())))
            throw error(
                    DistributionAlreadyExistsException.builder(),
                    "DistributionAlreadyExists",
                    409,
                    "The caller reference that you are using to create a distribution is associated with another distribution.");
        var id = "E" + aws.world.hex(13).toUpperCase();
        var rules = new CloudFrontRules(aws, id);
        var config = rules.checked(asked);
        var row = new Row(
                id,
                "d" + aws.world.hex(13) + ".cloudfront.net",
                config,
                version(),
                false,
                List.of(Optional.empty(), Optional.of(config)),
                aws.world.now(),
                Instant.MAX,
                Map.copyOf(tags));
        rows.put(id, row);
        rules.used(null, config).accept(arn(id));
        deploy(row);
        return row;
    }

    @Override
    public UpdateDistributionResponse updateDistribution(UpdateDistributionRequest request) {
        return aws.world.call(() -> {
            var row = matching(request.id(), request.ifMatch());
            var asked = request.distributionConfig();
            if (!row.config().callerReference().equals(asked.callerReference()))
                throw error(
                        IllegalUpdateException.builder(),
                        "IllegalUpdate",
                        400,
                        "Not allowed to update the caller reference of a distribution.");
            var rules = new CloudFrontRules(aws, row.id());
            var config = rules.checked(asked);
            var edges = new ArrayList<>(row.atEdges());
            edges.add(Optional.of(config));
            var next = new Row(
                    row.id(), row.domain(), config, version(), false, edges, aws.world.now(), Instant.MAX, row.tags());
            rows.put(row.id(), next);
            rules.used(row.config(), config).accept(arn(row.id()));
            deploy(next);
            return UpdateDistributionResponse.builder()
                    .distribution(shown(next))
                    .eTag(next.version())
                    .build();
        });
    }

    private void deploy(Row row) {
        aws.world.after(aws.world.draw(DEPLOYMENT), () -> rows.truth(row.id())
                .filter(now -> now.version().equals(row.version()))
                .ifPresent(now -> rows.put(
                        now.id(),
                        new Row(
                                now.id(),
                                now.domain(),
                                now.config(),
                                now.version(),
                                true,
                                List.of(Optional.of(now.config())),
                                now.changed(),
                                aws.world.now().plus(aws.world.draw(Duration.ofSeconds(10))),
                                now.tags()))));
    }

    @Override
    public DeleteDistributionResponse deleteDistribution(DeleteDistributionRequest request) {
        return aws.world.call(() -> {
            var row = matching(request.id(), request.ifMatch());
            if (row.config().enabled() || !row.deployed() || aws.world.now().isBefore(row.deletableFrom()))
                throw error(
                        DistributionNotDisabledException.builder(),
                        "DistributionNotDisabled",
                        409,
                        "The distribution you are trying to delete has not been disabled.");
            rows.remove(row.id());
            new CloudFrontRules(aws, row.id()).used(row.config(), null).accept(arn(row.id()));
            return DeleteDistributionResponse.builder().build();
        });
    }

    @Override
    public GetDistributionConfigResponse getDistributionConfig(GetDistributionConfigRequest request) {
        return aws.world.call(() -> {
            var row = seen(request.id());
            return GetDistributionConfigResponse.builder()
                    .distributionConfig(row.config())
                    .eTag(row.version())
                    .build();
        });
    }

    @Override
    public GetDistributionResponse getDistribution(GetDistributionRequest request) {
        return aws.world.call(() -> {
            var row = seen(request.id());
            return GetDistributionResponse.builder()
                    .distribution(shown(row))
                    .eTag(row.version())
                    .build();
        });
    }

    @Override
    public ListDistributionsResponse listDistributions(ListDistributionsRequest request) {
        return aws.world.call(() -> {
            var most = request.maxItems() == null ? null : Integer.valueOf(request.maxItems());
            var page = SimPage.of(rows.seen(), request.marker(), most, PAGE);
            var items = page.items().stream().map(this::summary).toList();
            return ListDistributionsResponse.builder()
                    .distributionList(list -> list.items(items)
                            .quantity(items.size())
                            .isTruncated(page.next() != null)
                            .nextMarker(page.next())
                            .marker(request.marker() == null ? "" : request.marker())
                            .maxItems(PAGE))
                    .build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return aws.world.call(() -> {
            var row = rows.seen(id(request.resource())).orElseThrow(SimCloudFront::noResource);
            var listed = new TreeMap<>(row.tags())
                    .entrySet().stream()
                            .map(tag -> Tag.builder()
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build())
                            .toList();
            return ListTagsForResourceResponse.builder()
                    .tags(tags -> tags.items(listed))
                    .build();
        });
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        return aws.world.call(() -> {
            var row = rows.truth(id(request.resource())).orElseThrow(SimCloudFront::noResource);
            var next = new LinkedHashMap<>(row.tags());
            next.putAll(tags(request.tags()));
            rows.put(row.id(), row.tags(next));
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        return aws.world.call(() -> {
            var row = rows.truth(id(request.resource())).orElseThrow(SimCloudFront::noResource);
            var next = new LinkedHashMap<>(row.tags());
            request.tagKeys().items().forEach(next::remove);
            rows.put(row.id(), row.tags(next));
            return UntagResourceResponse.builder().build();
        });
    }

    /** The one with this domain name. */
    Optional<Row> named(String domain) {
        return rows.truths().stream().filter(row -> row.domain().equals(domain)).findFirst();
    }

    /** Whether another distribution than this one has the alias. */
    boolean holds(String alias, String besides) {
        return rows.truths().stream()
                .filter(row -> !row.id().equals(besides))
                .anyMatch(row -> row.config().aliases() != null
                        && row.config().aliases().items().contains(alias));
    }

    /** What really exists: tags by ARN. */
    Map<String, Map<String, String>> existing() {
        var existing = new TreeMap<String, Map<String, String>>();
        rows.truths().forEach(row -> existing.put(arn(row.id()), row.tags()));
        return existing;
    }

    private Row matching(String id, String version) {
        var row = rows.truth(id).orElseThrow(SimCloudFront::noDistribution);
        if (version == null || version.isEmpty())
            throw error(
                    InvalidIfMatchVersionException.builder(),
                    "InvalidIfMatchVersion",
                    400,
                    "The If-Match version is missing or not valid for the resource.");
        if (!version.equals(row.version()))
            throw error(
                    PreconditionFailedException.builder(),
                    "PreconditionFailed",
                    412,
                    "The request failed because it didn't meet the preconditions in one or more request-header fields.");
        return row;
    }

    private Row seen(String id) {
        return rows.seen(id).orElseThrow(SimCloudFront::noDistribution);
    }

    private Distribution shown(Row row) {
        return Distribution.builder()
                .id(row.id())
                .arn(arn(row.id()))
                .domainName(row.domain())
                .status(status(row))
                .lastModifiedTime(row.changed())
                .distributionConfig(row.config())
                .build();
    }

    /** All of it but the caller reference, the default root object and logging (API reference, DistributionSummary). */
    private DistributionSummary summary(Row row) {
        var config = row.config();
        return DistributionSummary.builder()
                .id(row.id())
                .arn(arn(row.id()))
                .eTag(row.version())
                .domainName(row.domain())
                .status(status(row))
                .lastModifiedTime(row.changed())
                .aliases(config.aliases())
                .origins(config.origins())
                .defaultCacheBehavior(config.defaultCacheBehavior())
                .cacheBehaviors(config.cacheBehaviors())
                .comment(config.comment())
                .priceClass(config.priceClass())
                .enabled(config.enabled())
                .viewerCertificate(config.viewerCertificate())
                .httpVersion(config.httpVersion())
                .isIPV6Enabled(config.isIPV6Enabled())
                .webACLId(config.webACLId())
                .build();
    }

    private static String status(Row row) {
        return row.deployed() ? "Deployed" : "InProgress";
    }

    private String version() {
        return "E" + aws.world.hex(12).toUpperCase();
    }

    String arn(String id) {
        return "arn:aws:cloudfront::" + aws.account + ":distribution/" + id;
    }

    private static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static Map<String, String> tags(Tags tags) {
        var map = new LinkedHashMap<String, String>();
        for (var tag : tags.items()) map.put(tag.key(), tag.value() == null ? "" : tag.value());
        return map;
    }

    private static RuntimeException noDistribution() {
        return error(
                NoSuchDistributionException.builder(),
                "NoSuchDistribution",
                404,
                "The specified distribution does not exist.");
    }

    private static RuntimeException noResource() {
        return error(NoSuchResourceException.builder(), "NoSuchResource", 404, "The resource does not exist.");
    }

    static RuntimeException error(AwsServiceException.Builder builder, String code, int status, String message) {
        return Errors.of(builder, "CloudFront", code, status, message);
    }
}
