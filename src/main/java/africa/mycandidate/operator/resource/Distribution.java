package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Loose;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Secret;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * A CloudFront distribution before the load balancer. Each change of it takes minutes to reach every edge; meanwhile it serves as before, and takes further changes.
 * It can be deleted once it is disabled, everywhere (CloudFront API reference, DeleteDistribution). Outputs: {@code id}, {@code arn}, {@code domainName}.
 *
 * @param originKey digest of the key that its requests carry to the load balancer
 * @param keyFrom where that key stands
 * @param behaviours what is done with which paths, in the order in which they are tried; the last one is for all others
 */
@AwsType(uniqueness = Uniqueness.TOKEN, optional = true, usually = "5 to 15 min")
public record Distribution(
        @Together Set<String> aliases,
        @Loose Origin origin,
        @Secret @Loose Ref<ListenerRule> originKey,
        @Initial @Loose Ref<ListenerRule> keyFrom,
        @Together Ref<? extends Resource> certificate,
        String minimumTls,
        List<Behaviour> behaviours,
        String httpVersion,
        Boolean ipv6,
        String priceClass,
        Boolean enabled)
        implements Resource {
    /** The hosted zone of every distribution's name (Route 53 API reference, AliasTarget). */
    public static final String ZONE = "Z2FDTNDATAQYW2";

    private static final String ANSWERS_FOR = "answers for ";

    /** Where it asks. The certificate there has to be for the Host header that is passed on (CloudFront Developer Guide, "HTTP 502 Status Code (Bad Gateway)"). */
    public record Origin(Ref<LoadBalancer> domainName, String protocol, Set<String> tls) {}

    /**
     * What is done with requests for some paths. Policies are AWS's own, by their names.
     *
     * @param path {@code *} for all
     */
    public record Behaviour(
            String path,
            String cachePolicy,
            String originRequestPolicy,
            String responseHeadersPolicy,
            String viewers,
            Set<String> methods,
            Boolean compressed) {
        /** The path of the last one. */
        public static final String ALL = "*";
    }

    /** The output that is there only while it answers for this name at every edge. */
    public static String answersFor(String name) {
        return ANSWERS_FOR + name;
    }

    @Override
    public Optional<String> output(String name, Observed<?> have) {
        if (!name.startsWith(ANSWERS_FOR))
            return Optional.ofNullable(have.outputs().get(name));
        return have.phase() == Phase.READY
                        && have.actual() instanceof Distribution now
                        && Boolean.TRUE.equals(now.enabled())
                        && now.aliases().contains(name.substring(ANSWERS_FOR.length()))
                ? Optional.of(have.id())
                : Optional.empty();
    }

    /** Only it itself is emptied: it is disabled. */
    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new Distribution(null, null, null, null, null, null, null, null, null, null, false));
    }

    /** Nobody is led there any more, and nobody knows the way any more. */
    @Override
    public Optional<String> lingers(Observed<?> have, Snapshot seen) {
        if (have.phase() == Phase.BUSY) return Optional.of(have.message());
        return WayIn.isStillKnown(seen)
                ? Optional.of(
                        "it is disabled once DNS has led elsewhere for " + WayIn.DNS_MOVES.toMinutes() + " minutes")
                : Optional.empty();
    }
}

final class DistributionHandler implements Handler<Distribution> {
    private final CloudFrontClient cloudFront;
    private final DistributionSettings settings;

    DistributionHandler(Clients clients) {
        this.cloudFront = clients.global().of(CloudFrontClient.class);
        this.settings = new DistributionSettings(clients.of(SecretsManagerClient.class));
    }

    @Override
    public Class<Distribution> type() {
        return Distribution.class;
    }

    /** Lists show no tags, and those of every distribution of the account would be a call each: asked for are those that bear one of our marks. */
    @Override
    public List<Observed<Distribution>> list(String place) {
        return all().stream()
                .filter(DistributionHandler::isPerhapsOurs)
                .map(one -> observed(one, tags(one.arn())))
                .toList();
    }

    /** The SDK has no paginator for it. */
    private List<DistributionSummary> all() {
        var all = new ArrayList<DistributionSummary>();
        String marker = null;
        while (true) {
            var from = marker;
            var page = cloudFront
                    .listDistributions(request -> request.marker(from))
                    .distributionList();
            all.addAll(page.items());
            if (!Boolean.TRUE.equals(page.isTruncated())) return all;
            marker = page.nextMarker();
        }
    }

    private static boolean isPerhapsOurs(DistributionSummary one) {
        return one.comment() != null && one.comment().startsWith(DistributionSettings.NAMED)
                || one.origins().items().stream().anyMatch(origin -> origin.id().equals(DistributionSettings.ORIGIN));
    }

    private Map<String, String> tags(String arn) {
        var tags = new TreeMap<String, String>();
        for (var tag : cloudFront
                .listTagsForResource(request -> request.resource(arn))
                .tags()
                .items()) tags.put(tag.key(), tag.value() == null ? "" : tag.value());
        return tags;
    }

    private static Observed<Distribution> observed(DistributionSummary one, Map<String, String> tags) {
        var deployed = "Deployed".equals(one.status());
        var phase = deployed ? Phase.READY : one.enabled() ? Phase.ROLLING : Phase.BUSY;
        var outputs = Map.of("id", one.id(), "arn", one.arn(), "domainName", RecordNames.normal(one.domainName()));
        return Observed.of(DistributionSettings.read(one), one.id(), one.id(), phase, outputs, tags)
                .withMessage(deployed ? "" : "CloudFront brings it to all its edges, which takes 5 to 15 min");
    }

    @Override
    public String create(Distribution want, Creation creation) {
        var config = settings.first(want, creation);
        return cloudFront
                .createDistributionWithTags(request -> request.distributionConfigWithTags(
                        all -> all.distributionConfig(config).tags(tags -> tags.items(tags(creation.tags())))))
                .distribution()
                .id();
    }

    /** Everything is sent back as it was read, with what differs put in: what is left out is lost (API reference, UpdateDistribution). */
    @Override
    public void update(Observed<Distribution> have, Distribution goal, Set<String> fields) {
        var now = cloudFront.getDistributionConfig(request -> request.id(have.id()));
        var config = settings.changed(now.distributionConfig(), goal, fields);
        cloudFront.updateDistribution(
                request -> request.id(have.id()).ifMatch(now.eTag()).distributionConfig(config));
    }

    @Override
    public void delete(Observed<Distribution> have, Deletion deletion) {
        var version = cloudFront
                .getDistributionConfig(request -> request.id(have.id()))
                .eTag();
        cloudFront.deleteDistribution(request -> request.id(have.id()).ifMatch(version));
    }

    @Override
    public void tag(Observed<Distribution> have, Map<String, String> set, Set<String> remove) {
        var arn = have.outputs().get("arn");
        if (!set.isEmpty())
            cloudFront.tagResource(request -> request.resource(arn).tags(tags -> tags.items(tags(set))));
        if (!remove.isEmpty())
            cloudFront.untagResource(request -> request.resource(arn)
                    .tagKeys(keys -> keys.items(remove.stream().sorted().toList())));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .collect(Collectors.toList());
    }
}
