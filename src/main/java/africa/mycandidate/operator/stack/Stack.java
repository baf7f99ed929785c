package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Tags;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What AWS should hold for one custom resource: immutable desired records that refer to each other.
 *
 * @param uid UID of the custom resource
 * @param tags {@code spec.tags}
 * @param adopted ids of existing resources that are to be taken over, by the part that each is to play
 * @param expendable resources whose data the user allows to be lost
 * @param lasting resources that stay when the stack is deleted, for the next of the same identity
 */
public record Stack(
        Identity identity,
        String uid,
        Map<Key, Resource> resources,
        Map<String, String> tags,
        Map<Key, String> adopted,
        Set<Key> expendable,
        Set<Key> lasting,
        Asked asked) {
    /** The version of the blueprint, written into the version tag. */
    public static final String VERSION = "1";

    public Stack {
        resources = Collections.unmodifiableMap(new TreeMap<>(resources));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        adopted = Collections.unmodifiableMap(new TreeMap<>(adopted));
        expendable = Collections.unmodifiableSet(new TreeSet<>(expendable));
        lasting = Collections.unmodifiableSet(new TreeSet<>(lasting));
    }

    /** A stack that takes nothing over, loses no data and was asked for nothing. */
    public Stack(Identity identity, String uid, Map<Key, Resource> resources, Map<String, String> tags) {
        this(identity, uid, resources, tags, Map.of(), Set.of(), Asked.NOTHING);
    }

    /** A stack of which nothing stays. */
    public Stack(
            Identity identity,
            String uid,
            Map<Key, Resource> resources,
            Map<String, String> tags,
            Map<Key, String> adopted,
            Set<Key> expendable,
            Asked asked) {
        this(identity, uid, resources, tags, adopted, expendable, Set.of(), asked);
    }

    /** Whether a version tag is of a newer blueprint than this one. */
    public static boolean isNewer(String version) {
        return version.matches("\\d{1,6}") && Integer.parseInt(version) > Integer.parseInt(VERSION);
    }

    /** Whether an owner tag with this UID is this object's, one that it takes over from, or nobody's any more. */
    public boolean owns(String owner) {
        return owner.equals(uid)
                || owner.equals(Owner.Stack.RELEASED)
                || owner.equals(asked.takeOver()) && !owner.isEmpty();
    }

    /** The same stack with other resources. */
    public Stack with(Map<Key, Resource> others) {
        return new Stack(identity, uid, others, tags, adopted, expendable, lasting, asked);
    }

    /** Every place that must be read to see the whole stack. */
    public Set<Snapshot.Where> places() {
        var listed = resources.entrySet().stream()
                .map(entry -> new Snapshot.Where(
                        entry.getKey().type(), entry.getValue().place()));
        var named = adopted.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().type().getAnnotation(AwsType.class).placed())
                .map(entry -> new Snapshot.Where(entry.getKey().type(), "", entry.getValue()));
        return Stream.concat(listed, named).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether it bears the name that only this stack gives, or that the spec names, while AWS does not show its tags (ElastiCache, whenever the group is not available). It counts as
     * there, and nothing is done to it until its tags can be read.
     */
    public boolean isHidden(Key key, Observed<?> one) {
        if (!(one.owner() instanceof Owner.Unreadable)) return false;
        if (one.id().equals(adopted.get(key))) return true;
        var type = key.type().getAnnotation(AwsType.class);
        if (type.nameLength() == 0 || type.generation()) return false;
        return one.name().equals(identity.physical(key.role(), type.nameLength(), ""));
    }

    /** All tags of one resource. */
    public Map<String, String> tagsOf(Key key) {
        var all = new TreeMap<>(tags);
        all.put(Tags.STACK, identity.stack());
        all.put(Tags.OWNER, uid);
        all.put(Tags.RESOURCE, key.toString());
        all.put(Tags.VERSION, VERSION);
        if (!tags.isEmpty()) all.put(Tags.KEYS, String.join(" ", tags.keySet()));
        return all;
    }
}
