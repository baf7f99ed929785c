package africa.mycandidate.operator.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Tags of ECS resources. */
record EcsTags(EcsClient ecs) {

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

    void change(String arn, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty()) ecs.tagResource(request -> request.resourceArn(arn).tags(of(set)));
        if (!remove.isEmpty())
            ecs.untagResource(request ->
                    request.resourceArn(arn).tagKeys(remove.stream().sorted().toList()));
    }
}
