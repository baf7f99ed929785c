package africa.mycandidate.operator.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags of roles. */
final class IamTags {
    private IamTags() {}

    static List<Tag> listed(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }

    static Map<String, String> added(Map<String, String> before, List<Tag> added) {
        var next = new LinkedHashMap<>(before);
        for (var tag : added) {
            if (tag.key().toLowerCase().startsWith("aws:"))
                throw Errors.of(
                        InvalidInputException.builder(),
                        "Iam",
                        "InvalidInput",
                        400,
                        "System tags cannot be added/updated/deleted by users.");
            next.put(tag.key(), tag.value());
        }
        if (next.size() > 50)
            throw Errors.of(
                    LimitExceededException.builder(),
                    "Iam",
                    "LimitExceeded",
                    409,
                    "The number of tags has reached the maximum limit.");
        return next;
    }
}
