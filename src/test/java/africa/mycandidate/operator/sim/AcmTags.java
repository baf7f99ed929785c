package africa.mycandidate.operator.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.acm.model.InvalidTagException;
import software.amazon.awssdk.services.acm.model.Tag;
import software.amazon.awssdk.services.acm.model.TooManyTagsException;

/** Tags of certificates. */
final class AcmTags {
    private AcmTags() {}

    static Map<String, String> added(Map<String, String> before, List<Tag> tags) {
        var next = new LinkedHashMap<>(before);
        for (var tag : tags) {
            if (tag.key().toLowerCase().startsWith("aws:"))
                throw Errors.of(
                        InvalidTagException.builder(),
                        "Acm",
                        "InvalidTagException",
                        400,
                        "aws: prefixed tag key names are not allowed for external use.");
            next.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (next.size() > 50)
            throw Errors.of(
                    TooManyTagsException.builder(),
                    "Acm",
                    "TooManyTagsException",
                    400,
                    "A certificate can have at most 50 tags.");
        return next;
    }

    /** A tag with a value goes only where the value is the same (ACM API Reference, RemoveTagsFromCertificate). */
    static Map<String, String> removed(Map<String, String> before, List<Tag> tags) {
        var next = new LinkedHashMap<>(before);
        for (var tag : tags) {
            if (tag.value() == null) next.remove(tag.key());
            else next.remove(tag.key(), tag.value());
        }
        return next;
    }

    static List<Tag> listed(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }
}
