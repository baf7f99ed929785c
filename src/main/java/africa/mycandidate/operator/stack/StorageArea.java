package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Bucket;
import africa.mycandidate.operator.resource.Bucket.Expiry;
import africa.mycandidate.operator.resource.Role.Policy;
import africa.mycandidate.operator.resource.Role.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The bucket of the application's files and of the access logs, and what others make of it.
 *
 * @param accessLogs where the load balancer writes its access logs; null for nowhere
 * @param cdnLogs where the distribution's access logs go; null for nowhere
 * @param environment what the application is told of it
 * @param taskRolePolicies what the application may do with it
 */
record StorageArea(
        Ref<Bucket> accessLogs,
        Ref<Bucket> cdnLogs,
        Map<String, String> environment,
        Map<String, Policy> taskRolePolicies) {
    static final Key BUCKET = new Key(Bucket.class, "files");

    private static final StorageArea NONE = new StorageArea(null, null, Map.of(), Map.of());

    private static final int OLD_VERSION_DAYS = 90;
    private static final int LOG_DAYS = 90;
    private static final int UPLOAD_DAYS = 7;

    static StorageArea of(Identity identity, Spec spec, Facts facts, Parts parts) {
        if (spec.storage() == null) return NONE;
        var name = identity.physical(
                BUCKET.role(), Bucket.class.getAnnotation(AwsType.class).nameLength(), "");
        var arn = "arn:" + facts.partition() + ":s3:::" + name;
        var bucket = parts.add(
                BUCKET.role(),
                new Bucket(
                        facts.region(),
                        "BucketOwnerEnforced",
                        "AES256",
                        Bucket.ALL_PUBLIC_ACCESS,
                        true,
                        bucketPolicy(identity, spec, arn, facts),
                        lifecycle(),
                        null));
        return new StorageArea(
                bucket.output("accessLogs"),
                spec.cdn() == null ? null : bucket.output("cdnLogs"),
                Map.of("STORAGE_BUCKET", name),
                Map.of("storage", files(bucket.arn(), bucket.output("filesArn"), facts)));
    }

    boolean isThere() {
        return accessLogs != null;
    }

    String taskRoleDescription() {
        return "What the application itself may do in AWS: " + (isThere() ? "keep its files" : "nothing");
    }

    /** Who else writes logs here gets a statement of its own; with {@code BucketOwnerEnforced} none may ask for another ACL than that the owner has all rights. */
    private static Policy bucketPolicy(Identity identity, Spec spec, String arn, Facts facts) {
        var statements = new HashSet<Statement>();
        statements.add(new Statement(
                "Deny",
                "",
                Set.of("s3:*"),
                Set.of(Ref.of(arn), Ref.of(arn + "/*")),
                "{\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Principal\":\"*\"}"));
        statements.add(LogDelivery.ofLoadBalancers(facts, arn + "/" + Bucket.ACCESS_LOGS));
        if (spec.cdn() != null)
            statements.add(LogDelivery.ofDistributions(identity, facts, arn + "/" + Bucket.CDN_LOGS));
        return new Policy(statements);
    }

    /** In a versioned bucket an expired file becomes an old version, which has a time of its own. */
    private static Map<String, Expiry> lifecycle() {
        return Map.of(
                "files",
                new Expiry(Bucket.FILES, null, OLD_VERSION_DAYS, null, false, ""),
                "logs",
                new Expiry("logs/", LOG_DAYS, 1, null, false, ""),
                "leftovers",
                new Expiry("", null, null, UPLOAD_DAYS, true, ""));
    }

    /** Only in the bucket of this account: the name may be anybody's, should it ever be deleted. */
    private static Policy files(Ref<? extends Resource> bucket, Ref<? extends Resource> files, Facts facts) {
        var ours = "\"StringEquals\":{\"aws:ResourceAccount\":\"" + facts.account() + "\"}";
        return new Policy(Set.of(
                new Statement(
                        "Allow",
                        "",
                        Set.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
                        Set.of(files),
                        "{\"Condition\":{" + ours + "}}"),
                new Statement(
                        "Allow",
                        "",
                        Set.of("s3:ListBucket"),
                        Set.of(bucket),
                        "{\"Condition\":{" + ours + ",\"StringLike\":{\"s3:prefix\":\"" + Bucket.FILES + "*\"}}}")));
    }
}
