package africa.mycandidate.operator.sim;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;

/** Names as Route 53 keeps and sorts them (Route 53 Developer Guide, DNS domain name format). */
final class DnsName {
    private DnsName() {}

    /** Lower case, a dot at the end, and all but {@code a-z 0-9 - _ .} as octal escapes: {@code *} becomes {@code \052}. */
    static String kept(String name) {
        var kept = new StringBuilder();
        for (var c : plain(name).toCharArray()) {
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') kept.append(c);
            else kept.append('\\').append(String.format("%03o", (int) c));
        }
        return kept.append('.').toString();
    }

    /** Lower case, without a dot at the end and without escapes. */
    static String plain(String name) {
        var plain = new StringBuilder();
        for (var i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '\\' && i + 3 < name.length()) {
                plain.append((char) Integer.parseInt(name.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(name.charAt(i));
            }
        }
        var text = plain.toString().toLowerCase(Locale.ROOT);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** Lists sort by labels from the right: {@code www.example.com.} sorts as {@code com.example.www.}. */
    static String order(String kept) {
        var labels = Arrays.asList(kept.split("\\."));
        Collections.reverse(labels);
        return String.join(".", labels) + ".";
    }
}
