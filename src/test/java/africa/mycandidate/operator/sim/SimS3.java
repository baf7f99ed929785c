package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.*;

/**
 * General purpose buckets in one account and region. Their names are the whole partition's. What is in a bucket is seen at once by every read, while its settings
 * and the list of buckets lag (S3 User Guide, "Amazon S3 data consistency model").
 */
final class SimS3 implements S3Client {
    private final SimAws aws;
    private final Table<S3Bucket> buckets;
    private final Map<String, S3Objects> objects = new HashMap<>();
    private final Map<String, Instant> busyUntil = new HashMap<>();

    SimS3(SimAws aws) {
        this.aws = aws;
        this.buckets = new Table<>(aws.world);
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}

    @Override
    public S3ServiceClientConfiguration serviceClientConfiguration() {
        return S3ServiceClientConfiguration.builder()
                .region(Region.of(aws.region))
                .build();
    }

    @Override
    public CreateBucketResponse createBucket(CreateBucketRequest r) {
        return aws.world.call(() -> {
            S3Rules.name(r.bucket());
            S3Rules.location(r.createBucketConfiguration(), aws.region);
            var holder = holder(r.bucket());
            if (holder.isPresent()) return again(holder.get());
            if (busyUntil.getOrDefault(r.bucket(), Instant.MIN).isAfter(aws.world.now())) throw S3Errors.aborted();
            var tags = r.createBucketConfiguration() == null
                    ? List.<Tag>of()
                    : r.createBucketConfiguration().tags();
            buckets.put(r.bucket(), S3Bucket.fresh(aws.world.now(), r.objectOwnershipAsString(), S3Rules.tags(tags)));
            objects.put(r.bucket(), new S3Objects(aws.world));
            return CreateBucketResponse.builder().location("/" + r.bucket()).build();
        });
    }

    /** Another account's is refused; one's own is too, but for us-east-1, which answers as if it had made it (API reference, CreateBucket). */
    private CreateBucketResponse again(SimAws holder) {
        if (!holder.account.equals(aws.account)) throw S3Errors.taken();
        if (holder.region.equals("us-east-1") && aws.region.equals("us-east-1"))
            return CreateBucketResponse.builder().build();
        throw S3Errors.owned();
    }

    @Override
    public ListBucketsResponse listBuckets(ListBucketsRequest r) {
        return aws.world.call(() -> {
            if (r.bucketRegion() != null && !r.bucketRegion().equals(aws.region))
                throw S3Errors.of(400, "InvalidArgument", "Argument value " + r.bucketRegion() + " is not valid");
            var found = new ArrayList<Bucket>();
            for (var other : aws.partition.all()) {
                if (!other.account.equals(aws.account)) continue;
                if (r.bucketRegion() != null && !other.region.equals(r.bucketRegion())) continue;
                for (var name : other.s3.buckets.ids())
                    other.s3
                            .buckets
                            .seen(name)
                            .ifPresent(one -> found.add(Bucket.builder()
                                    .name(name)
                                    .creationDate(one.created())
                                    .bucketRegion(other.region)
                                    .build()));
            }
            found.removeIf(one -> r.prefix() != null && !one.name().startsWith(r.prefix()));
            found.sort(Comparator.comparing(Bucket::name));
            var page = Page.of(found, r.continuationToken(), r.maxBuckets(), 10_000);
            return ListBucketsResponse.builder()
                    .buckets(page.items())
                    .continuationToken(page.marker())
                    .build();
        });
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest r) {
        return aws.world.call(() -> {
            truth(r.bucket());
            if (!objects.get(r.bucket()).isEmpty()) throw S3Errors.notEmpty();
            buckets.remove(r.bucket());
            objects.remove(r.bucket());
            // The name cannot be had back for some minutes (aws/aws-cli#2593).
            busyUntil.put(r.bucket(), aws.world.now().plus(aws.world.draw(Duration.ofMinutes(2))));
            return DeleteBucketResponse.builder().build();
        });
    }

    @Override
    public GetBucketTaggingResponse getBucketTagging(GetBucketTaggingRequest r) {
        return aws.world.call(() -> {
            var tags = seen(r.bucket()).tags();
            if (tags.isEmpty()) throw S3Errors.of(404, "NoSuchTagSet", "The TagSet does not exist");
            return GetBucketTaggingResponse.builder()
                    .tagSet(new TreeMap<>(tags)
                            .entrySet().stream()
                                    .map(tag -> Tag.builder()
                                            .key(tag.getKey())
                                            .value(tag.getValue())
                                            .build())
                                    .toList())
                    .build();
        });
    }

