package africa.mycandidate.operator.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A secret with its versions by id, oldest first. Immutable. {@code deleted} is the moment at which its deletion was asked for, or null. */
record StoredSecret(
        String arn,
        String name,
        String description,
        String kmsKeyId,
        Map<String, String> tags,
        Map<String, Version> versions,
        Instant created,
        Instant changed,
        Instant deleted,
        boolean forced) {
    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";

    record Version(String value, List<String> stages, Instant created) {
        Version without(String stage) {
            return new Version(
                    value, stages.stream().filter(have -> !have.equals(stage)).toList(), created);
        }

        Version with(String stage) {
            var all = new ArrayList<>(stages);
            if (!all.contains(stage)) all.add(stage);
            return new Version(value, List.copyOf(all), created);
        }
    }

    /** Adds a version. A stage is on one version at a time; the version that loses AWSCURRENT becomes AWSPREVIOUS (API reference, PutSecretValue). */
    StoredSecret add(String id, String value, List<String> stages, Instant now) {
        var all = new LinkedHashMap<>(versions);
        for (var stage : stages) {
            var holder = holder(all, stage);
            if (stage.equals(CURRENT) && holder.isPresent()) {
                all.replaceAll((key, version) -> version.without(PREVIOUS));
                all.computeIfPresent(holder.get(), (key, version) -> version.with(PREVIOUS));
            }
            all.replaceAll((key, version) -> version.without(stage));
        }
        all.put(id, new Version(value, List.copyOf(stages), now));
        return new StoredSecret(arn, name, description, kmsKeyId, tags, all, created, now, deleted, forced);
    }

    StoredSecret described(String description, Instant now) {
        return new StoredSecret(arn, name, description, kmsKeyId, tags, versions, created, now, deleted, forced);
    }

    /** Puts a stage on another version that is there already. */
    StoredSecret moved(String stage, String id, Instant now) {
        var version = versions.get(id);
        return add(id, version.value(), version.without(PREVIOUS).with(stage).stages(), now);
    }

    StoredSecret tagged(Map<String, String> tags, Instant now) {
        return new StoredSecret(
                arn, name, description, kmsKeyId, Map.copyOf(tags), versions, created, now, deleted, forced);
    }

    StoredSecret deletion(Instant deleted, boolean forced, Instant now) {
        return new StoredSecret(arn, name, description, kmsKeyId, tags, versions, created, now, deleted, forced);
    }

    StoredSecret keeping(Map<String, Version> versions) {
        return new StoredSecret(arn, name, description, kmsKeyId, tags, versions, created, changed, deleted, forced);
    }

    Optional<String> holder(String stage) {
        return holder(versions, stage);
    }

    private static Optional<String> holder(Map<String, Version> versions, String stage) {
        return versions.entrySet().stream()
                .filter(entry -> entry.getValue().stages().contains(stage))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Versions without a stage are deprecated, and not listed. */
    Map<String, List<String>> staged() {
        var staged = new LinkedHashMap<String, List<String>>();
        versions.forEach((id, version) -> {
            if (!version.stages().isEmpty()) staged.put(id, version.stages());
        });
        return staged;
    }
}
