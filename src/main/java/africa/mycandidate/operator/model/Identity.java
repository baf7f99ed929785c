package africa.mycandidate.operator.model;

import java.util.Locale;

/**
 * Which stack this is: names and client tokens derive from it, never from the object's UID, so that a management cluster that was lost and built again from
 * Git finds its stacks.
 */
public record Identity(String account, String region, String namespace, String name) {

    /** What every physical name begins with. */
    public static final String PREFIX = "mcd-";

    /** Whether a physical name may be one that {@link #physical} made, of this stack or another. */
    public static boolean names(String physical) {
        return physical != null && physical.startsWith(PREFIX);
    }

    /** The value of the stack tag. */
    public String stack() {
        return namespace + "/" + name;
    }

    public String hash() {
        return Canonical.hash(account + "|" + region + "|" + stack()).substring(0, 7);
    }

    /**
     * A physical name of at most {@code max} characters: lower case letters, digits and single hyphens, starting with a letter. The application rewrites every
     * "postgres" in its database URL, so no name contains that word.
     */
    public String physical(String role, int max, String generation) {
        var tail = (role.isEmpty() ? "" : "-" + role) + "-" + hash() + (generation.isEmpty() ? "" : "-" + generation);
        var slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        while (slug.contains("postgres")) slug = slug.replace("postgres", "pg");
        var room = max - PREFIX.length() - tail.length();
        if (room < 0)
            throw new IllegalArgumentException("a name of " + max + " characters has no room for the role " + role);
        if (slug.length() > room) slug = slug.substring(0, room);
        var body = PREFIX + slug.replaceAll("^-+|-+$", "");
        return (body.endsWith("-") ? body.substring(0, body.length() - 1) : body) + tail;
    }
}
