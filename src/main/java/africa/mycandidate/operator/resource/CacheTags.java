package africa.mycandidate.operator.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** Tags of ElastiCache resources, which are read and written by ARN. */
record CacheTags(ElastiCacheClient cache) {

    static List<Tag> of(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }

    Map<String, String> read(String arn) {
        var map = new TreeMap<String, String>();
        var found =
                cache.listTagsForResource(request -> request.resourceName(arn)).tagList();
        for (var tag : found) map.put(tag.key(), tag.value() == null ? "" : tag.value());
        return map;
    }

    void change(String arn, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty())
            cache.addTagsToResource(request -> request.resourceName(arn).tags(of(set)));
        if (!remove.isEmpty())
            cache.removeTagsFromResource(request ->
                    request.resourceName(arn).tagKeys(remove.stream().sorted().toList()));
    }
}
