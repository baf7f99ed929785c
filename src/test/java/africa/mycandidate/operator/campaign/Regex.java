package africa.mycandidate.operator.campaign;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that a regular expression takes: the shortest for each alternative, and one as long as wanted. It knows what our rules are written in: literals, classes,
 * groups, alternatives and counts.
 */
final class Regex {
    private static final int ENOUGH = 40;
    private static final int ENDLESS = Integer.MAX_VALUE;

    /** What stands at one place. */
    private sealed interface Part {
        record Letters(String all) implements Part {}

        record Choice(List<List<Part>> of) implements Part {}

        record Repeated(Part part, int least, int most) implements Part {}
    }

    private final String source;
    private int at;

    private Regex(String source) {
        this.source = source;
    }

    /** Shortest words first through every alternative, then with every optional part. */
    static Set<String> words(String regex) {
        var parts = new Regex(regex).alternatives();
        var words = new LinkedHashSet<>(words(parts, false));
        words.addAll(words(parts, true));
        return words;
    }

    /** A word of this length, made by repeating what may be repeated without end; empty where there is none. */
    static Set<String> words(String regex, int length) {
        var words = new LinkedHashSet<String>();
        var parts = new Regex(regex).alternatives();
        for (var part : parts) {
            for (var i = part.size() - 1; i >= 0; i--) {
                if (!(part.get(i) instanceof Part.Repeated(Part inner, int least, int most)) || most != ENDLESS)
                    continue;
                var before = first(part.subList(0, i));
                var after = first(part.subList(i + 1, part.size()));
                var one = first(List.of(inner));
                var times = one.isEmpty() ? 0 : (length - before.length() - after.length()) / one.length();
                if (times >= least) words.add(before + one.repeat(times) + after);
            }
        }
        return words.stream()
                .filter(word -> word.length() == length)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The word with every count at its most, where that has an end. */
    static String longest(String regex) {
        return longest(new Regex(regex).alternatives().getFirst());
    }

    private static String longest(List<Part> parts) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Part.Letters letters -> letters.all().substring(0, 1);
                    case Part.Choice choice -> longest(choice.of().getFirst());
                    case Part.Repeated(Part inner, int least, int most) ->
                        longest(List.of(inner)).repeat(most == ENDLESS ? Math.max(least, 1) : most);
                })
                .collect(Collectors.joining());
    }

    private static String first(List<Part> parts) {
        return sequence(parts, false).getFirst();
    }

    private static List<String> words(List<List<Part>> alternatives, boolean whole) {
        return alternatives.stream()
                .flatMap(parts -> sequence(parts, whole).stream())
                .distinct()
                .limit(ENOUGH)
                .toList();
    }

    private static List<String> sequence(List<Part> parts, boolean whole) {
        var words = List.of("");
        for (var part : parts) {
            var longer = new ArrayList<String>();
            for (var word : words) for (var next : words(part, whole)) longer.add(word + next);
            words = longer.stream().distinct().limit(ENOUGH).toList();
        }
        return words;
    }

    private static List<String> words(Part part, boolean whole) {
        return switch (part) {
            case Part.Letters letters -> List.of(letters.all().substring(0, 1));
            case Part.Choice choice -> words(choice.of(), whole);
            case Part.Repeated(Part inner, int least, int most) -> {
                var times = whole ? Math.max(least, Math.min(most, 1)) : least;
                yield words(inner, whole).stream()
                        .map(word -> word.repeat(times))
                        .distinct()
                        .toList();
            }
        };
    }

    private List<List<Part>> alternatives() {
        var all = new ArrayList<List<Part>>();
        var parts = new ArrayList<Part>();
        while (at < source.length() && source.charAt(at) != ')') {
            var letter = source.charAt(at++);
            switch (letter) {
                case '|' -> {
                    all.add(List.copyOf(parts));
                    parts.clear();
                }
                case '^', '$' -> {}
                default -> parts.add(counted(one(letter)));
            }
        }
        all.add(List.copyOf(parts));
        return all;
    }

    private Part one(char letter) {
        return switch (letter) {
            case '(' -> {
                if (source.startsWith("?:", at)) at += 2;
                var choice = new Part.Choice(alternatives());
                at++;
                yield choice;
            }
            case '[' -> new Part.Letters(letters());
            case '.' -> new Part.Letters("a");
            case '\\' -> new Part.Letters(escaped());
            default -> new Part.Letters(String.valueOf(letter));
        };
    }

    private String escaped() {
        var letter = source.charAt(at++);
        if (letter != 'p') return letter == 'd' ? "1" : String.valueOf(letter);
        var end = source.indexOf('}', at);
        var category = source.substring(at + 1, end);
        at = end + 1;
        return switch (category) {
            case "L" -> "aé";
            case "N" -> "1";
            default -> " ";
        };
    }

    /** What a class takes, letters and digits first. */
    private String letters() {
        var not = source.charAt(at) == '^';
        if (not) at++;
        var letters = new StringBuilder();
        while (source.charAt(at) != ']') {
            var letter = source.charAt(at++);
            if (letter == '\\') letters.append(escaped());
            else if (source.charAt(at) == '-' && source.charAt(at + 1) != ']') {
                for (var next = letter; next <= source.charAt(at + 1); next++) letters.append(next);
                at += 2;
            } else letters.append(letter);
        }
        at++;
        if (not) return letters.indexOf("a") < 0 ? "a" : "1";
        return letters.toString();
    }

    private Part counted(Part part) {
        if (at == source.length()) return part;
        return switch (source.charAt(at)) {
            case '?' -> repeated(part, 0, 1, 1);
            case '*' -> repeated(part, 0, ENDLESS, 1);
            case '+' -> repeated(part, 1, ENDLESS, 1);
            case '{' -> {
                var end = source.indexOf('}', at);
                var counts = source.substring(at + 1, end).split(",", -1);
                var least = Integer.parseInt(counts[0]);
                var most = counts.length == 1 ? least : counts[1].isEmpty() ? ENDLESS : Integer.parseInt(counts[1]);
                yield repeated(part, least, most, end + 1 - at);
            }
            default -> part;
        };
    }

    private Part repeated(Part part, int least, int most, int length) {
        at += length;
        return new Part.Repeated(part, least, most);
    }
}
