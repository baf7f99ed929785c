package africa.mycandidate.operator.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;

/** Tags of RDS resources, which are read and written by ARN. */
record RdsTags(RdsClient rds) {

    static List<Tag> of(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }

    static Map<String, String> map(List<Tag> tags) {
        var map = new TreeMap<String, String>();
        for (var tag : tags) map.put(tag.key(), tag.value() == null ? "" : tag.value());
        return map;
    }

    Map<String, String> read(String arn) {
        return map(rds.listTagsForResource(request -> request.resourceName(arn)).tagList());
    }

    void change(String arn, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty())
            rds.addTagsToResource(request -> request.resourceName(arn).tags(of(set)));
        if (!remove.isEmpty())
            rds.removeTagsFromResource(request ->
                    request.resourceName(arn).tagKeys(remove.stream().sorted().toList()));
    }
}
