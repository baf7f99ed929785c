package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** How Route 53 writes names and texts, and how this operator does. */
final class RecordNames {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    /** The longest string in a TXT record; a longer text is several strings (RFC 1035, 3.3.14). */
    private static final int STRING = 255;

    private static final String OWNERSHIP = "_mycandidate";
    private static final int HASH = 16;

    private RecordNames() {}

    /**
     * Lower case, without the last dot, and without the octal escapes that Route 53 gives for everything but letters, digits, hyphens and underscores (Route 53
     * developer guide, "DNS domain name format").
     */
    static String normal(String name) {
        var plain = OCTAL.matcher(name)
                .replaceAll(escape -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
        var lower = plain.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static boolean isIn(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }

    /** Whether it is the domain with one label before it. */
    static boolean isDirectlyIn(String name, String domain) {
        return name.substring(name.indexOf('.') + 1).equals(domain);
    }

    static String full(String name) {
        return name + ".";
    }

    /**
     * The name of the TXT record that says whose a record is. That of an alternative name stands below the main one too, under a hash, which a label has room
     * for: letters and digits, as what sorts before a dot would stand before the main name's (Route 53 API reference, ListResourceRecordSets).
     */
    static String ownership(String name, String site) {
        return OWNERSHIP + (name.equals(site) ? "" : Canonical.hash(name).substring(0, HASH)) + "." + site;
    }

    /** Whether it is, or stands among, the names of such TXT records of a site. */
    static boolean isOwnership(String name, String site) {
        if (!name.endsWith("." + site)) return false;
        var below = name.substring(0, name.length() - site.length() - 1);
        return below.substring(below.lastIndexOf('.') + 1).startsWith(OWNERSHIP);
    }

    /** Which name a TXT record of a site speaks of, as its tags have it; empty where it is none of ours. */
    static Optional<String> owned(String text, String site, Map<String, String> tags) {
        if (!tags.containsKey(Tags.STACK)) return Optional.empty();
        if (text.equals(ownership(site, site))) return Optional.of(site);
        var part = tags.getOrDefault(Tags.RESOURCE, "");
        var name = part.substring(part.indexOf('/') + 1);
        return text.equals(ownership(name, site)) ? Optional.of(name) : Optional.empty();
    }

    /** Tags as the value of a TXT record: {@code key=value,…} in order, in quoted strings. */
    static String text(Map<String, String> tags) {
        var text = new StringBuilder();
        new TreeMap<>(tags).forEach((key, value) -> text.append(text.isEmpty() ? "" : ",")
                .append(escape(key))
                .append('=')
                .append(escape(value)));
        var quoted = new StringBuilder();
        for (var from = 0; from < text.length() || from == 0; from += STRING)
            quoted.append(from == 0 ? "\"" : " \"")
                    .append(text, from, Math.min(text.length(), from + STRING))
                    .append('"');
        return quoted.toString();
    }

    static Map<String, String> tags(ResourceRecordSet texts) {
        var tags = new TreeMap<String, String>();
        for (var record : texts.resourceRecords()) tags.putAll(tags(record));
        return tags;
    }

    private static Map<String, String> tags(ResourceRecord record) {
        var tags = new TreeMap<String, String>();
        var text = record.value().strip().replaceAll("\"\\s+\"", "").replaceAll("^\"|\"$", "");
        for (var pair : text.split(",")) {
            var middle = pair.indexOf('=');
            if (middle > 0) tags.put(unescape(pair.substring(0, middle)), unescape(pair.substring(middle + 1)));
        }
        return tags;
    }

    /** Percent signs keep apart what a quoted string, or this list, would not. */
    private static String escape(String text) {
        var escaped = new StringBuilder();
        for (var octet : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            var plain = octet >= ' ' && octet <= '~' && "%,=\"\\".indexOf(octet) < 0;
            if (plain) escaped.append((char) octet);
            else escaped.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
        }
        return escaped.toString();
    }

    private static String unescape(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }
}
