package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.CostItem;
import africa.mycandidate.operator.api.CostView;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.cost.CostChange;
import africa.mycandidate.operator.cost.Estimate;
import africa.mycandidate.operator.cost.PriceSheet;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.stack.Stack;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a stack costs, as the status and the command line show it. */
public final class Costs {
    private static final PriceSheet SHEET = PriceSheet.shipped();
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

    /** Of what an object asks for, without asking AWS: the names of the account and of its zones change no price. */
    public static Estimate of(MyCandidateDeployment resource) {
        var region = resource.getSpec().region();
        var zones = Stream.of("a", "b", "c", "d", "e", "f").map(region::concat).toList();
        var stack = StackReconciler.stack(resource, new Facts("aws", ANY_ACCOUNT, region, zones));
        return Estimate.of(stack.resources().values(), region, SHEET);
    }

    static CostView view(Estimate estimate) {
        return new CostView(
                "USD",
                Estimate.dollars(estimate.monthly()),
                estimate.lines().stream()
                        .map(line -> new CostItem(line.name(), line.amount(), line.basis()))
                        .toList(),
                estimate.basis(),
                null);
    }
}
