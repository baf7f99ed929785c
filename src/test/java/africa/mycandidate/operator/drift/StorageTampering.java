package africa.mycandidate.operator.drift;

import static africa.mycandidate.operator.drift.Tampering.on;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.resource.Bucket;
import java.util.ArrayList;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The bucket. */
final class StorageTampering {
    private StorageTampering() {}

    static void register() {
        bucket(
                "ownership",
                "ACLs count again",
                (s3, name) -> s3.putBucketOwnershipControls(request -> request.bucket(name)
                        .ownershipControls(controls ->
                                controls.rules(rule -> rule.objectOwnership(ObjectOwnership.OBJECT_WRITER)))));
        bucket(
                "encryption",
                "by a key of KMS",
                (s3, name) -> s3.putBucketEncryption(request -> request.bucket(name)
                        .serverSideEncryptionConfiguration(
                                all -> all.rules(rule -> rule.applyServerSideEncryptionByDefault(
                                        one -> one.sseAlgorithm(ServerSideEncryption.AWS_KMS))))));
        bucket(
                "publicAccessBlock",
                "taken off",
                (s3, name) -> s3.deletePublicAccessBlock(request -> request.bucket(name)));
        bucket(
                "publicAccessBlock",
                "half of it",
                (s3, name) -> s3.putPublicAccessBlock(request -> request.bucket(name)
                        .publicAccessBlockConfiguration(
                                block -> block.blockPublicAcls(true).ignorePublicAcls(true))));
        bucket(
                "versioning",
                "suspended",
                (s3, name) -> s3.putBucketVersioning(request -> request.bucket(name)
                        .versioningConfiguration(one -> one.status(BucketVersioningStatus.SUSPENDED))));
        bucket("policy", "taken off", (s3, name) -> s3.deleteBucketPolicy(request -> request.bucket(name)));
        bucket(
                "policy",
                "another account let in",
                (s3, name) -> s3.putBucketPolicy(request -> request.bucket(name)
                        .policy(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                                        + "\"arn:aws:iam::210987654321:root\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::"
                                        + name
                                        + "/*\"}]}")));
        bucket("lifecycle", "taken off", (s3, name) -> s3.deleteBucketLifecycle(request -> request.bucket(name)));
        bucket(
                "lifecycle",
                "everything for a day only",
                (s3, name) -> s3.putBucketLifecycleConfiguration(request -> request.bucket(name)
                        .lifecycleConfiguration(all -> all.rules(rule -> rule.id("files")
                                .status(ExpirationStatus.ENABLED)
                                .filter(filter -> filter.prefix(""))
                                .expiration(one -> one.days(1))))));
        bucket("lifecycle", "one rule switched off", (s3, name) -> {
            var rules = new ArrayList<LifecycleRule>(s3.getBucketLifecycleConfiguration(request -> request.bucket(name))
                    .rules());
            rules.set(
                    0,
                    rules.getFirst().toBuilder()
                            .status(ExpirationStatus.DISABLED)
                            .build());
            s3.putBucketLifecycleConfiguration(
                    request -> request.bucket(name).lifecycleConfiguration(all -> all.rules(rules)));
        });
    }

    private static void bucket(String field, String what, BiConsumer<S3Client, String> change) {
        on(
                Bucket.class,
                field,
                what,
                (Clients clients, Observed<?> have) -> change.accept(clients.of(S3Client.class), have.name()));
    }
}
