package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.resource.Bucket.Expiry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The parts of a bucket. Where one was never set or was taken off, S3 answers with an error of its own (S3 API reference, "List of error codes"). */
record BucketSettings(S3Client s3) {
    static boolean says(S3Exception error, String code) {
        return error.awsErrorDetails() != null
                && code.equals(error.awsErrorDetails().errorCode());
    }

    /** The answer; nothing where S3 says that there is none. */
    static <T> Optional<T> unless(String code, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (S3Exception e) {
            if (says(e, code)) return Optional.empty();
            throw e;
        }
    }

    String ownership(String name) {
        return unless(
                        "OwnershipControlsNotFoundError",
                        () -> s3.getBucketOwnershipControls(request -> request.bucket(name)))
                .map(answer -> answer.ownershipControls().rules().getFirst().objectOwnershipAsString())
                .orElse("");
    }

    String encryption(String name) {
        return unless(
                        "ServerSideEncryptionConfigurationNotFoundError",
                        () -> s3.getBucketEncryption(request -> request.bucket(name)))
                .flatMap(answer -> answer.serverSideEncryptionConfiguration().rules().stream()
                        .map(rule -> rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString())
                        .findFirst())
                .orElse("");
    }

    void putEncryption(String name, String algorithm) {
        s3.putBucketEncryption(request -> request.bucket(name)
                .serverSideEncryptionConfiguration(encryption -> encryption.rules(rule ->
                        rule.applyServerSideEncryptionByDefault(byDefault -> byDefault.sseAlgorithm(algorithm)))));
    }

    Set<String> publicAccessBlock(String name) {
        var on = new TreeSet<String>();
        unless("NoSuchPublicAccessBlockConfiguration", () -> s3.getPublicAccessBlock(request -> request.bucket(name))
                        .publicAccessBlockConfiguration())
                .ifPresent(block -> {
                    if (Boolean.TRUE.equals(block.blockPublicAcls())) on.add("BlockPublicAcls");
                    if (Boolean.TRUE.equals(block.blockPublicPolicy())) on.add("BlockPublicPolicy");
                    if (Boolean.TRUE.equals(block.ignorePublicAcls())) on.add("IgnorePublicAcls");
                    if (Boolean.TRUE.equals(block.restrictPublicBuckets())) on.add("RestrictPublicBuckets");
                });
        return on;
    }

    void putPublicAccessBlock(String name, Set<String> on) {
        var block = PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(on.contains("BlockPublicAcls"))
                .blockPublicPolicy(on.contains("BlockPublicPolicy"))
                .ignorePublicAcls(on.contains("IgnorePublicAcls"))
                .restrictPublicBuckets(on.contains("RestrictPublicBuckets"))
                .build();
        s3.putPublicAccessBlock(request -> request.bucket(name).publicAccessBlockConfiguration(block));
    }

    boolean versioning(String name) {
        return s3.getBucketVersioning(request -> request.bucket(name)).status() == BucketVersioningStatus.ENABLED;
    }

    Role.Policy policy(String name) {
        return unless("NoSuchBucketPolicy", () -> s3.getBucketPolicy(request -> request.bucket(name)))
                .map(answer -> PolicyDocument.read(answer.policy()))
                .orElse(new Role.Policy(Set.of()));
    }

    Map<String, Expiry> lifecycle(String name) {
        var rules = new TreeMap<String, Expiry>();
        unless(
                        "NoSuchLifecycleConfiguration",
                        () -> s3.getBucketLifecycleConfiguration(request -> request.bucket(name)))
                .ifPresent(answer -> answer.rules().forEach(rule -> rules.put(rule.id(), expiry(rule))));
        return rules;
    }

    void putLifecycle(String name, Map<String, Expiry> rules) {
        var all = new TreeMap<>(rules)
                .entrySet().stream()
                        .map(rule -> rule(rule.getKey(), rule.getValue()))
                        .toList();
        s3.putBucketLifecycleConfiguration(
                request -> request.bucket(name).lifecycleConfiguration(lifecycle -> lifecycle.rules(all)));
    }

    /** What of a rule is not made of an {@link Expiry} counts by its words. */
    private static Expiry expiry(LifecycleRule rule) {
        var expiration = rule.expiration();
        var old = rule.noncurrentVersionExpiration();
        var uploads = rule.abortIncompleteMultipartUpload();
        var prefix = rule.filter() == null ? null : rule.filter().prefix();
        var plain = new Expiry(
                prefix == null ? "" : prefix,
                expiration == null ? null : expiration.days(),
                old == null ? null : old.noncurrentDays(),
                uploads == null ? null : uploads.daysAfterInitiation(),
                expiration != null && Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker()),
                "");
        if (rule(rule.id(), plain).equals(normal(rule))) return plain;
        return new Expiry(
                plain.prefix(),
                plain.days(),
                plain.oldVersionDays(),
                plain.uploadDays(),
                plain.markers(),
                rule.toString());
    }

    /** A filter without anything in it is one for all keys, and no delete markers are those that are not to go. */
    private static LifecycleRule normal(LifecycleRule rule) {
        var normal = rule.toBuilder();
        var nothing = LifecycleRuleFilter.builder().build();
        if (rule.filter() == null || rule.filter().equals(nothing)) normal.filter(filter -> filter.prefix(""));
        if (rule.expiration() != null && Boolean.FALSE.equals(rule.expiration().expiredObjectDeleteMarker()))
            normal.expiration(rule.expiration().toBuilder()
                    .expiredObjectDeleteMarker(null)
                    .build());
        return normal.build();
    }

    private static LifecycleRule rule(String id, Expiry expiry) {
        var rule = LifecycleRule.builder()
                .id(id)
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix(expiry.prefix()));
        if (expiry.days() != null) rule.expiration(expiration -> expiration.days(expiry.days()));
        if (expiry.markers()) rule.expiration(expiration -> expiration.expiredObjectDeleteMarker(true));
        if (expiry.oldVersionDays() != null)
            rule.noncurrentVersionExpiration(old -> old.noncurrentDays(expiry.oldVersionDays()));
        if (expiry.uploadDays() != null)
            rule.abortIncompleteMultipartUpload(uploads -> uploads.daysAfterInitiation(expiry.uploadDays()));
        return rule.build();
    }
}
