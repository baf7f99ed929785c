package africa.mycandidate.operator.sim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Tag;

/** The tags of one ECS resource. */
final class EcsTags {
    private final Map<String, String> values = new TreeMap<>();

    EcsTags(Collection<Tag> tags) {
        set(tags);
    }

    void set(Collection<Tag> tags) {
        var after = new TreeMap<>(values);
        for (var tag : tags) {
            if (tag.key() == null || tag.key().isEmpty() || tag.key().startsWith("aws:"))
                throw EcsRefusal.invalid("Tag keys must not be empty and must not begin with aws:");
            after.put(tag.key(), tag.value());
        }
        if (after.size() > 50) throw EcsRefusal.invalid("The number of tags exceeds the limit of 50.");
        values.putAll(after);
    }

    void remove(Collection<String> keys) {
        keys.forEach(values::remove);
    }

    List<Tag> tags() {
        return values.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    Map<String, String> asMap() {
        return Map.copyOf(values);
    }
}
