package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags as EC2 takes and shows them. */
final class Ec2Tags {
    /** Only what carries a stack tag: an EC2 resource has no unique name that somebody else could hold. */
    static final Filter OURS =
            Filter.builder().name("tag-key").values(Tags.STACK).build();

    private Ec2Tags() {}

    static TagSpecification specification(ResourceType type, Map<String, String> tags) {
        return TagSpecification.builder().resourceType(type).tags(list(tags)).build();
    }

    static Map<String, String> map(List<Tag> tags) {
        var map = new TreeMap<String, String>();
        for (var tag : tags) map.put(tag.key(), tag.value() == null ? "" : tag.value());
        return map;
    }

    static void change(Ec2Client ec2, String id, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty()) ec2.createTags(request -> request.resources(id).tags(list(set)));
        if (remove.isEmpty()) return;
        var keys = remove.stream().map(key -> Tag.builder().key(key).build()).toList();
        ec2.deleteTags(request -> request.resources(id).tags(keys));
    }

    private static List<Tag> list(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }
}
