package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.api.ElectionCost;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.cost.Estimate;
import africa.mycandidate.operator.reconcile.Costs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What each of several objects costs, and all of them together. */
record Bill(List<Entry> entries) {
    record Entry(String name, Estimate estimate, List<ElectionCost> elections) {}

    static Bill of(List<MyCandidateDeployment> resources) {
        return new Bill(resources.stream()
                .map(one -> new Entry(
                        one.getMetadata().getNamespace() + "/"
                                + one.getMetadata().getName(),
                        Costs.of(one),
                        Costs.elections(one)))
                .toList());
    }

    private BigDecimal together() {
        return entries.stream().map(entry -> entry.estimate().monthly()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    String print(Options.Output output) {
        return switch (output) {
            case TEXT -> text();
            case MARKDOWN -> markdown();
            case JSON -> json();
        };
    }

    private String text() {
        var lines = new ArrayList<String>();
        for (var entry : entries) {
            lines.add(entry.name() + " (" + entry.estimate().region() + "), a month of 730 hours:");
            var width = entry.estimate().lines().stream()
                    .mapToInt(line -> line.name().length())
                    .max()
                    .orElse(0);
            for (var line : entry.estimate().lines())
                lines.add("  %s  %9s  %s".formatted(pad(line.name(), width), line.amount(), line.basis()));
            lines.add("  %s  %9s"
                    .formatted(
                            pad("together", width),
                            Estimate.dollars(entry.estimate().monthly())));
            for (var election : entry.elections()) lines.add("  " + words(election));
            lines.add("  " + entry.estimate().basis());
            lines.add("");
        }
        if (entries.size() > 1) lines.add("All " + entries.size() + " together: " + Estimate.dollars(together()));
        else lines.removeLast();
        return String.join("\n", lines) + "\n";
    }

    private static String words(ElectionCost election) {
        return "the election " + election.name() + " adds " + election.extra() + " (" + election.monthlyRate()
                + " a month at that rate)";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private String markdown() {
        return entries.stream().map(Bill::markdown).collect(Collectors.joining("\n"))
                + (entries.size() > 1 ? "\nAll together: **" + Estimate.dollars(together()) + "**\n" : "");
    }

    private static String markdown(Entry entry) {
        var lines = new ArrayList<String>();
        lines.add("### Cost of " + MarkdownReport.code(entry.name()) + " a month");
        lines.add("");
        lines.add("| what | a month | how |");
        lines.add("|---|---:|---|");
        for (var line : entry.estimate().lines())
            lines.add("| " + line.name() + " | " + line.amount() + " | " + MarkdownReport.words(line.basis()) + " |");
        lines.add("| **together** | **" + Estimate.dollars(entry.estimate().monthly()) + "** | |");
        lines.add("");
        for (var election : entry.elections()) {
            lines.add("- " + MarkdownReport.words(words(election)));
            if (election == entry.elections().getLast()) lines.add("");
        }
        lines.add(MarkdownReport.words(entry.estimate().basis()));
        return String.join("\n", lines) + "\n";
    }

    private record Item(String name, BigDecimal monthly, String basis) {}

    private record One(
            String name,
            String region,
            String currency,
            BigDecimal monthly,
            List<Item> items,
            String basis,
            List<ElectionCost> elections) {}

    private String json() {
        var all = entries.stream()
                .map(entry -> new One(
                        entry.name(),
                        entry.estimate().region(),
                        "USD",
                        entry.estimate().monthly(),
                        entry.estimate().lines().stream()
                                .map(line -> new Item(line.name(), line.monthly(), line.basis()))
                                .toList(),
                        entry.estimate().basis(),
                        entry.elections()))
                .toList();
        return JsonReport.print(all);
    }
}
