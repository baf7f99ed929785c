package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.CostItem;
import africa.mycandidate.operator.api.CostView;
import africa.mycandidate.operator.api.Election;
import africa.mycandidate.operator.api.ElectionCost;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.cost.CostChange;
import africa.mycandidate.operator.cost.Estimate;
import africa.mycandidate.operator.cost.PriceSheet;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.stack.Defaults;
import africa.mycandidate.operator.stack.ElectionCalendar;
import africa.mycandidate.operator.stack.ElectionWindow;
import africa.mycandidate.operator.stack.Stack;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What a stack costs, as the status and the command line show it. */
public final class Costs {
    private static final PriceSheet SHEET = PriceSheet.shipped();
    /** Before every election: a normal month. */
    static final Instant NO_ELECTION = Instant.EPOCH;

    private static final BigDecimal HOURS_A_MONTH = BigDecimal.valueOf(730);
    private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3600);
    /** No bill depends on it. */
    private static final String ANY_ACCOUNT = "000000000000";

    private Costs() {}

    /** What the spec leaves out of something that it takes over stays as it is, and costs what it costs. */
    static Estimate of(Stack stack, Snapshot seen) {
        var resources = new TreeMap<>(stack.resources());
        stack.adopted().forEach((key, id) -> named(seen, key, id)
                .ifPresent(one -> resources.computeIfPresent(key, (same, want) -> completed(want, one))));
        return Estimate.of(resources.values(), stack.identity().region(), SHEET);
    }

    private static Resource completed(Resource want, Observed<?> one) {
        return Fields.map(want, (component, value) -> value != null ? value : Fields.value(component, one.actual()));
    }

    private static Optional<? extends Observed<?>> named(Snapshot seen, Key key, String id) {
        return seen.all(key.type()).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    static CostChange change(Stack stack, Snapshot seen) {
        var adopted = stack.adopted().entrySet().stream()
                .flatMap(entry -> named(seen, entry.getKey(), entry.getValue()).stream())
                .toList();
        return new CostChange(Estimate.now(seen, adopted, stack.identity().region(), SHEET), of(stack, seen));
    }

    /** What each of its elections adds, past ones too, without asking AWS. */
    public static List<ElectionCost> elections(MyCandidateDeployment resource) {
        return elections(resource.getSpec(), NO_ELECTION, (spec, moment) -> {
            var of = new MyCandidateDeployment();
            of.setMetadata(resource.getMetadata());
            of.setSpec(spec);
            return of(of, moment);
        });
    }

    /** Of what an object asks for, without asking AWS: the names of the account and of its zones change no price. */
    public static Estimate of(MyCandidateDeployment resource) {
        return of(resource, NO_ELECTION);
    }

    private static Estimate of(MyCandidateDeployment resource, Instant moment) {
        var region = resource.getSpec().region();
        var zones = Stream.of("a", "b", "c", "d", "e", "f").map(region::concat).toList();
        var stack = StackReconciler.stack(resource, new Facts("aws", ANY_ACCOUNT, region, zones), moment);
        return Estimate.of(stack.resources().values(), region, SHEET);
    }

    static CostView view(Estimate estimate, List<ElectionCost> elections) {
        return new CostView(
                "USD",
                Estimate.dollars(estimate.monthly()),
                estimate.lines().stream()
                        .map(line -> new CostItem(line.name(), line.amount(), line.basis()))
                        .toList(),
                estimate.basis(),
                elections.isEmpty() ? null : elections);
    }

    /**
     * What each election that is not past adds.
     *
     * @param spec as the user wrote it
     * @param at the estimate of what a spec asks for at a moment
     */
    static List<ElectionCost> elections(Spec spec, Instant now, BiFunction<Spec, Instant, Estimate> at) {
        if (spec.elections() == null) return List.of();
        return spec.elections().stream()
                .map(election -> alone(spec, election))
                .filter(alone -> window(alone).to().isAfter(now))
                .map(alone -> election(alone, at))
                .toList();
    }

    private static Spec alone(Spec spec, Election election) {
        return Fields.map(
                spec, (component, value) -> component.getName().equals("elections") ? List.of(election) : value);
    }

    private static ElectionWindow window(Spec alone) {
        return calendar(alone).windows().getFirst();
    }

    private static ElectionCalendar calendar(Spec alone) {
        return ElectionCalendar.of(Defaults.applied(alone));
    }

    private static ElectionCost election(Spec alone, BiFunction<Spec, Instant, Estimate> at) {
        var calendar = calendar(alone);
        var window = calendar.windows().getFirst();
        var usual = at.apply(alone, NO_ELECTION).monthly();
        var moments = new TreeSet<>(List.of(
                calendar.resizedFrom(window),
                ElectionCalendar.reservedFrom(window),
                window.raise(),
                window.to(),
                calendar.resizedUntil(window)));
        var extra = BigDecimal.ZERO;
        for (var from = moments.first(); moments.higher(from) != null; from = moments.higher(from)) {
            var hours = BigDecimal.valueOf(
                            Duration.between(from, moments.higher(from)).toSeconds())
                    .divide(SECONDS_AN_HOUR, MathContext.DECIMAL64);
            var more = at.apply(alone, from).monthly().subtract(usual);
            extra = extra.add(more.multiply(hours).divide(HOURS_A_MONTH, MathContext.DECIMAL64));
        }
        return new ElectionCost(
                window.election().name(),
                Estimate.dollars(extra),
                Estimate.dollars(at.apply(alone, window.from()).monthly()));
    }
}
