package africa.mycandidate.operator.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One text for one value, whatever the JVM: maps and sets sorted, records by component. Names, tokens and plan hashes are made of it. */
public final class Canonical {
    private Canonical() {}

    public static String text(Object value) {
        return switch (value) {
            case null -> "-";
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Class<?> type -> type.getSimpleName();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"));
            case Set<?> set -> set.stream().map(Canonical::text).sorted().collect(Collectors.joining(",", "(", ")"));
            case List<?> list -> list.stream().map(Canonical::text).collect(Collectors.joining(",", "[", "]"));
            case Collection<?> other -> text(List.copyOf(other));
            case Record record ->
                record.getClass().getSimpleName()
                        + Fields.of(record).entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                                .collect(Collectors.joining(",", "(", ")"));
            default -> value.toString();
        };
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
