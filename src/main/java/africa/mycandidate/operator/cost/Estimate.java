package africa.mycandidate.operator.cost;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What resources cost in a month of 730 hours, by list prices and without what is paid by use.
 *
 * @param region where they are
 * @param date when the prices were read
 * @param own items for which the region's own price is known
 * @param elsewhere items for which the price of us-east-1 stands, as no source shows this region's
 * @param unknown items of which no price is known: they are not in the sum
 */
public record Estimate(
        String region, String date, List<Line> lines, Set<String> own, Set<String> elsewhere, Set<String> unknown) {
    /** What is paid by use, and so is in no estimate. */
    public static final String LEFT_OUT =
            "traffic, load balancer capacity, logs, metrics of Container Insights, snapshots beyond the size of the database and taxes";

    /**
     * One component.
     *
     * @param monthly null where no price is known
     * @param basis quantity and price, in words
     */
    public record Line(String name, BigDecimal monthly, String basis) {
        /** For people. */
        public String amount() {
            return monthly == null ? "unknown" : dollars(monthly);
        }
    }

    /** Of what a stack asks for, at its fewest tasks. */
    public static Estimate of(Collection<? extends Resource> resources, String region, PriceSheet sheet) {
        var usages = Usage.of(resources, region, sheet).stream()
                .collect(Collectors.groupingBy(
                        usage -> new Usage(usage.name(), usage.item(), 0, usage.each(), usage.basis()),
                        LinkedHashMap::new,
                        Collectors.summingInt(Usage::count)));
        var own = new TreeSet<String>();
        var elsewhere = new TreeSet<String>();
        var unknown = new TreeSet<String>();
        var lines = new LinkedHashMap<String, Line>();
        usages.forEach((kind, count) -> {
            var usage = new Usage(kind.name(), kind.item(), count, kind.each(), kind.basis());
            var price = sheet.price(region, usage.item());
            price.map(one -> one.region().equals(region) ? own : elsewhere)
                    .orElse(unknown)
                    .add(usage.item());
            var line = price.map(one -> line(usage, one))
                    .orElseGet(() -> new Line(usage.name(), null, words(usage) + ": its price is not known"));
            lines.merge(usage.name(), line, Estimate::sum);
        });
        var dearestFirst = lines.values().stream()
                .sorted(Comparator.comparing(
                        Line::monthly, Comparator.nullsFirst(Comparator.<BigDecimal>reverseOrder())))
                .toList();
        return new Estimate(region, sheet.date(), dearestFirst, own, elsewhere, unknown);
    }

    /**
     * Of what is there now.
     *
     * @param adopted what the spec takes over; it costs the same before that
     */
    public static Estimate now(
            Snapshot seen, Collection<? extends Observed<?>> adopted, String region, PriceSheet sheet) {
        var inService = seen.ours(EcsService.class).stream()
                .map(service -> service.actual().taskDefinition())
                .filter(one -> one != null)
                .map(one -> one.value())
                .collect(Collectors.toSet());
        var there = new LinkedHashMap<String, Observed<?>>();
        for (var type : seen.types()) for (var one : seen.ours(type)) there.put(type + one.id(), one);
        for (var one : adopted) there.putIfAbsent(one.type() + one.id(), one);
        var resources = there.values().stream()
                .filter(Estimate::isThere)
                .filter(one -> one.type() != TaskDefinition.class || inService.contains(one.id()))
                .map(one -> (Resource) one.actual())
                .toList();
        return of(resources, region, sheet);
    }

    private static boolean isThere(Observed<?> one) {
        return switch (one.phase()) {
            case GONE, RESTORABLE, FAILED, DELETING -> false;
            default -> true;
        };
    }

    private static Line line(Usage usage, Price price) {
        return new Line(
                usage.name(),
                usage.amount().multiply(price.usd()),
                words(usage) + " at $" + price.usd().toPlainString() + " " + price.unit());
    }

    private static String words(Usage usage) {
        if (usage.basis().isEmpty()) return String.valueOf(usage.count());
        return usage.count() == 1 ? usage.basis() : usage.count() + " × " + usage.basis();
    }

    private static Line sum(Line one, Line other) {
        var unknown = one.monthly() == null || other.monthly() == null;
        return new Line(
                one.name(), unknown ? null : one.monthly().add(other.monthly()), one.basis() + " + " + other.basis());
    }

    /** The sum of what is known, in US dollars and cents. */
    public BigDecimal monthly() {
        return lines.stream()
                .map(Line::monthly)
                .filter(one -> one != null)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(2, RoundingMode.HALF_UP);
    }

    /** For a column: {@code $165}; {@code ~$165} by the prices of another region; {@code $118+} where the price of a part is not known. */
    public String brief() {
        return (elsewhere.isEmpty() ? "" : "~") + "$"
                + monthly().setScale(0, RoundingMode.HALF_UP).toPlainString()
                + (unknown.isEmpty() ? "" : "+");
    }

    /** What the estimate rests on, in sentences. */
    public String basis() {
        var text = new StringBuilder("On-demand list prices as read on " + date + ", without " + LEFT_OUT + ".");
        if (!elsewhere.isEmpty())
            text.append(" No source at hand shows what ")
                    .append(region)
                    .append(own.isEmpty() ? " costs" : " asks for " + String.join(", ", elsewhere))
                    .append(": the prices of ")
                    .append(PriceSheet.REFERENCE)
                    .append(" stand for that, and most regions are dearer.");
        if (!unknown.isEmpty())
            text.append(" Not in the sum, as their prices are not known: ")
                    .append(String.join(", ", unknown))
                    .append('.');
        return text.toString();
    }

    /** US dollars and cents. */
    public static String dollars(BigDecimal amount) {
        var rounded = amount.setScale(2, RoundingMode.HALF_UP);
        return (rounded.signum() < 0 ? "-$" : "$") + rounded.abs().toPlainString();
    }
}
