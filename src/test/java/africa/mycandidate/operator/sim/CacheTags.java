package africa.mycandidate.operator.sim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** The tags of everything that ElastiCache holds, by ARN. What is listed here exists. */
final class CacheTags {
    private final Map<String, Map<String, String>> byArn = new TreeMap<>();

    void create(String arn, Collection<Tag> tags) {
        byArn.put(arn, new TreeMap<>());
        add(arn, tags);
    }

    void add(String arn, Collection<Tag> tags) {
        var have = existing(arn);
        tags.forEach(tag -> have.put(tag.key(), tag.value() == null ? "" : tag.value()));
        if (have.size() > 50)
            throw CacheErrors.of("TagQuotaPerResourceExceeded", "A resource can have at most 50 tags.");
    }

    void remove(String arn, Collection<String> keys) {
        var have = existing(arn);
        if (!have.keySet().containsAll(keys))
            throw CacheErrors.of("TagNotFound", "The requested tag was not found on this resource.");
        keys.forEach(have::remove);
    }

    void delete(String arn) {
        byArn.remove(arn);
    }

    List<Tag> of(String arn) {
        return existing(arn).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    Map<String, Map<String, String>> all() {
        var copy = new TreeMap<String, Map<String, String>>();
        byArn.forEach((arn, tags) -> copy.put(arn, Map.copyOf(tags)));
        return copy;
    }

    Map<String, String> existing(String arn) {
        var tags = byArn.get(arn);
        if (tags != null) return tags;
        throw switch (arn == null || arn.split(":").length < 7 ? "" : arn.split(":")[5]) {
            case "replicationgroup" -> CacheErrors.of("ReplicationGroupNotFoundFault", arn + " is not found.");
            case "cluster" -> CacheErrors.of("CacheClusterNotFound", arn + " is not found.");
            case "subnetgroup" -> CacheErrors.of("CacheSubnetGroupNotFoundFault", arn + " is not found.");
            case "snapshot" -> CacheErrors.of("SnapshotNotFoundFault", arn + " is not found.");
            default -> CacheErrors.of("InvalidARN", arn + " is not a valid ARN.");
        };
    }
}
