package africa.mycandidate.operator.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;

/** What S3 takes, and what it refuses. */
final class S3Rules {
    private static final int MOST_TAGS = 50;
    private static final String FIRST_REGION = "us-east-1";

    private S3Rules() {}

    /** S3 User Guide, "General purpose bucket naming rules". */
    static void name(String name) {
        if (name == null
                || !name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
                || name.contains("..")
                || name.matches("(xn--|sthree-|amzn-s3-demo-).*|.*(-s3alias|--ol-s3|\\.mrap|--x-s3)"))
            throw S3Errors.of(400, "InvalidBucketName", "The specified bucket is not valid.");
    }

    /** Only us-east-1 is not named. */
    static void location(CreateBucketConfiguration configuration, String region) {
        var named = configuration == null ? null : configuration.locationConstraintAsString();
        if (region.equals(FIRST_REGION)) {
            if (FIRST_REGION.equals(named))
                throw S3Errors.of(400, "InvalidLocationConstraint", "The specified location-constraint is not valid");
            if (named == null) return;
        }
        if (!region.equals(named))
            throw S3Errors.of(
                    400,
                    "IllegalLocationConstraintException",
                    "The " + (named == null ? "unspecified" : named)
                            + " location constraint is incompatible for the region specific endpoint this request was sent to.");
    }

    static Map<String, String> tags(List<Tag> tags) {
        var all = new TreeMap<String, String>();
        for (var tag : tags) {
            if (tag.key().startsWith("aws:"))
                throw S3Errors.of(400, "InvalidTag", "System tags cannot be added/updated by requester");
            if (!tag.key().matches("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}")
                    || !tag.value().matches("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}"))
                throw S3Errors.of(400, "InvalidTag", "The TagValue you have provided is invalid");
            if (all.put(tag.key(), tag.value()) != null)
                throw S3Errors.of(400, "InvalidTag", "Cannot provide multiple Tags with the same key");
        }
        if (all.size() > MOST_TAGS) throw S3Errors.of(400, "BadRequest", "Bucket tag count cannot be greater than 50");
        return Map.copyOf(all);
    }

    static String algorithm(ServerSideEncryptionConfiguration configuration) {
        if (configuration.rules().size() != 1) throw S3Errors.malformed();
        var rule = configuration.rules().getFirst().applyServerSideEncryptionByDefault();
        if (rule == null || !List.of("AES256", "aws:kms", "aws:kms:dsse").contains(rule.sseAlgorithmAsString()))
            throw S3Errors.malformed();
        return rule.sseAlgorithmAsString();
    }

    /** S3 API Reference, LifecycleRule and LifecycleExpiration. */
    static List<LifecycleRule> lifecycle(List<LifecycleRule> rules) {
        if (rules.isEmpty()) throw S3Errors.malformed();
        var ids = new HashSet<String>();
        for (var rule : rules) {
            if (rule.status() == null || (rule.filter() == null) == (rule.prefix() == null)) throw S3Errors.malformed();
            if (!ids.add(rule.id()))
                throw S3Errors.of(
                        400, "InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
            var expiration = rule.expiration();
            if (expiration != null && expiration.days() != null && expiration.expiredObjectDeleteMarker() != null)
                throw S3Errors.malformed();
            if (expiration != null && expiration.days() != null && expiration.days() < 1)
                throw S3Errors.of(400, "InvalidArgument", "'Days' for Expiration action must be a positive integer");
            if (expiration == null
                    && rule.noncurrentVersionExpiration() == null
                    && rule.abortIncompleteMultipartUpload() == null
                    && rule.transitions().isEmpty())
                throw S3Errors.of(400, "InvalidRequest", "At least one action needs to be specified in a rule");
        }
        return List.copyOf(rules);
    }
}
