package africa.mycandidate.operator.sim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rds.model.Tag;

/** The tags of everything that RDS holds, by ARN. What is listed here exists. */
final class RdsTags {
    /** Neither key nor value "can be prefixed with aws: or rds:" (Amazon RDS API Reference, "Tag"). */
    private static final Pattern OF_AWS = Pattern.compile("(aws|rds):");

    private final Map<String, Map<String, String>> byArn = new TreeMap<>();

    void create(String arn, Collection<Tag> tags) {
        byArn.put(arn, new TreeMap<>());
        add(arn, tags);
    }

    void add(String arn, Collection<Tag> tags) {
        var have = existing(arn);
        for (var tag : tags) {
            if (OF_AWS.matcher(tag.key()).lookingAt())
                throw RdsErrors.value("Tag keys must not start with aws: or rds:.");
            if (tag.value() != null && OF_AWS.matcher(tag.value()).lookingAt())
                throw RdsErrors.value("Tag values must not start with aws: or rds:.");
            have.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (have.size() > 50) throw RdsErrors.value("A resource can have at most 50 tags.");
    }

    void remove(String arn, Collection<String> keys) {
        keys.forEach(existing(arn)::remove);
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

    private Map<String, String> existing(String arn) {
        var tags = byArn.get(arn);
        if (tags != null) return tags;
        var code =
                switch (arn == null || arn.split(":").length < 7 ? "" : arn.split(":")[5]) {
                    case "db" -> "DBInstanceNotFound";
                    case "subgrp" -> "DBSubnetGroupNotFoundFault";
                    case "pg" -> "DBParameterGroupNotFound";
                    case "snapshot" -> "DBSnapshotNotFound";
                    default -> "InvalidParameterValue";
                };
        throw RdsErrors.of(code, "The specified resource name does not match an RDS resource in this region: " + arn);
    }
}
