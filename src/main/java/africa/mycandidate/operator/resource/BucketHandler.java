package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Unusable;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** Lists, makes, secures, empties and deletes buckets. What S3 keeps of a bucket it keeps in parts, each with a call of its own. */
final class BucketHandler implements Handler<Bucket> {
    /** The one region that is no LocationConstraint (S3 API reference, CreateBucketConfiguration). */
    private static final String WITHOUT_CONSTRAINT = "us-east-1";

    /** What DeleteObjects takes at once, and a page of ListObjectVersions holds (S3 API reference). */
    private static final int BATCH = 1000;

    private final S3Client s3;
    private final BucketSettings settings;

    BucketHandler(Clients clients) {
        this.s3 = clients.of(S3Client.class);
        this.settings = new BucketSettings(s3);
    }

    @Override
    public Class<Bucket> type() {
        return Bucket.class;
    }

    /** S3 lists the buckets of all regions, and a client of one region can read only its own (301 PermanentRedirect). */
    @Override
    public List<Observed<Bucket>> list(String place) {
        var region = s3.serviceClientConfiguration().region().id();
        return s3
                .listBucketsPaginator(request ->
                        request.prefix(Identity.PREFIX).bucketRegion(region).maxBuckets(BATCH))
                .buckets()
                .stream()
                .map(bucket -> bucket.name())
                .filter(Identity::names)
                .flatMap(name -> observed(name, region).stream())
                .toList();
    }

    /** A deleted bucket may be listed for a while yet (S3 User Guide, "Amazon S3 data consistency model"). */
    private Optional<Observed<Bucket>> observed(String name, String region) {
        try {
            var tags = tags(name);
            return Optional.of(
                    tags.containsKey(Tags.STACK) ? ofAStack(name, region, tags) : ofOthers(name, region, tags));
        } catch (S3Exception e) {
            if (BucketSettings.says(e, "NoSuchBucket")) return Optional.empty();
            throw e;
        }
    }

    private Observed<Bucket> ofAStack(String name, String region, Map<String, String> tags) {
        var policy = settings.policy(name);
        var actual = new Bucket(
                region,
                settings.ownership(name),
                settings.encryption(name),
                settings.publicAccessBlock(name),
                settings.versioning(name),
                policy,
                settings.lifecycle(name),
                first(name));
        if (Owner.Stack.RELEASED.equals(tags.get(Tags.OWNER)))
            return Observed.of(actual, name, name, Phase.RESTORABLE, Map.of(), tags);
        var arn = "arn:" + PartitionMetadata.of(Region.of(region)).id() + ":s3:::" + name;
        var outputs = new TreeMap<>(Map.of("name", name, "arn", arn));
        if (!policy.statements().isEmpty()) {
            outputs.put("filesArn", arn + "/" + Bucket.FILES + "*");
            outputs.put("accessLogs", Bucket.accessLogs(name));
            var logs = arn + "/" + Bucket.CDN_LOGS;
            if (lets(policy, Bucket.LOG_DELIVERY, logs + "/*")) outputs.put("cdnLogs", logs);
        }
        return Observed.of(actual, name, name, Phase.READY, outputs, tags);
    }

    private static boolean lets(Role.Policy policy, String service, String place) {
        return policy.statements().stream()
                .anyMatch(statement -> statement.effect().equals("Allow")
                        && statement.principal().equals(service)
                        && statement.resources().contains(Ref.of(place)));
    }

    /** Nothing is asked of it that only its owner may know. */
    private static Observed<Bucket> ofOthers(String name, String region, Map<String, String> tags) {
        var actual = new Bucket(region, null, null, null, null, null, null, null);
        return Observed.of(actual, name, name, Phase.READY, Map.of(), tags)
                .withUnread(Set.of(
                        "ownership",
                        "encryption",
                        "publicAccessBlock",
                        "versioning",
                        "policy",
                        "lifecycle",
                        "contents"));
    }

