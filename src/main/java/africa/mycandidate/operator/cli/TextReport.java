package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.reconcile.Preview.Answer.Planned;
import java.util.ArrayList;
import java.util.List;

/** A plan for people at a terminal. */
record TextReport(boolean colour) {
    private static final int LONGEST = 160;
    private static final String RESET = "\u001b[0m";

    private enum Paint {
        GREEN(32),
        YELLOW(33),
        RED(31),
        CYAN(36),
        BOLD(1),
        FAINT(2);

        private final int code;

        Paint(int code) {
            this.code = code;
        }
    }

    String of(List<Planned> all) {
        var text = new StringBuilder();
        for (var planned : all) {
            if (!text.isEmpty()) text.append('\n');
            one(planned).forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private List<String> one(Planned planned) {
        var lines = new ArrayList<String>();
        var forecast = planned.forecast();
        lines.add(paint(Paint.BOLD, Reports.name(planned)) + " (" + Reports.place(planned) + ")");
        lines.add("");
        for (var entry : forecast.entries()) lines.addAll(lines(entry));
        if (!forecast.entries().isEmpty()) lines.add("");
        for (var note : planned.notes()) lines.add(paint(Paint.CYAN, "Note: ") + Reports.plain(note));
        if (!planned.notes().isEmpty()) lines.add("");
        var summary = Reports.summary(forecast);
        lines.add(
                forecast.isEmpty()
                        ? paint(Paint.GREEN, "No changes.") + " " + summary + "."
                        : paint(Paint.BOLD, "Plan:") + " " + summary + ".");
        lines.add(paint(Paint.BOLD, "Cost:") + " " + planned.cost().words() + ".");
        return lines;
    }

    private List<String> lines(Entry entry) {
        var lines = new ArrayList<String>();
        var paint = paint(entry.action());
        var id = entry.id().isEmpty() ? "" : paint(Paint.FAINT, " " + Reports.plain(entry.id()));
        var because = Reports.because(entry);
        lines.add("  " + paint(paint, Reports.sign(entry.action()) + " " + entry.key()) + id
                + (because.isEmpty() ? "" : ": " + Reports.plain(because)));
        if (!entry.fields().isEmpty()) lines.add("      " + paint(Paint.FAINT, Reports.plain(Reports.fields(entry))));
        var width = entry.changes().stream()
                .mapToInt(change -> change.field().length())
                .max()
                .orElse(0);
        for (var change : entry.changes()) lines.add("      " + line(change, width));
        if (entry.interruption() != Interruption.NONE && entry.action() != Action.REFUSED)
            lines.add("      " + paint(felt(entry.interruption()), Reports.felt(entry.interruption())));
        return lines;
    }

    private String line(Change change, int width) {
        return change.field() + " ".repeat(width - change.field().length() + 2)
                + paint(Paint.RED, value(change.actual())) + " → " + paint(Paint.GREEN, value(change.desired()));
    }

    private static String value(String text) {
        var plain = Reports.plain(text);
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    private static Paint paint(Action action) {
        return switch (action) {
            case CREATE, ADOPT -> Paint.GREEN;
            case UPDATE -> Paint.YELLOW;
            case REPLACE, DELETE, REFUSED -> Paint.RED;
            case HELD -> Paint.CYAN;
            case WAIT -> Paint.FAINT;
        };
    }

    private static Paint felt(Interruption interruption) {
        return interruption.compareTo(Interruption.FAILOVER) < 0 ? Paint.FAINT : Paint.RED;
    }

    private String paint(Paint paint, String text) {
        return colour ? "\u001b[" + paint.code + "m" + text + RESET : text;
    }
}
