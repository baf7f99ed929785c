package africa.mycandidate.operator.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One text for one value, whatever the JVM: maps and sets sorted, records by component. Names, tokens and plan hashes are made of it. */
public final class Canonical {
    private Canonical() {}

    public static String text(Object value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append('-');
            case String word ->
                text.append('"')
                        .append(word.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            case Class<?> type -> text.append(type.getSimpleName());
            case Map<?, ?> map ->
                text.append(map.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}")));
            case Set<?> set ->
                text.append(set.stream().map(Canonical::text).sorted().collect(Collectors.joining(",", "(", ")")));
            case Collection<?> list -> {
                text.append('[');
                var separator = "";
                for (var one : list) {
                    write(one, text.append(separator));
                    separator = ",";
                }
                text.append(']');
            }
            case Record record -> {
                text.append(record.getClass().getSimpleName()).append('(');
                var start = text.length();
                Fields.each(record, (component, one) -> {
                    if (text.length() > start) text.append(',');
                    write(one, text.append(component.getName()).append('='));
                });
                text.append(')');
            }
            default -> text.append(value);
        }
    }

    /** SHA-256 of the canonical text, 64 hexadecimal digits. */
    public static String hash(Object value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text(value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
