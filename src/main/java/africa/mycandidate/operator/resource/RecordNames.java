package africa.mycandidate.operator.resource;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** How Route 53 writes names and texts, and how this operator does. */
final class RecordNames {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    /** The longest string in a TXT record; a longer text is several strings (RFC 1035, 3.3.14). */
    private static final int STRING = 255;

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

    static String full(String name) {
        return name + ".";
    }

    /** The name of the TXT record that says whose a record is. */
    static String ownership(String name) {
        return "_mycandidate." + name;
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
