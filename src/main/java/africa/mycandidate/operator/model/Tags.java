package africa.mycandidate.operator.model;

import java.util.Map;

/** The tags that say whose a resource is. They go into the create call of everything that takes tags. */
public final class Tags {
    /** namespace/name of the custom resource. */
    public static final String STACK = "mycandidate.africa/stack";
    /** UID of the custom resource. */
    public static final String OWNER = "mycandidate.africa/owner";
    /** Type and role, {@code Subnet/public-a}. */
    public static final String RESOURCE = "mycandidate.africa/resource";
    /** Version of the blueprint that made it; never a difference by itself. */
    public static final String VERSION = "mycandidate.africa/version";
    /** The keys of {@code spec.tags} that were set, separated by spaces, so that a tag taken out of the spec can be taken off in AWS. */
    public static final String KEYS = "mycandidate.africa/tag-keys";

    private static final String PREFIX = "mycandidate.africa/";

    private Tags() {}

    /** Whether a tag says whose a resource is. */
    public static boolean isOurs(String key) {
        return key.startsWith(PREFIX);
    }

    public static Owner owner(Map<String, String> tags) {
        var stack = tags.get(STACK);
        var resource = tags.get(RESOURCE);
        if (stack == null || resource == null) return new Owner.Nobody();
        var role = resource.substring(resource.indexOf('/') + 1);
        return new Owner.Stack(stack, tags.getOrDefault(OWNER, ""), role, tags.getOrDefault(VERSION, ""));
    }
}