    private String first(String name) {
        var page = s3.listObjectVersions(request -> request.bucket(name).maxKeys(1));
        return Stream.concat(
                        page.versions().stream().map(one -> one.key() + " " + one.versionId()),
                        page.deleteMarkers().stream().map(one -> one.key() + " " + one.versionId()))
                .findFirst()
                .orElse("");
    }

    /** S3 refuses a name that somebody else has; a second create of an own bucket it refuses too, or, in us-east-1, takes without making one (API reference, CreateBucket). */
    @Override
    public String create(Bucket want, Creation creation) {
        var configuration = CreateBucketConfiguration.builder().tags(sdk(creation.tags()));
        if (!want.region().equals(WITHOUT_CONSTRAINT)) configuration.locationConstraint(want.region());
        s3.createBucket(request -> request.bucket(creation.name())
                .objectOwnership(want.ownership())
                .createBucketConfiguration(configuration.build()));
        return creation.name();
    }

    /** The policy comes after all that secures the bucket: others use it once it has one. */
    @Override
    public void update(Observed<Bucket> have, Bucket goal, Set<String> fields) {
        var name = have.id();
        if (fields.contains("publicAccessBlock")) settings.putPublicAccessBlock(name, goal.publicAccessBlock());
        if (fields.contains("ownership"))
            s3.putBucketOwnershipControls(request -> request.bucket(name)
                    .ownershipControls(controls -> controls.rules(rule -> rule.objectOwnership(goal.ownership()))));
        if (fields.contains("encryption")) settings.putEncryption(name, goal.encryption());
        if (fields.contains("versioning")) {
            var status = goal.versioning() ? BucketVersioningStatus.ENABLED : BucketVersioningStatus.SUSPENDED;
            s3.putBucketVersioning(
                    request -> request.bucket(name).versioningConfiguration(versioning -> versioning.status(status)));
        }
        if (fields.contains("lifecycle")) settings.putLifecycle(name, goal.lifecycle());
        if (fields.contains("policy")) {
            var policy = PolicyDocument.write(goal.policy());
            s3.putBucketPolicy(request -> request.bucket(name).policy(policy));
        }
        if (fields.contains("contents")) empty(name);
    }

    /** One batch: the next look finds what is left, and the next pass goes on. */
    private void empty(String name) {
        var page = s3.listObjectVersions(request -> request.bucket(name).maxKeys(BATCH));
        var objects = new ArrayList<ObjectIdentifier>();
        page.versions().forEach(one -> objects.add(identifier(one.key(), one.versionId())));
        page.deleteMarkers().forEach(one -> objects.add(identifier(one.key(), one.versionId())));
        if (objects.isEmpty()) return;
        var errors = s3.deleteObjects(request -> request.bucket(name)
                        .delete(delete -> delete.objects(objects).quiet(true)))
                .errors();
        if (errors.size() == objects.size())
            throw new Unusable("S3 deletes nothing of " + name + ": "
                    + errors.getFirst().code() + ", " + errors.getFirst().message());
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    @Override
    public void delete(Observed<Bucket> have, Deletion deletion) {
        s3.deleteBucket(request -> request.bucket(have.id()));
    }

    /** PutBucketTagging sets all tags at once, so that those are read first that somebody else may have added since. */
    @Override
    public void tag(Observed<Bucket> have, Map<String, String> set, Set<String> remove) {
        var tags = tags(have.id());
        tags.putAll(set);
        tags.keySet().removeAll(remove);
        if (tags.isEmpty()) s3.deleteBucketTagging(request -> request.bucket(have.id()));
        else s3.putBucketTagging(request -> request.bucket(have.id()).tagging(all -> all.tagSet(sdk(tags))));
    }

    private Map<String, String> tags(String name) {
        var tags = new TreeMap<String, String>();
        BucketSettings.unless("NoSuchTagSet", () -> s3.getBucketTagging(request -> request.bucket(name))
                        .tagSet())
                .ifPresent(all -> all.forEach(tag -> tags.put(tag.key(), tag.value())));
        return tags;
    }

    private static List<Tag> sdk(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
