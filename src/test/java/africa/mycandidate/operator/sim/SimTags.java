package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags of EC2 resources. A resource shows the tags of its create call as soon as it shows at all; filters by tag find it through an index that lags behind. */
final class SimTags {
    private final SimEc2State ec2;
    private final Table<Map<String, String>> shown;
    private final Table<Map<String, String>> index;

    SimTags(SimEc2State ec2) {
        this.ec2 = ec2;
        this.shown = new Table<>(ec2.world());
        this.index = new Table<>(ec2.world());
    }

    /** Refuses bad tags before anything is created. */
    void check(String type, List<TagSpecification> specifications) {
        for (var specification : specifications) {
            if (!type.equals(specification.resourceTypeAsString()))
                throw invalid("'" + specification.resourceTypeAsString()
                        + "' is not a valid taggable resource type for this operation.");
            check(specification.tags());
        }
    }

    /** Keys of at most 127 characters, values of at most 256 (Amazon EC2 API Reference, "Tag"). */
    private static void check(List<Tag> tags) {
        var keys = new HashSet<String>();
        for (var tag : tags) {
            if (tag.key() == null || tag.key().isEmpty()) throw invalid("Tag keys must not be empty.");
            if (tag.key().startsWith("aws:"))
                throw invalid("Tag keys starting with 'aws:' are reserved for internal use");
            if (tag.key().length() > 127) throw invalid("Tag key exceeds the maximum length of 127 characters");
            if (tag.value() != null && tag.value().length() > 256)
                throw invalid("Tag value exceeds the maximum length of 256 characters");
            if (!keys.add(tag.key())) throw invalid("Duplicate tag key '" + tag.key() + "' specified.");
        }
        if (tags.size() > 50) throw tooMany();
    }

    void create(String id, String type, List<TagSpecification> specifications) {
        check(type, specifications);
        var tags = new TreeMap<String, String>();
        specifications.forEach(specification -> specification.tags().forEach(tag -> tags.put(tag.key(), value(tag))));
        shown.put(id, tags, Duration.ZERO);
        index.put(id, tags);
    }

    void remove(String id) {
        shown.remove(id);
        index.remove(id);
    }

    List<Tag> of(String id) {
        return shown.seen(id).orElse(Map.of()).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    Map<String, String> truth(String id) {
        return Map.copyOf(shown.truth(id).orElse(Map.of()));
    }

    /** The values of a resource for the filter {@code tag-key} or {@code tag:KEY}. */
    Stream<String> indexed(String id, String filter) {
        var tags = index.seen(id).orElse(Map.of());
        if (filter.equals("tag-key")) return tags.keySet().stream();
        return Stream.ofNullable(tags.get(filter.substring("tag:".length())));
    }

    CreateTagsResponse createTags(CreateTagsRequest request) {
        if (request.tags().isEmpty()) throw Ec2Refusal.missing("tags");
        check(request.tags());
        request.resources().forEach(ec2::needAny);
        for (var id : request.resources()) {
            var tags = new TreeMap<>(truth(id));
            request.tags().forEach(tag -> tags.put(tag.key(), value(tag)));
            if (tags.size() > 50) throw tooMany();
        }
        for (var id : request.resources()) {
            var tags = new TreeMap<>(truth(id));
            request.tags().forEach(tag -> tags.put(tag.key(), value(tag)));
            put(id, tags);
        }
        return CreateTagsResponse.builder().build();
    }

    /** A tag without a value goes whatever its value, one with a value only if it has that; no tags at all means every tag (BC DeleteTags). */
    DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
        request.resources().forEach(ec2::needAny);
        for (var id : request.resources()) {
            var tags = new TreeMap<>(truth(id));
            if (request.tags().isEmpty()) tags.clear();
            for (var tag : new ArrayList<>(request.tags()))
                if (tag.value() == null || tag.value().equals(tags.get(tag.key()))) tags.remove(tag.key());
            put(id, tags);
        }
        return DeleteTagsResponse.builder().build();
    }

    private void put(String id, Map<String, String> tags) {
        shown.put(id, tags);
        index.put(id, tags);
    }

    private static String value(Tag tag) {
        return tag.value() == null ? "" : tag.value();
    }

    private static RuntimeException tooMany() {
        return refuse("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
    }
}
