package africa.mycandidate.operator.sim;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;

/**
 * The settings of a bucket.
 *
 * @param ownership null once its controls were taken off
 * @param versioning null while it was never switched on
 * @param block null once it was taken off
 * @param policy null for none
 */
record S3Bucket(
        Instant created,
        Map<String, String> tags,
        String ownership,
        BucketVersioningStatus versioning,
        String encryption,
        PublicAccessBlockConfiguration block,
        String policy,
        List<LifecycleRule> lifecycle) {

    /** As S3 makes one since April 2023 (S3 User Guide, "Default settings for new S3 buckets FAQ"). */
    static S3Bucket fresh(Instant now, String ownership, Map<String, String> tags) {
        var blocked = PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(true)
                .blockPublicPolicy(true)
                .ignorePublicAcls(true)
                .restrictPublicBuckets(true)
                .build();
        return new S3Bucket(
                now,
                tags,
                ownership == null ? "BucketOwnerEnforced" : ownership,
                null,
                "AES256",
                blocked,
                null,
                List.of());
    }

    static ServerSideEncryptionConfiguration encryptedBy(String algorithm) {
        return ServerSideEncryptionConfiguration.builder()
                .rules(rule -> rule.bucketKeyEnabled(false)
                        .applyServerSideEncryptionByDefault(one -> one.sseAlgorithm(algorithm)))
                .build();
    }

    S3Bucket withTags(Map<String, String> others) {
        return new S3Bucket(created, others, ownership, versioning, encryption, block, policy, lifecycle);
    }

    S3Bucket withOwnership(String other) {
        return new S3Bucket(created, tags, other, versioning, encryption, block, policy, lifecycle);
    }

    S3Bucket withVersioning(BucketVersioningStatus other) {
        return new S3Bucket(created, tags, ownership, other, encryption, block, policy, lifecycle);
    }

    S3Bucket withEncryption(String other) {
        return new S3Bucket(created, tags, ownership, versioning, other, block, policy, lifecycle);
    }

    S3Bucket withBlock(PublicAccessBlockConfiguration other) {
        return new S3Bucket(created, tags, ownership, versioning, encryption, other, policy, lifecycle);
    }

    S3Bucket withPolicy(String other) {
        return new S3Bucket(created, tags, ownership, versioning, encryption, block, other, lifecycle);
    }

    S3Bucket withLifecycle(List<LifecycleRule> others) {
        return new S3Bucket(created, tags, ownership, versioning, encryption, block, policy, others);
    }
}
