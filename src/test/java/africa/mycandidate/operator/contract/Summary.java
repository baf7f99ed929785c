package africa.mycandidate.operator.contract;

import africa.mycandidate.operator.model.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was tried of each type, as a table. */
final class Summary {
    private final Map<String, List<String>> passed = new TreeMap<>();
    private final Map<String, List<String>> excepted = new TreeMap<>();

    void add(Key key, String what, boolean done) {
        (done ? passed : excepted)
                .computeIfAbsent(key.type().getSimpleName(), type -> new ArrayList<>())
                .add(what);
    }

    void print(String test, Exceptions exceptions) {
        var text = new StringBuilder("\n" + test + "\n");
        var fields = 0;
        for (var type : passed.keySet()) {
            var done = passed.get(type);
            var names = done.stream().distinct().toList();
            fields += names.size();
            text.append(String.format("  %-17s %2d  %s%n", type, names.size(), String.join(", ", names)));
        }
        text.append("  ")
                .append(passed.size())
                .append(" types, ")
                .append(fields)
                .append(" checks passed\n");
        for (var row : exceptions.rows()) {
            text.append("  cannot: %s %s: %s (%s)%n".formatted(row.type(), row.what(), row.answer(), row.why()));
        }
        System.out.print(text);
    }
}
