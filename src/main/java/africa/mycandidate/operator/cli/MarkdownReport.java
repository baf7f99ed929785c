package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.reconcile.Preview.Answer.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as a comment on a pull request. */
final class MarkdownReport {
    /** A longer table is folded away. */
    private static final int MANY = 15;

    private static final int LONGEST = 120;

    private MarkdownReport() {}

    static String of(List<Planned> all) {
        return all.stream().map(MarkdownReport::one).collect(Collectors.joining("\n"));
    }

    private static String one(Planned planned) {
        var forecast = planned.forecast();
        var lines = new ArrayList<String>();
        lines.add("### Plan for " + code(Reports.name(planned)));
        lines.add("");
        lines.add((forecast.isEmpty() ? "**No changes.** " : "**") + Reports.summary(forecast)
                + (forecast.isEmpty() ? "" : "**") + " (" + Reports.place(planned) + ")");
        lines.add("");
        if (!forecast.entries().isEmpty()) lines.addAll(table(forecast.entries()));
        lines.add("Cost: " + planned.cost().words() + ".");
        lines.add("");
        for (var note : planned.notes()) {
            lines.add("> " + words(note));
            lines.add("");
        }
        return String.join("\n", lines);
    }

    private static List<String> table(List<Entry> entries) {
        var lines = new ArrayList<String>();
        var folded = entries.size() > MANY;
        if (folded) {
            lines.add("<details><summary>" + entries.size() + " resources</summary>");
            lines.add("");
        }
        lines.add("| | resource | what | interruption |");
        lines.add("|---|---|---|---|");
        for (var entry : entries)
            lines.add("| " + code(String.valueOf(Reports.sign(entry.action()))) + " | "
                    + code(entry.key().toString()) + " | " + what(entry) + " | " + felt(entry) + " |");
        lines.add("");
        if (folded) {
            lines.add("</details>");
            lines.add("");
        }
        return lines;
    }

    private static String what(Entry entry) {
        var parts = new ArrayList<String>();
        if (!Reports.because(entry).isEmpty()) parts.add(words(Reports.because(entry)));
        if (!entry.fields().isEmpty()) parts.add(words(Reports.fields(entry)));
        for (var change : entry.changes()) parts.add(change(change));
        return parts.isEmpty() ? entry.action().name().toLowerCase(Locale.ROOT) : String.join("<br>", parts);
    }

    private static String change(Change change) {
        return code(change.field()) + ": " + code(change.actual()) + " → " + code(change.desired());
    }

    private static String felt(Entry entry) {
        return entry.interruption() == Interruption.NONE || entry.action() == Action.REFUSED
                ? ""
                : "**" + entry.interruption().title() + "**: "
                        + entry.interruption().words();
    }

    /** A code span in a cell of a table. Nothing in it is read as Markdown, but for the bar that ends a cell. */
    static String code(String text) {
        var plain = Reports.plain(text).replace('`', '\'').replace("|", "\\|");
        return "`" + (plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…") + "`";
    }

    /** Text in which nothing is a tag, a mention, a link or an emphasis. */
    static String words(String text) {
        return Reports.plain(text)
                .replaceAll("([\\\\`*_\\[\\]|#~])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("@", "&#64;");
    }
}