    @Override
    public PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest r) {
        return aws.world.call(() -> {
            var tags = S3Rules.tags(r.tagging().tagSet());
            change(r.bucket(), bucket -> bucket.withTags(tags));
            return PutBucketTaggingResponse.builder().build();
        });
    }

    @Override
    public DeleteBucketTaggingResponse deleteBucketTagging(DeleteBucketTaggingRequest r) {
        return aws.world.call(() -> {
            change(r.bucket(), bucket -> bucket.withTags(Map.of()));
            return DeleteBucketTaggingResponse.builder().build();
        });
    }

    @Override
    public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest r) {
        return aws.world.call(() -> GetBucketVersioningResponse.builder()
                .status(seen(r.bucket()).versioning())
                .build());
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest r) {
        return aws.world.call(() -> {
            var status = r.versioningConfiguration().status();
            if (status == null || status == BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION) throw S3Errors.malformed();
            change(r.bucket(), bucket -> bucket.withVersioning(status));
            return PutBucketVersioningResponse.builder().build();
        });
    }

    @Override
    public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest r) {
        return aws.world.call(() -> GetBucketEncryptionResponse.builder()
                .serverSideEncryptionConfiguration(
                        S3Bucket.encryptedBy(seen(r.bucket()).encryption()))
                .build());
    }

    @Override
    public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest r) {
        return aws.world.call(() -> {
            var algorithm = S3Rules.algorithm(r.serverSideEncryptionConfiguration());
            change(r.bucket(), bucket -> bucket.withEncryption(algorithm));
            return PutBucketEncryptionResponse.builder().build();
        });
    }

    @Override
    public GetPublicAccessBlockResponse getPublicAccessBlock(GetPublicAccessBlockRequest r) {
        return aws.world.call(() -> {
            var block = seen(r.bucket()).block();
            if (block == null)
                throw S3Errors.of(
                        404,
                        "NoSuchPublicAccessBlockConfiguration",
                        "The public access block configuration was not found");
            return GetPublicAccessBlockResponse.builder()
                    .publicAccessBlockConfiguration(block)
                    .build();
        });
    }

    @Override
    public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest r) {
        return aws.world.call(() -> {
            change(r.bucket(), bucket -> bucket.withBlock(r.publicAccessBlockConfiguration()));
            return PutPublicAccessBlockResponse.builder().build();
        });
    }

    @Override
    public DeletePublicAccessBlockResponse deletePublicAccessBlock(DeletePublicAccessBlockRequest r) {
        return aws.world.call(() -> {
            change(r.bucket(), bucket -> bucket.withBlock(null));
            return DeletePublicAccessBlockResponse.builder().build();
        });
    }

    @Override
    public GetBucketOwnershipControlsResponse getBucketOwnershipControls(GetBucketOwnershipControlsRequest r) {
        return aws.world.call(() -> {
            var ownership = seen(r.bucket()).ownership();
            if (ownership == null)
                throw S3Errors.of(
                        404, "OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
            return GetBucketOwnershipControlsResponse.builder()
                    .ownershipControls(controls -> controls.rules(rule -> rule.objectOwnership(ownership)))
                    .build();
        });
    }

    @Override
    public PutBucketOwnershipControlsResponse putBucketOwnershipControls(PutBucketOwnershipControlsRequest r) {
        return aws.world.call(() -> {
            if (r.ownershipControls().rules().size() != 1) throw S3Errors.malformed();
            var ownership = r.ownershipControls().rules().getFirst().objectOwnershipAsString();
            change(r.bucket(), bucket -> bucket.withOwnership(ownership));
            return PutBucketOwnershipControlsResponse.builder().build();
        });
    }

    @Override
    public GetBucketPolicyResponse getBucketPolicy(GetBucketPolicyRequest r) {
        return aws.world.call(() -> {
            var policy = seen(r.bucket()).policy();
            if (policy == null) throw S3Errors.of(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
            return GetBucketPolicyResponse.builder().policy(policy).build();
        });
    }

    @Override
    public PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest r) {
        return aws.world.call(() -> {
            var bucket = truth(r.bucket());
            var policy = S3Policy.of(r.policy(), r.bucket());
            if (bucket.block() != null && Boolean.TRUE.equals(bucket.block().blockPublicPolicy()) && policy.isPublic())
                throw S3Errors.of(
                        403,
                        "AccessDenied",
                        "User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.");
            change(r.bucket(), one -> one.withPolicy(r.policy()));
            return PutBucketPolicyResponse.builder().build();
        });
    }

    @Override
    public DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest r) {
        return aws.world.call(() -> {
            change(r.bucket(), bucket -> bucket.withPolicy(null));
            return DeleteBucketPolicyResponse.builder().build();
        });
    }

    @Override
    public GetBucketLifecycleConfigurationResponse getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest r) {
        return aws.world.call(() -> {
            var rules = seen(r.bucket()).lifecycle();
            if (rules.isEmpty())
                throw S3Errors.of(404, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
            return GetBucketLifecycleConfigurationResponse.builder()
                    .rules(rules)
                    .transitionDefaultMinimumObjectSize("all_storage_classes_128K")
                    .build();
        });
    }

    @Override
    public PutBucketLifecycleConfigurationResponse putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest r) {
        return aws.world.call(() -> {
            var rules = S3Rules.lifecycle(r.lifecycleConfiguration().rules());
            change(r.bucket(), bucket -> bucket.withLifecycle(rules));
            return PutBucketLifecycleConfigurationResponse.builder().build();
        });
    }

    @Override
    public DeleteBucketLifecycleResponse deleteBucketLifecycle(DeleteBucketLifecycleRequest r) {
        return aws.world.call(() -> {
            change(r.bucket(), bucket -> bucket.withLifecycle(List.of()));
            return DeleteBucketLifecycleResponse.builder().build();
        });
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest r, RequestBody body) {
        return aws.world.call(() -> {
            var version = objects(r.bucket()).put(r.key(), truth(r.bucket()).versioning());
            return PutObjectResponse.builder().versionId(version).build();
        });
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest r) {
        return aws.world.call(() -> {
            objects(r.bucket()).delete(r.key(), r.versionId(), truth(r.bucket()).versioning());
            return DeleteObjectResponse.builder().build();
        });
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest r) {
        return aws.world.call(() -> {
            if (r.delete().objects().isEmpty() || r.delete().objects().size() > S3Objects.MOST)
                throw S3Errors.malformed();
            var held = objects(r.bucket());
            for (var one : r.delete().objects())
                held.delete(one.key(), one.versionId(), truth(r.bucket()).versioning());
            return DeleteObjectsResponse.builder().build();
        });
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest r) {
        return aws.world.call(() -> objects(r.bucket()).list(r));
    }

    private S3Objects objects(String bucket) {
        truth(bucket);
        return objects.get(bucket);
    }

    private void change(String name, UnaryOperator<S3Bucket> change) {
        buckets.put(name, change.apply(truth(name)));
    }

    private S3Bucket truth(String name) {
        return buckets.truth(name).orElseThrow(() -> notHere(name));
    }

    private S3Bucket seen(String name) {
        return buckets.seen(name).orElseThrow(() -> notHere(name));
    }

    private S3Exception notHere(String name) {
        var holder = holder(name).filter(other -> other != aws);
        if (holder.isEmpty()) return S3Errors.noBucket();
        if (!holder.get().account.equals(aws.account)) return S3Errors.of(403, "AccessDenied", "Access Denied");
        return S3Errors.of(
                301,
                "PermanentRedirect",
                "The bucket you are attempting to access must be addressed using the specified endpoint.");
    }

    private Optional<SimAws> holder(String name) {
        return aws.partition.all().stream()
                .filter(other -> other.s3.buckets.truth(name).isPresent())
                .findFirst();
    }

    /** Whether a load balancer of this region may write its access logs there. */
    boolean admitsAccessLogs(String bucket, String prefix) {
        var place = bucket + (prefix.isEmpty() ? "" : "/" + prefix) + "/AWSLogs/" + aws.account + "/";
        return buckets.truth(bucket)
                .filter(one -> one.policy() != null && one.encryption().equals("AES256"))
                .filter(one -> S3Policy.of(one.policy(), bucket).lets(ElbRegion.logWriter(aws.region), place))
                .isPresent();
    }

    /**
     * CloudWatch Logs wants to write there. A policy of the caller's own bucket that does not let it gets a statement more (CloudWatch Logs User Guide, "Logs sent to
     * Amazon S3").
     *
     * @param place ARN of the bucket, with its prefix
     */
    void letDeliver(String place, String source, String account) {
        var name = LogDeliveryRules.bucket(place);
        var holder = holder(name).orElseThrow(LogDeliveryRules::denied).s3;
        var policy = holder.truth(name).policy();
        var resource =
                LogDeliveryRules.prefix(place).isPresent() ? place : place + "/AWSLogs/" + account + "/CloudFront";
        if (policy != null && S3Policy.of(policy, name).letsDeliver(resource + "/", source, account)) return;
        if (!holder.aws.account.equals(account)) throw LogDeliveryRules.denied();
        holder.change(name, one -> one.withPolicy(S3Policy.withDelivery(policy, resource + "/*", source, account)));
    }

    /** CloudWatch Logs writes a file, or drops it where it may not. */
    void deliver(String bucket, String key, String source, String account) {
        holder(bucket)
                .map(aws -> aws.s3)
                .filter(s3 -> s3.truth(bucket).policy() != null)
                .filter(s3 -> S3Policy.of(s3.truth(bucket).policy(), bucket)
                        .letsDeliver("arn:aws:s3:::" + bucket + "/" + key, source, account))
                .ifPresent(s3 -> s3.write(bucket, key));
    }

    /** Somebody, who may, writes a file. */
    void write(String bucket, String key) {
        objects.get(bucket).put(key, truth(bucket).versioning());
    }

    /** The names of all versions that are there, delete markers too. */
    List<String> keys(String bucket) {
        return objects.containsKey(bucket) ? objects.get(bucket).keys() : List.of();
    }

    /** What really exists, by ARN, with its tags. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<String, Map<String, String>>();
        for (var name : buckets.ids())
            buckets.truth(name).ifPresent(one -> all.put("arn:aws:s3:::" + name, one.tags()));
        return all;
    }
}
