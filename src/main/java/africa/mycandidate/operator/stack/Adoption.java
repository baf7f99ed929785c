package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.DnsRecord;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.Subnet;
import africa.mycandidate.operator.resource.Vpc;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the spec takes over of what somebody else made. Of such a resource only those fields are managed that the spec itself sets: defaults are for what the
 * operator makes.
 */
record Adoption(Map<Key, String> ids, Spec written) {
    private static final Map<String, Class<? extends Resource>> TYPES = Stream.of(
                    Vpc.class,
                    Subnet.class,
                    SecurityGroup.class,
                    SecretValue.class,
                    DbInstance.class,
                    ReplicationGroup.class,
                    Certificate.class,
                    DnsRecord.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    /** @param written the spec as the user wrote it, without defaults */
    static Adoption of(Spec written) {
        var ids = new TreeMap<Key, String>();
        if (written.adopt() != null) written.adopt().forEach((part, id) -> ids.put(key(part), id));
        return new Adoption(ids, written);
    }

    /** The schema lets only known types through. */
    private static Key key(String part) {
        var slash = part.indexOf('/');
        var type = TYPES.get(part.substring(0, slash));
        if (type == null) throw new IllegalArgumentException("spec.adopt cannot take over " + part);
        return new Key(type, part.substring(slash + 1));
    }

    boolean names(Key key) {
        return ids.containsKey(key);
    }

    boolean names(Class<? extends Resource> type, String role) {
        return names(new Key(type, role));
    }

    /** The id that stands in the spec. */
    String id(Class<? extends Resource> type, String role) {
        return ids.get(new Key(type, role));
    }

    List<Key> named(Class<? extends Resource> type) {
        return ids.keySet().stream().filter(key -> key.type() == type).toList();
    }
}
